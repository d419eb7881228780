"""Quickening: put our functions in the place of WeasyPrint's."""

from __future__ import annotations

import sys
from types import FunctionType


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


def replace(old: FunctionType, new: object) -> None:
    """Put `new` in the place of a function of WeasyPrint, in each module that has imported it by name."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "weasyprint" and getattr(module, old.__name__, None) is old:
            setattr(module, old.__name__, new)
