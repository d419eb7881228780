"""Contrast: the ratio of two colours (WCAG 2.2)."""

from __future__ import annotations

from handpress.assets.colour import luminance, ratio
from handpress.press.pages.boxes import Rgb


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    return ratio(luminance(*one), luminance(*other))
