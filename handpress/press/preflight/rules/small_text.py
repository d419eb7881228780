"""Text under the style's smallest size, its token `--smallest`. The readings of ruby are half as large as their bases."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PIXELS_A_POINT, PageBoxes
from handpress.press.preflight.pieces import one_of_few, texts
from handpress.press.preflight.rule import Found, Rule

POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield text that is too small, the first few of each size and element."""
    least = _smallest(laid)
    seen: dict[Hashable, int] = {}
    for piece in texts(laid):
        size = piece.box.style["font_size"] / PIXELS_A_POINT
        if piece.box.element_tag == "rt":
            continue
        if size < least - 0.01 and one_of_few((piece.box.element_tag, size), seen):
            facts = {"size": f"{size:.1f}", "smallest": f"{least:g}"}
            yield Found(laid.spot(piece.block), facts)


def _smallest(laid: PageBoxes) -> float:
    """Return the style's smallest text in points; 0 for a style without that token."""
    tokens = laid.pieces[0].box.style["__smallest"] or ()
    for token in tokens:
        if token.type == "dimension" and token.unit in POINTS:
            return float(token.value * POINTS[token.unit])
    return 0.0


RULE = Rule(
    code="small-text",
    kind=Kind(
        severity="error",
        what="text is too small",
        why="in {artefact} it has {size} pt; the style's `--smallest` is {smallest} pt",
        help="make it larger in your own layout",
        fallback=True,
    ),
    find=find,
)
