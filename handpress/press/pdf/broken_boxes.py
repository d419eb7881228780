"""Boxes that break between their rows, where they would leave a large hole if they moved to the next page whole.

CSS has `break-inside: avoid`, with which a box moves however much it leaves empty, and `auto`, with which it never does.
In large letters, a box in two languages is half as high as a page, and half a page would be empty before it.
"""

from __future__ import annotations

from typing import Any

from handpress.press.marks import UNLESS_HOLE, WHOLE
from handpress.press.pdf.laid_again import First, Way
from handpress.press.preflight.copyfit import HOLE


def _may_break(box: Any) -> bool:
    element = box.element
    return element is not None and element.get(WHOLE) == UNLESS_HOLE


def _broken(first: First) -> Any:
    """Return a box that breaks, if it was to move to the next page and would leave a large hole."""
    if first.result[0] is not None or first.page_is_empty:
        return first.result
    box, context = first.block, first.context
    hole = context.page_bottom - first.bottom_space - box.position_y
    if hole <= HOLE * context.current_footnote_area.page.height:
        return first.result
    box.style = box.style.copy()
    box.style["break_inside"] = "auto"
    return first.again(box)


BREAK_BEFORE_HOLES = Way(_may_break, _broken)
