"""Colours: every notation is read, and words in a derived colour have contrast on each of its grounds."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import tinycss2
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handpress.assets.colour import BLACK, WHITE, Colour, contrast, palette, parse_colour
from helpers.workspaces import ROOT

NIGHT, INK = Colour(0x14, 0x19, 0x1B), Colour(0x1B, 0x1F, 0x22)
QUIET, QUIET_AT_NIGHT = Colour(0x49, 0x50, 0x55), Colour(0xB4, 0xBD, 0xBF)
ANY = st.builds(Colour, *[st.integers(0, 255)] * 3)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(ANY)
@example(WHITE)
@example(BLACK)
@example(Colour(255, 212, 0))
@example(Colour(0, 0, 255))
def test_words_in_any_clinics_colour_can_be_read(brand: Colour) -> None:
    """At 7:1 wherever they may be; on the colour itself at 4.5:1, since that may be a middle tone."""
    made = palette(brand, WHITE, NIGHT, INK)
    assert made.brand == brand
    pairs = {
        "accent": ((made.accent, QUIET, INK), (WHITE, made.tint)),
        "at night": ((made.accent_at_night, QUIET_AT_NIGHT), (NIGHT, made.tint_at_night)),
    }
    for words, grounds in pairs.values():
        for word in words:
            for ground in grounds:
                assert contrast(word, ground) >= 7, (word.hex, ground.hex)
    assert contrast(made.on_brand, brand) >= 4.5


@settings(derandomize=True, max_examples=200, deadline=None)
@given(ANY)
def test_words_are_as_near_to_the_colour_as_contrast_allows(brand: Colour) -> None:
    """A colour that has the contrast stays as it is, and no other is darker than it must be."""
    made = palette(brand, WHITE, NIGHT, INK)
    if made.accent != brand:
        assert contrast(brand, made.tint) < 7
        assert contrast(made.accent, made.tint) < 7.4


@settings(derandomize=True, max_examples=200, deadline=None)
@given(ANY)
def test_a_tint_is_pale_and_seen(brand: Colour) -> None:
    made = palette(brand, WHITE, NIGHT, INK)
    assert contrast(made.tint, WHITE) <= 1.15
    assert contrast(made.tint_at_night, NIGHT) <= 1.22
    if contrast(brand, WHITE) > 1.3:
        assert contrast(made.tint, WHITE) > 1.05


def test_the_hue_of_words_is_that_of_the_colour() -> None:
    """A pink gives a dark pink: neither grey nor black."""
    red, green, blue = palette(Colour(0xE0, 0x45, 0x7B), WHITE, NIGHT, INK).accent
    assert red > 2 * blue > 4 * green


def test_our_own_colour_stays_what_it_is() -> None:
    """Teal is dark enough for words: at most a shade is between the two."""
    teal = Colour(0x0E, 0x5A, 0x5A)
    accent = palette(teal, WHITE, NIGHT, INK).accent
    assert max(abs(a - b) for a, b in zip(accent, teal, strict=True)) <= 2


@pytest.mark.parametrize(
    ("written", "hexadecimal"),
    [
        ("#7a1f3d", "#7a1f3d"),
        ("7A1F3D", "#7a1f3d"),
        ("#7a3", "#77aa33"),
        ("7a3", "#77aa33"),
        (" rebeccapurple ", "#663399"),
        ("RGB(122, 31, 61)", "#7a1f3d"),
        ("rgb(122 31 61)", "#7a1f3d"),
        ("rgb(50% 0% 100%)", "#8000ff"),
        ("hsl(180, 50%, 20%)", "#194d4d"),
        ("hsl(180 50% 20%)", "#194d4d"),
        ("rgb(0 0 0 / 50%)", "#808080"),
        ("#00000080", "#7f7f7f"),
    ],
)
def test_a_colour_is_read_as_people_write_it(written: str, hexadecimal: str) -> None:
    found = parse_colour(written)
    assert found is not None
    assert found.hex == hexadecimal


@pytest.mark.parametrize(
    "written", ["", "teel", "#12", "#12345", "currentcolor", "oklch(60% .1 9)"]
)
def test_what_is_no_colour_is_none(written: str) -> None:
    assert parse_colour(written) is None


def test_contrast_is_that_of_the_guidelines() -> None:
    """WCAG 2.2: black on white has 21:1, and the order of two colours makes no difference."""
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(Colour(0x76, 0x76, 0x76), WHITE) == pytest.approx(4.54, abs=0.01)
    for one, other in pairwise((BLACK, INK, Colour(1, 200, 3), WHITE)):
        assert contrast(one, other) == contrast(other, one)


SHEETS = sorted((ROOT / "layouts").rglob("*.css"))


@pytest.mark.parametrize(
    "file", SHEETS, ids=lambda file: file.relative_to(ROOT / "layouts").as_posix()
)
def test_no_sheet_but_the_tokens_has_a_colour(file: Path) -> None:
    """One token recolours everything: a colour of a sheet's own would stay as it is."""
    if file == ROOT / "layouts/styles/tokens.css":
        return
    css = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    found = []
    for value in re.findall(r":\s*([^;{}]+);", css):
        for token in tinycss2.parse_component_value_list(value):
            said = tinycss2.serialize([token])
            if token.type in ("hash", "ident", "function") and parse_colour(said):
                found.append(said)
    assert [c for c in found if c != "transparent"] == []
