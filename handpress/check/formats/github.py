"""Annotations of GitHub Actions: one workflow command for each problem.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Sequence

from handpress.core.problems.catalogue import Severity
from handpress.core.problems.problem import Problem

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "notice"}


def github(problems: Sequence[Problem]) -> str:
    """Return one line for each problem, which GitHub shows beside the line of the source."""
    return "".join(f"{_line(p)}\n" for p in problems)


def _line(p: Problem) -> str:
    place = p.place
    properties = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + place.length,
        "title": f"{p.what} [{p.code}]",
    }
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{COMMANDS[p.severity]} {listed}::{_data(f'{p.why}; {p.help}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
