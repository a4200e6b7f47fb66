"""Whether a government's tables count its whole territory or its own house alone, as the report itself shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from gongkai.checks.prose.claims import AnyClaim, Claim, Mention
from gongkai.checks.prose.compare import agrees, choices, sum_in
from gongkai.checks.prose.scope import OWN, Reach, Scope
from gongkai.checks.registry import Context, Text

Coverage = Literal["whole", "house"]
_HOUSE_ONLY: Text = ("表中的数字是机关本级的", "the tables count the government's own house alone")
# Whose claims tell what the tables count: those on the territory, and those on one house in it.
_WHOLE: frozenset[Reach] = frozenset({"whole"})
_HOUSE: frozenset[Reach] = frozenset({"seat", "wide"})


def coverage(context: Context, claims: Sequence[AnyClaim]) -> Coverage | None:
    """What the tables are shown to count, by numbers that agree with them; None where the claims do not show it.

    By practice a government reports on its whole territory, and claims on it are taken for what its tables count; a
    number of its office that the tables state, where that of the territory differs, shows that they do not.
    """
    if _stated(context, claims, _WHOLE, True):
        return "whole"
    shown = _stated(context, claims, _HOUSE, True) & _stated(context, claims, _WHOLE, False)
    return "house" if shown else None


def scope_by(context: Context, covered: Coverage | None, claim: AnyClaim) -> Scope:
    """A claim's scope by what the tables count; a government's own house issues, and is sued for, some of all only.

    What its own house received may be some of all, too, unless it is more than that.
    """
    scope = claim.scope
    if scope.reach == "whole":
        return Scope("other", _HOUSE_ONLY) if covered == "house" else OWN
    if scope.reach not in _HOUSE:
        return scope
    sure = scope.reach == "seat" and not _may_be_part(context, covered, claim)
    counted = covered != "whole" if sure else covered == "house"
    return OWN if counted else replace(scope, reach="wide")


def _may_be_part(context: Context, covered: Coverage | None, claim: AnyClaim) -> bool:
    """Whether what a government's own house is said to have may be some of what its tables count."""
    if isinstance(claim, Mention):
        return False
    if claim.subject.table != "requests":
        return True
    if covered is not None or not isinstance(claim, Claim):
        return False
    sums = [sum_in(context, context.ledger, one, claim.unit) for one in choices(context, claim.subject)]
    return any(one is not None and claim.value < one for one in sums)


def _stated(context: Context, claims: Sequence[AnyClaim], reaches: frozenset[Reach], agreeing: bool) -> set[object]:
    """The subjects of claims of these reaches whose number, other than 0, the tables have, or have not."""
    return {
        claim.subject.key
        for claim in claims
        if isinstance(claim, Claim) and claim.scope.reach in reaches and claim.value
        if agrees(context, claim) is agreeing
    }
