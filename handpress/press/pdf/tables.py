"""Tables that do not fit: marks for those wider than their page, and for rows taller than one.

A mark is a word in an element's `data-fit`, and the stylesheet of the medium has its rules. Only the layout shows
which elements need one. To choose the marks of a table, it is laid out without the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from handpress.press.pages.boxes import PageBoxes
from handpress.press.pages.tables import LISTS, MARK, too_wide

# Tried in turn. The words of a mark are: less air, breaks in addresses and a smaller picture beside it; below that;
# hyphens; the smallest text; a page of its own without a wide margin, or one on its side; breaks within any word.
LADDER = (
    "close",
    "close below",
    "close below hyphens",
    "close below hyphens small",
    "close below hyphens broad",
    "close below hyphens small broad",
    "close below hyphens turned",
    "close below hyphens small turned",
    "close below hyphens small anywhere",
    "close below hyphens small turned anywhere",
)
ANYWHERE = " anywhere"
READABLE = 8  # more columns are too narrow for broken words
COLUMNS = 24  # no page has room for more, however small
# The last resort, for an author's table: each element becomes another in its place, since the numbers of all others are
# to stay. Blocks such as a diary are forms.
AS_LISTS = {"table": "section", "caption": "p", "thead": "div", "tbody": "div", "tfoot": "div", "tr": "ul", "th": "li", "td": "li"}  # fmt: skip
HEAD = "data-head"  # the words above a cell
TALL = "tall"  # a row that may break
CELL = "cell"  # one of the two languages in a row of a bilingual handout

NUMBER = "data-number"
Marks = dict[int, str]  # by the number of an element in its document
Change = Callable[[Any], None]  # of a document, before it is laid out

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
ADDRESS = re.compile(r"\S{12,}")
BREAKS = re.compile(r"(?<=\w)([/.@?&=_-]+)(?=\w)")  # in an address, which may break after it
ZERO_WIDTH_SPACE = "\u200b"


def marks_of_wide(laid: PageBoxes, lay_out: Callable[[Change], PageBoxes]) -> Marks:
    """Return marks for the tables in `laid` that are too wide; `lay_out` lays the document out with a change."""
    found = [piece.element for piece in too_wide(laid)]
    frames = {
        id(e) for frame in laid.root.iter("div") if frame.get("class") == "table" for e in frame
    }
    plain = [e for e in found if id(e) in frames and e.find(".//table") is None]
    columns = {id(element): len(element.find(".//tr")) for element in found}
    listed = _numbers(laid.root, (e for e in plain if columns[id(e)] > READABLE))
    hopeless = _numbers(laid.root, (e for e in found if columns[id(e)] > COLUMNS))
    wide = _numbers(laid.root, found) - hopeless
    marks: Marks = dict.fromkeys(hopeless & listed, LISTS)
    for rung in LADDER:
        if rung.endswith(ANYWHERE):
            marks |= dict.fromkeys(wide & listed, LISTS)
            wide -= listed
        if not wide:
            break
        marks |= dict.fromkeys(wide, rung)
        tried = lay_out(partial(_alone, marks=marks, wide=wide))
        wide = {int(piece.element.get(NUMBER)) for piece in too_wide(tried)}
    return marks | dict.fromkeys(wide & _numbers(laid.root, plain), LISTS)


def marks_of_tall(laid: PageBoxes) -> Marks:
    """Return a mark for each row with a cell on two pages: it is taller than one.

    Those of a table's head are repeated on each page, and never break.
    """
    pages: dict[int, set[int]] = {}
    for piece in laid.pieces:
        if piece.element is not None and piece.element.tag in ("td", "th"):
            pages.setdefault(id(piece.element), set()).add(piece.page)
    heads = {id(cell) for head in laid.root.iter("thead") for cell in head.iter()}
    split = {cell for cell, on in pages.items() if len(on) > 1} - heads
    rows = (row for row in laid.root.iter("tr") if any(id(cell) in split for cell in row))
    return dict.fromkeys(_numbers(laid.root, rows), TALL) if split else {}


def in_turn(*changes: Change | None) -> Change:
    """Return a change that makes `changes` one after the other."""

    def change(root: Any) -> None:
        for one in filter(None, changes):
            one(root)

    return change


def set_marks(root: Any, marks: Marks) -> None:
    """Mark the elements of a document by their numbers."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for number, element in enumerate(list(root.iter())):
        if mark := marks.get(number):
            element.set(MARK, mark)
        if mark and mark != TALL:
            _break_addresses(element)
            _mark_frame(element, mark, parents)
        if mark == LISTS:
            _set_as_lists(element)


def _set_as_lists(table: Any) -> None:
    """Set each row of a table as a list, whose items begin with the heads of their columns."""
    rows = list(table.iter("tr"))
    head = table.find("thead/tr")
    heads = [] if head is None else ["".join(cell.itertext()) for cell in head]
    for row in rows:
        row.set("class", "record")
        for cell, words in zip(row, heads, strict=False):
            cell.set(HEAD, words)
    for element in list(table.iter()):
        element.tag = AS_LISTS.get(element.tag, element.tag)
    if head is not None:
        table.find("div").set("class", "heads")


def _numbers(root: Any, elements: Iterable[Any]) -> set[int]:
    """Return the positions of elements in their document, the same each time that it is read."""
    wanted = {id(element) for element in elements}
    return {n for n, element in enumerate(root.iter()) if id(element) in wanted}


def _alone(root: Any, marks: Marks, wide: set[int]) -> None:
    """Mark the tables of a document, and leave only the `wide` ones in it."""
    kept = {root}
    parents = {child: parent for parent in root.iter() for child in parent}
    for number, element in enumerate(list(root.iter())):
        if number in wide:
            element.set(NUMBER, str(number))
            kept.update(element.iter())
            while (parent := parents.get(element)) is not None:
                if CELL in element.get("class", "").split():
                    kept.update(parent)  # empty: without them it had the width of the whole row
                kept.add(element := parent)
    set_marks(root, marks)
    for parent in [element for element in root.iter() if element in kept]:
        for child in list(parent):
            if child not in kept and child.tag != "head":
                parent.remove(child)


def _mark_frame(table: Any, mark: str, parents: Mapping[Any, Any]) -> None:
    """Mark the frame of a table, and the headings above it, so that they go to its page."""
    frame = parents[table]
    if frame.get("class") != "table":
        return
    frame.set(MARK, mark)
    siblings = list(parents[frame])
    for above in reversed(siblings[: siblings.index(frame)]):
        if above.tag not in HEADINGS:
            break
        above.set(MARK, mark)


def _break_addresses(table: Any) -> None:
    """Add places at which the addresses in a table may break."""
    for element in table.iter():
        element.text = element.text and ADDRESS.sub(_broken, element.text)
        if element is not table:
            element.tail = element.tail and ADDRESS.sub(_broken, element.tail)


def _broken(word: re.Match[str]) -> str:
    return BREAKS.sub(rf"\1{ZERO_WIDTH_SPACE}", word[0])
