"""Problems as text: for people, on one line for editors, or as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from handpress.core.escaping import escaped, json_line
from handpress.core.problem import Problem


def human(p: Problem) -> str:
    """Return the message on several lines, with the source line and a caret below the place."""
    kind = "warning: " if p.severity == "warning" else ""
    head = f"{escaped(p.place.path)}:{p.place.line}:{p.place.column}: {kind}{p.what} [{p.code}]"
    if not p.place.text:
        return f"{head}\n  = why: {p.why}\n  = help: {p.help}"
    gutter = " " * len(str(p.place.line))
    text, start = excerpt(p.place.text, p.place.column - 1)
    # A tab stays a tab in the caret line, so that both lines have the same width.
    indent = "".join("\t" if c == "\t" else " " * width(c) for c in text[:start])
    span = text[start : start + max(1, p.place.length)]
    carets = "^" * max(1, sum(width(c) for c in span))
    return (
        f"{head}\n{gutter} |\n{p.place.line} | {text}\n{gutter} | {indent}{carets} {p.why}\n"
        f"{gutter} = help: {p.help}"
    )


def excerpt(line: str, start: int, most: int = 160) -> tuple[str, int]:
    """Return the part of a long `line` around `start`, and the position of `start` in it."""
    line = "".join(c if c.isprintable() or c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in line)
    if len(line) <= most:
        return line, start
    left = max(0, min(start - most // 4, len(line) - most))
    return line[left : left + most], start - left


def width(character: str) -> int:
    """Return the columns of a character on a terminal (Unicode Standard Annex #11)."""
    import unicodedata

    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def short(p: Problem) -> str:
    """Return the message on one line, for editors and grep."""
    kind = "warning: " if p.severity == "warning" else ""
    where = f"{escaped(p.place.path)}:{p.place.line}:{p.place.column}"
    return f"{where}: {kind}{p.what} [{p.code}]: {p.why}; {p.help}"


def as_json(p: Problem) -> str:
    """Return the message as one JSON object on one line."""
    return json_line(
        {
            "type": "problem",
            "code": p.code,
            "severity": p.severity,
            "path": p.place.path,
            "line": p.place.line,
            "column": p.place.column,
            "length": p.place.length,
            "what": p.what,
            "why": p.why,
            "help": p.help,
        }
    )


FORMATS = {"human": human, "short": short, "json": as_json}


def summary(problems: Iterable[Problem]) -> str:
    """Return the last line of a list of problems: ``2 errors, 1 warning in 2 files``."""
    problems = list(problems)
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    parts = [many(n, word) for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return f"{', '.join(parts)} in {many(len({p.place.path for p in problems}), 'file')}"


def many(number: int, word: str) -> str:
    """Return the number with its noun: ``1 file``, ``2 files``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
