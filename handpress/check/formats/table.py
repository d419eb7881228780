"""The table of formats: those of a build, and those that only a check has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from handpress.check.formats.github import github
from handpress.check.formats.json_lines import json_lines
from handpress.check.formats.sarif import sarif
from handpress.core.problems.problem import Problem

# Written to standard output; the others are those of a build.
WHOLE: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "json": json_lines,
    "sarif": sarif,
    "github": github,
}
