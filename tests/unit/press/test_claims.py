"""Claims: a file names the standards that it conforms to, and exactly the files with silent content name fewer."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import page as validator
import pikepdf
import pytest

from handpress.press.claims import ALL, Claims
from helpers.finished import wrong_in
from helpers.one_jvm import epubcheck
from helpers.workspaces import Book

PACKS = "title: Moon\npacks:\n  sound: [neap]\n  both: [neap, spring]\n"
SPRING = "sources/moon/02-spring.md"
SILENT = "\n![](images/tide.svg)\n"
STRANGE = "\nThe sign \U00013000 of the sea.\n"  # a hieroglyph: none of our faces has it
DECORATIVE = "\n![](images/tide.svg){: .decorative }\n"
SEVERAL = (ALL, Claims(accessible=False), Claims(accessible=False, archival=False))
ARCHIVAL_ONLY = validator.ValidationProfile.PDF_A_2U


def packet(path: Path) -> bytes:
    with pikepdf.open(path) as pdf:
        return pdf.Root.Metadata.read_bytes()


def claims(book: Book) -> dict[str, Claims]:
    """The claims of each PDF, by its path below the series, as any reader of the metadata finds them."""
    found = {}
    for path in sorted((book.output / "moon").glob("**/*.pdf")):
        words = packet(path)
        found[path.relative_to(book.output / "moon").as_posix()] = Claims(
            bool(re.search(rb"pdfuaid:part\W+1", words)),
            bool(re.search(rb"pdfaid:part\W+2", words)),
        )
    return found


def build(book: Book, text: str) -> None:
    book.write("sources/moon/series.yaml", PACKS)
    book.write(SPRING, book.read(SPRING) + text)
    assert book.build().code == 0


@pytest.mark.parametrize("text", [SILENT, STRANGE], ids=["picture", "character"])
def test_exactly_the_files_with_silent_content_claim_less(text: str, book: Book) -> None:
    """The handout, and all that it or its article is bound into; each is still valid for archives."""
    build(book, text)
    less = Claims(accessible=False)
    assert claims(book) == {
        "handouts/neap.pdf": ALL,
        "handouts/spring.pdf": less,
        "moon.pdf": less,
        "packs/both.pdf": less,
        "packs/sound.pdf": ALL,
    }
    for name in ("handouts/spring.pdf", "moon.pdf", "packs/both.pdf"):
        data = (book.output / "moon" / name).read_bytes()
        assert validator.validate_pdf_bytes(data, profile=ARCHIVAL_ONLY).failures == [], name
        assert b"PDF/UA" not in packet(book.output / "moon" / name)
    for name in ("handouts/neap.pdf", "packs/sound.pdf"):
        assert wrong_in((book.output / "moon" / name).read_bytes()) == [], name


def test_a_decorative_picture_takes_no_claim(book: Book) -> None:
    build(book, DECORATIVE)
    assert set(claims(book).values()) == {ALL}


def test_a_file_claims_it_again_once_its_pictures_have_words(book: Book) -> None:
    build(book, SILENT)
    book.edit(SPRING, SILENT, SILENT.replace("![]", "![High water]"))
    book.build()
    assert set(claims(book).values()) == {ALL}


@pytest.mark.parametrize("first", SEVERAL)
@pytest.mark.parametrize("other", SEVERAL)
def test_a_whole_claims_what_all_parts_claim(first: Claims, other: Claims) -> None:
    both = first & other
    assert both == other & first
    assert (both.accessible, both.archival) == (
        first.accessible and other.accessible,
        first.archival and other.archival,
    )


# --- Ebooks --------------------------------------------------------------------------------------


def metadata(book: Book) -> str:
    with zipfile.ZipFile(book.output / "moon/moon.epub") as ebook:
        (name,) = (n for n in ebook.namelist() if n.endswith(".opf"))
        return ebook.read(name).decode()


def test_an_ebook_claims_descriptions_only_if_all_pictures_have_one(book: Book) -> None:
    """Nor that its text is enough; and its summary for people is as true."""
    book.build("--only", "epub")
    before = metadata(book)
    assert ">alternativeText<" in before
    assert '"schema:accessModeSufficient">textual<' in before
    assert "All meaningful images have text descriptions." in before
    build(book, SILENT)
    after = metadata(book)
    assert ">alternativeText<" not in after
    assert '"schema:accessModeSufficient">textual<' not in after
    assert '"schema:accessModeSufficient">textual,visual<' in after
    assert "All meaningful images have text descriptions." not in after
    assert "Some images have no text description." in after
    file = book.output / "moon/moon.epub"
    assert epubcheck([file]) == {file: []}
