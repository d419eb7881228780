"""Page boxes: WeasyPrint's layout as a flat list in reading order.

Only this module reads WeasyPrint's box tree. Lengths are CSS pixels, 96 an inch; pages count from 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any, Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from handpress.press.result import WORDS, Spot

PIXELS_A_MM = 96 / 25.4
PIXELS_A_POINT = 96 / 72
PAPER = (1.0, 1.0, 1.0)
INFINITY = float("inf")

Rgb = tuple[float, float, float]
Kind = Literal["block", "table", "picture", "line", "text"]


class PlacedBox(Struct, frozen=True):
    """A box on a page. A block that continues on the next page is a piece on each page.

    `right` and `bottom` are the limits of its container, or of its page. `ground` is the colour behind it.
    Only pieces `in_flow` move each other; margins, notes and positioned boxes do not.
    """

    kind: Kind
    page: int
    box: Any
    element: Any  # the element of the box
    block: Any  # the nearest block element
    in_flow: bool
    ground: Rgb
    right: float
    bottom: float

    @property
    def ends(self) -> float:
        """Its lower edge, without its margin."""
        box = self.box
        return float(box.position_y + box.margin_top + box.border_height())

    @property
    def beyond_right(self) -> float:
        """How far it extends to the right of its limit."""
        return float(self.box.position_x + self.box.margin_width() - self.right)

    @property
    def beyond_bottom(self) -> float:
        """How far it extends below its limit."""
        return self.ends - self.bottom


class PageBoxes(Struct, frozen=True, dict=True):
    """A document after layout. `heights` has the height of each page's area for text."""

    root: Any
    pieces: Sequence[PlacedBox]
    tops: Sequence[float]
    heights: Sequence[float]
    notes: Sequence[float]  # the height of the footnotes on each page

    def spot(self, element: Any) -> Spot:
        """Return the spot of `element` in its source; an empty one for None, the content of stylesheets."""
        if element is None:
            return Spot()
        if element.tag not in self._spots:
            seen: Counter[tuple[str, ...]] = Counter()
            spots = self._spots[element.tag] = {}
            for other in self.root.iter(element.tag):
                found = first_words(other)
                seen[found] += 1
                spots[id(other)] = Spot(other.get("id") or "", found, seen[found])
        return self._spots[element.tag][id(element)]

    @cached_property
    def _spots(self) -> dict[str, dict[int, Spot]]:
        """Spots by element, computed on demand: most pages have no findings."""
        return {}


class LaidOut(Protocol):
    """A document after layout: its `sheets` have their text and notes, its `pages` also their margins."""

    sheets: list[Any]
    flow: PageBoxes | None  # of the sheets, once they are measured

    @property
    def pages(self) -> list[Any]:
        """The pages of WeasyPrint."""


def first_words(element: Any, most: int = WORDS) -> tuple[str, ...]:
    """Return the first words of an element; those of the alternative text for a picture."""
    text = element.get("alt") or " ".join(element.itertext())
    return tuple(re.findall(r"\w+", text)[:most])


def flow_boxes(draft: LaidOut) -> PageBoxes:
    """Return the pages of a draft: their text and notes, without the boxes in their margins."""
    if draft.flow is None:
        sheets = []
        for sheet in draft.sheets:
            text, *others = sheet.children
            notes = [box for box in others if box.children and not _is_margin(box)]
            sheets.append((sheet, [text, *notes]))
        draft.flow = _boxes(sheets)
    return draft.flow


def page_boxes(draft: LaidOut) -> PageBoxes:
    """Return all boxes on the pages that WeasyPrint laid out."""
    sheets = [page._page_box for page in draft.pages]
    if draft.flow is None or any(sheet.fixed_boxes for sheet in sheets):
        return _boxes([(sheet, sheet.children) for sheet in sheets])
    flow = {page: list(found) for page, found in groupby(draft.flow.pieces, lambda p: p.page)}
    pieces = []
    for number, sheet in enumerate(sheets, 1):
        margins = [box for box in sheet.children if _is_margin(box)]
        pieces += [*flow[number], *_pieces(sheet, margins, number)]
    return replace(draft.flow, pieces=pieces)


def _boxes(sheets: Sequence[tuple[Any, Sequence[Any]]]) -> PageBoxes:
    """Return the pages of sheets, each with the children that are measured."""
    pieces: list[PlacedBox] = []
    notes = []
    for number, (sheet, children) in enumerate(sheets, 1):
        pieces += _pieces(sheet, children, number)
        notes.append(sum(child.margin_height() for child in children if _is_notes(child)))
    first, _ = sheets[0]
    return PageBoxes(
        root=first.children[0].element,
        pieces=pieces,
        tops=[sheet.content_box_y() for sheet, _ in sheets],
        heights=[sheet.height for sheet, _ in sheets],
        notes=notes,
    )


def _is_margin(box: Any) -> bool:
    return type(box).__name__ == "MarginBox"


def _is_notes(box: Any) -> bool:
    return type(box).__name__ == "FootnoteAreaBox"


def _pieces(sheet: Any, children: Sequence[Any], page: int) -> Iterator[PlacedBox]:
    """Yield every box in `children` of one page, in reading order. Not recursive: lists may be nested a hundred deep."""
    from weasyprint.formatting_structure import boxes

    kinds: tuple[tuple[Any, Kind], ...] = (
        (boxes.TextBox, "text"),
        (boxes.LineBox, "line"),
        (boxes.ReplacedBox, "picture"),
        (boxes.TableBox, "table"),
        (boxes.BlockLevelBox, "block"),
        (boxes.TableCellBox | boxes.MarginBox, "block"),
    )
    kind_of: dict[type, Kind | None] = {}
    edge = sheet.content_box_x() + sheet.width
    bottom = sheet.content_box_y() + sheet.height
    ground = over(PAPER, color_of(sheet, "background_color"))
    around = _Around(
        None, in_flow=False, ground=ground, edge=edge, held=edge, cut=INFINITY, bottom=bottom
    )
    text = sheet.children[0]
    waiting = [(c, replace(around, in_flow=c is text)) for c in reversed(children)]
    while waiting:
        box, around = waiting.pop()
        if not isinstance(box, boxes.Box):  # a placeholder of a positioned box
            box, around = box._box, replace(around, in_flow=False)
        if (own := type(box)) not in kind_of:
            kind_of[own] = next((kind for type_, kind in kinds if issubclass(own, type_)), None)
        kind = kind_of[own]
        # A first line with a style of its own is a line within its line.
        if kind == "line" and "::" in (box.element_tag or ""):
            kind = None
        if kind == "block" and box.element is not None and box.element is not around.block:
            around = replace(around, block=box.element)
        if kind:
            # A box that is wider than the page on purpose may be filled; a table is as wide as its content.
            held = around.edge if kind == "table" else max(around.edge, around.held)
            right = min(held, around.cut)
            yield PlacedBox(
                kind, page, box, box.element, around.block, around.in_flow, around.ground,
                right, around.bottom,
            )  # fmt: skip
        if not isinstance(box, boxes.ParentBox):
            continue
        ground = over(around.ground, color_of(box, "background_color"))
        if ground != around.ground:
            around = replace(around, ground=ground)
        # In a row of a bilingual handout, the other language begins where a cell ends.
        is_cell = isinstance(box, boxes.TableCellBox) and box.element_tag == "div"
        if box.is_column or is_cell:
            around = replace(around, edge=box.content_box_x() + box.width)
        if isinstance(box, boxes.BlockContainerBox):
            around = replace(around, held=box.content_box_x() + box.width)
            if box.style["overflow"] != "visible":
                cut = box.padding_box_x() + box.padding_width()
                bottom = box.padding_box_y() + box.padding_height()
                around = replace(
                    around, cut=min(around.cut, cut), bottom=min(around.bottom, bottom)
                )
        waiting += [(child, around) for child in reversed(box.children)]


class _Around(Struct, frozen=True):
    """The context of a box: its block, the colour behind it, and its limits."""

    block: Any
    in_flow: bool
    ground: Rgb
    edge: float  # the right edge of the page's area for text, or of the column
    held: float  # the right edge of the nearest block container
    cut: float  # the limits of the nearest box that clips its overflow
    bottom: float


def color_of(box: Any, name: str) -> Any:
    """Return the value of a colour property; ``currentcolor`` is that of the text."""
    color = box.style[name]
    return box.style["color"] if isinstance(color, str) else color


def over(ground: Rgb, color: Any) -> Rgb:
    """Return the visible colour of `color` over `ground` (CSS Color 4, section 12)."""
    if not color.alpha:
        return ground
    parts = zip(_srgb(color), ground, strict=False)
    mixed = (c * color.alpha + g * (1 - color.alpha) for c, g in parts)
    red, green, blue = (min(1.0, max(0.0, value)) for value in mixed)
    return red, green, blue


def _srgb(color: Any) -> Any:
    """Return the parts of a colour in sRGB: those of inks as CSS Color 5 converts them without a profile."""
    if color.space == "srgb":
        return color
    if color.space == "device-cmyk":
        *inks, black = color.coordinates
        return [1 - min(1.0, ink * (1 - black) + black) for ink in inks]
    try:
        return color.to("srgb")
    except NotImplementedError:  # tinycss2 does not convert wide spaces of red, green and blue
        return color.coordinates
