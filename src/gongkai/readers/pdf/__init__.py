"""PDF files become Documents: PDFium's characters and rules, pdfplumber's idea of a table, boxes for every cell.

`fast` and `stock` read a page, `stand_in` is there for fonts that the file lacks; `finder` finds its tables, `grids`
fills them, `words` makes lines, `layout` puts all in order, `reader` does so for a file.
"""

from gongkai.readers.pdf.reader import read

__all__ = ["read"]
