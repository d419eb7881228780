"""Settings of the rules: the levels and limits that a series sets below `check`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from handpress.build.kinds import ALL_KINDS
from handpress.check.rules import RULES
from handpress.core.problems.levels import ALL_LEVELS, OFF, Levels
from handpress.core.problems.problem import Problem, nearest, problem
from handpress.series.model import OwnLevel, Series

LIMITS: Mapping[str, int] = {
    name: value for rule in RULES.values() for name, value in rule.limits.items()
}
LARGEST = 100_000


class Settings(Struct, frozen=True):
    """The levels of the rules for one series, and the limits by name."""

    levels: Levels
    limits: Mapping[str, int]

    def runs(self, code: str) -> bool:
        """Return whether the rule is on for this series."""
        level = self.levels.own.get(code)
        return RULES[code].on if level is None else level != OFF


def settings_of(series: Series, strict: bool) -> tuple[Settings, list[Problem]]:
    """Return the settings of a series, and a problem for each that cannot be used."""
    wrong = {row.code: found for row in series.checks if (found := _why_wrong(row))}
    right = [row for row in series.checks if row.code not in wrong]
    levels = {row.code: row.level for row in right if row.code in RULES}
    limits = {row.code: int(row.level) for row in right if row.code in LIMITS}
    return Settings(Levels(levels, strict), {**LIMITS, **limits}), list(wrong.values())


def _why_wrong(row: OwnLevel) -> Problem | None:
    if row.code in RULES:
        if row.level in ALL_LEVELS:
            return None
        reason = f"`{row.level}` is not a level of `{row.code}`"
        return _wrong(
            row, reason, f"use one of: {', '.join(ALL_LEVELS)}", nearest(row.level, ALL_LEVELS)
        )
    if row.code in LIMITS:
        if row.level.isascii() and row.level.isdigit() and int(row.level) <= LARGEST:
            return None
        return _wrong(
            row,
            f"`{row.level}` is not a whole number",
            f"write a number such as {LIMITS[row.code]}",
        )
    if row.code in ALL_KINDS:
        reason = f"`{row.code}` is a message of builds, and not a rule of `check`"
        return _wrong(row, reason, "write the line below `levels`")
    meant = nearest(row.code, (*RULES, *LIMITS))
    reason = f"`check` has neither a rule nor a limit `{row.code}`"
    return _wrong(row, reason, "write the code of a rule, as in the brackets of its message", meant)


def _wrong(row: OwnLevel, reason: str, example: str, meant: str | None = None) -> Problem:
    return problem("wrong-value", row.place, meant, reason=reason, example=example)
