"""Boxes on two pages that one page would have held."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.marks import UNLESS_HOLE, UNLESS_THIRD, WHOLE
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes, PlacedBox
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield boxes that are split without need. One that no page holds has to be split, and one that is whole
    unless it leaves a hole may be.
    """
    parts: dict[int, list[PlacedBox]] = {}
    for piece in laid.pieces:
        own = piece.kind == "block" and piece.in_flow and piece.box.element_tag == piece.element.tag
        if own and piece.element.get(WHOLE, UNLESS_HOLE) not in (UNLESS_HOLE, UNLESS_THIRD):
            parts.setdefault(id(piece.element), []).append(piece)
    for pieces in parts.values():
        first = pieces[0]
        whole = sum(piece.box.border_height() for piece in pieces)
        if pieces[-1].page > first.page and whole <= max(laid.heights):
            facts = {"page": f"{first.page}", "other": f"{pieces[-1].page}"}
            yield Found(laid.spot(first.element), facts)


RULE = Rule(
    code="split-card",
    kind=Kind(
        severity="warning",
        what="box is split across two pages",
        why="in {artefact} it begins on page {page} and ends on page {other}",
        help="move it, or set `break-inside: avoid` for it in your own layout",
    ),
    find=find,
)
