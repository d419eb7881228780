"""The statement of an edition in each medium: the same words everywhere, and no date that nobody gave."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from helpers.workspaces import Book

STATED = "Third edition, March 2027, revision 2"
SETTINGS = """\
title: The Moon and the Sea
authors: [ada-stone]
edition: 3
revision: 2
date: 2027-03-01
reviewed: 2027-02-14
review_by: 2029-03-01
site: https://tides.example/
"""
DATE = re.compile(r"\b(?:19|20)\d\d-\d\d|\b(?:January|March|November) \d{4}|D:\d{8}")
ZERO = "1970-01-01T00:00:00Z"


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        names = [n for n in book.namelist() if n.endswith((".xhtml", ".opf"))]
        return {name.rpartition("/")[2]: book.read(name).decode() for name in names}


def test_every_medium_has_the_statement(book: Book) -> None:
    book.write("sources/moon/series.yaml", SETTINGS)
    assert book.build().code == 0
    moon = book.output / "moon"
    for name in ("handouts/neap.pdf", "moon.pdf"):
        assert STATED in pdf_text(moon / name), name
        assert f"<prism:edition>{STATED}</prism:edition>".encode() in (moon / name).read_bytes()
    assert pdf_text(moon / "moon.pdf").count(STATED) == 3  # title page, imprint, colophon
    ebook = members(moon / "moon.epub")
    assert sorted(name for name, text in ebook.items() if STATED in text) == [
        "content.opf", "matter_colophon.xhtml", "matter_copyright.xhtml", "matter_imprint.xhtml",
        "matter_title-page.xhtml",
    ]  # fmt: skip
    assert ">2027-03-01T00:00:00Z<" in ebook["content.opf"]
    pages = [
        *sorted((moon / "articles").glob("*.html")),
        moon / "index.html",
        book.output / "index.html",
    ]
    assert [page.name for page in pages if STATED not in page.read_text(encoding="utf-8")] == []
    index = (moon / "index.html").read_text(encoding="utf-8")
    assert "Reviewed 14 February 2027 · Review by 1 March 2029" in index


def test_a_series_without_a_date_has_none_anywhere(book: Book) -> None:
    """Except where EPUB and Atom require one: that is the zero of the clock."""
    book.edit("sources/moon/series.yaml", "date: 2026-11-22\n", "")
    assert book.build().code == 0
    moon = book.output / "moon"
    for name in ("handouts/neap.pdf", "moon.pdf"):
        assert not DATE.search(pdf_text(moon / name))
        assert not DATE.search((moon / name).read_bytes().decode("latin-1")), name
    for name, text in members(moon / "moon.epub").items():
        assert not DATE.search(text.replace(ZERO, "")), name
        assert (ZERO in text) == name.endswith(".opf")
    for name in ("moon/index.html", "moon/articles/neap.html", "index.html"):
        assert not DATE.search((book.output / name).read_text(encoding="utf-8")), name
    assert set(re.findall(r"<updated>(.*?)<", book.read("output/opds.xml"))) == {ZERO}
    (listed,) = json.loads(book.read("output/opds.json"))["publications"]
    assert "modified" not in listed["metadata"]


@pytest.mark.parametrize("key", ["reviewed", "review_by"])
def test_dates_of_review_are_shown_only_if_they_are_set(book: Book, key: str) -> None:
    lines = [line for line in SETTINGS.splitlines() if not line.startswith(f"{key}:")]
    book.write("sources/moon/series.yaml", "\n".join([*lines, "media: [web]"]))
    assert book.build().code == 0
    page = book.read("output/moon/index.html")
    assert ("Reviewed" in page, "Review by" in page) == (key != "reviewed", key != "review_by")
