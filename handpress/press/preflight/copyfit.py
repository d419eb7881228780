"""Copyfitting: how full the last page is, how far a handout runs over, and how it may be tightened or trimmed.

A sheet has two sides: a handout that runs a little over an even number of pages costs a whole sheet for
a few lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from handpress.core.units import SIDES
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes, PlacedBox
from handpress.press.preflight.rule import Found
from handpress.press.result import Spot

GAP_LINES = 2  # an empty foot of so many lines is a gap that something left
SHORT = 4  # words in a last line: few enough to be found elsewhere in the paragraph
PARAGRAPHS = frozenset({"p", "li", "dd"})
MOST = 60  # paragraphs to choose from
ACROSS = 0.25  # of a page: so much below all columns is one area to write in
NEARLY_EMPTY = 15  # per cent of a last page
HOLE = 0.2  # of a page's height: a larger hole is a fault


def fullness(laid: PageBoxes) -> int:
    """Return how full the last page is, in whole per cent of the area for text."""
    return max(1, min(100, round(100 * taken(laid, len(laid.heights)) / laid.heights[-1])))


def pages_wanted(laid: PageBoxes, options: RenderOptions) -> int:
    """Return the number of pages to tighten a document for: its `fit`, or else one less where that saves a sheet
    or a page that is nearly empty.
    """
    pages = len(laid.heights)
    if options.fit is not None:
        return min(options.fit, pages)
    odd = pages > SIDES and pages % SIDES == 1
    return pages - 1 if odd or (pages > 1 and fullness(laid) <= NEARLY_EMPTY) else pages


def begins_with_hole(laid: PageBoxes) -> bool:
    """Return whether a large part of the first page is empty, since a box had no room on it."""
    hole = laid.heights[0] - taken(laid, 1)
    return len(laid.heights) > 1 and hole > HOLE * laid.heights[0]


def steps_worth_trying(laid: PageBoxes, options: RenderOptions) -> tuple[str, ...]:
    """Return the names of the steps that may save enough, from the one that saves least; none if none is needed.

    A layout is expensive, so a step is left out whose promise is too small. It may save more than it promises: it moves
    text into gaps at the feet of pages and columns, half of them as a rule. Any step may close a hole of the first page.
    """
    wanted, pages = pages_wanted(laid, options), len(laid.heights)
    if begins_with_hole(laid):
        return tuple(step.name for step in options.steps)
    if wanted == pages or not options.steps:
        return ()
    lengths = [taken(laid, page) for page in range(1, pages + 1)]
    over = sum(lengths[wanted:]) / sum(lengths)
    gaps = (sum(laid.heights[:wanted]) - sum(lengths[:wanted])) / sum(lengths)
    return tuple(step.name for step in options.steps if step.saves + gaps / 2 >= over)


def must_be_shorter(laid: PageBoxes, options: RenderOptions) -> bool:
    """Return whether the document has more pages than its article allows."""
    return options.must and options.fit is not None and len(laid.heights) > options.fit


def too_long(laid: PageBoxes, spot: Spot, pages: int, offer: str = "") -> Found:
    """Return by how much a document is longer than `pages`, and where lines can be saved.

    `offer` is what else would help.
    """
    beyond = range(pages + 1, len(laid.heights) + 1)
    over = sum(taken(laid, page) for page in beyond[-1:]) + sum(
        laid.heights[pages : beyond[-1] - 1]
    )
    free = room(laid, pages)
    # Half a line for the air between what met a page's edge and will meet each other.
    lines = max(1, math.ceil((over * _beside(laid, pages) - free) / line_height(laid) + 0.5))
    facts = {"lines": f"{lines}", "pages": f"{pages}", "offer": offer}
    return Found(spot, facts, tuple(_short_ends(laid, _first(laid, pages)))[:MOST])


def _first(laid: PageBoxes, pages: int) -> int:
    """Return the first page where a line less is a line less on the last page too.

    A gap at the foot of the page before it comes from a box, or a heading with its text, that was moved to the next
    page whole. Lines above that gap do not matter.
    """
    page = pages
    while page > 1 and room(laid, page - 1) <= GAP_LINES * line_height(laid):
        page -= 1
    return page


def taken(laid: PageBoxes, page: int) -> float:
    """Return the height of the content of a page, with its footnotes; of columns, the mean of their heights."""
    columns, top = _columns(laid, page), laid.tops[page - 1]
    if not columns:
        return _end(laid, page, top) - top + laid.notes[page - 1]
    first = columns[0].box.position_y
    heights = sum(_end(laid, page, first, column) - first for column in columns)
    return float(first - top + heights / _beside(laid, page) + laid.notes[page - 1])


def room(laid: PageBoxes, page: int) -> float:
    """Return the height that is left at the foot of a page; of columns, below the last one that has text."""
    columns, foot = _columns(laid, page), laid.tops[page - 1] + laid.heights[page - 1]
    last = columns[-1] if columns else None
    return float(foot - _end(laid, page, laid.tops[page - 1], last) - laid.notes[page - 1])


def free_space(laid: PageBoxes) -> Iterator[tuple[float, float, float, float]]:
    """Yield the areas of the last page that are free to its foot: their left, right, upper and lower edge, in CSS pixels.

    The columns that the text did not reach are among them. Below columns that all end in the upper part of the page, it is
    one area across them.
    """
    page = len(laid.heights)
    top, foot = laid.tops[-1], laid.tops[-1] + laid.heights[-1] - laid.notes[-1]
    if not (columns := _columns(laid, page)):
        text = next(piece for piece in laid.pieces if piece.page == page and piece.in_flow)
        yield text.box.content_box_x(), text.right, _end(laid, page, top), foot
        return
    last, first = columns[-1], columns[0]
    width = last.box.width
    lowest = max(_end(laid, page, top, column) for column in columns)
    if len(columns) == _beside(laid, page) and foot - lowest >= ACROSS * (foot - top):
        lefts = [column.box.position_x for column in columns]
        yield min(lefts), max(lefts) + width, lowest, foot
        return
    yield last.box.position_x, last.box.position_x + width, _end(laid, page, top, last), foot
    around = next(
        piece.box
        for piece in laid.pieces
        if piece.page == page and piece.box.style["column_count"] != "auto"
    )
    count = _beside(laid, page)
    step = (around.width - width) / max(1, count - 1)
    rightward = last.box.style["direction"] != "rtl"
    for place in range(len(columns), count):
        left = first.box.position_x + (place * step if rightward else -place * step)
        yield left, left + width, first.box.position_y, foot


def _columns(laid: PageBoxes, page: int) -> list[PlacedBox]:
    """Return the columns at the foot of a page, in reading order; of a text in one column, none."""
    found = [piece for piece in laid.pieces if piece.page == page and piece.box.is_column]
    return [piece for piece in found if piece.box.position_y == found[-1].box.position_y]


def _beside(laid: PageBoxes, page: int) -> int:
    """Return how many columns a page has."""
    on_page = (piece.box.style for piece in laid.pieces if piece.page == page)
    counts = (style["column_count"] for style in on_page)
    return next((int(count) for count in counts if count != "auto"), 1)


def _end(laid: PageBoxes, page: int, top: float, column: PlacedBox | None = None) -> float:
    """Return where the content of a page, or of one of its columns, ends."""
    ends = (
        piece.ends
        for piece in laid.pieces
        if piece.page == page and _solid(piece) and (column is None or _within(piece, column))
    )
    return max(ends, default=top)


def _within(piece: PlacedBox, column: PlacedBox) -> bool:
    left, middle = column.box.position_x, piece.box.position_x + piece.box.margin_width() / 2
    return bool(
        left <= middle <= left + column.box.width and piece.box.position_y >= column.box.position_y
    )


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
    """Yield paragraphs from page `first` on that end with a short line, and the number of its words.

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
