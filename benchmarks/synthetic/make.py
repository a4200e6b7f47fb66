"""One seed becomes one report's truth."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from benchmarks.synthetic.defects import inject
from benchmarks.synthetic.figures import make_figures
from benchmarks.synthetic.flow import make_flow
from benchmarks.synthetic.names import make_organ
from benchmarks.synthetic.printing import print_cells
from benchmarks.synthetic.truth import Truth
from gongkai.forms import form_for_year, load_form

FIRST_YEAR, LAST_YEAR = 2019, 2024
# Forms of tables 二, 三 and 四 in reports from 2021 on, with the share of reports; earlier reports use the trial form.
_FORMS = (
    (("2021", "2021", "2021"), 80),
    (("2021", "2019", "2021"), 9),
    (("2019", "2019", "2019"), 8),
    (("2019", "2021", "2021"), 3),
)


def make_truth(seed: int, *, defects: bool = True) -> Truth:
    """The truth of report number `seed`, always the same; without `defects` every equation of its form holds."""
    rng = Random(f"truth {seed}")
    organ = make_organ(rng)
    year = rng.randint(FIRST_YEAR, LAST_YEAR)
    forms = _forms(rng, year)
    figures = make_figures(rng, organ, forms)
    damaged, injected = inject(Random(f"defects {seed}"), figures, forms) if defects else (figures, ())
    published = dt.date(year + 1, 1, 5) + dt.timedelta(days=rng.randint(0, 85))
    flow = make_flow(rng, organ, year, published, load_form(forms["disclosure"]), figures)
    cells = print_cells(Random(f"printing {seed}"), damaged, forms)
    printed = {item.section for item in flow if item.kind == "table"}
    absent = {
        id: replace(cell, raw="", status="absent", value=None)
        for id, cell in cells.items()
        if id.split("/")[0] not in printed
    }
    return Truth(seed, organ, year, published, forms, figures, {**cells, **absent}, flow, injected)


def _forms(rng: Random, year: int) -> dict[str, str]:
    required = form_for_year(year)
    assert required is not None
    ids = rng.choices([ids for ids, _ in _FORMS], [share for _, share in _FORMS])[0]
    return (
        dict(zip(required.tables, ids, strict=True))
        if required.id == "2021"
        else dict.fromkeys(required.tables, "2019")
    )
