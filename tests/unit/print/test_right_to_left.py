"""Books and booklets that are read from right to left: their sides, folios, running heads and folds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handpress.press.signatures import signatures
from helpers.finished import flat, pdf_text
from helpers.printed import letters
from helpers.workspaces import ROOT, publish

FOOT = 40  # points: below the text of a page


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of the Arabic series, and its booklet."""
    root = tmp_path_factory.mktemp("arabic")
    for name in ("ar", "authors"):
        shutil.copytree(ROOT / "tests/languages/sources" / name, root / "sources" / name)
    settings = root / "sources/ar/series.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("media: [epub, web]", "media: [book]"), encoding="utf-8")
    ran = publish("--only", "book", "--booklet", root)
    assert (ran.code, ran.err) == (0, "")
    return root / "output/ar"


def test_a_viewer_shows_the_first_page_on_the_right(output: Path) -> None:
    with pikepdf.open(output / "ar.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_odd_pages_are_on_the_left_with_their_folios_outside(output: Path) -> None:
    """The first page of an Arabic book is a left-hand one, and each folio is at the outer margin."""
    sides = {}
    with pypdfium2.PdfDocument(output / "ar.pdf") as pdf:
        for number in range(1, len(pdf) + 1):
            half = pdf[number - 1].get_width() / 2
            if folio := [letter.x for letter in letters(pdf, number) if letter.y < FOOT]:
                sides[number] = max(folio) < half
    assert len(sides) > 3
    assert all(on_left == (number % 2 == 1) for number, on_left in sides.items())


def test_the_booklet_has_its_spine_on_the_right(output: Path) -> None:
    """Each half of each side has the text of the page that a fold to the right brings there."""
    pages = pdf_text(output / "ar.pdf")
    sides = [
        side
        for signature in signatures(len(pages), "rtl")
        for sheet in signature
        for side in (sheet.front, sheet.back)
    ]
    assert sides[0].left == 1
    for half, x in (("left", 0), ("right", 421)):
        cut = ["-x", str(x), "-y", "0", "-W", "421", "-H", "596", "-r", "72", "-f", "3"]
        there = [flat(text) for text in pdf_text(output / "booklets/ar.pdf", *cut)]
        wanted = [getattr(side, half) for side in sides]
        assert [_words(text) for text in there] == [
            _words(flat(pages[number - 1])) if number else [] for number in wanted
        ]


def _words(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text))
