"""Divided boxes: handouts in large letters whose boxes are split, if pages would else have large holes.

A box that does not break can leave most of a page empty where letters are large or the sheet is small. Air and pictures
of another step may close such a hole. Otherwise the boxes that may be split are; a notice for safety never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from typing import TYPE_CHECKING, Any

from handpress.core.units import SIDES
from handpress.press.marks import DIVISIBLE, UNLESS_HOLE, UNLESS_THIRD, WHOLE
from handpress.press.pages.boxes import flow_boxes
from handpress.press.pdf.broken_boxes import THIRD
from handpress.press.preflight.copyfit import taken
from handpress.press.preflight.pieces import HEADINGS

if TYPE_CHECKING:
    from handpress.press.pdf.draft import Draft

LayOut = Callable[[str, Callable[[Any], None] | None], "Draft"]


def divide(root: Any) -> None:
    """Let boxes be split where they would leave a large hole. The heading above one would go with it."""
    for parent in root.iter():
        above = ""
        for box in parent:
            if DIVISIBLE in box.attrib:
                box.set(WHOLE, UNLESS_HOLE if above in HEADINGS else UNLESS_THIRD)
            above = box.tag


def with_fewest_holes(
    found: tuple[Draft, str], steps: Iterable[str], lay_out: LayOut
) -> tuple[Draft, str]:
    """Return a document with its step that has fewer pages with large holes than the one found, and no more pages.

    Of several with as many, it is the one on the fewest sheets; then whole boxes come before split ones, and more air before
    less. `lay_out` lays it out with a step and a change.
    """
    best, least = found, _wrong(found[0])
    names = [found[1], *(step for step in steps if step != found[1])]
    for change in (None, divide):
        for step in names:
            if not least[0]:
                return best
            if (step, change) == (found[1], None):
                continue
            draft = lay_out(step, change)
            wrong = _wrong(draft)
            if wrong < least and len(draft.sheets) <= len(found[0].sheets):
                best, least = (draft, step), wrong
    return best


def _wrong(draft: Draft) -> tuple[int, int]:
    """Return the number of pages with large holes, and that of sheets."""
    laid = flow_boxes(draft)
    pages = range(1, len(laid.heights))
    empty = (1 - taken(laid, page) / laid.heights[page - 1] for page in pages)
    return sum(share > THIRD for share in empty), ceil(len(laid.heights) / SIDES)
