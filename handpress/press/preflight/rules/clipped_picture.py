"""Pictures that extend beyond their page, or beyond the frame that cuts them off."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.preflight.pieces import clipped
from handpress.press.preflight.rule import Found, Rule

MOST = 1.0  # millimetres: nobody misses the edge of a picture


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Return pictures that extend too far to the right or downwards."""
    pictures = (p for p in laid.pieces if p.kind == "picture" and p.in_flow)
    return clipped(laid, pictures, lambda p: max(p.beyond_right, p.beyond_bottom), MOST)


RULE = Rule(
    code="clipped-picture",
    kind=Kind(
        severity="error",
        what="picture does not fit on the page",
        why="in {artefact} it extends {amount} mm too far",
        help="limit its size in your own layout, for example with `max-width: 100%`",
    ),
    find=find,
)
