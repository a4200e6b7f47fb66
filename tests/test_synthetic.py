"""The maker of synthetic reports: deterministic, consistent, and complete in every layout."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pypdfium2 as pdfium
import pytest
from lxml import html

from benchmarks.judge import Read, judge_cell
from benchmarks.synthetic.corpus import draw
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.make import make_truth
from benchmarks.synthetic.recheck import recheck
from benchmarks.synthetic.registry import LAYOUTS, Layout
from benchmarks.synthetic.sheets import make_sheet
from benchmarks.synthetic.truth import CellTruth, Truth
from gongkai.forms import load_form

SEEDS = range(12)
UNCONVERTED = [layout for layout in LAYOUTS.values() if not layout.chain]
TEXT = [layout for layout in UNCONVERTED if layout.suffix in (".txt", ".md")]
OTHER = [layout for layout in UNCONVERTED if layout not in TEXT]


def broken_equations(truth: Truth, values: dict[str, float]) -> list[str]:
    equations = [
        equation
        for table, form in truth.forms.items()
        for equation in load_form(form).equations
        if equation.table == table and not equation.across_years
    ]
    assert equations
    return [
        f"{equation.rule} {equation.key}"
        for equation in equations
        if sum(term.sign * values[term.id] for term in equation.left)
        != sum(term.sign * values[term.id] for term in equation.right)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_one_seed_is_one_report(seed):
    assert make_truth(seed) == make_truth(seed)


@pytest.mark.parametrize("layout", TEXT, ids=lambda layout: layout.name)
def test_one_seed_is_one_file(layout):
    assert draw(layout, 3) == draw(layout, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_defects_every_equation_holds(seed):
    truth = make_truth(seed, defects=False)
    assert broken_equations(truth, truth.figures) == []


def test_defects_are_written_down():
    defective = [truth for truth in map(make_truth, range(80)) if truth.defects]
    assert defective
    for truth in defective:
        printed = {**truth.figures, **{defect.id: defect.printed for defect in truth.defects}}
        assert broken_equations(truth, printed)
        assert all(truth.figures[defect.id] == defect.consistent != defect.printed for defect in truth.defects)


@pytest.mark.parametrize("seed", SEEDS)
def test_printed_numbers_are_the_figures(seed):
    truth = make_truth(seed, defects=False)
    for cell in truth.cells.values():
        if cell.status == "number":
            assert cell.value == truth.figures[cell.id]
        assert (cell.value is None) == (cell.status not in ("number", "annotated"))


def test_the_usual_kinds_of_report_occur():
    truths = [make_truth(seed) for seed in range(400)]
    assert {truth.organ.level for truth in truths} == {"province", "prefecture", "county", "township"}
    assert {truth.year for truth in truths} == set(range(2019, 2025))
    assert ("2021", "2019") in {(truth.forms["disclosure"], truth.forms["requests"]) for truth in truths}
    statuses = {cell.status for truth in truths for cell in truth.cells.values()}
    assert statuses == {"number", "annotated", "blank", "dash", "text", "absent"}
    no_requests = [truth for truth in truths if truth.figures["requests/new/total"] == 0]
    assert len(truths) / 4 < len(no_requests) < len(truths) * 3 / 4


@pytest.mark.parametrize("layout", TEXT, ids=lambda layout: layout.name)
@pytest.mark.parametrize("seed", [0, 2, 13, 29])
def test_every_printed_figure_is_in_the_text(layout, seed):
    content, _, truth = draw(layout, seed, layout.damages - {"dropped_cells"})
    text = content.decode()
    unescaped = text.replace("\\", "")
    for cell in truth.cells.values():
        assert cell.raw in text or cell.raw in unescaped


def printed_text(layout: Layout, content: bytes) -> str:
    """The text of a file without the blanks and line breaks that its layout puts into cells."""
    if layout.suffix == ".html":
        root = html.fromstring(content.decode("gb18030" if layout.name == "html_gbk" else "utf-8"))
        text = root.text_content() + "".join(root.xpath("//input/@value"))
    elif layout.suffix == ".docx":
        with ZipFile(BytesIO(content)) as archive:
            text = html.fromstring(archive.read("word/document.xml")).text_content()
    else:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(content))
    return "".join(text.split())


@pytest.mark.parametrize("layout", OTHER, ids=lambda layout: layout.name)
@pytest.mark.parametrize("seed", [2, 29])
def test_every_printed_figure_is_in_the_file(layout, seed):
    content, damages, truth = draw(layout, seed)
    assert (content, damages, truth) == draw(layout, seed)
    text = printed_text(layout, content)
    for cell in truth.cells.values():
        assert cell.raw in text


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_has_one_box_and_spans_fill_the_grid(seed):
    truth = make_truth(seed)
    for table in truth.forms:
        draft = Draft.of(truth, "test")
        sheet = make_sheet(draft.rng, truth, table)
        assert [box.id for row in sheet.rows for box in row if box.id] == truth.ids(table)
        covered = sum(box.rowspan * box.colspan for row in sheet.rows for box in row)
        assert covered == sheet.width * len(sheet.rows)


def test_a_row_that_a_converter_glued_is_uncertain():
    truth = make_truth(2, defects=False)
    row = [cell for id, cell in truth.cells.items() if id.startswith("requests/granted/")]
    whole = " ".join(cell.raw for cell in row)
    glued = whole.replace(" ", "", 1)
    for text, uncertain in ((f"（一）予以公开 {whole}\n", False), (f"（一）予以公开 {glued}\n", True)):
        assert all(recheck(truth, text).cells[cell.id].uncertain == uncertain for cell in row)


def test_a_dropped_cell_leaves_its_row_uncertain():
    layout = LAYOUTS["tabs_copied"]
    truths = [draw(layout, seed, ["dropped_cells"])[2] for seed in range(10)]
    uncertain = {cell.id.rsplit("/", 1)[0] for truth in truths for cell in truth.cells.values() if cell.uncertain}
    assert uncertain


def test_truth_survives_json():
    truth = make_truth(29)
    assert Truth.from_dict(json.loads(json.dumps(truth.to_dict()))) == truth


@pytest.mark.parametrize(
    ("read", "outcome"),
    [
        (Read(5.0, "number"), "right"),
        (Read(5.0, "number", "", "label_guess"), "doubted"),
        (Read(5.0, "annotated"), "status"),
        (Read(6.0, "number"), "silent"),
        (Read(None, "blank"), "silent"),
        (Read(6.0, "number", "", "low_confidence"), "flagged"),
        (Read(None, "unreadable"), "flagged"),
        (Read(None, "absent"), "absent"),
    ],
)
def test_judgement_of_a_printed_number(read, outcome):
    assert judge_cell(CellTruth("requests/new/total", "5", "number", 5), read) == outcome


@pytest.mark.parametrize(
    ("read", "outcome"),
    [
        (Read(5.0, "number"), "unplaceable"),
        (Read(0.0, "number", "", "uncertain"), "unplaceable"),
        (Read(0.0, "number"), "silent"),
        (Read(None, "blank"), "silent"),
    ],
)
def test_judgement_of_a_cell_that_cannot_be_placed(read, outcome):
    assert judge_cell(CellTruth("requests/new/total", "5", "number", 5, uncertain=True), read) == outcome
