"""Characters that no font of the page has.

Those of the sources were found before, by `series/glyphs`, and a sign is printed for them. These are in text that
a stylesheet adds, or are characters that the shaper gave up on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handpress.assets.fonts import COMMON, REPLACEMENT
from handpress.assets.scripts import OF_LAYOUT, by_script, facts
from handpress.core.problems.catalogue import KINDS
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.preflight.pieces import texts
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield each character once, and each sign in the text of a stylesheet."""
    seen: set[str] = set()
    for piece in texts(laid):
        if COMMON.issuperset(piece.box.text):
            continue
        if REPLACEMENT in piece.box.text and "::" in (piece.box.element_tag or "::"):
            yield Found(laid.spot(piece.block), OF_LAYOUT)
        for character in _unknown(piece.box):
            if character not in seen:
                seen.add(character)
                (script,) = by_script(character)
                yield Found(laid.spot(piece.block), facts(script, [character]))


def _unknown(box: Any) -> Iterator[str]:
    """Yield the characters of a text for which Pango found no glyph."""
    from weasyprint.text.ffi import ffi, pango

    box.pango_layout.reactivate(box.style)
    line, _ = box.pango_layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        string, run = run.data.glyphs, run.next
        for info in string.glyphs[0 : string.num_glyphs]:
            if info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                found = info.glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG
                if found <= 0x10FFFF:  # an empty glyph has every bit set
                    yield chr(found)
    box.pango_layout.deactivate()


RULE = Rule(
    code="missing-glyph",
    kind=KINDS["missing-glyph"],  # sources are checked for it too
    find=find,
)
