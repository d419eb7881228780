"""Tables that fit: a week's plan, addresses, and rows taller than a page, in our own layouts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from handpress.build.load import load
from handpress.core.files import workspace
from handpress.layout.variant import Variant
from handpress.press.pages.boxes import PageBoxes, page_boxes
from handpress.press.pages.tables import MARK, too_wide
from handpress.press.pdf import engine, render
from handpress.press.pdf.tables import LADDER
from handpress.press.preflight.checks import preflight
from handpress.press.preflight.rules import heading_at_foot
from handpress.press.recipe import Recipe
from handpress.print.book_pieces import book_pieces, piece_recipe
from handpress.print.handout import handouts
from helpers.workspaces import Book

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEEK = f"| Exercise | {' | '.join(DAYS)} |\n{'|---' * 8}|\n"
WEEK += "| Squat | 3 sets | 3 sets | rest | 3 sets | 3 sets | rest | walk |\n"
WEEK += "| Nordic hamstring curl | slowly | 3 × 8 | rest | stretching | 3 × 8 | swimming | rest |\n"
ADDRESSES = """
| Service | Telephone | Address |
|---|---|---|
| Physiotherapy | 01273 555 0100 | https://www.example.org/departments/physiotherapy/outpatients/referral-form.html |
| Questions | 111 | appointments.and.questions@physiotherapy-department.example.org |
"""
BROAD = WEEK.replace("Sunday |", "Sunday | Remarks | Equipment | Responsible |").replace(
    "|---|", "|---|---|---|---|", 1
)
BROAD = re.sub(
    r"(walk|rest) \|$", r"\1 | strength | dumbbells | physiotherapist |", BROAD, flags=re.M
)
KNEE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
TALL = f"| Phase | To do |\n|---|---|\n| One | {'Walk a little more each day. ' * 170}|\n| Two | Run. |\n"


def recipes(book: Book, text: str, *variants: Variant) -> Iterator[Recipe]:
    """Yield the recipes of the second article as handouts, or in the book if there are no `variants`."""
    book.write("sources/moon/02-spring.md", f"# Spring\n\n{text}")
    space = workspace.find(book.root)
    assert space
    (layout,) = load(space).layouts
    for variant in variants:
        yield next(r for r in handouts(layout, variant, {}) if "spring" in r.path)
    if not variants:
        yield next(piece_recipe(p) for p in book_pieces(layout)[1] if p.name == "spring")


def pages(recipe: Recipe) -> PageBoxes:
    with engine.heard():
        laid = page_boxes(render.lay_out(recipe.files, piece=recipe.piece))
    assert not list(too_wide(laid))
    assert not [f for f in preflight(laid, recipe.options) if f.code in ("clipped", "small-text")]
    return laid


def marks(laid: PageBoxes) -> set[str]:
    """Return the marks of the tables."""
    return {element.get(MARK, "") for element in laid.root.iter("table")}


def words(laid: PageBoxes, page: int) -> str:
    texts = (p.box.text for p in laid.pieces if p.kind == "text" and p.page == page and p.in_flow)
    return " ".join(texts)


FITS = [
    ("compact", "a4"),
    ("one-column", "a4"),
    ("clear-print", "letter"),
    ("standard", "a5"),
    ("large-print", "a4"),
    ("large-print-acb", "a5"),
]


@pytest.mark.parametrize(("style", "paper"), FITS)
def test_practitioners_tables_fit(book: Book, style: str, paper: str) -> None:
    """No table is too wide, and no text is smaller than its style allows."""
    (recipe,) = recipes(book, f"{WEEK}\n{ADDRESSES}", Variant(style, paper))
    laid = pages(recipe)
    assert marks(laid) <= {"", *LADDER}
    assert marks(laid) != {""}


def test_no_table_reaches_into_the_next_column(book: Book) -> None:
    """One that is wider than its column is fitted to it, goes across the columns, or has a page of its own."""
    words_ = "The sea comes in and goes out. " * 60
    (recipe,) = recipes(book, f"{words_}\n\n{WEEK}\n{words_ * 4}", Variant("standard", "a4"))
    laid = pages(recipe)
    (table,) = (p for p in laid.pieces if p.kind == "table" and p.element.tag == "table")
    left, right = table.box.position_x, table.box.position_x + table.box.width
    beside = [
        p
        for p in laid.pieces
        if p.kind == "text" and p.in_flow and p.page == table.page and "sea" in p.box.text
        and table.box.position_y < p.box.position_y < table.ends
        and left < p.box.position_x < right
    ]  # fmt: skip
    assert beside == []


@pytest.mark.parametrize(
    ("hold", "days", "mark"),
    [("3 segundos", "Días por semana", "close"), ("1 minuto", "Carga", "")],
)
def test_a_dosage_has_room_beside_its_picture(book: Book, hold: str, days: str, mark: str) -> None:
    """It begins beside the picture, which is smaller if need be, and a number is on one line with its unit."""
    book.edit("sources/moon/series.yaml", "title:", "language: es\ntitle:")
    lines = f"    Repeticiones : 8 a 10\n    Mantener : {hold}\n    {days} : 3\n"
    card = f'!!! exercise "Puente"\n\n    ![Una marea.](images/tide.svg)\n\n{lines}'
    (recipe,) = recipes(book, card, Variant("standard", "a4"))
    laid = pages(recipe)
    assert marks(laid) == {mark}
    (table,) = (p for p in laid.pieces if p.kind == "table" and p.element.tag == "table")
    picture = next(p for p in laid.pieces if p.element is not None and p.element.tag == "img")
    assert table.box.position_y < picture.ends - 1
    values = [p.box.text for p in laid.pieces if p.kind == "text" and p.in_flow]
    assert hold in values


def test_they_fit_in_the_book(book: Book) -> None:
    (recipe,) = recipes(book, f"{WEEK}\n{ADDRESSES}")
    assert marks(pages(recipe)) <= {"", "close below hyphens"}


@pytest.mark.parametrize("style", ["standard", "clear-print", "large-print", "large-print-acb"])
def test_columns_are_further_apart_than_words(book: Book, style: str) -> None:
    """In large letters too: two heads beside each other would read as one."""
    from weasyprint.formatting_structure.boxes import TableCellBox

    (recipe,) = recipes(book, "| Held | Loaded |\n|---|---|\n| Stiff | Loose |\n", Variant(style, "a4"))  # fmt: skip
    laid = pages(recipe)
    boxes = (p.box for p in laid.pieces if isinstance(p.box, TableCellBox))
    cells = [box for box in boxes if box.element_tag in ("th", "td")]
    assert len(cells) == 4
    assert all(box.padding_right >= 0.55 * box.style["font_size"] for box in cells[::2])
    assert {box.padding_right for box in cells[1::2]} == {0}
    texts = ((p.box.text, p.box.style["font_size"]) for p in laid.pieces if p.kind == "text")
    size = dict(texts)
    assert (size["Held"] < size["Stiff"]) == (style == "large-print")


def test_a_table_that_fits_is_left_alone(book: Book) -> None:
    (recipe,) = recipes(
        book, f"{ADDRESSES.replace('/departments', '')[:60]}\n", Variant("standard", "a4")
    )
    assert marks(pages(recipe)) == {""}


def test_the_first_rung_that_fits_is_taken_for_each_table(book: Book) -> None:
    (recipe,) = recipes(
        book, f"| a | b |\n|---|---|\n| c | d |\n\n{WEEK}\n{BROAD}", Variant("one-column", "a4")
    )
    laid = pages(recipe)
    assert [table.get(MARK) for table in laid.root.iter("table")] == [
        None, "close below hyphens", "close below hyphens small",
    ]  # fmt: skip


def test_a_word_in_an_address_has_no_hyphen(book: Book) -> None:
    """A reader would type it; it breaks after its own signs."""
    (recipe,) = recipes(book, ADDRESSES, Variant("large-print-acb", "a5"))
    laid = pages(recipe)
    cells = [
        p for p in laid.pieces if p.kind == "text" and p.block is not None and p.block.tag == "td"
    ]
    shown = [p.box for p in cells if p.box.element_tag == "a"]
    assert {box.style["hyphens"] for box in shown} == {"none"}
    whole = "".join(box.text.replace("\u200b", "") for box in shown)
    assert "appointments.and.questions@physiotherapy-department.example.org" in whole


def test_a_table_on_its_side_takes_its_heading_along(book: Book) -> None:
    variant = Variant("large-print", "letter")
    (recipe,) = recipes(book, f"Words.\n\n## Broad plan\n\n{BROAD}\nMore words.", variant)
    document = render.lay_out(recipe.files)
    assert [page.width > page.height for page in document.pages][:2] == [False, True]
    laid = page_boxes(document)
    assert "Broad plan" not in words(laid, 1)
    assert words(laid, 2).startswith("Broad plan Exer")
    assert not list(heading_at_foot.find(laid, recipe.options))  # type: ignore[arg-type]


@pytest.mark.parametrize("variant", [Variant("standard", "a4"), Variant("large-print", "a5"), None])
@pytest.mark.parametrize("columns", [16, 40])
def test_the_rows_of_a_table_that_no_page_has_room_for_are_lists(
    book: Book, variant: Variant | None, columns: int
) -> None:
    """Each item begins with the head of its column. A warning names the table."""
    heads = "".join(f" Morning {n} |" for n in range(columns))
    cells = "".join(f" physiotherapist {n} |" for n in range(columns))
    table = f"|{heads}\n{'|---' * columns}|\n|{cells}\n"
    (recipe,) = recipes(book, f"Before.\n\n{table}\nAfter.", *([variant] if variant else []))
    laid = pages(recipe)
    shown = " ".join(words(laid, page) for page in range(1, len(laid.heights) + 1))
    assert shown.replace("\u2002", "").split() == [
        *shown.partition("Morning")[0].split(),
        *(w for n in range(columns) for w in f"Morning {n} physiotherapist {n}".split()),
        *shown.rpartition(f"physiotherapist {columns - 1}")[2].split(),
    ]
    (found,) = (f for f in preflight(laid, recipe.options) if f.code == "table-as-lists")
    assert found.spot.words[:2] == ("Morning", "0")


def test_numbers_in_lists_are_beside_the_heads_of_their_columns(book: Book) -> None:
    """Not at the right margin, as in a column of numbers."""
    table = f"|{' Height |' * 30}\n{'|--:' * 30}|\n|{' 7 |' * 30}\n"
    (recipe,) = recipes(book, table, Variant("one-column", "a4"))
    items = [p.box for p in pages(recipe).pieces if p.box.element_tag == "li" and p.kind == "block"]
    assert len(items) == 30
    assert {box.style["text_align_all"] for box in items} == {"left"}


def test_a_long_word_in_few_columns_is_broken(book: Book) -> None:
    """A table is easier to read than lists, as long as its columns are not too narrow."""
    cells = " 012345678901234567890123456789 |"
    for columns, marks_ in ((6, {"close below hyphens small anywhere"}), (9, set())):
        table = f"|{' Key |' * columns}\n{'|---' * columns}|\n|{cells * columns}\n"
        (recipe,) = recipes(book, table, Variant("standard", "a4"))
        assert marks(pages(recipe)) == marks_


@pytest.mark.parametrize("variant", [Variant("standard", "a4"), Variant("large-print", "a5"), None])
def test_the_head_is_above_a_tall_row_on_each_page(book: Book, variant: Variant | None) -> None:
    (recipe,) = recipes(book, TALL, *([variant] if variant else []))
    laid = pages(recipe)
    last = len(laid.heights)
    assert last > 1
    for page in range(1, last + 1):
        shown = words(laid, page)
        if "Walk" in shown:
            assert "Phase To do" in shown
    assert "One Walk" in words(laid, 1)


def test_a_head_that_is_repeated_is_not_tall(book: Book) -> None:
    """It is on two pages whole, so the table is laid out once."""
    rows = "".join(f"| {n} | Walk a little more than on the day before. |\n" for n in range(80))
    (recipe,) = recipes(book, f"| Day | To do |\n|---|---|\n{rows}", Variant("one-column", "a4"))
    laid = pages(recipe)
    heads = {p.page for p in laid.pieces if p.kind == "text" and p.box.text.startswith("To do")}
    assert len(heads) > 1
    assert not [row for row in laid.root.iter("tr") if row.get(MARK)]


def test_an_ordinary_row_stays_whole(book: Book) -> None:
    text = "Words of a line.\n\n" * 28 + f"| Phase |\n|---|\n| {'Walk a little more. ' * 20} |\n"
    (recipe,) = recipes(book, text, Variant("standard", "a4"))
    laid = pages(recipe)
    pages_of_row = {p.page for p in laid.pieces if p.kind == "text" and "Walk" in p.box.text}
    assert len(pages_of_row) == 1
    assert not [row for row in laid.root.iter("tr") if row.get(MARK)]


def test_code_and_raised_text_in_a_small_table_are_no_smaller(book: Book) -> None:
    """A table of the smallest size has nothing under it; `pages` asks the rule on small text."""
    digits = "".join(f" {n * 10**32 + 7} |" for n in range(1, 4))
    table = f"| Number | One | Two | Three | From |\n{'|---' * 5}|\n"
    table += f"| pi |{digits} `piday.org` H~2~O x^2^ |\n"
    for recipe in (*recipes(book, table, Variant("one-column", "a4")), *recipes(book, table)):
        assert "small" in sizes(pages(recipe))


def sizes(laid: PageBoxes) -> str:
    """Return the marks of the tables that were fitted."""
    marks = (p.box.element.get(MARK, "") for p in laid.pieces if p.box.element_tag == "table")
    return " ".join(marks)


@pytest.mark.parametrize(
    ("hold", "mark", "beside"),
    [
        ("5 seconds", None, True),
        ("a" * 12, "close", True),
        ("a" * 22, "close below", False),
    ],
)
def test_a_picture_gives_its_dosage_room_before_that_goes_below(
    book: Book, hold: str, mark: str | None, beside: bool
) -> None:
    """Labels are longer in other languages than English: `Wiederholungen`, `10 Sekunden`."""
    book.write("sources/moon/images/knee.svg", KNEE)
    card = "!!! exercise\n\n    ![A knee](images/knee.svg)\n\n    1. Sit.\n\n"
    (recipe,) = recipes(
        book, f"{card}    Repetitions : 10\n    Hold : {hold}\n", Variant("standard", "a4")
    )
    laid = pages(recipe)
    (table,) = (p for p in laid.pieces if p.kind == "table" and p.element.tag == "table")
    blocks = (p for p in laid.pieces if p.kind == "block" and p.element is not None)
    (figure,) = (p for p in blocks if p.element.tag == "figure")
    assert table.element.get(MARK) == mark
    assert (table.box.position_x > figure.box.position_x + figure.box.width) == beside
