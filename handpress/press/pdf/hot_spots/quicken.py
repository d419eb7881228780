"""Quickening: put our functions in the place of WeasyPrint's."""

from __future__ import annotations


def quicken() -> None:
    """Replace the slow functions, wherever WeasyPrint has them by name. Call it once."""
    from handpress.press.pdf.hot_spots import (
        cascade,
        drawing,
        flow,
        glyphs,
        hyphens,
        lines,
        plain_lines,
        sizes,
        styles,
        text,
    )

    for spot in (drawing, glyphs, hyphens, cascade, flow, sizes, styles, text, lines, plain_lines):
        spot.quicken()
