"""Lines that are wider than their page, or than the frame that cuts them off."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes, PlacedBox
from handpress.press.preflight.pieces import clipped
from handpress.press.preflight.rule import Found, Rule

MOST = 3.0  # millimetres: a word may hang in the margin, where it can still be read


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Return blocks with a line that extends too far to the right or downwards."""
    lines = (p for p in laid.pieces if p.kind == "line" and p.in_flow)
    return clipped(laid, lines, lambda p: max(_words_to_the_right(p), p.beyond_bottom), MOST)


def _words_to_the_right(line: PlacedBox) -> float:
    """Return how far the words of a line extend: pictures and boxes in it are pieces of their own."""
    from weasyprint.formatting_structure import boxes

    words = (c for c in line.box.children if isinstance(c, boxes.TextBox | boxes.InlineBox))
    ends = max((word.position_x + word.margin_width() for word in words), default=0.0)
    return float(ends - line.right)


RULE = Rule(
    code="clipped-line",
    kind=Kind(
        severity="error",
        what="line is wider than the page",
        why="in {artefact} it is {amount} mm too wide",
        help="break it, or let your own layout break it, for example with `white-space: pre-wrap`",
    ),
    find=find,
)
