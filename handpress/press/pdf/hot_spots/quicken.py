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
        margins,
        plain_lines,
        sizes,
        styles,
        text,
    )

    spots = (
        drawing,
        glyphs,
        hyphens,
        cascade,
        flow,
        margins,
        sizes,
        styles,
        text,
        lines,
        plain_lines,
    )
    for spot in spots:
        spot.quicken()
