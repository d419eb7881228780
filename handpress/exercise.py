"""Exercises: the card with its dosage, and the diary in which it is ticked off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from math import ceil

from .locate import Locator
from .problem import Place, Problem, nearest, problem
from .tree import FLOW, Element, Node, classes, content, make, refill, take_out, trim, words

DOSE = {
    "sets": "sets",
    "repetitions": "repetitions",
    "reps": "repetitions",
    "hold": "hold",
    "times a day": "times_a_day",
    "days a week": "days_a_week",
    "load": "load",
}
DOSE_COLUMNS = tuple(dict.fromkeys(DOSE.values()))
DOSE_LINES = {"progress when": "progress_when", "stop when": "stop_when"}
DAYS = {"days": "days"}
FORTNIGHT, LONGEST, WEEK = 14, 92, 7  # days of a diary: as a rule, at most, and in one table


def exercise(box: Element, heading: list[Node], level: int, locate: Locator) -> list[Problem]:
    """Turn `box`, in place, into a card below a heading of `level`: what is in it, then its dosage."""
    box.tag = "section"
    box.set("class", "exercise")
    dose: dict[str, Element] = {}
    lines: list[Node] = []
    problems = []
    for term, value in _taken(box, DOSE.keys() | DOSE_LINES.keys()):
        key = _key(term)
        if key in DOSE:
            dose[DOSE[key]] = make("td", value)
        elif key in DOSE_LINES:
            label = make("strong", [], {"data-word": DOSE_LINES[key]})
            blocks = any(isinstance(node, Element) and node.tag in FLOW for node in value)
            inside = [make("p", [label]), *value] if blocks else [label, " ", *value]
            lines.append(make("div" if blocks else "p", inside, {"class": "dose-line"}))
        else:
            known = [k.capitalize() for k in (*DOSE, *DOSE_LINES) if k != "reps"]
            facts = {"term": term, "known": ", ".join(known)}
            meant = nearest(term, known)
            problems.append(problem("unknown-dose", _place(term, locate), meant=meant, **facts))
    head = [make("th", [], {"scope": "col", "data-word": key}) for key in DOSE_COLUMNS]
    cells = [dose.get(key, make("td", [], {"class": "blank"})) for key in DOSE_COLUMNS]
    table = [make("thead", [make("tr", head)]), make("tbody", [make("tr", cells)])]
    title = make(f"h{min(level + 1, 6)}", heading, {} if heading else {"data-word": "exercise"})
    refill(box, [title, *content(box), make("table", table, {"class": "dose"}), *lines])
    return problems


def diary(box: Element, heading: list[Node], locate: Locator) -> list[Problem]:
    """Turn `box`, in place, into a diary of two weeks, or of as many days as it says.

    A list in it names what is ticked besides the article's exercises; see :func:`fill_diaries`.
    """
    box.tag = "section"
    box.set("class", "diary")
    days, problems = FORTNIGHT, []
    for term, value in _taken(box, DAYS.keys()):
        written = "".join(n if isinstance(n, str) else words(n) for n in value)
        if _key(term) not in DAYS:
            facts = {"term": term, "known": "Days"}
            problems.append(problem("unknown-dose", _place(term, locate), None, **facts))
        elif written.isdecimal() and 1 <= int(written) <= LONGEST:
            days = int(written)
        else:
            reason = f"`{written}` is not a whole number from 1 to {LONGEST}"
            facts = {"reason": reason, "example": "write `Days : 14`"}
            problems.append(problem("wrong-value", _place(term, locate), None, **facts))
    title = make("p", heading, {"class": "title"} | ({} if heading else {"data-word": "diary"}))
    refill(box, [title, *content(box)])
    box.set("data-days", str(days))
    return problems


def fill_diaries(body: Element) -> None:
    """Give each diary its tables: a row for each exercise of the article, and one for the pain."""
    names = [words(card[0]) for card in body.iter("section") if "exercise" in classes(card)]
    for box in [e for e in body.iter("section") if "data-days" in e.attrib]:
        rows = [name for name in names if name]
        for items in box.findall("ul"):
            rows += [words(item) for item in items]
            take_out(box, items)
        days = int(box.attrib.pop("data-days"))
        columns = ceil(days / ceil(days / WEEK))
        for first in range(1, days + 1, columns):
            box.append(_week(rows, range(first, min(first + columns, days + 1))))


def _week(rows: list[str], days: range) -> Element:
    numbers = [make("th", [str(day)], {"scope": "col"}) for day in days]
    head = make("tr", [make("th", [], {"scope": "col", "data-word": "day"}), *numbers])
    labels = [make("th", [row], {"scope": "row"}) for row in rows]
    labels.append(make("th", [], {"scope": "row", "data-word": "pain"}))
    lines: list[Node] = [make("tr", [label, *(make("td", []) for _ in days)]) for label in labels]
    return make("table", [make("thead", [head]), make("tbody", lines)], {"class": "days"})


def _taken(box: Element, known: Set[str]) -> Iterator[tuple[str, list[Node]]]:
    """The lines such as ``Sets : 3`` in `box`, which loses them."""
    for child in list(box):
        if found := list(_lines(child, known)):
            take_out(box, child)
            yield from found


def _lines(element: Element, known: Set[str]) -> Iterator[tuple[str, list[Node]]]:
    """The lines in a definition list, or in a paragraph whose first line has a `known` term."""
    if element.tag in ("dl", "div") and element.find("dt") is not None:
        values: dict[str, list[Node]] = {}
        term = ""
        for child in element:
            if child.tag == "dt":
                term = words(child)
                values.setdefault(term, [])
            elif child.tag == "dd":
                before = values.get(term, [])
                only = child[0] if len(child) == 1 and child[0].tag == "p" else child
                inside = trim(content(only))
                values[term] = [*before, make("br", []), *inside] if before else inside
        yield from values.items()
    elif element.tag == "p":
        lines = list(_split(element))
        heads = [_head(line) for line in lines]
        if heads and all(mark for _, mark, _ in heads) and _key(heads[0][0]) in known:
            for (term, _, value), line in zip(heads, lines, strict=True):
                yield term, trim([value.lstrip(), *line[1:]])


def _split(paragraph: Element) -> Iterator[list[Node]]:
    """The lines of a paragraph as it was written, each as its nodes, of which the first is text."""
    line: list[Node] = [""]
    for node in content(paragraph):
        if isinstance(node, str):
            first, *rest = (node if line != [""] else node.lstrip()).split("\n")
            line = [*line, first] if line != [""] else [first]
            for text in rest:
                yield line
                line = [text]
        elif node.tag != "br":
            line.append(node)
    if line != [""]:
        yield line


def _head(line: list[Node]) -> tuple[str, str, str]:
    """What stands before the colon in a line's text, the colon, and what stands behind it."""
    return line[0].partition(":") if isinstance(line[0], str) else ("", "", "")


def _key(term: str) -> str:
    return " ".join(term.casefold().split())


def _place(term: str, locate: Locator) -> Place:
    return locate.next(rf"(?:^[ \t>]*|<dt>\s*)({re.escape(term.strip())})\s*(?::|$|<)")
