"""`examples/`: each series publishes without a warning, passes `check`, and has its picture in the gallery.

``PICTURES=docs/pictures python -m pytest tests/project/test_examples.py`` makes the pictures again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from helpers.finished import wrong_in
from helpers.one_jvm import epubcheck
from helpers.workspaces import ROOT, publish

EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_dir())
GALLERY = (ROOT / "docs/gallery.md").read_text(encoding="utf-8")
# The pages in the picture of each example: a file, and the numbers of its pages.
SHOWN = {
    "bilingual": (("handouts/one-column/front-desk.pdf", (1, 2)),),
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
HEIGHT, AIR = 560, 16  # pixels of a page in a picture, and between two


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
    assert len(books) == 4
    assert epubcheck(books) == {book: [] for book in books}


def test_it_has_a_picture_in_the_gallery(published: Path, tmp_path: Path) -> None:
    (series,) = (path for path in published.iterdir() if (path / "index.html").is_file())
    pages = [
        page for file, numbers in SHOWN[published.name] for page in _pages(series / file, numbers)
    ]
    width = sum(page.width for page in pages) + AIR * (len(pages) + 1)
    picture = Image.new("RGB", (width, HEIGHT + 2 * AIR), "#d9dcdd")
    left = AIR
    for page in pages:
        picture.paste(page, (left, AIR))
        left += page.width + AIR
    folder = Path(os.environ.get("PICTURES", tmp_path))
    file = folder / f"gallery-{published.name}.png"
    picture.quantize(64).save(file, optimize=True)
    with Image.open(ROOT / f"docs/pictures/{file.name}") as there:
        assert there.size == picture.size
    assert re.search(rf"!\[.{{30,}}\]\(pictures/{file.name}\)", GALLERY)


def _pages(file: Path, numbers: Sequence[int]) -> list[Image.Image]:
    with pypdfium2.PdfDocument(file) as document:
        sheets = [document[number - 1] for number in numbers]
        return [
            sheet.render(scale=HEIGHT / sheet.get_height())
            .to_pil()
            .convert("RGB")
            .resize((round(sheet.get_width() * HEIGHT / sheet.get_height()), HEIGHT))
            for sheet in sheets
        ]


def test_the_gallery_names_each_example() -> None:
    assert sorted(re.findall(r"\[`examples/([\w-]+)`\]", GALLERY)) == EXAMPLES
