"""Diaries: a table for each week, in which readers tick off their exercises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from handpress.core.problems.problem import Problem, problem
from handpress.markup.blocks import exercise
from handpress.markup.blocks.block import Written, titled_box
from handpress.markup.blocks.term_lines import key_of, place_of, take_lines
from handpress.markup.tree import (
    Element,
    Node,
    classes,
    has_content,
    new_element,
    set_children,
    take_out,
    text_of,
)

# How authors write the label, in each language that we have words for. All are read in every series.
LABELS = {
    "ar": "الأيام", "cs": "dny", "da": "dage", "de": "tage", "el": "ημέρες", "en": "days", "es": "días", "fa": "روزها",
    "fi": "päivät", "fr": "jours", "he": "ימים", "hi": "दिन", "it": "giorni", "ja": "日数", "ko": "일수", "nb": "dager",
    "nl": "dagen", "pl": "dni", "pt": "dias", "ru": "дни", "sv": "dagar", "tr": "günler", "uk": "дні", "vi": "số ngày",
    "zh-Hans": "天数",
}  # fmt: skip
DAYS = {key_of(label): "days" for label in LABELS.values()}
FORTNIGHT, LONGEST, WEEK = 14, 92, 7  # days of a diary: as a rule, at most, and in one table
FORM = frozenset({"title", "days"})  # the parts that are of use on paper only


def diary(box: Element, written: Written) -> Iterable[Problem]:
    """Turn `box` into a diary of two weeks, or of as many days as it says.

    A list in it names what is ticked as well as the article's exercises; see :func:`fill`.
    """
    days, problems = FORTNIGHT, []
    for term, value in take_lines(box, DAYS.keys()):
        number = "".join(n if isinstance(n, str) else text_of(n) for n in value)
        if key_of(term) not in DAYS:
            facts = {"term": term.strip(), "known": "Days"}
            problems.append(problem("unknown-dose", place_of(term, written.locate), None, **facts))
            box.append(exercise.unknown_line(term, value, written.language))
        elif number.isdecimal() and 1 <= int(number) <= LONGEST:
            days = int(number)
        else:
            reason = f"`{number}` is not a whole number from 1 to {LONGEST}"
            facts = {"reason": reason, "example": "write `Days : 14`"}
            problems.append(problem("wrong-value", place_of(term, written.locate), None, **facts))
    titled_box(box, written)
    box.set("data-days", str(days))
    return problems


def fill(box: Element, body: Element) -> None:
    """Give a diary its tables: a row for each exercise in `body`, and one for the pain."""
    if "data-days" not in box.attrib:  # a section of raw HTML with the same class
        return
    rows = exercise.names(body)
    for items in box.findall("ul"):
        rows += [text_of(item) for item in items]
        take_out(box, items)
    days = int(box.attrib.pop("data-days"))
    columns = ceil(days / ceil(days / WEEK))
    for first in range(1, days + 1, columns):
        box.append(_week(rows, range(first, min(first + columns, days + 1))))


def numbers(tree: Element) -> Iterator[Element]:
    """Yield the cells with the numbers of the days in every diary of a text."""
    for box in tree.iter("section"):
        if "diary" in classes(box):
            for head in box.iterfind("table[@class='days']/thead/tr"):
                first, *days = head
                yield from days if first.get("data-word") == "day" else ()


def without_form(box: Element) -> None:
    """Keep only the content to read, in a plain `div`: a warning in a diary is for every medium."""
    for child in list(box):
        if not FORM.isdisjoint(classes(child)):
            take_out(box, child)
    if not has_content(box):
        set_children(box, [])
    box.tag = "div"
    del box.attrib["class"]


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
