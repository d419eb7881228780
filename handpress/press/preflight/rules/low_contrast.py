"""Text that is too pale on the colour behind it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes, Rgb, color_of, over
from handpress.press.preflight.contrast import contrast
from handpress.press.preflight.pieces import one_of_few, texts
from handpress.press.preflight.rule import Found, Rule

LEAST = 4.5  # WCAG 2.2, success criterion 1.4.3


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield text with too little contrast, the first few of each pair of colours and element."""
    seen: dict[Hashable, int] = {}
    known: dict[tuple[object, Rgb], float] = {}
    for piece in texts(laid):
        color = color_of(piece.box, "color")
        pair = (tuple(color), piece.ground)
        if pair not in known:
            known[pair] = contrast(over(piece.ground, color), piece.ground)
        if known[pair] < LEAST and one_of_few((piece.box.element_tag, pair), seen):
            # Rounded down: 4.46 is not "4.5 where 4.5 are needed".
            facts = {"ratio": f"{int(known[pair] * 10) / 10:.1f}", "least": f"{LEAST:g}"}
            yield Found(laid.spot(piece.block), facts)


RULE = Rule(
    code="low-contrast",
    kind=Kind(
        severity="error",
        what="text has too little contrast",
        why="in {artefact} the contrast is {ratio}:1; it must be at least {least}:1",
        help="darken the text, or lighten its background, in your own layout",
        fallback=True,
    ),
    find=find,
)
