"""Tables that are wider than their page."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.pages.tables import MOST, too_wide
from handpress.press.preflight.pieces import clipped
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Return tables that extend too far to the right; the next page continues them."""
    return clipped(laid, too_wide(laid), lambda p: p.beyond_right, MOST)


RULE = Rule(
    code="clipped",
    kind=Kind(
        severity="error",
        what="table is wider than the page",
        why="in {artefact} it is {amount} mm too wide",
        help='make it narrower in your own stylesheet, or leave it out of print with `{{: only="epub web" }}`',
    ),
    find=find,
)
