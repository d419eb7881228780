"""Headings at the foot of a page, whose text begins on the next."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes, PlacedBox
from handpress.press.pages.tables import on_own_pages
from handpress.press.preflight.pieces import HEADINGS
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield headings that are the last line of their page, unless a table is on a page of its own after it."""
    before: PlacedBox | None = None
    for piece in laid.pieces:
        if piece.kind not in ("line", "picture") or not piece.in_flow:
            continue
        if before is not None and before.page < piece.page and before.block is not piece.block:
            tag = before.block.tag if before.block is not None else ""
            if tag in HEADINGS and id(piece.block) not in on_own_pages(laid):
                yield Found(laid.spot(before.block), {"page": f"{before.page}"})
        before = piece


RULE = Rule(
    code="heading-at-foot",
    kind=Kind(
        severity="warning",
        what="heading at the foot of a page",
        why="page {page} of {artefact} ends with it",
        help="shorten or lengthen the text before it by a line or two",
    ),
    find=find,
)
