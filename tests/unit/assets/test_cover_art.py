"""Cover art: each pattern is the series' own, in the colours of its theme, clear of the title."""

from __future__ import annotations

import re

import pytest

from handpress.assets.colour import WHITE, Colour, contrast
from handpress.assets.cover_art import BAND, PATTERNS, Page, cover_art

ROSE = Colour(0xB0, 0x12, 0x4A)
PAGE = Page(400, 640, ROSE, WHITE)
DRAWN = [name for name in PATTERNS if name != "none"]


@pytest.mark.parametrize("pattern", DRAWN)
def test_a_series_has_a_drawing_of_its_own(pattern: str) -> None:
    one, same, other = (cover_art(seed, PAGE, pattern) for seed in ("moon", "moon", "knees"))
    assert one == same
    assert one != other


def test_the_first_pattern_is_the_default() -> None:
    assert cover_art("moon", PAGE) == cover_art("moon", PAGE, "waves")


def test_no_pattern_leaves_the_ground() -> None:
    assert b"<path" not in cover_art("moon", PAGE, "none")


@pytest.mark.parametrize("pattern", DRAWN)
@pytest.mark.parametrize("seed", ["moon", "knees", "fascia-remedy"])
def test_a_drawing_is_clear_of_the_title_and_the_names(pattern: str, seed: str) -> None:
    """Its highest and lowest points are within the area between them."""
    art = cover_art(seed, PAGE, pattern).decode()
    ends = []
    for numbers in re.findall(r"[MCAV]([-\d. ]+)", art):
        ends.append(float(numbers.split()[-1]))  # the last number is where the line ends
    assert len(ends) > 10
    top, bottom = (edge * PAGE.height for edge in BAND)
    assert top - 1 <= min(ends)
    assert max(ends) <= bottom + 1


@pytest.mark.parametrize("pattern", DRAWN)
def test_lines_are_seen_on_the_ground(pattern: str) -> None:
    """In colours between that of the ground and that of words on it."""
    art = cover_art("moon", PAGE, pattern).decode()
    colours = {tuple(bytes.fromhex(c)) for c in re.findall(r'stroke="#(\w{6})"', art)}
    assert colours
    for colour in colours:
        assert contrast(Colour(*colour), ROSE) > 1.3
        assert all(low <= part <= 255 for low, part in zip(ROSE, colour, strict=True))
