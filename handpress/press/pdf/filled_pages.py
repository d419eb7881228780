"""Filled pages: how full the pages of each chapter are, and what begins on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handpress.press.pages.boxes import PlacedBox, flow_boxes
from handpress.press.preflight.copyfit import HOLE, line_height, taken
from handpress.press.preflight.pieces import HEADINGS
from handpress.press.preflight.rules.moved_footnote import moved_footnotes

if TYPE_CHECKING:
    from handpress.press.pdf.draft import Draft

LINES = 6  # a chapter's last page has at least so many, or a picture as high
CHAPTER = "chapter"
ELEMENT = "data-element"  # the number of an element in its source
# Elements that are not marked themselves: they have no air of their own, or are parts of what has.
PARTS = frozenset({"html", "body", "tbody", "thead", "tr", "td", "th", "figcaption", "img"})
ITEMS = frozenset({"li", "dd", "dt"})


class Fault(Struct, frozen=True):
    """A page with a hole, or the last page of a chapter with this `size` of text. In CSS pixels."""

    page: int
    size: float
    excess: float  # by which it is too large, or too short
    last: bool = False


class FilledPages:
    """The pages of a laid-out document, measured."""

    def __init__(self, document: Draft) -> None:
        self.document = document
        self.laid = flow_boxes(document)
        self.line = line_height(self.laid)

    @cached_property
    def faults(self) -> list[Fault]:
        """The faults of all chapters, in the order of their pages."""
        found = []
        for first, last in self.chapters:
            for page in range(first, last):
                excess = self.hole(page) - HOLE * self.height(page)
                if excess > 0:
                    found.append(Fault(page, self.hole(page), excess))
            short = LINES * self.line - taken(self.laid, last)
            if first < last and short > self.line / 2:
                found.append(Fault(last, taken(self.laid, last), short, last=True))
        return found

    def better_than(self, other: FilledPages, fault: Fault) -> bool:
        """Return whether this has less that is wrong up to the page of a fault, and no note that moved.

        Of two that are equal, it is the one with less wrong after that page.
        """
        ours, theirs = ((p.wrong(fault), p.wrong_after(fault)) for p in (self, other))
        return self.moved_notes <= other.moved_notes and ours < theirs

    def wrong(self, fault: Fault) -> float:
        """Return how much is wrong up to the page of a fault; in all of it, for a chapter's last page."""
        return sum(f.excess for f in self.faults if fault.last or f.page <= fault.page)

    def wrong_after(self, fault: Fault) -> float:
        """Return how much is wrong after the page of a fault, of which some may be settled later."""
        return sum(f.excess for f in self.faults if f.page > fault.page)

    @cached_property
    def moved_notes(self) -> int:
        return sum(1 for _ in moved_footnotes(self.laid))

    @cached_property
    def chapters(self) -> list[tuple[int, int]]:
        """The first and the last page of each chapter."""
        found: dict[int, list[int]] = {}
        for piece in self.laid.pieces:
            element = piece.element
            if element is not None and CHAPTER in element.get("class", "").split():
                found.setdefault(id(element), []).append(piece.page)
        return [(min(pages), max(pages)) for pages in found.values()]

    def first_of(self, page: int) -> int:
        """Return the first page of the chapter that a page is in."""
        return next(first for first, last in self.chapters if first <= page <= last)

    # Heights

    def height(self, page: int) -> float:
        return self.laid.heights[page - 1]

    def hole(self, page: int) -> float:
        """Return the height of what is empty at the foot of a page, above its notes."""
        return self.height(page) - taken(self.laid, page)

    def white(self, page: int, height: float = inf) -> float:
        """Return the height of the air between lines and pictures, in all of a page or in this height of it."""
        top, covered, end = self.laid.tops[page - 1], 0.0, self.laid.tops[page - 1]
        boxes = (
            p.box for p in self.by_page.get(page, ()) if p.kind in ("line", "picture", "table")
        )
        for above, below in sorted((b.position_y, b.position_y + b.margin_height()) for b in boxes):
            if above >= top + height:
                break
            covered += max(0.0, below - max(above, end))
            end = max(end, below)
        return end - top - covered

    def pictures(self, page: int) -> float:
        """Return the height of the pictures on a page together."""
        found = (p for p in self.by_page.get(page, ()) if p.kind == "picture")
        return float(sum(picture.box.height for picture in found))

    def pictures_in(self, elements: Iterable[Any]) -> float:
        inside = {id(element) for element in elements}
        found = (p for p in self.laid.pieces if p.kind == "picture" and id(p.block) in inside)
        return float(sum(picture.box.height for picture in found))

    def height_of(self, paragraph: Any) -> float:
        lines = (p for p in self.laid.pieces if p.kind == "line" and p.block is paragraph)
        return float(sum(line.box.height for line in lines))

    # Elements

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each element in its source, by its id in memory."""
        return {id(e): int(e.get(ELEMENT, n)) for n, e in enumerate(self.laid.root.iter())}

    def numbers_of(self, elements: Iterable[Any]) -> list[int]:
        return [self.numbers[id(element)] for element in elements]

    @cached_property
    def by_page(self) -> dict[int, list[PlacedBox]]:
        found: dict[int, list[PlacedBox]] = {}
        for piece in self.laid.pieces:
            if piece.in_flow and piece.element is not None:
                found.setdefault(piece.page, []).append(piece)
        return found

    def begins(self, page: int) -> Iterator[PlacedBox]:
        """Yield the blocks that begin on a page, outer ones first."""
        seen = {id(p.element) for p in self.by_page.get(page - 1, ())}
        for piece in self.by_page.get(page, ()):
            if piece.kind in ("block", "table") and id(piece.element) not in seen:
                seen.add(id(piece.element))
                tag = piece.element.tag
                if tag not in PARTS and (tag != "section" or _whole(piece)):
                    yield piece

    def elements(self, page: int) -> list[int]:
        """Return the numbers of the blocks that begin on a page."""
        return self.numbers_of(piece.element for piece in self.begins(page))

    def outer(self, page: int) -> Iterator[PlacedBox]:
        """Yield the blocks that begin on a page and are in no other one of them."""
        inside: set[int] = set()
        for piece in self.begins(page):
            if id(piece.element) not in inside:
                inside.update(id(element) for element in piece.element.iter())
                yield piece

    def inside(self, page: int, blocks: Iterable[PlacedBox]) -> list[Any]:
        """Return the elements of blocks, and of those in them, that begin on a page."""
        within = {id(element) for block in blocks for element in block.element.iter()}
        return [p.element for p in self.begins(page) if id(p.element) in within]

    def moved_to(self, page: int) -> tuple[list[PlacedBox], float]:
        """Return what had no room on the page before, a block and the headings above it, and its height."""
        found: list[PlacedBox] = []
        for piece in self.outer(page):
            found.append(piece)
            if piece.element.tag not in HEADINGS:
                break
        if not found:
            return [], 0.0
        last = found[-1]
        end = last.ends if _whole(last) else last.box.position_y + 2 * self.line
        return found, end - self.laid.tops[page - 1]

    def siblings(self, element: Any) -> list[Any]:
        parents = {child: parent for parent in self.laid.root.iter() for child in parent}
        return list(parents[element])

    def start_near_foot(self, page: int, wanted: float) -> Any:
        """Return the last element that may begin the next page, to take at least the height `wanted` there.

        None if that would leave a hole.
        """
        foot = self.laid.tops[page - 1] + taken(self.laid, page) - self.laid.notes[page - 1]
        most = HOLE * self.height(page) - self.hole(page)
        found, above = None, ""
        for number, piece in enumerate(self.outer(page)):
            goes = foot - piece.box.position_y
            free = number and above not in HEADINGS and piece.element.tag not in ITEMS
            if free and wanted <= goes <= most:
                found = piece.element
            above = piece.element.tag
        return found


def _whole(piece: PlacedBox) -> bool:
    """Return whether a block may not break across pages."""
    return bool(piece.box.style["break_inside"] == "avoid")
