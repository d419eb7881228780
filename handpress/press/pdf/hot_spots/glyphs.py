"""Glyphs: how a glyph with a width is written into a page is worked out once for each font of a document.

WeasyPrint does it for every letter. It still does for lines that are cut with an ellipsis, and for those with glyphs that
are raised, missing from the font, or pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Any

# `PangoGlyphInfo`: the glyph, its width, its offsets, and a flag.
INFO = Struct("=IiiiI")


def quicken() -> None:
    from weasyprint.draw import text as drawing
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    buffer, EMPTY = ffi.buffer, pango.PANGO_GLYPH_EMPTY  # noqa: N806  # a constant of Pango
    slowly: Callable[..., list[Any]] = drawing.draw_first_line
    if ffi.sizeof("PangoGlyphInfo") != INFO.size or pango.pango_version() < 14802:
        return  # there WeasyPrint takes the size of a font from its style

    def register(stream: Any, font: Any, size: float, run: Any, at: int, text: bytes) -> None:
        """Note the letters and the width of a glyph that the document has not had before, as WeasyPrint does."""
        item, ends = run.item, run.glyphs.log_clusters
        glyph = run.glyphs.glyphs[at].glyph
        after = at - 1 if item.analysis.level % 2 else at + 1  # in the order of the letters
        end = ends[after] if 0 <= after < run.glyphs.num_glyphs else item.length
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = text[item.offset + ends[at] : item.offset + end].decode()
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(
                item.analysis.font, glyph, stream.ink_rect, stream.logical_rect
            )
            font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)

    def draw_first_line(
        stream: Any, box: Any, overflow: str, block_ellipsis: str, matrix: Any
    ) -> list[Any]:
        layout = box.pango_layout
        cut = overflow == "ellipsis" or block_ellipsis != "none"
        if cut or box.style["font_size"] < 1e-6 or not box.text.strip():
            return slowly(stream, box, overflow, block_ellipsis, matrix)
        pango.pango_layout_set_single_paragraph_mode(layout.layout, 1)
        line, _ = layout.get_first_line()
        text, following = layout.text.encode(), line.runs
        pango_font = None
        parts: list[tuple[str, float, list[str]]] = []  # glyphs of one font and size after another
        while following != ffi.NULL:  # a stretched space is a run of its own
            run, following = following.data, following.next
            if run.item.analysis.font != pango_font:
                pango_font = run.item.analysis.font
                font, size = stream.add_font(pango_font)
                if font.bitmap or font.svg or font.png or font.colr:
                    return slowly(stream, box, overflow, block_ellipsis, matrix)
                kept = font.__dict__.setdefault("kept_glyphs", {}).setdefault(size, {})
                parts.append((font.hash, size, []))
            found = []
            infos = buffer(run.glyphs.glyphs, run.glyphs.num_glyphs * INFO.size)
            for at, (glyph, width, across, up, _) in enumerate(INFO.iter_unpack(infos)):
                if up or glyph >= EMPTY:
                    return slowly(stream, box, overflow, block_ellipsis, matrix)
                key = glyph, width, across
                if key not in kept:
                    register(stream, font, size, run, at, text)
                    offset = across / size
                    kerning = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
                    before = f">{-offset}<" if offset else ""
                    kept[key] = f"{before}{glyph:04x}" + (f">{int(kerning)}<" if kerning else "")
                found.append(kept[key])
            parts[-1][2].append(f"<{''.join(found)}>".removesuffix("<>"))
        stream.set_text_matrix(*matrix.values)
        for name, size, glyphs in parts:
            stream.set_font_size(name, size)
            stream.show_text("".join(glyphs))
        return []

    drawing.draw_first_line = draw_first_line
