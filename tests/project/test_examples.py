"""`examples/`: each series publishes without a warning, passes `check`, and has its picture in the gallery.

``make pictures`` makes the pictures again.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers import picture_files
from helpers.finished import wrong_in
from helpers.one_jvm import epubcheck
from helpers.picture_files import pages_of
from helpers.workspaces import ROOT, publish

EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_dir())
GALLERY = (ROOT / "docs/gallery.md").read_text(encoding="utf-8")
# The pages in the picture of each example: a file, and the numbers of its pages.
SHOWN = {
    "bilingual": (
        ("handouts/front-desk.bilingual.pdf", (1,)),
        ("handouts/front-desk.bilingual-pages.pdf", (2, 3)),
    ),
    "essay": (("the-white-of-the-page.pdf", (1, 9, 10, 13)),),
    "exercise-plan": (("handouts/stand-up.pdf", (1,)), ("handouts/reach-and-turn.pdf", (1,))),
    "leaflet": (
        ("handouts/how-long-food-keeps.pdf", (1,)),
        ("handouts/large-print/how-long-food-keeps.pdf", (1,)),
    ),
    "recipes": (
        ("bread-in-one-bowl.pdf", (1,)),
        ("handouts/one-column/overnight-loaf.pdf", (1, 2)),
        ("handouts/one-column/pan-flatbread.pdf", (1,)),
    ),
}
HEIGHT = 560  # pixels of a page in a picture


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folders of all examples, each published by the command of the gallery."""
    folder = tmp_path_factory.mktemp("examples")
    for name in EXAMPLES:
        ran = publish("build", ROOT / "examples" / name, "--output", folder / name)
        assert (ran.code, ran.err) == (0, "")
    return folder


@pytest.fixture(params=EXAMPLES)
def published(request: pytest.FixtureRequest, output: Path) -> Path:
    return output / str(request.param)


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_passes_check(name: str) -> None:
    """With advice at most: an essay may have long sentences."""
    ran = publish("check", "--strict", ROOT / "examples" / name)
    assert ran.code == 0, ran.err


def test_its_paper_is_valid(published: Path) -> None:
    papers = sorted(published.rglob("*.pdf"))
    assert [(paper.name, wrong_in(paper.read_bytes())) for paper in papers] == [
        (paper.name, []) for paper in papers
    ]


def test_the_ebooks_are_valid(output: Path) -> None:
    books = sorted(output.rglob("*.epub"))
    assert len(books) == 5
    assert epubcheck(books) == {book: [] for book in books}


def test_it_has_a_picture_in_the_gallery(published: Path) -> None:
    pages = [
        page
        for name, numbers in SHOWN[published.name]
        for file in published.glob(f"*/{name}")
        for page in pages_of(file, numbers, HEIGHT)
    ]
    name = f"gallery-{published.name}"
    picture_files.keep(picture_files.beside(pages), name)
    assert re.search(rf"!\[.{{30,}}\]\(pictures/{name}\.png\)", GALLERY)


def test_the_gallery_names_each_example() -> None:
    assert sorted(re.findall(r"\[`examples/([\w-]+)`\]", GALLERY)) == EXAMPLES
