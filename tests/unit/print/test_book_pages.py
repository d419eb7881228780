"""The pages of the book, measured in finished PDFs: no large hole in a chapter, and no end of a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from handpress.build.load import load
from handpress.core.files import workspace
from handpress.press.pdf.engine import heard
from handpress.press.pdf.filled_pages import FilledPages
from handpress.press.pdf.render import lay_out
from handpress.print.book_pieces import book_pieces, piece_recipe
from helpers.finished import wrong_in
from helpers.workspaces import publish

TOP, FOOT = 19, 210 - 22  # millimetres: where the text of a page begins and ends
LINE = 14.5 * 25.4 / 72
HOLE, LINES = 0.2, 6

SHAPE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 {0}"><path d="M5 5h390v{1}h-390z" fill="#cfe3e0"/></svg>"""
PARAGRAPH = """The knee bends because muscle and tendon share a load that your body learns over weeks of patient practice. Rest
between sessions, walk each morning before breakfast, and stop when the stairs feel steep. Nothing here is a race."""
NOTED = "Some of this was measured.[^{0}]\n\n[^{0}]: In a trial of two years, by people who counted with great care.\n"
TALL = '![A shape](images/tall.svg "What a tall picture looks like.")'
WIDE = '![A shape](images/wide.svg "What a wide picture looks like.")'
CARD = """!!! exercise "Bend {0}"

    ![A shape](images/tall.svg)

    1. Stand with both feet on the floor.
    2. Bend until you feel a gentle pull, and wait there for three breaths.
    3. Come back slowly.

    Sets
    :   3

    Repetitions
    :   8 to 10
"""
TABLE = "| Week | Walk | Rest |\n|---|---|---|\n" + "| one | ten minutes | a day |\n" * 9
LIST = "- a chair that cannot slide\n- a wall\n- ten quiet minutes\n"

ARTICLES = {
    "pictures": f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{TALL}\n\n{PARAGRAPH}\n\n{NOTED.format(1)}\n\n{TALL}\n\n"
    f"## More\n\n{WIDE}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{TALL}\n\n{PARAGRAPH}\n",
    "cards": f"{PARAGRAPH}\n\n## Four exercises\n\n{PARAGRAPH}\n\n"
    + "\n".join(CARD.format(n) for n in "1234")
    + f"\n\n{PARAGRAPH}\n\n## What you need\n\n{LIST}",
    "tables": f"{PARAGRAPH}\n\n## A plan\n\n{TABLE}\n\n{TALL}\n\n{NOTED.format(1)}\n\n{TABLE}\n\n{CARD.format(1)}\n\n"
    f"{PARAGRAPH}\n\n{WIDE}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def care(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A series with pictures, cards and tables in the way of its pages."""
    root = tmp_path_factory.mktemp("pages") / "care"
    (root / "images").mkdir(parents=True)
    for name, height in (("tall", 330), ("wide", 150)):
        (root / f"images/{name}.svg").write_text(SHAPE.format(height, height - 10))
    for name, text in ARTICLES.items():
        (root / f"{name}.md").write_text(f"# About {name}\n\n{text}")
    ran = publish("build", root, "--only", "book")
    assert (ran.code, ran.err) == (0, ""), ran
    return root


def chapters(file: Path) -> Iterator[range]:
    """The pages of each chapter, from 0."""
    with pypdfium2.PdfDocument(file) as book:
        entries = [entry for entry in book.get_toc() if entry.level == 0]
        starts = [entry.get_dest().get_index() for entry in entries]
        for start, after in pairwise(starts[1:]):
            used = [number for number in range(start, after) if any(ink(book[number]))]
            yield range(start, used[-1] + 1)


def ink(page: pypdfium2.PdfPage) -> Iterator[float]:
    """The heights with something on them, in the area for text, in millimetres from the top."""
    picture = page.render(scale=1.5).to_pil().convert("L")
    width, rows, millimetres = picture.width, picture.tobytes(), 210 / picture.height
    for y in range(int(TOP / millimetres), int(FOOT / millimetres)):
        if min(rows[y * width : (y + 1) * width]) < 250:
            yield y * millimetres


def faults(file: Path) -> Iterator[str]:
    """The pages of a book that a reader would take for badly made."""
    with pypdfium2.PdfDocument(file) as book:
        for pages in chapters(file):
            for number in pages:
                rows = [TOP, *ink(book[number])]
                if number < pages[-1]:
                    rows.append(FOOT)
                    gap = max(two - one for one, two in pairwise(rows))
                    if gap > (HOLE + 0.01) * (FOOT - TOP):
                        yield f"page {number + 1} has a hole of {gap:.0f} mm"
                elif len(pages) > 1 and rows[-1] - TOP < (LINES - 1) * LINE:
                    yield f"page {number + 1} ends after {rows[-1] - TOP:.0f} mm"


def test_the_sample_has_no_holes(published: Path) -> None:
    assert list(faults(published / "output/fascia-remedy/fascia-remedy.pdf")) == []


def test_a_series_of_pictures_cards_and_tables_has_none(care: Path) -> None:
    assert list(faults(care / "output/care/care.pdf")) == []


def test_it_would_have_some_without_a_fill(care: Path) -> None:
    """So the pages above are proof of something."""
    space = workspace.find(care)
    assert space
    (layout,) = load(space).layouts
    recipes = map(piece_recipe, book_pieces(layout)[1])
    with heard():
        found = [FilledPages(lay_out(recipe.files, piece=True)).faults for recipe in recipes]
    assert sum(map(len, found)) >= 3


def test_filled_pages_are_accessible(care: Path) -> None:
    assert wrong_in((care / "output/care/care.pdf").read_bytes()) == []
