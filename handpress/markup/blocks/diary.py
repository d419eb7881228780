"""Diaries: a table for each week, in which readers tick off their exercises."""

from __future__ import annotations

from math import ceil

from handpress.core.problem import Problem, problem
from handpress.markup.blocks.term_lines import key_of, place_of, take_lines
from handpress.markup.positions import Locator
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    set_children,
    take_out,
    text_of,
)

DAYS = {"days": "days"}
FORTNIGHT, LONGEST, WEEK = 14, 92, 7  # days of a diary: as a rule, at most, and in one table


def diary(box: Element, heading: list[Node], locate: Locator) -> list[Problem]:
    """Turn `box`, in place, into a diary of two weeks, or of as many days as it says.

    A list in it names what is ticked besides the article's exercises; see :func:`fill_diaries`.
    """
    box.tag = "section"
    box.set("class", "diary")
    days, problems = FORTNIGHT, []
    for term, value in take_lines(box, DAYS.keys()):
        written = "".join(n if isinstance(n, str) else text_of(n) for n in value)
        if key_of(term) not in DAYS:
            facts = {"term": term, "known": "Days"}
            problems.append(problem("unknown-dose", place_of(term, locate), None, **facts))
        elif written.isdecimal() and 1 <= int(written) <= LONGEST:
            days = int(written)
        else:
            reason = f"`{written}` is not a whole number from 1 to {LONGEST}"
            facts = {"reason": reason, "example": "write `Days : 14`"}
            problems.append(problem("wrong-value", place_of(term, locate), None, **facts))
    title = new_element(
        "p", heading, {"class": "title"} | ({} if heading else {"data-word": "diary"})
    )
    set_children(box, [title, *child_nodes(box)])
    box.set("data-days", str(days))
    return problems


def fill_diaries(body: Element) -> None:
    """Give each diary its tables: a row for each exercise of the article, and one for the pain."""
    names = [text_of(card[0]) for card in body.iter("section") if "exercise" in classes(card)]
    for box in [e for e in body.iter("section") if "data-days" in e.attrib]:
        rows = [name for name in names if name]
        for items in box.findall("ul"):
            rows += [text_of(item) for item in items]
            take_out(box, items)
        days = int(box.attrib.pop("data-days"))
        columns = ceil(days / ceil(days / WEEK))
        for first in range(1, days + 1, columns):
            box.append(_week(rows, range(first, min(first + columns, days + 1))))


def _week(rows: list[str], days: range) -> Element:
    numbers = [new_element("th", [str(day)], {"scope": "col"}) for day in days]
    head = new_element(
        "tr", [new_element("th", [], {"scope": "col", "data-word": "day"}), *numbers]
    )
    labels = [new_element("th", [row], {"scope": "row"}) for row in rows]
    labels.append(new_element("th", [], {"scope": "row", "data-word": "pain"}))
    lines: list[Node] = [
        new_element("tr", [label, *(new_element("td", []) for _ in days)]) for label in labels
    ]
    return new_element(
        "table", [new_element("thead", [head]), new_element("tbody", lines)], {"class": "days"}
    )
