"""The error of this package: an edition that cannot be released, made again or compared."""

from __future__ import annotations

from collections.abc import Sequence

from handpress.core.problems.problem import Problem


class EditionError(Exception):
    """The reason, a way out, and the problems that cause it."""

    def __init__(self, reason: str, fix: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(reason)
        self.reason, self.fix, self.problems = reason, fix, tuple(problems)
