"""Footnotes that do not begin on the page of their reference."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Return notes whose reference is on another page."""
    return moved_footnotes(laid)


def moved_footnotes(laid: PageBoxes) -> Iterator[Found]:
    """Yield the same, without options, for a caller with other line breaks to try."""
    called: dict[int, int] = {}
    for piece in laid.pieces:
        tag = piece.box.element_tag or ""
        if piece.kind == "text" and tag.endswith("::footnote-call"):
            called[id(piece.element)] = piece.page
    begun: set[int] = set()
    for piece in laid.pieces:
        page = called.get(id(piece.element))
        if piece.kind == "block" and page and id(piece.element) not in begun:
            begun.add(id(piece.element))
            if piece.page != page:
                facts = {"page": f"{page}", "other": f"{piece.page}"}
                yield Found(laid.spot(piece.element), facts)


RULE = Rule(
    code="moved-footnote",
    kind=Kind(
        severity="warning",
        what="footnote is not on the page of its reference",
        why="in {artefact} the reference is on page {page}, the note on page {other}",
        help="shorten the note, or move the reference to an earlier paragraph",
    ),
    find=find,
)
