"""Boxes that break between their rows, where they would leave a large hole if they moved to the next page whole.

CSS has `break-inside: avoid`, with which a box moves however much it leaves empty, and `auto`, with which it never does.
In large letters, a box in two languages is half as high as a page, and half a page would be empty before it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handpress.press.marks import UNLESS_HOLE, WHOLE
from handpress.press.preflight.copyfit import HOLE

Layout = Callable[..., Any]


def break_before_holes(layout: Layout) -> Layout:
    """Return WeasyPrint's `block_container_layout`, changed for the boxes that are whole `UNLESS_HOLE`."""

    def block_container_layout(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        element = box.element
        marked = element is not None and element.get(WHOLE) == UNLESS_HOLE
        return (breaking if marked else layout)(context, box, *rest, **options)

    def breaking(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, page_is_empty: bool,
        absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: Any, *rest: Any,
        **options: Any,
    ) -> Any:  # fmt: skip
        def laid(box: Any, margins: Any) -> Any:
            return layout(
                context, box, bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes,
                margins, *rest, **options,
            )  # fmt: skip

        margins = list(adjoining_margins or [])
        breakable = box.copy_with_children(box.children)
        found = laid(box, adjoining_margins)
        if found[0] is not None or page_is_empty:
            return found
        hole = context.page_bottom - bottom_space - breakable.position_y
        if hole <= HOLE * context.current_footnote_area.page.height:
            return found
        breakable.style = breakable.style.copy()
        breakable.style["break_inside"] = "auto"
        return laid(breakable, margins)

    return block_container_layout
