"""Ruled lines: room for a pen where a handout's last page is free, and nothing that is read out."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pikepdf
import pytest

from handpress.press.pages.boxes import page_boxes
from handpress.press.pdf.ruled import APART, LEAST, rule_free_space
from helpers.laid import COLUMNS, document, lines

MM = 72 / 25.4  # points
PAGE = 90 * MM  # high
RULE = re.compile(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S")


def streams(body: str, css: str = "", direction: str = "ltr") -> list[list[str]]:
    """The contents of each page of a PDF, as its streams."""
    laid = document(body, css, direction)
    boxes = page_boxes(laid)
    data = laid.write_pdf(pdf_tags=True, finisher=lambda doc, pdf: rule_free_space(boxes, doc, pdf))
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            held = page.Contents
            parts = list(held) if isinstance(held, pikepdf.Array) else [held]
            found.append([part.read_bytes().decode("latin-1") for part in parts])
    return found


def ruled(body: str, css: str = "", direction: str = "ltr") -> list[tuple[float, float, float]]:
    """The lines of the last page: left, right, and distance from the paper's upper edge, in millimetres."""
    *_, last = streams(body, css, direction)
    return [
        (round(float(x) / MM, 1), round(float(end) / MM, 1), round((PAGE - float(y)) / MM, 1))
        for x, y, end, level in RULE.findall(last[0])
        if y == level
    ]


def test_lines_fill_what_is_free() -> None:
    """As wide as the text, below it, above the foot, and as far apart as a pen needs."""
    found = ruled(lines(3))
    below = 10 + 3 * 14 * 25.4 / 72
    assert len(found) >= LEAST
    assert {(left, right) for left, right, _ in found} == {(10, 110)}
    tops = [top for _, _, top in found]
    assert tops[0] >= below + APART
    assert tops[-1] <= 80 < tops[-1] + APART
    steps = {round(low - high, 1) for high, low in pairwise(tops)}
    assert steps == {APART}


def test_a_gap_is_not_ruled() -> None:
    """Less than three lines are not enough to write on."""
    counts = [len(ruled(lines(n))) for n in range(1, 14)]
    assert counts == sorted(counts, reverse=True)
    assert set(counts) & set(range(1, LEAST)) == set()
    assert counts[0] > LEAST
    assert counts[-1] == 0


def test_a_full_page_has_its_own_contents_alone() -> None:
    assert [len(parts) for parts in streams(lines(14))] == [1]


def test_only_the_last_page_is_ruled() -> None:
    first, last = streams(lines(16))
    assert len(first) == 1
    assert RULE.findall(last[0])


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_short_text_is_in_columns_of_one_height_above_lines_across_both(direction: str) -> None:
    found = ruled(lines(4, column=True), COLUMNS, direction)
    assert {(left, right) for left, right, _ in found} == {(10, 110)}
    text = 10 + 2 * 14 * 25.4 / 72
    assert text + APART < min(top for _, _, top in found) < text + 2 * APART


@pytest.mark.parametrize(("direction", "last"), [("ltr", 63), ("rtl", 10)])
def test_only_the_column_with_room_is_ruled(direction: str, last: float) -> None:
    """The text fills the first one."""
    found = ruled(lines(20, column=True), COLUMNS, direction)
    assert len(found) >= LEAST
    assert {round(left) for left, _, _ in found} == {last}
    assert {round(right - left, 1) for left, right, _ in found} == {47}


def test_lines_in_two_columns_are_beside_each_other() -> None:
    """A text of one line is in the first column, and its lines begin lower there."""
    found = ruled(lines(1, column=True), COLUMNS)
    first, second = ({top for left, _, top in found if left == edge} for edge in (10, 63))
    assert len(first) > LEAST
    assert first <= second


def test_lines_are_artifacts() -> None:
    """All that draws them is between the marks of an artifact, which no screen reader reads."""
    (parts,) = streams(lines(3))
    drawn, text = parts
    assert re.fullmatch(r"/Artifact BMC q (.*)\bQ EMC\s*", drawn, re.S)
    assert drawn.count("BMC") == drawn.count("EMC") == 1
    assert not RULE.search(text)


def test_lines_change_nothing_of_the_text() -> None:
    """The page's own stream is the same, and graphics states are balanced before it."""
    laid = document(lines(3))
    with pikepdf.open(io.BytesIO(laid.write_pdf(pdf_tags=True))) as pdf:
        before = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    drawn, text = streams(lines(3))[0]
    assert text == before
    words = drawn.split()
    assert words.count("q") == words.count("Q") == 1
