"""The manual, published by Handpress itself: it has no problem, and its files are valid."""

from __future__ import annotations

from pathlib import Path

import pikepdf
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
    for made in ("handouts/*.pdf", "articles/*.html"):
        assert {path.stem for path in manual.glob(made)} == pages


def test_its_book_and_sheets_are_valid(manual: Path) -> None:
    for path in (manual / "handpress-manual.pdf", *sorted(manual.glob("handouts/[a-c]*.pdf"))):
        assert (path.name, wrong_in(path.read_bytes())) == (path.name, [])


def test_its_ebook_is_valid(manual: Path) -> None:
    book = manual / "handpress-manual.epub"
    assert epubcheck([book]) == {book: []}


def test_the_cheat_sheet_is_one_sheet(manual: Path) -> None:
    with pikepdf.open(manual / "handouts/cheat-sheet.pdf") as sheet:
        assert len(sheet.pages) == 2
