"""Facing pages: which rows a pair of pages has."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from handpress.press.pdf.facing import Measured, spreads

ROW = st.builds(
    Measured, st.floats(1, 150), st.floats(0, 20), st.floats(0, 20), leads=st.booleans()
)
PAGE = 100.0


def height(rows: list[Measured]) -> float:
    gaps = (max(a.below, b.above) for a, b in itertools.pairwise(rows))
    return sum(row.height for row in rows) + sum(gaps)


@given(st.lists(ROW, max_size=20))
def test_every_row_is_on_one_pair_of_pages(rows: list[Measured]) -> None:
    """Law: none is lost, and those of one pair have room on its pages, unless they are one and its headings."""
    found = list(spreads(rows, PAGE))
    assert [n for start, end in found for n in range(start, end)] == list(range(len(rows)))
    for start, end in found:
        led = all(row.leads for row in rows[start : end - 1])
        assert led or height(rows[start:end]) <= PAGE


def test_a_heading_goes_with_what_is_below_it() -> None:
    text, heading = Measured(40, 0, 0, leads=False), Measured(10, 0, 0, leads=True)
    rows = [text, heading, heading, text, text]
    assert list(spreads(rows, PAGE)) == [(0, 4), (4, 5)]
    assert list(spreads(rows, 90.0)) == [(0, 1), (1, 4), (4, 5)]
    assert list(spreads([heading, Measured(150, 0, 0, leads=False)], PAGE)) == [(0, 2)]
