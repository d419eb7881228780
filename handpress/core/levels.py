"""Levels: whether a problem is an error, a warning or nothing, by its code.

Each code has its own level in :mod:`.core.catalogue`. A series may set others, and a strict command counts each
warning as an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from handpress.core.catalogue import Severity
from handpress.core.problem import Problem

OFF = "off"
LEVELS = ("error", "warning", OFF)  # that a series may set


@dataclass(frozen=True)
class Levels:
    """The levels that a series sets, by code, and whether each warning counts as an error."""

    own: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False

    def apply(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return `problems` with these levels, without those that are off."""
        found = ((p, self.of(p.code, p.severity)) for p in problems)
        return [replace(p, severity=severity) for p, severity in found if severity]

    def of(self, code: str, severity: Severity) -> Severity | None:
        """Return the level of a `code` that usually has this `severity`, or None if it is off."""
        level = self.own.get(code, severity)
        if level == OFF:
            return None
        return "error" if self.strict or level == "error" else "warning"
