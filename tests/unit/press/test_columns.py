"""Columns: laid out once, they have the boxes that WeasyPrint gives them when it lays them out twice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby, pairwise
from typing import Any

import pytest

from handpress.press.pages.boxes import PageBoxes, PlacedBox
from handpress.press.pdf import engine
from helpers.laid import boxes

SHEET = """
.flow { columns: 2; column-gap: 6mm; column-fill: auto }
.card { break-inside: avoid; padding: 2mm; border-top: 1pt solid }
.card i { float: left; width: 12mm; height: 12mm }
td { border: 1pt solid; padding: 2pt }
"""
MARGINS = "p, section, table, h2 { margin: 9pt 0 }"
SENTENCE = "The sea comes in and the sea goes out, an hour later each day. "
CARD = "<section class='card'><h2>Row</h2><i></i><ol><li>Row out.<li>Row back.</ol></section>"
TABLE = "<table>" + "<tr><td>Moon<td>Tide" * 4 + "</table>"
# Paragraphs that break within, a card that goes to the next column whole, a table; some two and a half pages.
MIXED = "".join(
    f"<h2>Part {n}</h2><p>{SENTENCE * 5}<p>{SENTENCE * 3}{CARD}<p>{SENTENCE * 2}{TABLE}<p>{SENTENCE}"
    for n in range(3)
)
PLACES = ("position_x", "position_y", "width", "height")


def laid(flow: str, css: str = "", direction: str = "ltr", before: str = "") -> PageBoxes:
    return boxes(f"{before}<div class=flow>{flow}</div>", SHEET + css, direction)


@pytest.fixture
def by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> Callable[..., PageBoxes]:
    """Return a layout by WeasyPrint's own function."""

    def layout(*arguments: str) -> PageBoxes:
        import weasyprint.layout.block
        import weasyprint.layout.column

        with monkeypatch.context() as patch:
            own = weasyprint.layout.column.columns_layout
            assert weasyprint.layout.block.columns_layout is not own
            patch.setattr(weasyprint.layout.block, "columns_layout", own)
            return laid(*arguments)

    engine.engine()
    return layout


def places(shown: PageBoxes) -> list[tuple[object, ...]]:
    """The content of each page, and its place."""
    return [
        (
            piece.page,
            piece.kind,
            getattr(piece.element, "tag", None),
            *(round(float(getattr(piece.box, name)), 3) for name in PLACES),
        )
        for piece in shown.pieces
    ]


def columns(shown: PageBoxes) -> list[PlacedBox]:
    return [piece for piece in shown.pieces if piece.box.is_column]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("before", ["", "<h1>Tides</h1><p>When the sea moves.</p>"])
def test_they_have_the_same_boxes(
    direction: str, before: str, by_weasyprint: Callable[..., PageBoxes]
) -> None:
    """Over several pages, below what is as wide as the page, and in both directions."""
    ours = laid(MIXED, "", direction, before)
    theirs = places(by_weasyprint(MIXED, "", direction, before))
    last = len(ours.heights)
    assert last > 2
    assert len(columns(ours)) > 4
    # On the last page, ours may be of one height.
    whole = [[piece for piece in found if piece[0] != last] for found in (places(ours), theirs)]
    assert whole[0] == whole[1]


def test_a_first_page_in_three_columns(by_weasyprint: Callable[..., PageBoxes]) -> None:
    """As many columns as there are, with a gap of their own."""
    css = ".flow { columns: 3; column-gap: 10% }"
    ours = laid(f"<p>{SENTENCE * 10}", css)
    assert len(columns(ours)) == 3
    assert places(ours) == places(by_weasyprint(f"<p>{SENTENCE * 10}", css))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("full", [0, 28], ids=["first page", "later page"])
def test_no_column_of_a_last_page_is_empty(full: int, direction: str) -> None:
    """A text that would end before the last column is in columns of one height, and nothing of it is lost."""
    ours = laid("<p>Full." * full + "<p>Short." * 6, "", direction)
    at_end = [column for column in columns(ours) if column.page == len(ours.heights)]
    assert len(at_end) == 2
    assert len([piece for piece in ours.pieces if piece.kind == "text"]) == full + 6
    ends = [max(c.border_box_y() for c in column.box.children) for column in at_end]
    assert max(ends) - min(ends) <= 14 * 96 / 72


def test_a_card_taller_than_a_column_leaves_the_columns_before_it_on_their_page() -> None:
    """With its heading, it has room in none of them. It begins the next page, which is not that of all the text."""
    tall = f"<h2>Row</h2><section class=card>{'<p>Row.' * 20}</section>"
    ours = laid("<p>Moon." * 14 + tall, before="<h1>Sea</h1>")
    pages = {piece.element.text: piece.page for piece in ours.pieces if piece.kind == "text"}
    assert pages["Sea"] == pages["Moon."] == 1
    assert pages["Row"] == 2


def test_the_widths_of_a_long_table_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """They need all rows, so that each column of each page would take as long as the whole table."""
    engine.engine()
    from weasyprint.layout import table

    new: list[bool] = []
    widths = table.table_and_columns_preferred_widths

    def counted(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        new.append(box.get_wrapped_table() not in context.tables)
        return widths(context, box, *rest, **named)

    monkeypatch.setattr(table, "table_and_columns_preferred_widths", counted)
    assert len(columns(laid("<table>" + "<tr><td>Moon<td>Tide" * 80 + "</table>"))) > 3
    assert sum(new) == 1


def firsts(shown: PageBoxes) -> list[float]:
    """How far below the top of each column its first line of text, rule or cell is."""
    found = []
    for column in columns(shown):
        child = column.box.children[0]
        found.append(round(child.border_box_y() - column.box.position_y, 3))
    return found


def test_no_column_begins_with_a_margin(by_weasyprint: Callable[..., PageBoxes]) -> None:
    """A block that begins a column is at its top; the text's first keeps its margin. WeasyPrint has a gap."""
    ours = laid(MIXED, MARGINS)
    at_top, *others = firsts(ours)
    assert at_top == 12  # 9 points
    assert set(others) == {0}
    assert set(firsts(by_weasyprint(MIXED, MARGINS))) == {0, 12}


def test_no_column_of_one_height_begins_with_a_margin() -> None:
    """A heading above the second column begins where that column does, beside the text of the first."""
    ours = laid(f"<p>{SENTENCE * 2}<p>{SENTENCE * 3}<h2>Part</h2><p>{SENTENCE * 3}", MARGINS)
    at_top, other = firsts(ours)
    assert (at_top, other) == (12, 0)


def test_columns_of_one_height_are_as_low_as_they_can_be() -> None:
    """Two lines more in the first column would save none in the second."""
    ours = laid("<p>Short." * 7)
    lines = [len(column.box.children) for column in columns(ours)]
    assert lines == [4, 3]


def test_a_margin_inside_a_column_is_kept() -> None:
    """Only that at the top is dropped, also where the same element begins the next column."""
    ours = laid("".join(f"<p>Day {n}." for n in range(40)), MARGINS)
    for column in columns(ours):
        tops = [child.border_box_y() for child in column.box.children]
        steps = {round(low - high, 3) for high, low in pairwise(tops)}
        assert steps == {round((14 + 9) * 96 / 72, 3)}


@pytest.mark.parametrize("padding", [0, 3])
def test_the_margin_of_the_first_block_in_a_block_is_dropped_with_it(padding: int) -> None:
    """It is one margin, unless the outer block has a border or a padding."""
    css = f"section {{ margin: 0; padding-top: {padding}pt; break-before: column }} h2 {{ margin: 9pt 0 }}"
    ours = laid("<p>Moon<section><h2>Tide</h2><p>Sea</section>", css)
    first, second = (column.box for column in columns(ours))
    (section,) = second.children
    margin = 9 if padding else 0
    assert section.children[0].border_box_y() - first.children[0].border_box_y() == pytest.approx(
        (padding + margin) * 96 / 72
    )


def test_the_text_is_whole_and_in_order() -> None:
    """A word for each that was written, in the order of the pages and the columns."""
    words = " ".join(f"w{n}" for n in range(900))
    ours = laid(f"<p>{words}")
    texts = [piece.box.text for piece in ours.pieces if piece.kind == "text"]
    assert " ".join(texts).split() == words.split()
    for _, on_page in groupby(columns(ours), key=lambda piece: piece.page):
        lefts = [piece.box.position_x for piece in on_page]
        assert lefts == sorted(lefts)


@pytest.mark.parametrize(
    "css",
    [
        ".flow { column-fill: balance }",
        ".flow { height: 40mm }",
        ".flow { position: relative; column-fill: balance }",
        ".card { column-span: all }",
    ],
)
def test_all_others_are_left_to_weasyprint(
    css: str, by_weasyprint: Callable[..., PageBoxes]
) -> None:
    """Columns of one height, of a given height, and those that something spans."""
    text = f"<p>{SENTENCE * 3}{CARD}<p>{SENTENCE}"
    assert places(laid(text, css)) == places(by_weasyprint(text, css))
