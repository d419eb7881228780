"""The mirror: stylesheets for pages that are read from right to left."""

from __future__ import annotations

import pytest

from handpress.layout.css.rtl import UPRIGHT, flip


@pytest.mark.parametrize(
    ("css", "mirrored"),
    [
        ("a { margin-left: 1em; text-align: left }", "a { margin-right: 1em; text-align: right }"),
        (
            "a { float: right; border-left: 1pt solid }",
            "a { float: left; border-right: 1pt solid }",
        ),
        ("a { padding: 1pt 2pt 3pt 4pt }", "a { padding: 1pt 4pt 3pt 2pt }"),
        ("a { margin: 0 2pt 0 0 !important }", "a { margin: 0 0 0 2pt !important }"),
        ("a { margin: 0 2pt 1pt; padding: 0 1em }", "a { margin: 0 2pt 1pt; padding: 0 1em }"),
        ("a { margin: 0 calc(1em * 2) 0 0 }", "a { margin: 0 0 0 calc(1em * 2) }"),
        (
            "@page x:left { @bottom-left-corner { left: 0 } }",
            "@page x:right { @bottom-right-corner { right: 0 } }",
        ),
        ("@layer b {\n  a { right: 0 }\n}", "@layer b {\n  a { left: 0 }\n}"),
        ("a { break-before: right }", "a { break-before: left }"),
        ("pre, a { left: 0 } p pre { left: 0 }", "pre, a { right: 0 } p pre { right: 0 }"),
    ],
)
def test_sides_change(css: str, mirrored: str) -> None:
    """In names, values, the second and fourth of four values, and the margins of pages."""
    assert flip(css, "rtl") == mirrored + UPRIGHT


@pytest.mark.parametrize(
    "css",
    [
        '.left::before { content: "left"; background: url("left.svg") }',
        "/* left */ a { color: red }",
        "a { background: url(left.svg); --bright: leftover }",
        "@media (min-width: 44rem) { a { border-radius: 4px } }",
        "@layer base { pre { border-left: 1pt solid; padding: 0 0 0 2pt } }",  # code runs from the left
    ],
)
def test_words_and_names_stay(css: str) -> None:
    """Text and names are not sides."""
    assert flip(css, "rtl") == css + UPRIGHT


def test_twice_mirrored_is_as_it_was() -> None:
    css = "@page :left { margin: 1mm 2mm 3mm 4mm } .a > b { float: left; padding-right: 1em }"
    twice = flip(flip(css, "rtl"), "rtl")
    assert twice.replace(UPRIGHT, "") == css


def test_text_from_left_to_right_is_left_alone() -> None:
    assert flip("a { margin-left: 1em }", "ltr") == "a { margin-left: 1em }"
