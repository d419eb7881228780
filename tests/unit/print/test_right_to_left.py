"""Books and booklets that are read from right to left: their sides, folios, running heads and folds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handpress.press.signatures import signatures
from helpers.finished import flat, pdf_text
from helpers.printed import Letter, letters
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


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str, str], list[Letter]]:
    """A handout with a text, in a language, from a practice with an address: its letters by line, from left to right."""

    def made(language: str, address: str, text: str) -> list[Letter]:
        root = tmp_path_factory.mktemp("letter")
        series = root / "sources/series"
        series.mkdir(parents=True)
        (series / "series.yaml").write_text(
            f"title: A\nlanguage: {language}\nmedia: [handout]\n", encoding="utf-8"
        )
        (series / "one.md").write_text(f"# A\n\n{text}\n", encoding="utf-8")
        (root / "sources/practice.yaml").write_text(
            f"name: A\naddress: [{address}]\n", encoding="utf-8"
        )
        ran = publish(root)
        assert ran.code == 0, ran.err
        with pypdfium2.PdfDocument(root / "output/series/handouts/one.pdf") as pdf:
            return sorted(letters(pdf, 1), key=lambda letter: (-round(letter.y), letter.x))

    return made


@pytest.mark.parametrize(
    "run", ["38 °C", "-5 %", "10–15", "120/80 mmHg", "+44 20 7946 0958", "01-intro.md", "٣٨ °C"]
)
def test_a_run_from_left_to_right_keeps_its_order(
    run: str, letter: Callable[[str, str, str], list[Letter]]
) -> None:
    shown = "".join(each.text for each in letter("ar", "Leeds", f"قبل {run} بعد"))
    assert run.replace(" ", "") in shown.replace("\u00a0", "")


def test_an_address_keeps_its_order_in_a_letter_that_runs_the_other_way(
    letter: Callable[[str, str, str], list[Letter]],
) -> None:
    shown = "".join(each.text for each in letter("ar", "12 Mill Lane, Leeds LS2 9JT", "قبل"))
    assert "12MillLane,LeedsLS29JT" in shown
    # The street is on the right of the town, with the number before it.
    there = letter("en", "شارع 12, بيروت", "Before")
    (height,) = (each.y for each in there if each.text == "ش")
    places = {each.text: each.x for each in there if abs(each.y - height) < 1}
    assert places["ش"] > places["1"] > places["ب"]
