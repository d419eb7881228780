"""Pictures of formulas: outlines only, the same each time, as high as the text, with the line through their letters."""

from __future__ import annotations

import re

import pytest

from handpress.assets.formula import LARGEST, Drawn, draw
from handpress.assets.svg import clean_svg, unportable_letters
from handpress.core.files.disk import Asset

ROOT = "<math><msqrt><mi>x</mi></msqrt><mo>=</mo><mi>p</mi></math>"


def drawn(inside: str) -> Drawn:
    found = draw(f"<math>{inside}</math>")
    assert found is not None
    return found


def test_a_picture_is_of_outlines_and_as_our_own_check_leaves_it() -> None:
    first, again = draw(ROOT), draw(ROOT)
    assert first == again
    assert first is not None
    assert unportable_letters(Asset.of(first.svg)) is None
    clean, _, _ = clean_svg(first.svg)
    assert clean.count(b"<path") == first.svg.count(b"<path") > 2
    box = re.search(rb'viewBox="\S+ (\S+) (\S+) (\S+)"', first.svg)
    assert box
    top, width, height = map(float, box.groups())
    assert width / height == pytest.approx(first.width / first.height, abs=0.01)
    assert (top + height) / 100 == pytest.approx(first.depth, abs=0.001)


def test_letters_stand_on_the_line() -> None:
    x, p, fraction = (
        drawn("<mi>x</mi>"),
        drawn("<mi>p</mi>"),
        drawn("<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
    )
    assert 0 <= x.depth < 0.05 < p.depth < 0.3 < fraction.depth < fraction.height
    assert 0.4 < x.height - x.depth < 0.6  # of an em


@pytest.mark.parametrize(
    "inside",
    [
        "<mtext>若</mtext>",
        f'<mi>x</mi><mspace width="{LARGEST}em" />',
        "<mfrac><mn>1</mn></mfrac>",
        f"<mtext>{'a' * 3000}</mtext>",
    ],
)
def test_what_cannot_be_drawn_has_no_picture(inside: str) -> None:
    assert draw(f"<math>{inside}</math>") is None
