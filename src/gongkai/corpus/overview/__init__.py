"""An overview of a panel: what it holds, what it says, and how good it is, as figures and tables to search.

    view = overview.View("data/processed", "en")
    overview.coverage(view)  # figures, each a matplotlib Figure
    overview.organs(view)  # a table, `.rows` its DataFrame

Only preferred reports are counted, and only printed figures free of doubt are drawn; a figure with nothing to show says
so in words.
"""

from gongkai.corpus.overview.copying import copied, most_copied
from gongkai.corpus.overview.faults import quality
from gongkai.corpus.overview.holdings import coverage, distributions
from gongkai.corpus.overview.results import outcomes, trends
from gongkai.corpus.overview.tables import Table, failures, organs, start_tables, unread
from gongkai.corpus.overview.view import View

__all__ = [
    "Table",
    "View",
    "copied",
    "coverage",
    "distributions",
    "failures",
    "most_copied",
    "organs",
    "outcomes",
    "quality",
    "start_tables",
    "trends",
    "unread",
]
