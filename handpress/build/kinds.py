"""All codes: those of the catalogue and of the preflight rules, and the levels that a series sets for them."""

from __future__ import annotations

from collections.abc import Mapping

from handpress.core.problems.catalogue import KINDS, Kind
from handpress.core.problems.levels import Levels
from handpress.core.problems.problem import Problem, nearest, problem
from handpress.press.preflight.rules import RULES
from handpress.series.model import OwnLevel, Series

ALL_KINDS: Mapping[str, Kind] = {**KINDS, **{rule.code: rule.kind for rule in RULES}}


def levels_of(series: Series, strict: bool) -> tuple[Levels, list[Problem]]:
    """Return the levels of a series, and a problem for each of its `levels:` that cannot be set."""
    found = {row: _why_wrong(row) for row in series.levels}
    own = {row.code: row.level for row, wrong in found.items() if not wrong}
    return Levels(own, strict), [wrong for wrong in found.values() if wrong]


def _why_wrong(row: OwnLevel) -> Problem | None:
    if row.code not in ALL_KINDS:
        facts = {
            "reason": f"no message has the code `{row.code}`",
            "example": "write the code as in the brackets of its message; the rules of `check` have their levels below `check`",
        }
        return problem("wrong-value", row.place, nearest(row.code, ALL_KINDS), **facts)
    if row.level != "error" and not ALL_KINDS[row.code].lowers:
        facts = {
            "reason": f"`{row.code}` is always an error: there is nothing right to publish instead",
            "example": "delete the line, and fix the error",
        }
        return problem("wrong-value", row.place, **facts)
    return None
