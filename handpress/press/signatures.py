"""Signatures: the pages on each side of each sheet of a booklet.

A booklet of one section is saddle-stitched: all sheets are nested and stapled through the fold. A longer
one is divided into signatures, sections that are folded separately.
"""

from __future__ import annotations

from msgspec import Struct

from handpress.core.direction import Direction

SINGLE = 64  # pages of one section: sixteen sheets, the most that a stapler and a hand can manage
SIGNATURE = 32  # pages of each of several sections at most: eight sheets fold flat


class Side(Struct, frozen=True):
    """One side of a sheet: the pages left and right of the fold, counted from 1; None is blank."""

    left: int | None
    right: int | None


class Sheet(Struct, frozen=True):
    """A sheet. When folded, its front is outside, and `depth` sheets of its signature are around it."""

    front: Side
    back: Side
    depth: int


def signatures(pages: int, direction: Direction = "ltr") -> list[list[Sheet]]:
    """Return the sheets of a booklet with that many pages, outermost first, signature by signature.

    Odd pages are right of the fold; in a booklet that is read from right to left, they are left of it.
    Blank pages are at the end. Signatures differ by one sheet at most, so that none has only one.
    """
    sheets = -(-pages // 4)
    parts = 1 if pages <= SINGLE else -(-sheets // (SIGNATURE // 4))
    fewest, more = divmod(sheets, parts)
    found = []
    first = 1
    for number in range(parts):
        count = fewest + (number < more)
        last = first + 4 * count - 1
        found.append([_sheet(first, last, depth, pages, direction) for depth in range(count)])
        first += 4 * count
    return found


def _sheet(first: int, last: int, depth: int, pages: int, direction: Direction) -> Sheet:
    left, right = first + 2 * depth, last - 2 * depth
    places = (right, left, left + 1, right - 1)
    outside, first_, second, inside = (place if place <= pages else None for place in places)
    front, back = (outside, first_), (second, inside)
    if direction == "rtl":
        front, back = front[::-1], back[::-1]
    return Sheet(Side(*front), Side(*back), depth)
