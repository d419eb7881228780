"""Booklets: the book and the packs for a desk that prints on both sides, folds and staples."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from handpress.press.signatures import signatures
from helpers.finished import flat, pdf_text
from helpers.workspaces import UNPRINTABLE, Book, publish_model

MOON = "sources/moon/series.yaml"
BOOK, PACK = "booklets/moon.pdf", "booklets/packs/tides.pdf"
SETTINGS = "packs: {tides: [neap, spring]}\nmedia: [handout, book, web]\n"


@pytest.fixture(scope="module")
def folded_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model workspace with a pack, published once with booklets. Nobody writes into it."""
    root = tmp_path_factory.mktemp("booklets") / "workspace"
    ran = publish_model(root, "--booklet", series=SETTINGS)
    assert {BOOK, PACK} <= set(ran.made)
    return root


@pytest.fixture
def folded(folded_output: Path, empty: Book) -> Book:
    """A copy of it: all of it is fresh."""
    shutil.copytree(folded_output, empty.root, dirs_exist_ok=True)
    return empty


# --- What it is --------------------------------------------------------------------------------


@pytest.mark.parametrize(("booklet", "of"), [(BOOK, "moon.pdf"), (PACK, "packs/tides.pdf")])
def test_it_has_all_pages_of_what_is_folded(booklet: str, of: str, folded_output: Path) -> None:
    """Each half of each side has the text of its page, and nothing else."""
    output = folded_output / "output/moon"
    pages = pdf_text(output / of)
    sides = [
        side
        for signature in signatures(len(pages))
        for sheet in signature
        for side in (sheet.front, sheet.back)
    ]
    for half, x in (("left", 0), ("right", 421)):
        cut = ["-x", str(x), "-y", "0", "-W", "421", "-H", "596", "-r", "72", "-f", "3"]
        there = [flat(text) for text in pdf_text(output / booklet, *cut)]
        wanted = [getattr(side, half) for side in sides]
        assert [sorted(text.split()) for text in there] == [
            sorted(flat(pages[number - 1]).split() if number else []) for number in wanted
        ]


def test_it_begins_with_how_to_fold_it(folded_output: Path) -> None:
    """On a sheet that can be left out: its back is blank."""
    guide, back, *_ = pdf_text(folded_output / "output/moon" / PACK)
    assert back == ""
    words = flat(guide)
    assert words.startswith("The Moon and the Sea · Booklet Tides How to print and fold")
    assert "On A4 paper, landscape, on both sides, flipped on the short edge, at 100%" in words
    assert "Sheets: 1." in words
    assert "To print without it, start at page 3." in words


def test_one_of_several_sheets_is_stapled(folded_output: Path) -> None:
    """One of a single sheet is only folded, and its guide has no word about other sheets."""
    book, pack = (flat(pdf_text(folded_output / "output/moon" / name)[0]) for name in (BOOK, PACK))
    assert "Sheets: 1." not in book
    assert "Staple it twice through the fold" in book
    assert "fold all sheets together" in book
    assert "Staple" not in pack
    assert "Turn the sheet so that" in pack
    assert not {"Keep", "stack", "all"} & set(pack.split())


def test_a_long_one_says_which_sheets_are_folded_together(folded: Book) -> None:
    """A book of more than 64 pages is cut into sections."""
    more = "\n".join(
        f"{{: .x }}\n\n## Part {n}\n\n" + "The sea comes in. " * 240 for n in range(72)
    )
    folded.write("sources/moon/02-spring.md", f"# Spring\n\n## When it comes\n\nSoon.\n\n{more}")
    assert folded.build("--only", "book").code == 0
    with pikepdf.open(folded.output / "moon/moon.pdf") as pdf:
        found = signatures(len(pdf.pages))
        assert len(found) > 1
    words = flat(pdf_text(folded.output / "moon" / BOOK)[0])
    assert f"divide them into {len(found)} sections: sheets 1 to {len(found[0])}, " in words
    assert "form a descending staircase" in words
    assert "Staple" not in words


def test_it_speaks_the_language_of_the_series(folded: Book) -> None:
    """Words of one's own are the guide's words."""
    folded.write("layouts/words/de.yaml", "booklet_check_how: Beide Seiten ansehen.\n")
    folded.write(MOON, folded.read(MOON) + "language: de\n")
    assert folded.build("--only", "handout", "--booklet").code == 0
    assert "Beide Seiten ansehen." in pdf_text(folded.output / "moon" / PACK)[0]
    with pikepdf.open(folded.output / "moon" / PACK) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert str(pdf.docinfo.Title) == "Tides – The Moon and the Sea"


def test_it_is_sound(folded_output: Path) -> None:
    for name in (BOOK, PACK):
        done = subprocess.run(
            ["qpdf", "--check", folded_output / "output/moon" / name], capture_output=True
        )
        assert done.returncode == 0, done.stderr


# --- When it is made ---------------------------------------------------------------------------


def test_it_is_made_only_when_it_is_asked_for(book: Book) -> None:
    book.write(MOON, book.read(MOON) + SETTINGS)
    assert not [path for path in book.build().made if "booklets/" in path]
    assert {path for path in book.build("--booklet").made if "html" not in path} == {BOOK, PACK}


def test_one_that_was_asked_for_once_is_kept_right(folded: Book) -> None:
    """As long as its file is there; `why` and `list` know it."""
    assert folded.build().made == []
    folded.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    assert folded.run("why", PACK).out == f"{PACK} would be made again: packs/tides.pdf changed\n"
    assert any(f"stale  {BOOK}" in line for line in folded.run("list").said)
    assert {BOOK, PACK} <= set(folded.build().made)
    (folded.output / "moon" / BOOK).unlink()
    folded.edit("sources/moon/02-spring.md", "At the full and", "At full and")
    made = folded.build().made
    assert PACK in made
    assert BOOK not in made


def test_a_second_build_makes_nothing(folded: Book) -> None:
    before = folded.files()
    assert folded.build("--booklet").made == []
    assert folded.files() == before


def test_same_sources_same_bytes(folded: Book) -> None:
    before = folded.files()
    assert {BOOK, PACK} <= set(folded.build("--booklet", "--rebuild").made)
    assert folded.files() == before


def test_only_folds_what_is_made(book: Book) -> None:
    """`--only book` folds the book, `--only handout` the packs."""
    book.write(MOON, book.read(MOON) + SETTINGS)
    ran = book.build("--only", "handout", "--booklet")
    assert [path for path in ran.made if "booklets" in path] == [PACK]
    ran = book.build("--only", "book", "--booklet")
    assert ran.made == ["moon.pdf", BOOK]


def test_another_paper_has_a_folder_of_its_own(folded: Book) -> None:
    """The book is fitted to it, the packs are set on it; a series' own A5 is folded from A4."""
    ran = folded.build("--only", "handout", "--only", "book", "--paper", "letter", "--booklet")
    booklets = {path for path in ran.made if "booklets" in path}
    assert booklets == {"booklets/letter/moon.pdf", "booklets/packs/letter/tides.pdf"}
    for path in booklets:
        with pikepdf.open(folded.output / "moon" / path) as pdf:
            boxes = {tuple(round(float(n)) for n in page.mediabox) for page in pdf.pages}
            assert boxes == {(0, 0, 792, 612)}
    ran = folded.build("--only", "handout", "--paper", "a5", "--booklet")
    with pikepdf.open(folded.output / "moon/booklets/packs/a5/tides.pdf") as pdf:
        assert [round(float(n)) for n in pdf.pages[0].mediabox] == [0, 0, 842, 595]


def test_a_booklet_of_the_book_is_no_style_of_the_handouts(folded: Book) -> None:
    """Paper that only the booklet was asked for on costs no handouts."""
    folded.build("--only", "book", "--paper", "letter", "--booklet")
    folded.build()
    assert (folded.output / "moon/booklets/letter/moon.pdf").is_file()
    assert not (folded.output / "moon/handouts/letter").exists()


def test_where_its_pages_fail_it_stays(folded: Book) -> None:
    """If the book cannot be made, its booklet stays as it was."""
    before = (folded.output / "moon" / BOOK).read_bytes()
    folded.write("layouts/theme.css", UNPRINTABLE)
    folded.write(
        "sources/moon/02-spring.md", folded.read("sources/moon/02-spring.md") + "\n==tiny==\n"
    )
    ran = folded.build()
    assert "[small-text]" in ran.err
    assert (folded.output / "moon" / BOOK).read_bytes() == before
    assert (folded.output / "moon" / PACK).is_file()
