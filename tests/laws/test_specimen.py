"""A page of signs and a page of scripts: each has its face, in print and in the ebook, and both are valid."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pikepdf
import pytest

from helpers.finished import Ebook, flat, pdf_fonts, pdf_text, wrong_in
from helpers.one_jvm import epubcheck
from helpers.workspaces import ROOT, Ran, publish

SOURCES = ROOT / "tests/specimen/sources"

RIGHT_TO_LEFT = ("Arabic", "Persian", "Urdu", "Hebrew", "Others")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    root = tmp_path_factory.mktemp("specimen")
    shutil.copytree(SOURCES, root / "sources")
    ran = publish("--only", "handout", "--only", "epub", root)
    return root / "output/specimen", ran


def handout(built: tuple[Path, Ran], name: str) -> Path:
    return built[0] / f"handouts/{name}.pdf"


def test_they_are_made_without_a_word(built: tuple[Path, Ran]) -> None:
    assert (built[1].code, built[1].err) == (0, "")


@pytest.mark.parametrize("name", ["signs", "scripts"])
def test_the_handouts_are_accessible(name: str, built: tuple[Path, Ran]) -> None:
    """PDF/UA-1 and PDF/A-2a: every glyph has its character, and none is the empty box."""
    assert wrong_in(handout(built, name).read_bytes()) == []


def test_the_ebook_is_valid(built: tuple[Path, Ran]) -> None:
    (file,) = built[0].glob("*.epub")
    assert epubcheck([file]) == {file: []}


def test_signs_have_their_faces(built: tuple[Path, Ran]) -> None:
    with pikepdf.open(handout(built, "signs")) as pdf:
        fonts = " ".join(pdf_fonts(pdf))
    for family in ("Symbols2", "Emoji", "Mono-Wide", "Plex-Sans-Arabic", "Hebrew"):
        assert family in fonts, family
    assert "Devanagari" not in fonts


def test_words_are_read_as_they_were_written(built: tuple[Path, Ran]) -> None:
    """Joined, reordered and combined letters come out of the PDF as letters, in the order of reading."""
    written = (SOURCES / "specimen/02-scripts.md").read_text(encoding="utf-8")
    cells = dict(re.findall(r"^\| (\w+) \| (.+) \|$", written, re.M))
    words = flat("".join(pdf_text(handout(built, "scripts"))))
    whole = words.replace(" ", "")  # Thai breaks its lines between words without a space
    for script in RIGHT_TO_LEFT:
        del cells[script]
    assert [word for cell in cells.values() for word in cell.split() if word not in whole] == []
    # Not all of them: pdftotext reverses a joined lam and alef, and leaves out a joiner.
    for word in ("عليكم", "كيف", "زانو", "کرد", "گھٹنے", "ٹھیک", "עולם", "ברך"):
        assert word in words, word
    assert "ركبة" in words, "the drawing's letters are joined, not set one by one"


def test_the_ebook_shows_the_characters_themselves(built: tuple[Path, Ran]) -> None:
    (file,) = built[0].glob("*.epub")
    made = Ebook(file)
    signs = made.files[made.below("signs.xhtml")].decode()
    for characters in ("├──", "1️⃣", "low‑back", "الركبة"):
        assert characters in signs, characters
