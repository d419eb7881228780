"""Cut titles: the ellipsis at the end of a line is read as one, and not as the words that it replaces.

WeasyPrint gives each glyph the text of its place. For an ellipsis that Pango puts there, these are the words that were cut,
so a reader would copy or hear them at every ellipsis of the font.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

ELLIPSIS = "…"
IS_ELLIPSIS = 1 << 1  # PANGO_ANALYSIS_FLAG_IS_ELLIPSIS


def name_ellipses() -> None:
    """Change WeasyPrint's function that draws a line. Call it once."""
    from weasyprint.draw import text

    text.draw_first_line = with_named_ellipsis(text.draw_first_line)


def with_named_ellipsis(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's `draw_first_line`, with the text of the ellipsis of a line that is cut."""

    def draw_first_line(stream: Any, box: Any, overflow: str, *rest: Any) -> Any:
        drawn = draw(stream, box, overflow, *rest)
        if overflow == "ellipsis" and box.text.strip():
            for pango_font, glyph in _ellipses(box.pango_layout):
                font, _ = stream.add_font(pango_font)
                font.to_unicode[glyph] = ELLIPSIS
        return drawn

    return draw_first_line


def _ellipses(layout: Any) -> Iterator[tuple[Any, int]]:
    """Yield the font and the glyph of an ellipsis; a font without one has three full stops instead."""
    from weasyprint.text.ffi import ffi

    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        # Pango has four bytes here, the level, gravity, flags and script, of which WeasyPrint reads the first.
        flags = item.item.analysis.level >> 16 & 0xFF
        if flags & IS_ELLIPSIS and item.glyphs.num_glyphs == 1:
            yield item.item.analysis.font, item.glyphs.glyphs[0].glyph
