"""From a number to where it was printed."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from builders import build_report

import gongkai as gk
from gongkai.evidence import evidence_of

SAMPLE = Path(__file__).parents[1] / "data" / "raw" / "district_hrss_2021.txt"
PUBLISHED = Path(__file__).parents[2] / "shared" / "samples" / "hongze_2023.pdf"


@pytest.fixture(scope="module")
def report() -> gk.Report:
    return gk.parse(SAMPLE)


def test_a_text_report_shows_its_table_with_the_cell_marked(report: gk.Report) -> None:
    evidence = report.evidence(["requests/new/total"])
    assert [exhibit.where for exhibit in evidence.exhibits] == ["第 32 行"]
    assert evidence.html.count("gk-fail-error") == evidence.html.count('class="gk-fail-error">2<') + css(evidence.html)
    assert evidence.html.count('class="gk-fail-error">2<') == 1
    assert "「本年新收」行「总计」" in evidence.html


def css(html: str) -> int:
    """Mentions of the class in the style sheet."""
    return html[: html.index("</style>")].count("gk-fail-error")


def test_every_failed_check_has_its_evidence(report: gk.Report) -> None:
    findings = gk.check(report)
    html = evidence_of(report, findings).html
    failed = findings.loc[(findings["outcome"] == "fail") & (findings["cells"].map(len) > 0)]
    assert len(failed) == 2
    assert all(message in html for message in failed["message"])


def test_cells_that_may_be_misread_have_theirs(report: gk.Report) -> None:
    report = replace(report, cells=report.cells.copy())
    report.cells.loc[report.cells["id"] == "requests/new/total", "flags"] = "low_confidence"
    findings = gk.check(report)
    (message,) = findings.loc[findings["rule"] == "doubtful_cells"].query("outcome == 'not_assessable'")["message"]
    assert message in evidence_of(report, findings).html


def test_an_id_that_is_not_on_the_form(report: gk.Report) -> None:
    with pytest.raises(KeyError):
        report.evidence(["requests/nobody/total"])


def test_a_report_that_was_built_has_nothing_to_show() -> None:
    assert build_report().evidence(["requests/new/total"]).exhibits == ()


def test_what_is_in_the_report_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        SAMPLE.read_text(encoding="utf-8").replace("规章\t0", "规章\t<img src=x onerror=alert(1)>"), "utf-8"
    )
    html = gk.parse(path).evidence(["disclosure/regulations/created"]).html
    assert "<img" not in html
    assert "&lt;img src=x" in html


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published sample lies outside this repository")
def test_a_pdf_shows_the_page_with_the_cells_outlined() -> None:
    from PIL import Image

    evidence = gk.parse(PUBLISHED).evidence(["litigation/review/total", "requests/new/total"], language="en")
    assert [exhibit.where for exhibit in evidence.exhibits] == ["Page 3", "Page 4"]
    for exhibit in evidence.exhibits:
        picture = Image.open(io.BytesIO(exhibit.png or b"")).convert("RGB")
        strokes = sum(count for count, (r, g, b) in picture.getcolors(1 << 20) or [] if r > 150 and g < 90 and b < 60)
        assert strokes > 100
