"""One colour recolours everything: no pixel of ours is left on paper, covers or screens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from helpers.workspaces import Book

ROSE = (0xB0, 0x12, 0x4A)
OURS = ("#0e5a5a", "#0c5959", "#7dc0c0")  # teal, its words, and its words at night
THEME = "sources/theme.yaml"


@pytest.fixture
def rosy(book: Book) -> Book:
    """The model workspace, published in a red of its own, without pictures in other colours."""
    book.write(THEME, "accent: '#b0124a'\n")
    ran = book.build("--jobs", "1")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return book


def pages(file: Path) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            yield page.render(scale=1).to_pil().convert("RGB")


def greenest(image: Image.Image) -> int:
    """Return by how much green exceeds red at most: 76 in teal, little in grey, nothing in a red."""
    red, green, _ = image.split()
    _, most = ImageChops.subtract(green, red).getextrema()
    return int(most)


def has_rose(image: Image.Image) -> bool:
    """Return whether a pixel is about as red as the theme."""
    alike = ImageChops.difference(image, Image.new("RGB", image.size, ROSE)).convert("L")
    return bool(alike.getextrema()[0] < 12)


def test_paper_covers_and_screens_have_the_new_colour(rosy: Book) -> None:
    made = rosy.output / "moon"
    for file in (made / "moon.pdf", made / "handouts/neap.pdf"):
        shown = list(pages(file))
        assert max(map(greenest, shown)) < 20, file
        assert any(map(has_rose, shown)), file
    with zipfile.ZipFile(made / "moon.epub") as epub:
        (name,) = (n for n in epub.namelist() if n.endswith("cover.png"))
        covers = [(made / "cover.png").read_bytes(), epub.read(name)]
    for data in covers:
        cover = Image.open(io.BytesIO(data)).convert("RGB")
        assert greenest(cover) < 20
        assert has_rose(cover)
    for page in ("index.html", "moon/index.html", "moon/articles/neap.html"):
        html = rosy.read(f"output/{page}")
        assert "--brand: #b0124a" in html
        assert [colour for colour in OURS if f"--accent: {colour}" in html] == []


def test_a_theme_costs_what_it_changes(rosy: Book) -> None:
    """A new colour everything; a comment, or another drawing on covers, no handout. Back again, all bytes are."""
    before = {path: data for path, data in rosy.files().items() if path != "manifest.json"}
    rosy.edit(THEME, "accent", "# Our red\naccent")
    assert rosy.build("--jobs", "1").made == []
    rosy.write(THEME, "accent: '#b0124a'\nart: arcs\n")
    ran = rosy.build("--jobs", "1")
    assert {"cover.png", "moon.pdf", "moon.epub"} <= set(ran.made)
    assert not any("handouts" in path for path in ran.made)
    rosy.write(THEME, "accent: '#7a1f3d'\n")
    ran = rosy.build("--jobs", "1")
    assert {"handouts/neap.pdf", "moon.pdf", "cover.png", "index.html"} <= set(ran.made)
    assert any("handouts/neap.pdf" in line and "theme changed" in line for line in ran.said)
    rosy.write(THEME, "accent: '#b0124a'\n")
    rosy.build("--jobs", "1")
    after = {path: data for path, data in rosy.files().items() if path != "manifest.json"}
    assert {p for p in before if before[p] != after.get(p)} == set()
