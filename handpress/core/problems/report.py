"""Problems as text: for people, on one line for editors, or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from handpress.core.problems.escaping import escaped, json_line
from handpress.core.problems.problem import Place, Problem
from handpress.core.program import as_typed

NAMED = 3  # most places of a gathered message that are named after the first
# Kinds of warnings with one code: in a folder of notes, each of 200 links may lack another article.
MOST_KINDS = 5


def gathered(problems: Iterable[Problem], most: int = MOST_KINDS) -> list[list[Problem]]:
    """Return `problems` by kind, each group at the place of its first.

    All advice of one rule is of one kind, as are all problems of one code that are `gathered`, and warnings of one code
    after those of `most` kinds.
    """
    groups: dict[tuple[str, ...], list[Problem]] = {}
    kinds: Counter[tuple[str, ...]] = Counter()
    for p in problems:
        kind: tuple[str, ...] = (p.code, p.severity, p.what, p.help, p.cause)
        if p.gathered:
            kind = (*kind[:2], "gathered")
        elif p.severity == "advice" or (
            p.severity == "warning" and kind not in groups and kinds[kind[:2]] == most
        ):
            kind = kind[:2]
        elif kind not in groups:
            kinds[kind[:2]] += 1
        groups.setdefault(kind, []).append(p)
    return list(groups.values())


def human(p: Problem, others: Sequence[Problem] = ()) -> str:
    """Return the message on several lines, with the source line and a caret below the place.

    `others` are of the same kind; the last line has their places.
    """
    gutter = " " * len(str(p.place.line)) if p.place.text else " "
    return _alone(p) + (f"\n{gutter} = {_also(p, others)}" if others else "")


def _also(p: Problem, others: Sequence[Problem]) -> str:
    """Return the places of `others`: ``also in a.md:3, b.md:7 and 12 more; --all shows each``.

    If they say something else, such as the name of another article, they are ``others like it``.
    """
    places = dict.fromkeys(_line(o.place) for o in others if _line(o.place) != _line(p.place))
    named = list(places)[:NAMED]
    rest = sum(_line(o.place) not in named for o in others)
    also = [f"in {', '.join(named)}"] if named else []
    also += [f"{rest} more"] if rest else []
    alike = p.gathered or p.severity == "advice" or all(o.what == p.what for o in others)
    differ = rest or any((o.what, o.why) != (p.what, p.why) for o in others)
    lead = "also" if alike else "others like it"
    return f"{lead} {' and '.join(also)}" + ("; --all shows each" if differ else "")


def _line(place: Place) -> str:
    return f"{escaped(place.path)}:{place.line}"


def _alone(p: Problem) -> str:
    kind = "" if p.severity == "error" else f"{p.severity}: "
    head = f"{escaped(p.place.path)}:{p.place.line}:{p.place.column}: {kind}{p.what} [{p.code}]"
    if not p.place.text:
        return f"{head}\n  = why: {p.why}\n  = help: {as_typed(p.help)}"
    gutter = " " * len(str(p.place.line))
    text, start = excerpt(p.place.text, p.place.column - 1)
    # A tab stays a tab in the caret line, so that both lines have the same width.
    indent = "".join("\t" if c == "\t" else " " * width(c) for c in text[:start])
    span = text[start : start + max(1, p.place.length)]
    carets = "^" * max(1, sum(width(c) for c in span))
    return (
        f"{head}\n{gutter} |\n{p.place.line} | {text}\n{gutter} | {indent}{carets} {p.why}\n"
        f"{gutter} = help: {as_typed(p.help)}"
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
    kind = "" if p.severity == "error" else f"{p.severity}: "
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
    """Return the last line of a list of problems: ``2 errors, 9 warnings in 2 files, of 3 kinds``."""
    problems = list(problems)
    found = Counter(p.severity for p in problems)
    counts = (("error", found["error"]), ("warning", found["warning"]))
    parts = [many(n, word) for word, n in counts if n]
    if advice := found["advice"]:
        parts.append(f"{many(advice, 'piece')} of advice")
    files = many(len({p.place.path for p in problems}), "file")
    kinds = len(gathered(problems))
    of = f", of {many(kinds, 'kind')}" if kinds < len(problems) else ""
    return f"{', '.join(parts)} in {files}{of}"


def many(number: int, word: str) -> str:
    """Return the number with its noun: ``1 file``, ``2 files``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
