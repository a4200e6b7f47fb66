"""The official forms as data (one TOML file each) and their loader."""

from gongkai.forms.loader import all_forms, form_for_year, load_form, newest_form
from gongkai.forms.model import Column, Deadline, Equation, Form, Row, Section, Statement, Table, Term, cell_id

__all__ = [
    "Column",
    "Deadline",
    "Equation",
    "Form",
    "Row",
    "Section",
    "Statement",
    "Table",
    "Term",
    "all_forms",
    "cell_id",
    "form_for_year",
    "load_form",
    "newest_form",
]
