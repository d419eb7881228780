"""Subsetting: reduce a face to the characters in use."""

from __future__ import annotations

import io


def subset_font(data: bytes, characters: str) -> bytes:
    """Return the font file `data` with only the glyphs of `characters`; the licence stays in its names."""
    from fontTools import subset as cut
    from fontTools.ttLib import TTFont

    options = cut.Options(
        name_IDs=[0, 1, 2, 4, 5, 6, 13, 14],
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
    )
    with TTFont(io.BytesIO(data), recalcTimestamp=False) as font:
        cutter = cut.Subsetter(options)
        # Readers draw the non-breaking hyphen as the plain one if a face lacks it.
        cutter.populate(text=characters.replace("\u2011", "\u2011\u2010-"))
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()
