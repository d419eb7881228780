"""Blocks that are laid out again, in another way than WeasyPrint's, if the first layout shows a need for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

Layout = Callable[..., Any]


class First(Struct, frozen=True):
    """The first layout of a block: its result, the block as it was before, and where it is on its page.

    `again` returns the result for a block in the same place.
    """

    result: Any
    block: Any
    context: Any
    bottom_space: float
    page_is_empty: bool
    again: Callable[[Any], Any]


class Way(Struct, frozen=True):
    """Which blocks may be laid out in another way, and the function that returns the result for one."""

    is_for: Callable[[Any], bool]
    result: Callable[[First], Any]


def lay_out_again(layout: Layout, ways: Sequence[Way]) -> Layout:
    """Return WeasyPrint's `block_container_layout`, changed for the blocks of some ways."""

    def block_container_layout(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        for way in ways:
            if way.is_for(box):
                return in_another_way(way, context, box, *rest, **options)
        return layout(context, box, *rest, **options)

    def in_another_way(
        way: Way, context: Any, box: Any, bottom_space: float, skip_stack: Any,
        page_is_empty: bool, absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: Any,
        *rest: Any, **options: Any,
    ) -> Any:  # fmt: skip
        def laid(box: Any, margins: Any) -> Any:
            return layout(
                context, box, bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes,
                margins, *rest, **options,
            )  # fmt: skip

        margins = list(adjoining_margins or [])  # a layout adds to them
        block = box.copy_with_children(box.children)
        result = laid(box, adjoining_margins)

        def again(box: Any) -> Any:
            return laid(box, list(margins))

        return way.result(First(result, block, context, bottom_space, page_is_empty, again))

    return block_container_layout
