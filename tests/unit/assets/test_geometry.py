"""Geometry: an invalid number is left out, a path ends at its first error, and the rest stays."""

from __future__ import annotations

import pytest

from handpress.assets.geometry import sound


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width", "12"),
        ("width", "50%"),
        ("x", "1 2,3 -.5"),
        ("r", "1.25e-07"),
        ("font-size", "1.2em"),
        ("viewBox", "0 0 20 10"),
        ("transform", "translate(10,20) rotate(-45 1 2) scale(.5)"),
        ("transform", "matrix(1 0 0 1-5-6)"),
        ("transform", "rotate(45deg) translate(10px, 5%)"),
        ("points", "0,0 1-2 3.5.5"),
        ("d", "M0 0h9v9zm1-1.5.5.5c1 2 3 4 5 6S1 1 2 2q1 1 2 2t3 3H4V5l1e-3 2"),
        ("d", "M1 1a2 2 0 01.5.5 2 2 0 1,1 3 3z"),
        ("stroke-dasharray", "none"),
        ("stroke-dasharray", "1,2 3%"),
        ("orient", "auto-start-reverse"),
        ("preserveAspectRatio", "xMidYMid slice"),
        ("opacity", "50%"),
        ("class", "anything"),
    ],
)
def test_what_is_well_formed_stays_as_it_is(name: str, value: str) -> None:
    assert sound(name, value) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width", "auto"),
        ("font-size", "-3"),
        ("font-size", "99999999"),
        ("width", "NaN"),
        ("width", "1e400"),
        ("width", "9" * 400),
        ("x", "1 two"),
        ("rotate", "1em"),
        ("viewBox", "0 0 20"),
        ("viewBox", "0 0 20 0"),
        ("viewBox", "0 0 20 inf"),
        ("transform", "rotate("),
        ("transform", "rotate()"),
        ("transform", "matrix(1 0 0 1)"),
        ("transform", "spin(9)"),
        ("opacity", "half"),
        ("orient", "up"),
        ("stroke-dasharray", "1 -2"),
        ("preserveAspectRatio", "middle"),
    ],
)
def test_what_is_no_value_is_left_out(name: str, value: str) -> None:
    assert sound(name, value) is None


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("points", "0 0 1 1 2", "0 0 1 1"),
        ("points", "0 0 one", "0 0"),
        ("d", "M0 0L9 9 L5", "M0 0L9 9 "),
        ("d", "M0 0 5 5 6", "M0 0 5 5 "),
        ("d", "M0 0a1 1 0 2 1 5 5", "M0 0"),
        ("d", "M0 0z9", "M0 0z"),
        ("d", "M0 0x", "M0 0"),
        ("d", "L9 9", ""),
        ("d", "none", ""),
    ],
)
def test_a_path_ends_where_it_goes_wrong(name: str, value: str, left: str) -> None:
    assert sound(name, value) == left


def test_a_long_value_is_read_in_one_go() -> None:
    """No pattern tries figures in more than one grouping: that would take for ever."""
    for name in ("width", "points", "d", "transform", "viewBox", "stroke-dasharray"):
        sound(name, "1" * 100_000 + "!")
        sound(name, "1 " * 100_000 + "!")
