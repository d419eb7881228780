"""Copyfitting: how full the last page is, how far a handout runs over, and which paragraphs to trim.

A sheet has two sides: a handout slightly longer than an even number of pages costs a whole sheet for a
few lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from handpress.press.pdf.boxes import PageBoxes, PlacedBox
from handpress.press.result import Finding, Spot

SIDES = 2
LITTLE = 0.15  # of a page, or
LITTLE_LINES = 10  # so many lines: a longer overrun is another page's worth of text
GAP_LINES = 2  # a gap of so many lines at the foot of a page was left by an unbreakable block
SHORT = 4  # words in a last line: few enough to cut elsewhere in the paragraph
PARAGRAPHS = frozenset({"p", "li", "dd"})
MOST = 60  # paragraphs to choose from


def fullness(laid: PageBoxes) -> int:
    """Return how full the last page is, in per cent of the area for text."""
    return max(1, min(100, round(100 * _taken(laid, len(laid.heights)) / laid.heights[-1])))


def runs_over(laid: PageBoxes, offer: str) -> Iterator[Finding]:
    """Return advice for a handout that runs slightly over its sheets; `offer` is an alternative fix."""
    pages = len(laid.heights)
    little = max(LITTLE * laid.heights[-1], LITTLE_LINES * _line(laid))
    if pages > SIDES and pages % SIDES == 1 and _taken(laid, pages) <= little:
        yield too_long("runs-over", Spot(), laid, pages - 1, offer.format(pages=pages - 1))


def too_long(code: str, spot: Spot, laid: PageBoxes, pages: int, offer: str = "") -> Finding:
    """Return the finding that a document is longer than `pages`, with the excess and paragraphs to trim."""
    beyond = range(pages + 1, len(laid.heights) + 1)
    over = sum(_taken(laid, page) for page in beyond[-1:]) + sum(
        laid.heights[pages : beyond[-1] - 1]
    )
    free = laid.heights[pages - 1] - _taken(laid, pages)
    # Half a line for margins that a page break suppressed.
    lines = max(1, math.ceil((over - free) / _line(laid) + 0.5))
    facts = {"lines": f"{lines}", "pages": f"{pages}", "offer": offer}
    return Finding(code, spot, facts, tuple(_short_ends(laid, _first(laid, pages)))[:MOST])


def _first(laid: PageBoxes, pages: int) -> int:
    """Return the first page where trimming a line shortens the document.

    Earlier pages end in a gap left by an unbreakable block, so trimming them gains nothing.
    """
    page = pages
    while page > 1 and laid.heights[page - 2] - _taken(laid, page - 1) <= GAP_LINES * _line(laid):
        page -= 1
    return page


def _taken(laid: PageBoxes, page: int) -> float:
    """Return the height of a page's content, including footnotes."""
    top = laid.tops[page - 1]
    ends = (piece.ends - top for piece in laid.pieces if piece.page == page and _solid(piece))
    return max(ends, default=0.0) + laid.notes[page - 1]


def _solid(piece: PlacedBox) -> bool:
    """Return whether a piece ends where its content does; one that continues ends with its page."""
    hollow = piece.kind == "text" or (piece.kind == "block" and piece.box.all_children())
    return piece.in_flow and not hollow


def _line(laid: PageBoxes) -> float:
    style = laid.pieces[0].box.style
    height = style["line_height"]
    # a number of lines, or `normal` if the style sets no length
    return float(getattr(height, "value", 0) or style["font_size"] * 1.2)


def _short_ends(laid: PageBoxes, first: int) -> Iterator[tuple[Spot, int]]:
    """Return paragraphs from page `first` on with a short last line, and the number of words in it.

    Those with the fewest words come first, then those nearest to the end. Lines broken by hand are
    intentional and left alone.
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
