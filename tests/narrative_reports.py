"""Invented reports of several kinds for the tests of narrative and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from builders import build_report

from gongkai.report import Report

APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org")
RESULTS = ("upheld", "corrected", "other", "pending")

BUSY_OUTCOMES = {
    "granted": (38, 3, 0, 0, 0, 0),
    "partial": (20, 2, 0, 0, 0, 0),
    "denied_state_secret": (1, 0, 0, 0, 0, 0),
    "denied_third_party": (11, 2, 0, 0, 0, 0),
    "denied_internal_affairs": (39, 1, 0, 0, 1, 0),
    "denied_process_information": (19, 1, 0, 0, 0, 0),
    "denied_enforcement_file": (90, 2, 0, 0, 0, 0),
    "denied_administrative_query": (14, 3, 0, 0, 0, 0),
    "unavailable_not_held": (38, 2, 0, 0, 0, 0),
    "unavailable_needs_creation": (7, 0, 0, 0, 0, 0),
    "unprocessed_petition": (9, 0, 0, 0, 0, 0),
    "other_not_corrected": (2, 0, 0, 0, 0, 1),
}


def request_cells(
    outcomes: Mapping[str, Sequence[int]],
    carried_in: Sequence[int] = (0,) * 6,
    carried_out: Sequence[int] = (0,) * 6,
) -> dict[str, str]:
    """The cells of a requests table that agrees with itself."""
    handled = tuple(map(sum, zip(*outcomes.values(), strict=True)))
    new = tuple(done + left - before for done, left, before in zip(handled, carried_out, carried_in, strict=True))
    rows = {**outcomes, "total": handled, "new": new, "carried_in": carried_in, "carried_out": carried_out}
    return {
        f"requests/{row}/{column}": str(number)
        for row, numbers in rows.items()
        for column, number in zip((*APPLICANTS, "total"), (*numbers, sum(numbers)), strict=True)
    }


def litigation_cells(**tracks: Sequence[int]) -> dict[str, str]:
    """The cells of a litigation table that agrees with itself."""
    return {
        f"litigation/{track}/{column}": str(number)
        for track, numbers in tracks.items()
        for column, number in zip((*RESULTS, "total"), (*numbers, sum(numbers)), strict=True)
    }


def natural(**outcomes: int) -> dict[str, Sequence[int]]:
    """Outcomes of requests by natural persons only."""
    return {outcome: (number, 0, 0, 0, 0, 0) for outcome, number in outcomes.items()}


def busy(**changes: Any) -> Report:
    """A government with many requests, many refusals and many disputes; `changes` are cells printed otherwise."""
    values = {
        **request_cells(BUSY_OUTCOMES, (8, 1, 0, 0, 0, 0), (13, 0, 0, 0, 0, 0)),
        **litigation_cells(review=(22, 9, 6, 3), suit_direct=(1, 0, 0, 0), suit_after_review=(9, 1, 2, 2)),
        "disclosure/normative_documents/made": "22（其中修订16件）",
        "disclosure/normative_documents/repealed": "5",
        "disclosure/normative_documents/in_force": "131",
        "disclosure/licensing/decisions": "12,550",
        "disclosure/fees/amount": "7730.28",
    }
    return build_report({**values, **changes.pop("values", {})}, organ="某市某区人民政府", kind="government", **changes)


def quiet(**identity: Any) -> Report:
    """A township where nothing happened."""
    return build_report(organ="某县某镇人民政府", level="township", kind="government", **identity)


def single() -> Report:
    """One request, refused, and one review."""
    return build_report({**request_cells(natural(denied_internal_affairs=1)), **litigation_cells(review=(1, 0, 0, 0))})


def unfilled_totals() -> Report:
    """Reviews and suits whose printed totals are zero beside results that are not, on mixed forms."""
    return build_report(
        {
            **request_cells(natural(partial=4, denied_state_secret=1, unavailable_not_held=15, unprocessed_petition=1)),
            "litigation/review/upheld": "10",
            "litigation/review/corrected": "1",
            "litigation/suit_after_review/upheld": "5",
        },
        forms={"disclosure": "2021", "requests": "2019", "litigation": "2021"},
    )


def contradictory() -> Report:
    """Outcomes that do not come to their total, and a row of the litigation table that is missing."""
    values: dict[str, str | None] = dict(request_cells(natural(granted=10, denied_enforcement_file=12)))
    values |= {"requests/total/total": "29", "requests/granted/business": "3"}
    values |= {f"litigation/review/{column}": None for column in (*RESULTS, "total")}
    return build_report(values, sections={"overview": ""})


def without_requests() -> Report:
    """No requests table, and an organ that is not named."""
    ids = build_report().cells["id"]
    return build_report({id: None for id in ids if id.startswith("requests/")}, organ=None, level=None, kind=None)


def earlier(report: Report, **texts: str) -> Report:
    """A report as if it were that of the year before; `texts` are sections with another text."""
    assert report.year is not None
    report.year -= 1
    report.sections = {**report.sections, **texts}
    return report


def peers(number: int) -> list[Report]:
    """Other county governments in 2023, each with more requests than the last; one has too few for shares."""
    return [
        build_report(
            {
                **request_cells(natural(granted=5 * place, denied_third_party=place % 3, unavailable_not_held=2)),
                **litigation_cells(review=(place % 2, 0, 0, 0)),
            },
            organ=f"某市{name}区人民政府",
            kind="government",
        )
        for place, name in zip(range(1, number + 1), "甲乙丙丁戊己庚辛壬癸子丑寅卯", strict=False)
    ]
