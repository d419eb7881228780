"""Columns that are filled one after the other: laid out once, where WeasyPrint lays each out twice.

It looks for a common height first, also where ``column-fill: auto`` asks for none (CSS Multi-column Layout 1, section 7).
Nor does it drop the margin of a block that begins a column (CSS Fragmentation 3, section 5.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

ColumnsLayout = Callable[..., Any]
CLOSE = 12.0  # CSS pixels, less than a line, by which a height may be more than is needed


class _Filled(NamedTuple):
    """Columns, the position of the text that follows them (None at its end), and their boxes with a position of their own."""

    columns: list[Any]
    rest: Any
    next_page: dict[str, Any]
    positioned: tuple[list[Any], list[Any]]


def filled_once(columns_layout: ColumnsLayout) -> ColumnsLayout:
    """Return WeasyPrint's `columns_layout`, changed for boxes whose columns are filled in turn.

    All other boxes are left to it: those with content across the columns, a height, or a position. Columns of a text that
    ends before the last of them get one height, so that none is empty.
    """
    from weasyprint.layout.block import block_level_width, collapse_margin

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
        box = box.copy_with_children(box.children)
        box.position_y += collapse_margin(adjoining_margins)
        block_level_width(box, containing_block)
        context.in_column = True
        turn = _Turn(context, box, skip_stack, containing_block, styles)
        filled = turn.fill(bottom_space, page_is_empty)
        if filled is not None and filled.rest is None and len(filled.columns) < turn.count:
            filled = turn.evened(filled, bottom_space, page_is_empty)
        context.in_column = False
        if filled is None:
            return None, (0, None), {"break": "any", "page": None}, [], False
        absolute_boxes.extend(filled.positioned[0])
        fixed_boxes.extend(filled.positioned[1])
        box.height = max(column.margin_height() for column in filled.columns)
        for column in filled.columns:
            column.height = box.height
        box.children = filled.columns
        rest = None
        if filled.rest:
            ((number, inside),) = filled.rest.items()
            rest = {turn.first + number: inside}
        return box, rest, filled.next_page, [], False

    return layout


class _Turn:
    """The columns of a box on one page, filled one after the other."""

    def __init__(
        self,
        context: Any,
        box: Any,
        skip_stack: Any,
        containing_block: Any,
        styles: tuple[Any, ...],
    ) -> None:
        from weasyprint.layout.percent import percentage

        self.context, self.box, self.around, self.styles = context, box, containing_block, styles
        self.count, gap = box.style["column_count"], box.style["column_gap"]
        self.gap = (
            box.style["font_size"] if gap == "normal" else percentage(gap, box.style, box.width)
        )
        self.width = max(0, box.width - (self.count - 1) * self.gap) / self.count
        self.first: int = next(iter(skip_stack)) if skip_stack else 0
        self.rest = {0: skip_stack[self.first]} if skip_stack else None
        self.top = box.content_box_y()
        self.shapes = len(context.excluded_shapes)

    def fill(self, space: float, page_is_empty: bool) -> _Filled | None:
        """Fill the columns, and leave `space` at the foot; return None if the first has room for nothing.

        A later one that has room for nothing stays empty, and what follows begins the next page.
        """
        from weasyprint.layout.block import block_box_layout
        from weasyprint.layout.column import _create_column_box

        columns: list[Any] = []
        rest, next_page = self.rest, {"break": "any", "page": None}
        positioned: tuple[list[Any], list[Any]] = ([], [])
        while len(columns) < self.count:
            children = [child.copy() for child in self.box.children[self.first :]]
            _drop_margin(children, rest, self.context.tables)
            column = _create_column_box(self.box, self.around, children, self.width, self.top)
            place = len(columns)
            if self.box.style["direction"] == "rtl":
                place = self.count - 1 - place
            column.position_x += place * (self.width + self.gap)
            column, after, next_page, *_ = block_box_layout(
                self.context, column, space, rest, self.around, page_is_empty,
                *positioned, None, *self.styles, discard=False, max_lines=None,
            )  # fmt: skip
            if column is None:
                break
            columns.append(column)
            rest = after
            if rest is None:
                break
        return _Filled(columns, rest, next_page, positioned) if columns else None

    def undo(self, filled: _Filled) -> None:
        """Take back what the context knows of columns."""
        from weasyprint.layout.block import remove_placeholders

        remove_placeholders(self.context, filled.columns, *filled.positioned)
        del self.context.excluded_shapes[self.shapes :]

    def evened(self, filled: _Filled, space: float, page_is_empty: bool) -> _Filled:
        """Return the text of `filled`, which has fewer columns than there are, in columns as low as they can be.

        `filled` had `space` at the foot.
        """
        heights = [column.margin_height() for column in filled.columns]
        low, high = sum(heights) / self.count, max(heights)
        self.undo(filled)
        least = 0.0  # of the heights that were enough
        height = low + CLOSE  # mostly enough: text breaks at any line
        while height < high:
            tried = self.fill(self.context.page_bottom - self.top - height, page_is_empty=False)
            enough = tried is not None and tried.rest is None
            if tried and enough and height - low <= CLOSE:
                return tried
            if tried:
                self.undo(tried)
            if enough:
                high = least = height
            else:
                low = height
            height = max((low + high) / 2, low + CLOSE)
        if least:
            found = self.fill(self.context.page_bottom - self.top - least, page_is_empty=False)
        else:
            found = self.fill(space, page_is_empty)
        assert found is not None  # as before
        return found


def _drop_margin(children: list[Any], rest: Any, widths: dict[Any, Any]) -> None:
    """Set the margin above the block with which a column begins to zero, if the break is before it.

    `rest` has the numbers of the children on the way to the break, each within the one before. The margin is also that of
    the first block in it, and so on (CSS 2, section 8.3.1). A table on the way keeps its `widths`, which WeasyPrint works out
    from all of its rows.
    """
    from weasyprint.css.properties import ZERO_PIXELS
    from weasyprint.formatting_structure.boxes import BlockBox

    child = None
    while rest:
        ((number, rest),) = rest.items()
        if number >= len(children) or not hasattr(children[number], "children"):
            return
        whole = children[number]
        child = children[number] = whole.copy()
        if whole in widths:
            widths[child] = widths[whole]
        children = child.children = list(child.children)
    while child:
        child.style = child.style.copy()
        child.style["margin_top"] = ZERO_PIXELS
        apart = child.style["border_top_width"] or child.style["padding_top"] != ZERO_PIXELS
        first = next(iter(children), None)
        if apart or not (isinstance(first, BlockBox) and first.is_in_normal_flow()):
            return
        child = children[0] = first.copy()
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
