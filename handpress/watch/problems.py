"""Problems for the page: each kind with the line of its first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handpress.core.problems.problem import Place, Problem
from handpress.core.problems.report import excerpt, gathered, summary

NAMED = 12  # most places of one kind that the page lists


def as_groups(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Return the problems by kind, errors first, each kind with its first message and the places of the others."""
    groups = gathered(problems, most=len(problems))
    groups.sort(key=lambda group: group[0].severity != "error")
    return [_group(group) for group in groups]


def summary_of(problems: Sequence[Problem]) -> str:
    """Return the number of problems in words, or "" without any."""
    return summary(problems) if problems else ""


def _group(group: Sequence[Problem]) -> dict[str, Any]:
    first, *others = group
    text, start = excerpt(first.place.text, first.place.column - 1)
    places = list(dict.fromkeys((o.place.path, o.place.line) for o in others))
    end = start + max(1, first.place.length)
    return {
        "code": first.code,
        "severity": first.severity,
        "what": first.what,
        "why": first.why,
        "help": first.help,
        "place": _place(first.place),
        "line": [text[:start], text[start:end], text[end:]] if first.place.text else None,
        "also": [{"path": path, "line": line} for path, line in places[:NAMED]],
        "more": max(0, len(places) - NAMED),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
