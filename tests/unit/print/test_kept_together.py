"""Blocks that stay together on a page: a heading with the code below it, short code, and short tables."""

from __future__ import annotations

import pytest

from handpress.press.pages.boxes import PageBoxes
from helpers.laid import boxes
from helpers.workspaces import ROOT

BLOCK, PRINT = (
    (ROOT / "layouts" / name).read_text(encoding="utf-8")
    for name in ("blocks/figure/style.css", "styles/media/print.css")
)
CODE = "pre { white-space: pre-wrap; margin: 0; orphans: 5; widows: 5 } figure { margin: 0 }"


def laid(before: int, lines: int) -> PageBoxes:
    """Some lines of text, a heading, and so many lines of code, on pages of fourteen."""
    code = "tide\n" * lines
    figure = f"<figure><figcaption>moon.sh</figcaption><pre><code>{code}</code></pre></figure>"
    return boxes("<p>Sea." * before + f"<h2>Moon</h2>{figure}", BLOCK + CODE)


def pages(shown: PageBoxes, tag: str) -> list[int]:
    return [p.page for p in shown.pieces if p.kind == "line" and p.block.tag == tag]


@pytest.mark.parametrize("lines", [1, 9, 60])
@pytest.mark.parametrize("before", range(14))
def test_a_heading_stays_with_the_code_below_it(before: int, lines: int) -> None:
    shown = laid(before, lines)
    assert pages(shown, "h2") == pages(shown, "figcaption") == pages(shown, "pre")[:1]


def test_code_longer_than_a_page_begins_below_the_text_before_it() -> None:
    assert pages(laid(3, 60), "pre")[0] == 1


@pytest.mark.parametrize("before", range(14))
def test_short_code_stays_in_one_piece(before: int) -> None:
    assert len({*pages(laid(before, 9), "pre")}) == 1


@pytest.mark.parametrize(("rows", "split"), [(1, False), (2, False), (3, True)])
def test_a_table_of_two_rows_stays_in_one_piece(rows: int, split: bool) -> None:
    table = "<table><tbody>" + "<tr><td>Sea<br>Sea<br>Sea" * rows + "</table>"
    shown = boxes("<p>Sea." * 9 + table, PRINT)
    assert (len({*pages(shown, "td")}) > 1) is split
