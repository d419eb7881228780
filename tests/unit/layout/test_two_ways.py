"""Sheets of pages in two directions: turned elements get the mirrored rules, with the same weight."""

from __future__ import annotations

from handpress.layout.css.two_ways import two_ways

OUT, IN = ":where(:not(.turned *))", ":where(.turned *)"


def flat(css: str) -> str:
    return " ".join(css.split())


def test_a_rule_with_a_side() -> None:
    assert flat(two_ways("@layer base { ul, li::before { left: 1em } }", "ltr")).startswith(
        f"@layer base {{ ul{OUT}, li{OUT}::before {{ left: 1em }} "
        f"ul{IN}, li{IN}::before {{ right: 1em }} }}"
    )


def test_four_values() -> None:
    assert "margin: 0 4pt 0 1pt" in two_ways("p { margin: 0 1pt 0 4pt }", "ltr")


def test_rules_without_a_side_and_pages_stay() -> None:
    css = "p { margin: 0 }\n@page :left { margin-left: 1cm }\n:root { --left: left }\n"
    assert two_ways(css, "ltr").startswith(css)


def test_a_page_from_right_to_left() -> None:
    """The sheet is mirrored, and turned elements are as they were written."""
    found = flat(two_ways("@page :left { margin-left: 1cm } p { left: 0 }", "rtl"))
    assert found.startswith("@page :right { margin-right: 1cm }")
    assert f"p{OUT} {{ right: 0 }} p{IN} {{ left: 0 }}" in found


def test_only_what_runs_from_the_right_has_no_italics() -> None:
    assert f"em{IN}, i{IN}, var{IN}" in two_ways("", "ltr").replace("\n", "")
    assert f"em{OUT}, i{OUT}, var{OUT}" in two_ways("", "rtl").replace("\n", "")
