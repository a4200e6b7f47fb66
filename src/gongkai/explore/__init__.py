"""One report after the other in a notebook: choose a report, a cell, a kind of finding, and see where it was printed.

    Explorer("data/raw").show()

The controls are widgets; what they choose from is plain HTML, so that the notebook also makes sense as a page.
"""

from gongkai.explore.explorer import Explorer
from gongkai.explore.views import Case, open_case

__all__ = ["Case", "Explorer", "open_case"]
