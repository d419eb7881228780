"""Titles whose lines are about as long as each other: `text-wrap: balance` (CSS Text 4, section 6.4.2), which WeasyPrint lacks.

A title of two lines would otherwise have a single word on its second line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handpress.press.marks import BALANCED
from handpress.press.pdf.laid_again import First, Way

TITLES = frozenset({"h1", "h2", "h3"})
MOST = 4  # lines; a longer title is a paragraph
CLOSE = 4.0  # CSS pixels by which a title may be wider than it need be: a narrow letter


def _balanced(first: First) -> Any:
    """Return a title of a few lines in the smallest width in which it has no more. The rest of its width is padding."""
    found = first.result
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
        tried = first.again(_narrower(first.block, middle))
        fits = tried[0] is not None and tried[1] is None
        if fits and len(tried[0].children) <= len(lines) and _hyphens(tried[0].children) <= ends:
            found, high = tried, middle
        else:
            low = middle
    return found


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


BALANCE_TITLES = Way(_is_title, _balanced)
