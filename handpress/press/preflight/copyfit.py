"""Copyfitting: how full the last page is, how far a handout runs over, and what to trim.

A sheet has two sides: a handout that runs a little over an even number of pages costs a whole sheet for
a few lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from handpress.press.options import RenderOptions
from handpress.press.pdf.boxes import PageBoxes, PlacedBox
from handpress.press.preflight.rule import Found
from handpress.press.result import Spot

SIDES = 2
GAP_LINES = 2  # an empty foot of so many lines is a gap that something left
SHORT = 4  # words in a last line: few enough to be found elsewhere in the paragraph
PARAGRAPHS = frozenset({"p", "li", "dd"})
MOST = 60  # paragraphs to choose from


def fullness(laid: PageBoxes) -> int:
    """Return how full the last page is, in whole per cent of the area for text."""
    return max(1, min(100, round(100 * taken(laid, len(laid.heights)) / laid.heights[-1])))


def must_be_shorter(laid: PageBoxes, options: RenderOptions) -> bool:
    """Return whether the document has more pages than its article allows."""
    return options.must and options.fit is not None and len(laid.heights) > options.fit


def too_long(laid: PageBoxes, spot: Spot, pages: int, offer: str = "") -> Found:
    """Return by how much a document is longer than `pages`, and where lines may be won.

    `offer` is what else would help.
    """
    beyond = range(pages + 1, len(laid.heights) + 1)
    over = sum(taken(laid, page) for page in beyond[-1:]) + sum(
        laid.heights[pages : beyond[-1] - 1]
    )
    free = laid.heights[pages - 1] - taken(laid, pages)
    # Half a line for the air between what met a page's edge and will meet each other.
    lines = max(1, math.ceil((over - free) / line_height(laid) + 0.5))
    facts = {"lines": f"{lines}", "pages": f"{pages}", "offer": offer}
    return Found(spot, facts, tuple(_short_ends(laid, _first(laid, pages)))[:MOST])


def _first(laid: PageBoxes, pages: int) -> int:
    """Return the first page where a line less is a line less on the last page too.

    A gap at the foot of the page before it comes from a box, or a heading with its text, that was moved to the next
    page whole. Lines above that gap do not matter.
    """
    page = pages
    while page > 1 and laid.heights[page - 2] - taken(laid, page - 1) <= GAP_LINES * line_height(
        laid
    ):
        page -= 1
    return page


def taken(laid: PageBoxes, page: int) -> float:
    """Return the height of the content of a page, with its footnotes."""
    top = laid.tops[page - 1]
    ends = (piece.ends - top for piece in laid.pieces if piece.page == page and _solid(piece))
    return max(ends, default=0.0) + laid.notes[page - 1]


def _solid(piece: PlacedBox) -> bool:
    """Return whether a piece ends with its content: a block that continues on the next page ends with its page."""
    hollow = piece.kind == "text" or (piece.kind == "block" and piece.box.all_children())
    return piece.in_flow and not hollow


def line_height(laid: PageBoxes) -> float:
    """Return the height of a line of the text, in CSS pixels."""
    style = laid.pieces[0].box.style
    height = style["line_height"]
    # A number of lines or `normal` where the style gives no length.
    return float(getattr(height, "value", 0) or style["font_size"] * 1.2)


def _short_ends(laid: PageBoxes, first: int) -> Iterator[tuple[Spot, int]]:
    """Return paragraphs from page `first` on that end with a short line, and the number of its words.

    Those with the fewest words come first, then those nearest to the end. Lines that the author
    broke are excluded.
    """
    lines: dict[int, list[PlacedBox]] = {}
    for piece in laid.pieces:
        block = piece.block
        if piece.kind == "line" and piece.in_flow and block is not None and block.tag in PARAGRAPHS:
            lines.setdefault(id(block), []).append(piece)
    found = []
    for pieces in lines.values():
        count = len(_text(pieces[-1]).split())
        by_hand = pieces[0].block.find(".//br") is not None
        late = pieces[-1].page >= first
        if late and len(pieces) > 1 and 0 < count <= SHORT and not by_hand:
            found.append((count, pieces[-1].block))
    found.reverse()
    for count, block in sorted(found, key=lambda pair: pair[0]):
        yield laid.spot(block), count


def _text(line: PlacedBox) -> str:
    return "".join(getattr(box, "text", "") for box in line.box.descendants())
