"""Boxes that break between their rows, where they would leave a large hole if they moved to the next page whole.

CSS has `break-inside: avoid`, with which a box moves however much it leaves empty, and `auto`, with which it never does.
In large letters, a box in two languages is half as high as a page, and half a page would be empty before it.
"""

from __future__ import annotations

from typing import Any

from handpress.press.marks import KEPT, UNLESS_HOLE, UNLESS_THIRD, WHOLE
from handpress.press.pdf.laid_again import First, Way
from handpress.press.preflight.copyfit import HOLE

THIRD = 1 / 3  # of a page: a larger hole is worse than a part that is not with the one below it
MOST = {UNLESS_HOLE: HOLE, UNLESS_THIRD: THIRD}  # that a box leaves empty
AVOID = ("avoid", "avoid-page")


def _may_break(box: Any) -> bool:
    element = box.element
    return element is not None and element.get(WHOLE) in MOST


def _broken(first: First) -> Any:
    """Return a box that breaks, if it was to move to the next page and would leave a large hole."""
    if first.result[0] is not None or first.page_is_empty:
        return first.result
    box, context = first.block, first.context
    page = context.current_footnote_area.page.height
    hole = (context.page_bottom - first.bottom_space - box.position_y) / page
    if hole <= MOST[box.element.get(WHOLE)]:
        return first.result
    result = first.again(_breakable(box))
    if _begins(result[0]):
        return result
    if hole <= THIRD or not any(map(_is_kept, box.children)):
        return first.result
    box.children = [_parted(child) if _is_kept(child) else child for child in box.children]
    result = first.again(box)
    return result if _begins(result[0]) else first.result


def _begins(box: Any) -> bool:
    """Return whether a box has begun, with more than its title: WeasyPrint ends a page with that if a float has no room."""
    parts = [part for part in box.children if part.is_in_normal_flow()] if box else []
    return bool(parts) and parts[-1].style["break_after"] not in AVOID


def _breakable(box: Any) -> Any:
    """Let a box break. A table is in a box of its own, and both are of one element."""
    _set(box, "break_inside")
    own = [child.element is box.element for child in box.children]
    pairs = zip(box.children, own, strict=True)
    box.children = [_breakable(child.copy()) if same else child for child, same in pairs]
    return box


def _is_kept(part: Any) -> bool:
    return part.element is not None and KEPT in part.element.attrib


def _parted(part: Any) -> Any:
    """Return a part that may be the last one on its page."""
    copy = part.copy()
    _set(copy, "break_after")
    return copy


def _set(box: Any, name: str) -> None:
    """Let a box break: `name` is the property that it avoids this with."""
    box.style = box.style.copy()
    box.style[name] = "auto"


BREAK_BEFORE_HOLES = Way(_may_break, _broken)
