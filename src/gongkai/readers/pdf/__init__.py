"""PDF files become Documents: PDFium's characters and rules, pdfplumber's idea of a table, boxes for every cell.

`fast` and `stock` read a page; `finder` finds its tables, `grids` fills them, `words` makes lines, `layout` puts all in
order, `reader` does so for a file.
"""

from gongkai.readers.pdf.reader import read

__all__ = ["read"]
