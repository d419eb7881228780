"""Levels: whether a problem is an error, a warning, advice or nothing, by its code.

Each code has its own level in :mod:`.core.problems.catalogue`. A series may set others, and a strict command counts each
warning as an error. Advice stays advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from handpress.core.problems.catalogue import Severity
from handpress.core.problems.problem import Problem

OFF = "off"
LEVELS = ("error", "warning", OFF)  # that a series may set for what a build finds
ALL_LEVELS = ("error", "warning", "advice", OFF)  # for the rules of `check`
WEIGHTS: dict[Severity, int] = {"error": 0, "warning": 1, "advice": 2}


class Levels(Struct, frozen=True):
    """The levels that a series sets, by code, and whether each warning counts as an error."""

    own: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False

    def apply(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return `problems` with these levels, without those that are off."""
        found = ((p, self.of(p.code, p.severity)) for p in problems)
        return [p._replace(severity=severity) for p, severity in found if severity]

    def of(self, code: str, severity: Severity) -> Severity | None:
        """Return the level of a `code` that usually has this `severity`, or None if it is off."""
        level = self.own.get(code, severity)
        if level in (OFF, "advice"):
            return "advice" if level == "advice" else None
        return "error" if self.strict or level == "error" else "warning"
