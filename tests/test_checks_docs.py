"""docs/rules.md: current, complete, and its example a rule that works."""

from __future__ import annotations

import re
from pathlib import Path

from builders import build_report

import gongkai as gk
from gongkai.checks import rules, unregister
from gongkai.checks.docs import document

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"


def test_the_page_is_what_the_registry_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "run: python -m gongkai.checks.docs > docs/rules.md"


def test_every_rule_has_a_heading_and_all_that_it_says_of_itself() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for rule in rules():
        assert f"### `{rule.id}`" in page
        for text in (*rule.title, *rule.why, *rule.example, rule.source):
            assert text in page


def test_the_rule_of_ones_own_on_the_page_has_ten_lines_and_works() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)[-1]
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    exec(code, {})
    try:
        outcomes = [
            gk.check(build_report({"litigation/review/total": printed})).iloc[-1]["outcome"]
            for printed in ("200", "3", "")
        ]
    finally:
        unregister("many_reviews")
    assert outcomes == ["fail", "pass", "not_assessable"]
