"""Columns that are filled one after the other: laid out once, where WeasyPrint lays each out twice.

It looks for a common height first, also where ``column-fill: auto`` asks for none (CSS Multi-column Layout 1, section 7).
Nor does it drop the margin of a block that begins a column (CSS Fragmentation 3, section 5.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ColumnsLayout = Callable[..., Any]


def filled_once(columns_layout: ColumnsLayout) -> ColumnsLayout:
    """Return WeasyPrint's `columns_layout`, changed for boxes whose columns are filled in turn.

    All other boxes are left to it: those with content across the columns, a height, or a position, and those whose text
    ends in a column before the last, which would leave a column empty: their columns get one height.
    """
    from weasyprint.layout.block import block_box_layout, block_level_width, collapse_margin
    from weasyprint.layout.column import _create_column_box
    from weasyprint.layout.percent import percentage

    def layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any,
        page_is_empty: bool, absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: Any,
        *styles: Any,
    ) -> Any:  # fmt: skip
        if not _in_turn(box):
            return columns_layout(
                context, box, bottom_space, skip_stack, containing_block, page_is_empty,
                absolute_boxes, fixed_boxes, adjoining_margins, *styles,
            )  # fmt: skip

        def balanced() -> Any:
            """Return what fits into the first column, in columns of one height."""
            style = whole.style.copy()
            style["column_fill"] = "balance"
            evened = whole.copy_with_children(whole.children)
            evened.style = style
            return columns_layout(
                context, evened, bottom_space, skip_stack, containing_block, page_is_empty,
                absolute_boxes, fixed_boxes, adjoining_margins, *styles,
            )  # fmt: skip

        whole = box
        context.in_column = True
        box = box.copy_with_children(box.children)
        box.position_y += collapse_margin(adjoining_margins)
        block_level_width(box, containing_block)
        count, gap = box.style["column_count"], box.style["column_gap"]
        gap = box.style["font_size"] if gap == "normal" else percentage(gap, box.style, box.width)
        width = max(0, box.width - (count - 1) * gap) / count
        (first,) = skip_stack.keys() if skip_stack else (0,)
        rest = {0: skip_stack[first]} if skip_stack else None
        top = box.content_box_y()
        columns: list[Any] = []
        positioned: tuple[list[Any], list[Any]] = ([], [])
        next_page = {"break": "any", "page": None}
        while len(columns) < count:
            children = [child.copy() for child in box.children[first:]]
            _drop_margin(children, rest)
            column = _create_column_box(box, containing_block, children, width, top)
            place = len(columns)
            if box.style["direction"] == "rtl":
                place = count - 1 - place
            column.position_x += place * (width + gap)
            column, rest, next_page, *_ = block_box_layout(
                context, column, bottom_space, rest, containing_block, page_is_empty,
                *positioned, None, *styles, discard=False, max_lines=None,
            )  # fmt: skip
            if column is None:
                context.in_column = False
                return None, (0, None), {"break": "any", "page": None}, [], False
            columns.append(column)
            if rest is None:
                break
        if len(columns) < count:
            context.in_column = False
            return balanced()
        absolute_boxes.extend(positioned[0])
        fixed_boxes.extend(positioned[1])
        box.height = max(column.margin_height() for column in columns)
        for column in columns:
            column.height = box.height
        box.children = columns
        context.in_column = False
        if rest:
            ((number, inside),) = rest.items()
            rest = {first + number: inside}
        return box, rest, next_page, [], False

    return layout


def _drop_margin(children: list[Any], rest: Any) -> None:
    """Set the margin above the block with which a column begins to zero, if the break is before it.

    `rest` has the numbers of the children on the way to the break, each within the one before.
    """
    from weasyprint.css.properties import ZERO_PIXELS

    while rest:
        ((number, rest),) = rest.items()
        if number >= len(children) or not hasattr(children[number], "children"):
            return
        child = children[number] = children[number].copy()
        if rest is None:
            child.style = child.style.copy()
            child.style["margin_top"] = ZERO_PIXELS
        else:
            children = child.children = list(child.children)


def _in_turn(box: Any) -> bool:
    style = box.style
    return bool(
        style["column_fill"] == "auto"
        and {style["column_width"], style["height"], style["min_height"]} == {"auto"}
        and style["position"] == "static"
        and box.children
        and all(child.style["column_span"] != "all" for child in box.children)
    )
