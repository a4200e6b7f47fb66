"""The report as a reader knows it, as HTML: its form filled with what was printed, who reported, what it says.

Everything that comes from a report is escaped; nothing is fetched or run.
"""

from gongkai.formview.form import form_html
from gongkai.formview.page import (
    counts_html,
    doubts_html,
    findings_html,
    identity_html,
    repairs_html,
    sections_html,
    statuses_html,
)

__all__ = [
    "counts_html",
    "doubts_html",
    "findings_html",
    "form_html",
    "identity_html",
    "repairs_html",
    "sections_html",
    "statuses_html",
]
