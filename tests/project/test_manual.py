"""The manual, published by Handpress itself: it has no problem, and its files are valid."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from helpers.finished import wrong_in
from helpers.one_jvm import epubcheck
from helpers.workspaces import ROOT, publish


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual's folder in the output."""
    output = tmp_path_factory.mktemp("manual")
    ran = publish("build", ROOT / "docs", "--output", output)
    assert (ran.code, ran.err) == (0, "")
    return output / "handpress-manual"


def test_every_page_is_in_it(manual: Path) -> None:
    pages = {page.stem for page in (ROOT / "docs").rglob("*.md")} - {"README"} | {"messages"}
    messages = {page.stem for page in (ROOT / "docs/messages").glob("*.md")}
    for_developers = {page for page in pages if page.startswith("add-a-")} | {"architecture"}
    assert {path.stem for path in manual.glob("articles/*.html")} == pages
    sheets = {path.stem for path in manual.glob("handouts/*.pdf")}
    assert sheets == pages - messages - for_developers - {"messages", "check", "commands"}


def test_numbers_of_three_digits_clear_the_titles(manual: Path) -> None:
    """In the contents of the book, where those of one and two digits have a narrower column."""
    with pypdfium2.PdfDocument(manual / "handpress-manual.pdf") as book:
        gaps = []
        for number in range(20):
            page = book[number].get_textpage()
            words = page.get_text_range()
            for found in re.finditer(r"^(\d{3}) ?[a-z]", words, re.M):
                _, _, right, _ = page.get_charbox(found.end(1) - 1)
                left, _, _, _ = page.get_charbox(found.end() - 1)
                gaps.append(left - right)
    assert len(gaps) > 40
    assert min(gaps) > 4


def test_its_book_and_sheets_are_valid(manual: Path) -> None:
    for path in (manual / "handpress-manual.pdf", *sorted(manual.glob("handouts/[a-c]*.pdf"))):
        assert (path.name, wrong_in(path.read_bytes())) == (path.name, [])


def test_its_ebook_is_valid(manual: Path) -> None:
    book = manual / "handpress-manual.epub"
    assert epubcheck([book]) == {book: []}


def test_the_cheat_sheet_is_one_sheet(manual: Path) -> None:
    with pikepdf.open(manual / "handouts/cheat-sheet.pdf") as sheet:
        assert len(sheet.pages) == 2
