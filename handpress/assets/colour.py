"""Colours: any notation of CSS, contrast, and the palette that is derived from the one colour of a clinic.

The colour itself fills areas. Words and rules get a darker or lighter one of the same hue, with a contrast
of at least 7:1 (WCAG 2.2, level AAA) on the page, on the tint, and on a dark screen. Lightness changes in
Oklab (CSS Color 4, section 9.3), where equal steps look equal and the hue stays.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

STRONG = 7.0  # contrast of words
TINT, NIGHT_TINT = 0.09, 0.14  # shares of the colour in the tints
# The contrast of the tints to their pages: at least so much that they can be seen, at most so much that
# quiet text keeps its own.
FAINTEST, STRONGEST_TINT, STRONGEST_AT_NIGHT = 1.07, 1.15, 1.22
LARGEST_SHARE = 0.4  # of a pale colour in its tint
STEP = 0.004  # of lightness, between two tries


class Colour(NamedTuple):
    """A colour in sRGB, 0 to 255 a channel."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        return luminance(*(channel / 255 for channel in self))

    @property
    def grey(self) -> Colour:
        """Return the grey that is as dark: the luma of ITU-R BT.601, as in Pillow and in printers."""
        level = round(0.299 * self.red + 0.587 * self.green + 0.114 * self.blue)
        return Colour(level, level, level)


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


class Palette(Struct, frozen=True):
    """The colours derived from `brand`."""

    brand: Colour
    on_brand: Colour  # words on it
    accent: Colour  # words and rules
    tint: Colour  # a pale ground
    accent_at_night: Colour
    tint_at_night: Colour

    @property
    def tokens(self) -> dict[str, str]:
        """Return the values of the derived CSS tokens."""
        return {
            "--on-brand": self.on_brand.hex,
            "--accent": self.accent.hex,
            "--tint": self.tint.hex,
            "--accent-at-night": self.accent_at_night.hex,
            "--tint-at-night": self.tint_at_night.hex,
        }


def parse_colour(written: str) -> Colour | None:
    """Return a colour in any notation of CSS, or None if it is not a colour. Hexadecimal digits need no ``#``.

    A transparent colour is laid on white.
    """
    from tinycss2.color4 import parse_color

    bare = re.fullmatch(r"\s*([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\s*", written)
    found = parse_color(f"#{bare[1]}" if bare else written.strip())
    if found is None or isinstance(found, str):
        return None
    try:
        parts = found.to("srgb")
    except NotImplementedError:  # tinycss2 reads more notations than it converts
        return None
    return mixed(WHITE, _of([part or 0.0 for part in parts.coordinates]), parts.alpha)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    return ratio(one.luminance, other.luminance)


def ratio(one: float, other: float) -> float:
    """Return the contrast of two luminances."""
    dark, light = sorted((one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(red: float, green: float, blue: float) -> float:
    """Return the relative luminance of a colour (WCAG 2.2). Its channels are from 0 to 1."""
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` with a `share` of `other`."""
    return Colour(*(round(a + (b - a) * share) for a, b in zip(one, other, strict=True)))


@lru_cache(maxsize=64)
def palette(brand: Colour, page: Colour, night: Colour, ink: Colour) -> Palette:
    """Return the colours derived from `brand`, for a light `page`, one at `night`, and text in `ink`."""
    tint = _tint(page, brand, TINT, STRONGEST_TINT)
    accent = _until_strong(brand, (page, tint), -STEP)
    at_night = _until_strong(
        brand, (night, _tint(night, brand, NIGHT_TINT, STRONGEST_AT_NIGHT)), STEP
    )
    tint_at_night = _tint(night, at_night, NIGHT_TINT, STRONGEST_AT_NIGHT)
    return Palette(
        brand=brand,
        on_brand=_words_on(brand, ink),
        accent=accent,
        tint=tint,
        accent_at_night=_until_strong(at_night, (night, tint_at_night), STEP),
        tint_at_night=tint_at_night,
    )


def _words_on(ground: Colour, ink: Colour) -> Colour:
    """Return the first colour for words that is strong on `ground`; on a middle tone, the strongest.

    That is never under 4.5:1.
    """
    tried = (WHITE, ink, BLACK)
    strong = (words for words in tried if contrast(words, ground) >= STRONG)
    return next(strong, max(tried, key=lambda words: contrast(words, ground)))


def _tint(page: Colour, colour: Colour, share: float, most: float) -> Colour:
    """Return `page` with about a `share` of `colour`, so that its contrast to `page` is small, yet seen."""
    while contrast(page, mixed(page, colour, share)) < FAINTEST and share < LARGEST_SHARE:
        share += 0.02
    while contrast(page, mixed(page, colour, share)) > most:
        share *= 0.95
    return mixed(page, colour, share)


def _until_strong(colour: Colour, grounds: tuple[Colour, ...], step: float) -> Colour:
    """Return `colour`, made darker or lighter by steps until words in it are strong on all `grounds`."""
    lightness, a, b = _oklab(colour)
    found = colour
    while any(contrast(found, ground) < STRONG for ground in grounds) and 0 <= lightness <= 1:
        lightness += step
        found = _within_srgb(lightness, a, b)
    return found


# --- Oklab (Björn Ottosson, 2020) ---


def _oklab(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _within_srgb(lightness: float, a: float, b: float) -> Colour:
    """Return the colour of this lightness and hue, as vivid as sRGB has it."""
    chroma = 1.0
    while chroma > 0 and not all(
        -0.0005 <= p <= 1.0005 for p in _srgb(lightness, a * chroma, b * chroma)
    ):
        chroma = max(0.0, chroma - 0.02)
    return _of(_srgb(lightness, a * chroma, b * chroma))


def _srgb(lightness: float, a: float, b: float) -> list[float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [
        12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear
    ]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _of(parts: list[float]) -> Colour:
    return Colour(*(round(255 * min(1.0, max(0.0, part))) for part in parts))
