"""Signs for characters that no font has, in text that a stylesheet adds.

Those of the sources are found before, by `series/glyphs`, with their place.
"""

from __future__ import annotations

from collections.abc import Iterator

from handpress.assets.fonts import REPLACEMENT
from handpress.assets.scripts import OF_LAYOUT
from handpress.core.catalogue import KINDS
from handpress.press.options import RenderOptions
from handpress.press.pdf.boxes import PageBoxes
from handpress.press.preflight.pieces import texts
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    for piece in texts(laid):
        if REPLACEMENT in piece.box.text and "::" in piece.box.element_tag:
            yield Found(laid.spot(piece.block), OF_LAYOUT)


RULE = Rule(
    code="missing-glyph",
    kind=KINDS["missing-glyph"],  # sources are checked for it too
    find=find,
)
