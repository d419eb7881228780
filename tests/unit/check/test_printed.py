"""Printed sizes: the rule on coarse pictures expects the widths that the press gives them."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from handpress.build.load import load
from handpress.check.printed import INCH, Room, Shown, printed_width, rooms, shown
from handpress.check.rules.structure.lists import LETTERS
from handpress.check.run import check
from handpress.core.files.workspace import find
from helpers.workspaces import publish

# Of fewer than 400 dots per inch as printed, which the press keeps as they are.
SIZES = {"wide": (1000, 500), "square": (810, 810), "tall": (400, 720), "small": (240, 120)}
CARDS = {"low": (590, 295), "high": (180, 454)}
FREQUENT = "eeeeeeettttaaaoooiiinnnssshhhrrrddllccuummwwffggyypbvk"
TODAY = datetime.date(2026, 11, 22)
WORDS = "The knee bends and the leg is long. It moves when you walk. " * 4
SETTINGS = {
    "a4": "paper: a4\nmedia: [handout, book]\nstyles: [standard, large-print]\n",
    "a5": "paper: a5\nmedia: [handout]\nstyles: [standard]\n",
}
FILES = {
    "handout (standard)": "handouts/knees.pdf",
    "handout (large-print)": "handouts/large-print/knees.pdf",
    "book": "knees.pdf",
}


def widths(pdf: Path) -> dict[tuple[int, int], float]:
    """The width in mm of each picture in a PDF, by its pixels."""
    found = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                left, _, right, _ = thing.get_bounds()
                found[thing.get_px_size()] = (right - left) / 72 * INCH
    return found


@pytest.mark.parametrize("paper", SETTINGS)
def test_the_press_prints_pictures_as_wide_as_expected(paper: str, tmp_path: Path) -> None:
    folder = tmp_path / "sources/knees"
    (folder / "images").mkdir(parents=True)
    # A handout that is not tightened: it may have twenty sheets, and text fills its first page.
    text = "---\nfit: 20 sheets\n---\n# Knees\n\n" + f"{WORDS}\n\n" * 12
    for name, size in {**SIZES, **CARDS}.items():
        Image.new("RGB", size, (size[0] % 256, 90, 90)).save(folder / f"images/{name}.png")
        picture = f"![A knee](images/{name}.png)\n\n"
        card = f'!!! exercise "Bend {name}"\n    {picture}    1. Bend it.\n    2. Rest.\n\n'
        text += WORDS + "\n\n" + (card if name in CARDS else picture)
    (folder / "01-knees.md").write_text(text)
    (folder / "series.yaml").write_text(SETTINGS[paper])
    ran = publish("build", "--output", "out", cwd=tmp_path)
    assert ran.code == 0
    workspace = find(tmp_path)
    assert workspace
    (layout,) = load(workspace).layouts
    (article,) = layout.series.articles
    expected = rooms(layout, "knees")
    assert len(expected) == (3 if paper == "a4" else 1)
    for room in expected:
        printed = widths(tmp_path / "out/knees" / FILES[room.medium])
        for each in shown(article):
            pixels = article.pictures[each.path].width, article.pictures[each.path].height
            width = printed_width(each, pixels, room)
            if room.medium == "book" and each.card:  # smaller or larger, to fill a page
                assert 0.8 < printed[pixels] / width < 1.25
            else:
                assert width == pytest.approx(printed[pixels], abs=0.6)


@pytest.mark.parametrize("paper", LETTERS)
def test_the_press_sets_smaller_what_the_rule_finds_too_wide(paper: str, tmp_path: Path) -> None:
    """A language without hyphenation, as words that are broken leave more room."""
    folder, rng = tmp_path / "sources/knees", random.Random(2)
    folder.mkdir(parents=True)
    words = {}
    for number, room in enumerate((LETTERS[paper] - 3, LETTERS[paper] + 6), 1):
        lengths = [
            (room - 10 + n) // 6 for n in range(6)
        ]  # six words, and five gaps of two letters
        words[room] = ["".join(rng.choices(FREQUENT, k=length)) for length in lengths]
        table = f"| {' | '.join(words[room])} |\n{'| --- ' * 6}|\n{'| x ' * 6}|\n"
        text = f"# Table {number}\n\nText.\n\n{table}"
        (folder / f"{number:02}-table-{number}.md").write_text(text)
    (folder / "series.yaml").write_text(f"language: fi\nmedia: [handout]\npaper: {paper}\n")
    workspace = find(tmp_path)
    assert workspace
    found = [p.place.path for p in check(workspace, TODAY).problems if p.code == "wide-table"]
    assert [path[-10:] for path in found] == ["table-2.md"]
    assert publish("build", "--output", "out", cwd=tmp_path).code == 0
    sizes = []
    for number, of_table in enumerate(words.values(), 1):
        with pypdfium2.PdfDocument(tmp_path / f"out/knees/handouts/table-{number}.pdf") as document:
            page = document[0].get_textpage()
            at = [page.search(word).get_next()[0] for word in ("Text.", of_table[0])]
            text_size, size = (raw.FPDFText_GetFontSize(page, index) for index in at)
            sizes.append(size / text_size)
    assert sizes[0] == pytest.approx(1, abs=0.01)
    assert sizes[1] < 0.9


def test_a_width_that_the_author_gave_counts() -> None:
    room = Room("book", 111, 60, 45, 36)
    assert printed_width(Shown("a.png", card=False, width=96), (960, 480), room) == INCH
    assert printed_width(Shown("a.png", card=False, width=None), (960, 480), room) == 111
