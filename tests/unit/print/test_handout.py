"""Handouts: the clinic's own details, room to write, and further reading."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from handpress.assets.qr import QR_MODULE, QR_WIDTH
from handpress.build import load
from handpress.core.files import workspace
from handpress.layout.html.pictures import qr_code, qr_width
from handpress.layout.layout import Layout
from handpress.layout.print_page import stylesheet
from handpress.layout.variant import Variant
from handpress.print.handout import handouts
from helpers.finished import pdf_text
from helpers.printed import letters
from helpers.workspaces import Book

NEAP, SPRING = "moon/handouts/neap.pdf", "moon/handouts/spring.pdf"


def layout(book: Book) -> Layout:
    space = workspace.find(book.root)
    assert space is not None
    return load.load(space).layouts[0]


def text(book: Book, path: str, *options: str) -> str:
    """The words on a handout, as `pdftotext` reads them."""
    ran = book.build("--only", "handout", *options)
    assert ran.code == 0, ran
    return " ".join(" ".join(pdf_text(book.output / path, "-raw")).split())


def whole(shown: str) -> str:
    """`shown` with addresses that lines divided put together."""
    return shown.replace("/ ", "/")


def codes(book: Book) -> list[str]:
    """The alternative text of each QR code on the first handout."""
    (recipe, _) = handouts(layout(book), Variant("standard", "a4"), {})
    page = recipe.files["index.html"].read().decode()
    return re.findall(r'<img class="qr"[^>]* alt="([^"]*)"', page)


def set_(book: Book, line: str) -> None:
    book.write("sources/moon/series.yaml", book.read("sources/moon/series.yaml") + line)


# --- Where to go on ----------------------------------------------------------------------------


def test_a_sheet_says_where_it_is_on_the_web(book: Book) -> None:
    """Its own page and the ebook with their addresses, and the handouts beside it by title and number."""
    shown = text(book, NEAP)
    assert "This handout on the web: tides.example/articles/neap.html" in whole(shown)
    assert re.search(r"Next: Spring Tides\W+handout 2\b", shown)
    assert "tides.example/articles/spring.html" not in whole(shown)
    assert "The whole series as an ebook: tides.example/moon.epub" in whole(shown)


@pytest.mark.parametrize(
    ("mark", "more"), [('{: only="book epub" }', True), ('`{: only="book" }`', False)]
)
def test_a_sheet_that_leaves_parts_out_names_the_place_of_all(
    mark: str, more: bool, book: Book
) -> None:
    """A mark in code is text, and leaves nothing out."""
    book.write(
        "sources/moon/01-neap.md", f"# Neap\n\nThe tide is low.\n\nIt is lower here.\n{mark}\n"
    )
    recipe, _ = handouts(layout(book), Variant("standard", "a4"), {})
    assert ("This article in full" in recipe.files["index.html"].read().decode()) == more


def test_a_series_without_an_ebook_has_its_book_to_offer(book: Book) -> None:
    set_(book, "media: [handout, book]\n")
    assert "The whole series as a book: tides.example/moon.pdf" in whole(text(book, NEAP))


def test_the_list_has_the_page_of_the_book(book: Book) -> None:
    """For a reader who has the book; a handout of a series without one names no page."""
    before = book.read("sources/moon/series.yaml")
    set_(book, "media: [handout, web]\n")
    assert "of the book" not in text(book, NEAP)
    book.write("sources/moon/series.yaml", before)
    assert re.search(r"Next: Spring Tides, handout 2, page \d+ of the book", text(book, NEAP))


def test_a_sheet_has_one_code(book: Book) -> None:
    """It leads to the handout itself, whatever else the list has; without a site, to the first address in the text."""
    links = "See [tables](https://tables.example/a) and [maps](https://maps.example/b)."
    book.edit("sources/moon/01-neap.md", "The sun pulls", f"{links} The sun pulls")
    assert codes(book) == ["QR code: This handout on the web"]
    book.edit("sources/moon/series.yaml", "site: https://tides.example/\n", "")
    assert codes(book) == ["QR code: tables"]


def test_without_a_site_a_sheet_still_names_the_others(book: Book) -> None:
    book.edit("sources/moon/series.yaml", "site: https://tides.example/\n", "")
    shown = text(book, NEAP)
    assert re.search(r"Continue reading Next: Spring Tides\W+handout 2\b", shown)
    assert "on the web" not in shown
    assert codes(book) == []


def test_an_address_is_printed_once_by_its_number(book: Book) -> None:
    """In the text a number, at the end its address and QR code."""
    links = "[tables](https://tables.example/a), [the same](https://tables.example/a), [mail](mailto:a@b.example)"
    book.edit("sources/moon/01-neap.md", "The sun pulls", f"See {links}. The sun pulls")
    shown = text(book, NEAP)
    assert "See tables [1], the same [1], mail [2]." in shown
    assert shown.count("tables.example/a") == 1
    assert "[1] tables: tables.example/a [2] mail: a@b.example" in shown


@pytest.mark.parametrize("length", [20, 60, 120, 250, 399])
def test_a_code_is_as_wide_as_a_worn_printer_wants(length: int, book: Book) -> None:
    """25 mm or more, and no module under 0.4 mm, however long the address."""
    found = layout(book)
    url = "https://a.example/" + "x" * (length - 18)
    width = qr_width(url, found.cache)
    modules = int(re.search(rb'viewBox="0 0 (\d+)', qr_code(url, found.cache))[1])  # type: ignore[index]
    assert width >= QR_WIDTH
    assert width / modules >= QR_MODULE
    assert width <= 40


@pytest.mark.parametrize(
    "url", [None, "", "mailto:a@b.example", "tel:+441632960123", "https://a.example/" + "x" * 400]
)
def test_what_no_phone_opens_from_paper_has_no_code(url: str | None, book: Book) -> None:
    assert qr_width(url, layout(book).cache) == 0


# --- The clinic's own --------------------------------------------------------------------------

PRACTICE = """\
name: Quay House
phone: 01632 960123
practitioner: Sam Wade
emergency: {en: "999", en-US: "911", de: "112"}
advice: {en: "111"}
"""


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Emergency: 999 · Advice: 111 · 01632 960123 · Quay House"),
        ("en-GB", "Emergency: 999 · Advice: 111 · 01632 960123 · Quay House"),
        ("en-US", "Emergency: 911 · Advice: 111 · 01632 960123 · Quay House"),
        ("fr", "01632 960123 · Quay House"),
    ],
)
def test_the_footer_has_the_numbers_of_the_readers_language(
    language: str, line: str, book: Book
) -> None:
    book.write("sources/practice.yaml", PRACTICE)
    set_(book, f"language: {language}\n")
    assert line in text(book, NEAP)


def test_one_number_is_for_every_language(book: Book) -> None:
    book.write("sources/practice.yaml", "name: Quay House\nemergency: 112\n")
    assert "Emergency: 112 · Quay House" in text(book, NEAP)


def test_a_number_for_no_language_is_a_problem(book: Book) -> None:
    book.write("sources/practice.yaml", 'name: Quay House\nemergency: {"in English": 999}\n')
    ran = book.run("check")
    assert "sources/practice.yaml:2:13: warning: wrong value [wrong-value]" in ran.err
    assert "`in English` is not a language tag" in ran.err


HOURS = """\
name: Quay House
hours: {en: Monday to Friday, de: [Montag bis Freitag, Samstag]}
note: {en: Ring twice, de: Zweimal klingeln, ja: 二度}
"""


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        ("en-GB", ["Monday to Friday", "Ring twice"], ["Montag", "Zweimal"]),
        ("de", ["Montag bis Freitag, Samstag", "Zweimal klingeln"], ["Monday", "Ring"]),
        ("fr", ["Quay House"], ["Monday", "Montag", "Ring", "Zweimal"]),
    ],
)
def test_the_letterhead_has_the_hours_in_the_readers_language(
    language: str, said: list[str], unsaid: list[str], book: Book
) -> None:
    """Words for other readers, for which there may be no face, are not missed."""
    book.write("sources/practice.yaml", HOURS)
    set_(book, f"language: {language}\n")
    found = text(book, NEAP)
    assert all(words in found for words in said)
    assert not any(words in found for words in unsaid)
    assert "practice.yaml" not in book.run("check").err


def test_hours_without_a_language_are_for_every_reader(book: Book) -> None:
    book.write(
        "sources/practice.yaml", "name: Quay House\nhours: [Monday, Friday]\nnote: Ring twice\n"
    )
    set_(book, "language: de\n")
    assert "Ring twice Monday, Friday" in text(book, NEAP)


def test_the_practitioner_stands_in_the_field_for_one(book: Book) -> None:
    book.write("sources/practice.yaml", PRACTICE)
    assert "Practitioner Sam Wade Next visit" in text(book, NEAP)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_in_large_print_an_address_begins_a_line_rather_than_break(
    language: str, book: Book
) -> None:
    """At the hyphen of a host: in Arabic its two parts were on the wrong sides of their lines."""
    web = "quay-house-for-movement.example"
    for number in range(1, 6):  # one of them would end its line in the address
        phone = " ".join("01632 960007" for _ in range(number))
        practice = f"name: Quay House\naddress: [7 Green Lane]\nphone: {phone}\nweb: {web}\n"
        book.write("sources/practice.yaml", practice)
        set_(book, f"language: {language}\nstyles: [large-print]\n")
        path = book.output / NEAP.replace("neap", "large-print/neap")
        text(book, str(path.relative_to(book.output)))
        assert web in pdf_text(path, "-layout")[0]


@pytest.mark.parametrize(
    ("language", "between"), [("en", " · "), ("de", " · "), ("ar", "؛ "), ("fa", "؛ ")]
)
@pytest.mark.parametrize("style", ["standard", "large-print"])
def test_no_mark_after_a_number_is_a_zero(
    language: str, between: str, style: str, book: Book
) -> None:
    """On A5 and in large print the facts of the letterhead run on. An Arabic zero is a dot."""
    set_(book, f"language: {language}\n")
    sheet = stylesheet(layout(book), "handout", Variant(style, "a5"))
    found = re.findall(r'--between-facts: "(.*?)"', sheet)
    assert found[-1] == between
    assert re.search(r"\.ways p \+ p::before \{\s*content: var\(--between-facts\)", sheet)


def test_without_a_practice_the_sheet_is_whole(book: Book) -> None:
    shown = text(book, NEAP)
    assert "The Moon and the Sea · Handout 1 of 2 Neap Tides" in shown
    for label in ("For", "Date", "Practitioner", "Next visit"):
        assert len(re.findall(rf"\b{label}\b", shown)) == 1, label


# --- Room to write -----------------------------------------------------------------------------


def top(file: Path, word: str) -> float:
    """The distance of the first `word` of page 1 from the paper's upper edge, in millimetres."""
    told = subprocess.run(
        ["pdftotext", "-l", "1", "-bbox", str(file), "-"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    found = re.search(rf'yMin="([\d.]+)"[^>]*>{word}<', told)
    assert found, word
    return float(found[1]) * 25.4 / 72


@pytest.mark.parametrize("address", ["", "address: [1 Quay, Harbour, Town, County, Country]\n"])
def test_the_margin_to_write_in_takes_no_room_of_the_text(address: str, book: Book) -> None:
    """It begins below the letterhead, however tall, and tables and pictures stand beside it.

    The same fields are not in a row as well.
    """
    set_(book, "styles: [with-margin]\n")
    book.write(
        "sources/practice.yaml", PRACTICE + "email: a@b.example\nhours: [Mon, Tue]\n" + address
    )
    table = "Before.\n\n| One | Two |\n|---|---|\n| a | b |\n\n"
    book.edit("sources/moon/01-neap.md", "Twice a month", f"{table}Twice a month")
    path = NEAP.replace("neap", "with-margin/neap")
    shown = text(book, path)
    for label in ("For", "Date", "Practitioner", "Next visit", "Notes"):
        assert len(re.findall(rf"\b{label}\b", shown)) == 1, label
    file = book.output / path
    assert top(file, "One") - top(file, "Before.") < 12
    assert abs(top(file, "For") - top(file, "Handout")) < 3, (
        "beside the opening, below the letterhead"
    )


def test_the_row_to_write_in_is_between_the_title_and_the_text(book: Book) -> None:
    """Without a margin for the fields, they take a row as wide as the paper."""
    book.write("sources/practice.yaml", PRACTICE)
    book.edit("sources/moon/01-neap.md", "Twice a month", "Beneath. Twice a month")
    assert book.build("--only", "handout").code == 0
    file = book.output / NEAP
    labels = [top(file, word) for word in ("For", "Date", "Practitioner", "visit")]
    assert max(labels) - min(labels) < 0.1
    assert top(file, "When") < labels[0] < top(file, "Beneath.") - 8


def test_authors_without_a_short_bio_are_named(book: Book) -> None:
    book.write("sources/authors/bo-reed.md", "---\nname: Bo Reed\ncredentials: PT\n---\n\nBo.\n")
    book.write("sources/authors/cy-lake.md", "---\nname: Cy Lake\n---\n\nCy.\n")
    settings = book.read("sources/moon/series.yaml")
    authors = "authors: [ada-stone, bo-reed, cy-lake]"
    book.write("sources/moon/series.yaml", re.sub(r"(?m)^authors:.*$", authors, settings))
    shown = text(book, NEAP)
    assert "Ada Stone keeps a harbour." in shown
    assert "By Bo Reed (PT), Cy Lake" in shown


def test_large_print_on_a5_names_its_edition_once(book: Book) -> None:
    """Numbers to call and the number of the page are on each page. More would take a third of it."""
    book.write("sources/practice.yaml", PRACTICE)
    book.write("sources/moon/01-neap.md", "# Neap\n\n" + "The sea stays.\n\n" * 30)
    path = "moon/handouts/large-print/a5/neap.pdf"
    text(book, path, "--style", "large-print", "--paper", "a5")
    pages = [page for page in pdf_text(book.output / path, "-raw") if page.strip()]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Emergency: 999" in page
        assert f"Page {number} of {len(pages)}" in page
        assert ("edition" in page) == (number == 1)


def test_a_telephone_number_is_never_broken(book: Book) -> None:
    """Neither at the head of the sheet nor in its footer, in letters of any size."""
    book.write("sources/practice.yaml", PRACTICE)
    (recipe, _) = handouts(layout(book), Variant("large-print", "a5"), {})
    page = recipe.files["index.html"].read().decode()
    assert page.count("01632\u00a0960123") == 2
    assert "01632 960123" not in page


@pytest.mark.parametrize(
    ("style", "path", "below"),
    [("standard", NEAP, False), ("large-print", "moon/handouts/large-print/neap.pdf", True)],
)
def test_large_print_has_the_addresses_below_the_name(
    book: Book, style: str, path: str, below: bool
) -> None:
    """Beside it, large letters break them into many short lines."""
    book.write("sources/practice.yaml", PRACTICE + "email: sam@quay.example\n")
    assert book.build("--only", "handout", "--style", style).code == 0
    with pypdfium2.PdfDocument(book.output / path) as made:
        found = [*letters(made, 1)]
        width = made[0].get_width()
    text = "".join(letter.text for letter in found)
    name, phone, email = (
        found[text.index(words)] for words in ("QuayHouse", "01632960123", "sam@quay.example")
    )
    assert (phone.x < width / 2 and phone.y < name.y) is below
    assert (phone.y == email.y) is below  # in one line


def test_a_title_that_is_cut_is_read_as_it_is_seen(book: Book) -> None:
    """Its ellipsis is one also for those who copy the text, and not the words that it replaces."""
    book.edit("sources/moon/01-neap.md", "title: Neap Tides", f"title: {'WWW MMM ' * 9}")
    (title,) = re.findall(r"The Moon and the Sea · (WWW .*?) Page 1", text(book, NEAP))
    assert title == f"{'WWW MMM ' * 4}WWW MM…"
