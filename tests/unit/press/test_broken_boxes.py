"""Boxes that move to the next page whole, unless that leaves a large hole."""

from __future__ import annotations

import pytest

from handpress.press.pages.boxes import PageBoxes
from handpress.press.preflight.copyfit import HOLE, taken
from helpers.laid import boxes

LINES = 14  # on a page
SHEET = "div { break-inside: avoid } .title { break-after: avoid }"


def laid(before: int, mark: str = "unless-hole", rows: int = 8) -> PageBoxes:
    """Some lines of text, and a box with a title and so many rows of a line."""
    items = "".join(f"<p>Row {n}." for n in range(1, rows + 1))
    return boxes(f"{'<p>Sea.' * before}<div data-whole={mark}><p class=title>Moon{items}</div>", SHEET)  # fmt: skip


def rows_on(shown: PageBoxes, page: int) -> int:
    """How many lines of the box a page has."""
    found = (p.box for p in shown.pieces if p.kind == "line" and p.page == page)
    texts = ("".join(getattr(b, "text", "") for b in line.descendants()) for line in found)
    return sum(text.startswith(("Row", "Moon")) for text in texts)


@pytest.mark.parametrize("before", range(6, LINES + 1))
def test_no_page_has_a_large_hole(before: int) -> None:
    """A box that has no room below so many lines breaks if that leaves more than a fifth of the page empty."""
    shown = laid(before)
    room = LINES - before
    assert taken(shown, 1) >= (1 - HOLE) * shown.heights[0]
    assert rows_on(shown, 1) == (min(room, 9) if room > HOLE * LINES else 0)


@pytest.mark.parametrize("before", range(1, LINES))
@pytest.mark.parametrize("rows", [8, 30])
def test_no_row_is_lost(before: int, rows: int) -> None:
    shown = laid(before, rows=rows)
    pages = range(1, len(shown.heights) + 1)
    assert sum(rows_on(shown, page) for page in pages) == rows + 1


@pytest.mark.parametrize("before", range(6, LINES))
def test_any_other_box_stays_whole(before: int) -> None:
    assert rows_on(laid(before, mark="''"), 1) == 0


@pytest.mark.parametrize("before", range(1, LINES))
def test_its_margins_are_those_of_a_whole_box(before: int) -> None:
    """It is laid out a second time, and begins where it began the first time."""
    css = SHEET + "p, div { margin: 7pt 0 }"
    body = f"{'<p>Sea.' * before}<div data-whole=%s><p class=title>Moon{'<p>Row.' * 9}</div>"
    broken, free = (
        boxes(body % mark, css + more)
        for mark, more in (("unless-hole", ""), ("''", "div { break-inside: auto }"))
    )

    def places(shown: PageBoxes) -> list[float]:
        return [p.box.position_y for p in shown.pieces if p.page == 1 and p.kind == "line"]

    if rows_on(broken, 1):
        assert places(broken) == places(free)


@pytest.mark.parametrize("before", range(6, LINES))
def test_a_part_is_the_last_on_its_page_only_where_that_fills_a_third_of_it(before: int) -> None:
    """Other parts stay with the one below them."""
    kept = "<p class=title>Moon<p data-kept>Row<p class=step>" + "<br>Row" * 5
    css = SHEET + "[data-kept] { break-after: avoid } .step { break-inside: avoid }"
    shown = boxes(f"{'<p>Sea.' * before}<div data-whole=unless-hole>{kept}</div>", css)
    room = LINES - before
    assert rows_on(shown, 1) == (7 if room >= 8 else 2 if room > LINES / 3 else 0)


@pytest.mark.parametrize("before", range(6, LINES))
def test_a_title_stays_with_a_float_that_has_no_room_below_it(before: int) -> None:
    """WeasyPrint itself ends a page between the two."""
    css = (
        SHEET
        + "figure { float: left; margin: 0; width: 3em; height: 56pt } .beside { break-before: avoid }"
    )
    parts = "<p class=title>Moon<figure></figure><p class=beside>Row" + "<p>Row" * 6
    shown = boxes(f"{'<p>Sea.' * before}<div data-whole=unless-third>{parts}</div>", css)
    room = LINES - before
    assert rows_on(shown, 1) == (min(room, 8) if room >= 5 else 0)


@pytest.mark.parametrize("before", range(6, LINES))
def test_a_row_of_two_cells_breaks_too(before: int) -> None:
    css = "div { display: table; break-inside: avoid } div > div { display: table-cell; break-inside: auto }"
    cell = f"<div>{'<p>Row' * 10}</div>"
    body = f"{'<p>Sea.' * before}<div data-whole=unless-hole>{cell * 2}</div>"
    shown = boxes(body, css)
    room = LINES - before
    assert rows_on(shown, 1) == (2 * min(room, 10) if room > HOLE * LINES else 0)
