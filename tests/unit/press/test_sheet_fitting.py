"""Fitting to sheets: how much of a page is taken, in one column and in more, and which steps are tried."""

from __future__ import annotations

import pytest

from handpress.press.options import RenderOptions, Step
from handpress.press.pages.boxes import PIXELS_A_MM, PIXELS_A_POINT, PageBoxes
from handpress.press.preflight.copyfit import (
    free_space,
    fullness,
    pages_wanted,
    room,
    steps_worth_trying,
    taken,
)
from helpers.laid import COLUMNS, boxes, lines

LINE = 14 * PIXELS_A_POINT
AREA = 70 * PIXELS_A_MM  # fourteen lines and a little
FULL = int(AREA / LINE)
HEAD = "<h2 style='height: 42pt'>Tides</h2>"  # three lines high, as wide as the page
STEPS = (Step("tight-1", 0.07), Step("tight-2", 0.10))


def flow(number: int, before: str = "", css: str = "", direction: str = "ltr") -> PageBoxes:
    """A text of so many lines in two columns, below something as wide as the page."""
    return boxes(before + lines(number, column=True), COLUMNS + css, direction)


# --- What a page has ---------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 5, FULL])
def test_of_one_column_its_lines_are_taken(number: int) -> None:
    laid = boxes(lines(number))
    assert taken(laid, 1) == pytest.approx(number * LINE)
    assert room(laid, 1) == pytest.approx(AREA - number * LINE)
    assert fullness(laid) == pytest.approx(100 * number * LINE / AREA, abs=0.5)


@pytest.mark.parametrize("number", [2, FULL, FULL + 4, 2 * FULL])
def test_of_columns_the_mean_is_taken(number: int) -> None:
    """A page with one of two columns full is half full, not full."""
    laid = flow(number)
    assert len(laid.heights) == 1
    assert taken(laid, 1) == pytest.approx(number / 2 * LINE)
    assert fullness(laid) == pytest.approx(100 * number / 2 * LINE / AREA, abs=0.5)


def test_what_is_above_the_columns_is_taken_whole() -> None:
    below = FULL - 3
    laid = flow(below + 4, HEAD)
    assert taken(laid, 1) == pytest.approx(3 * LINE + (below + 4) / 2 * LINE)


def test_each_page_has_its_own() -> None:
    laid = flow(2 * FULL + 6)
    assert len(laid.heights) == 2
    assert taken(laid, 1) == pytest.approx(FULL * LINE)
    assert taken(laid, 2) == pytest.approx(3 * LINE)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_room_is_below_the_last_column(direction: str) -> None:
    assert room(flow(FULL + 4, direction=direction), 1) == pytest.approx(AREA - 4 * LINE)


# --- What is free ------------------------------------------------------------------------------


def free(laid: PageBoxes) -> list[tuple[float, ...]]:
    """The free areas, in millimetres of the page: left, right, upper, lower edge."""
    return [tuple(round(edge / PIXELS_A_MM, 1) for edge in area) for area in free_space(laid)]


def test_below_one_column_the_page_is_free_as_wide_as_the_text() -> None:
    top = round(10 + 4 * LINE / PIXELS_A_MM, 1)
    assert free(boxes(lines(4))) == [(10, 110, top, 80)]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_page_is_free_below_short_columns(direction: str) -> None:
    """One area, as wide as the text."""
    below = round(10 + (3 + 2) * LINE / PIXELS_A_MM, 1)
    assert free(flow(4, HEAD, direction=direction)) == [(10, 110, below, 80)]


@pytest.mark.parametrize(("direction", "left"), [("ltr", 63), ("rtl", 10)])
def test_a_last_column_is_free_below_its_text(direction: str, left: float) -> None:
    top = round(10 + 5 * LINE / PIXELS_A_MM, 1)
    assert free(flow(FULL + 5, direction=direction)) == [(left, left + 47, top, 80)]


def test_only_the_last_page_is_free() -> None:
    top = round(10 + 2 * LINE / PIXELS_A_MM, 1)
    assert free(boxes(lines(FULL + 2))) == [(10, 110, top, 80)]


def test_notes_are_not_free() -> None:
    """A footnote has the foot of its page."""
    css = ".note { float: footnote }"
    (_, _, _, foot) = free(boxes("<p>Tide<span class=note>A note.</span>", css))[0]
    assert foot < 80 - 4


# --- Steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "fit", "wanted"),
    [
        (4, None, 1),  # one page is one sheet
        (2 * FULL, None, 2),
        (2 * FULL + 7, None, 2),  # an odd page would cost a sheet
        (FULL + 2, None, 1),  # the last side is nearly empty
        (FULL + 7, None, 2),
        (3 * FULL + 1, None, 3),
        (3 * FULL + 7, None, 4),
        (2 * FULL + 7, 1, 1),  # the article's word goes before
        (FULL + 2, 2, 2),
        (4, 2, 1),
    ],
)
def test_the_pages_that_a_document_is_tightened_for(
    number: int, fit: int | None, wanted: int
) -> None:
    assert pages_wanted(boxes(lines(number)), RenderOptions(fit=fit)) == wanted


def tried(body: str, fit: int | None = None, steps: tuple[Step, ...] = STEPS) -> str:
    return " ".join(steps_worth_trying(boxes(body), RenderOptions(fit=fit, steps=steps)))


def test_nothing_is_tried_where_all_is_well() -> None:
    assert tried(lines(2 * FULL)) == ""
    assert tried(lines(4)) == ""
    assert tried(lines(FULL + 2), fit=2) == ""
    assert tried(lines(2 * FULL + 1), steps=()) == ""


def test_the_steps_that_save_enough_are_tried() -> None:
    assert tried(lines(2 * FULL + 1)) == "tight-1 tight-2"
    assert tried(lines(2 * FULL + 3)) == "tight-2"
    assert tried(lines(FULL + 1), fit=1) == "tight-2"


def test_a_step_that_promises_too_little_is_not_tried() -> None:
    """A layout is dear, and air is not given up for nothing."""
    assert tried(lines(2 * FULL + 4)) == ""
    assert tried(lines(2 * FULL + 12)) == ""
    assert tried(lines(3 * FULL), fit=1) == ""


def test_a_gap_at_a_foot_may_be_closed() -> None:
    """A box that went to the next page whole left room: four lines too many, but as many are free."""
    box = f"<section style='break-inside: avoid'>{lines(8)}</section>"
    assert tried(lines(FULL - 4) + box + lines(FULL - 8) + lines(4)) == "tight-1 tight-2"
    assert tried(lines(FULL) + lines(FULL) + lines(4)) == ""
