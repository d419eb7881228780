"""Characters that no font of the page has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handpress.assets.fonts import COMMON, name_of
from handpress.core.catalogue import KINDS
from handpress.press.options import RenderOptions
from handpress.press.pdf.boxes import PageBoxes
from handpress.press.preflight.pieces import texts
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Return each character once, as the shaper gave up on it."""
    seen: set[str] = set()
    for piece in texts(laid):
        if not COMMON.issuperset(piece.box.text):
            for character in _unknown(piece.box):
                if character not in seen:
                    seen.add(character)
                    facts = {"code": f"{ord(character):04X}", "name": name_of(character)}
                    yield Found(laid.spot(piece.block), facts)


def _unknown(box: Any) -> Iterator[str]:
    """Return the characters of a text for which Pango found no glyph."""
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
