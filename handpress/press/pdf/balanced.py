"""Titles whose lines are about as long as each other: `text-wrap: balance` (CSS Text 4, section 6.4.2), which WeasyPrint lacks.

A title of two lines would else have a single word on its second line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from handpress.press.marks import BALANCED

Layout = Callable[..., Any]

TITLES = frozenset({"h1", "h2", "h3"})
MOST = 4  # lines; a longer title is a paragraph
CLOSE = 4.0  # CSS pixels by which a title may be wider than it need be: a narrow letter


def balance_titles(layout: Layout) -> Layout:
    """Return WeasyPrint's `block_container_layout`, changed for titles of a few lines.

    They are laid out in the smallest width in which they have no more lines. The rest of their width is padding.
    """

    def block_container_layout(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        step = balanced if _is_title(box) else layout
        return step(context, box, *rest, **options)

    def balanced(
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
        whole = box.copy_with_children(box.children)
        found = laid(box, adjoining_margins)
        if found[0] is None or found[1] is not None:
            return found
        lines = found[0].children
        if not 1 < len(lines) <= MOST or not all(map(_is_text, lines)):
            return found
        ends = _hyphens(lines)
        widths = [line.width for line in lines]
        low, high = sum(widths) / len(widths), max(widths)  # no narrower box has room for all of it
        while high - low > CLOSE:
            middle = (low + high) / 2
            tried = laid(_narrower(whole, middle), list(margins))
            fits = tried[0] is not None and tried[1] is None
            if (
                fits
                and len(tried[0].children) <= len(lines)
                and _hyphens(tried[0].children) <= ends
            ):
                found, high = tried, middle
            else:
                low = middle
        return found

    return block_container_layout


def _is_title(box: Any) -> bool:
    tag = box.element_tag  # that of a box which the stylesheet makes ends in `::` and a name
    if tag in TITLES:
        return True
    element = box.element
    return element is not None and BALANCED in element.attrib and tag == element.tag


def _is_text(line: Any) -> bool:
    """Return whether a line has nothing but text in the flow, which may be laid out again."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox

    return isinstance(line, LineBox) and all(
        type(box) in (LineBox, InlineBox, TextBox) and not box.footnote and box.is_in_normal_flow()
        for box in line.descendants(placeholders=True)
    )


def _hyphens(lines: Sequence[Any]) -> int:
    """Return how many lines end within a word."""
    texts = ("".join(getattr(box, "text", "") for box in line.descendants()) for line in lines)
    return sum(text.rstrip().endswith(("-", "\N{HYPHEN}")) for text in texts)


def _narrower(box: Any, width: float) -> Any:
    """Return a box whose text is as wide as this, at the edge at which its lines begin, or in the middle."""
    made = box.copy_with_children(box.children)
    spare, align = made.width - width, made.style["text_align_all"]
    begins = "right" if made.style["direction"] == "rtl" else "left"
    ends = {"left": "right", "right": "left"}[begins]
    side = {"start": begins, "justify": begins, "end": ends}.get(align, align)
    right = {"left": 1.0, "right": 0.0}.get(side, 0.5)
    made.width = width
    made.padding_right += right * spare
    made.padding_left += (1 - right) * spare
    return made
