"""The page `docs/blocks.md`: each block that it shows is published, and looks as its picture shows.

``make pictures`` makes the pictures again.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page

from handpress.markup.blocks.registry import BLOCKS
from helpers import picture_files
from helpers.pages import page
from helpers.workspaces import ROOT, publish

PAGE = page("blocks")
SHOWN = {fence.path: fence.text for fence in PAGE.fences if fence.path}
# Words around the block in its article, by which it is found on a page.
ABOVE, BELOW = "Stairs hurt again.", "Ask at the desk."
FILLER = "Or write to us, and we will find a time for you. " * 40
WIDTH, MARGIN = 490, 15  # of each picture, and beside it, in pixels
ON_HANDOUTS = ("diary",)  # blocks that no other medium has
FACE = ROOT / "fonts/source-sans/SourceSans-Regular.ttf"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A series with an article for each block."""
    root = tmp_path_factory.mktemp("blocks")
    shutil.copytree(ROOT / "sources/fascia-remedy/images", root / "images")
    (root / "series.yaml").write_text("title: Knees\nid: knees\ndate: 2026-11-29\n", "utf-8")
    for number, (name, text) in enumerate(SHOWN.items(), 1):
        # A section ends at a heading.
        below = f"## {BELOW}\n\n" if text.startswith("## ") else f"{BELOW} "
        article = f"# A stiff knee\n\n{ABOVE}\n\n{text}\n{below}{FILLER}\n"
        (root / f"{number:02}-{name}.md").write_text(article, encoding="utf-8")
    ran = publish("build", root)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return root / "output/knees"


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(device_scale_factor=2)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", SHOWN)
def test_a_block_looks_as_its_picture_shows(
    output: Path, screen: Page, tmp_path: Path, name: str
) -> None:
    number = list(SHOWN).index(name) + 1
    shown = [labelled("handout", printed(output / f"handouts/{name}.pdf", 1, columns=2))]
    if name not in ON_HANDOUTS:
        ebook = unpacked(output / "knees.epub", tmp_path)
        shown += [
            labelled("book", printed(output / "knees.pdf", number)),
            labelled("ebook", on_screen(screen, ebook, name, 360)),
            labelled("web page", on_screen(screen, output / "articles", name, 440)),
        ]
    picture_files.keep(in_two_columns(shown), f"block-{name}", colours=32)


def printed(file: Path, occurrence: int, columns: int = 1) -> Image.Image:
    """Return what is between the two marks on the page of a PDF that has the first for this time."""
    with pypdfium2.PdfDocument(file) as document:
        pages = [n for n in range(len(document)) if ABOVE.lower() in words(document, n)]
        sheet = document[pages[occurrence - 1]]
        text = sheet.get_textpage()
        left, bottom, _, _ = box(text, ABOVE)
        _, _, _, top = box(text, BELOW)
        width, height = sheet.get_size()
        widest = max(text.get_rect(line)[2] for line in range(text.count_rects()))
        right = width / columns if columns > 1 else widest
        scale = WIDTH / (right - left)
        picture = sheet.render(scale=scale).to_pil().convert("RGB")
        edges = (left - 6, height - bottom + 3, right + 6, height - top - 1)
        return trimmed(picture.crop(tuple(round(edge * scale) for edge in edges)))


def words(document: Any, number: int) -> str:
    return " ".join(document[number].get_textpage().get_text_range().split()).lower()


def box(text: Any, wanted: str) -> tuple[float, float, float, float]:
    """Return the box of some words on a page: left, bottom, right and top in points."""
    found = text.search(wanted, match_case=False).get_next()
    assert found, wanted
    boxes = [text.get_charbox(found[0] + at) for at in range(found[1])]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def unpacked(book: Path, folder: Path) -> Path:
    with zipfile.ZipFile(book) as there:
        there.extractall(folder)
    (opf,) = folder.rglob("*.opf")
    return opf.parent


def on_screen(screen: Page, folder: Path, name: str, width: int) -> Image.Image:
    """Return what is between the two marks on a page in the browser."""
    (file,) = (f for f in folder.rglob("*.*html") if f.stem == name)
    screen.set_viewport_size({"width": width, "height": 900})
    screen.goto(file.as_uri())
    screen.evaluate("document.fonts.ready")
    above, below = (
        screen.locator("p, h2", has_text=mark).first.bounding_box() for mark in (ABOVE, BELOW)
    )
    assert above
    assert below
    top, bottom = above["y"] + above["height"], below["y"]
    clip = {"x": above["x"] - 8, "y": top, "width": above["width"] + 16, "height": bottom - top}
    with Image.open(io.BytesIO(screen.screenshot(full_page=True, clip=clip))) as taken:  # type: ignore[arg-type]
        picture = taken.convert("RGB")
    return trimmed(picture.resize((WIDTH, round(picture.height * WIDTH / picture.width))))


def trimmed(picture: Image.Image) -> Image.Image:
    """Return the picture without the empty paper above and below."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    box = ImageChops.difference(picture, ground).getbbox()
    assert box, "nothing is shown"
    return picture.crop((0, box[1], picture.width, box[3])).resize(
        (WIDTH, round((box[3] - box[1]) * WIDTH / picture.width))
    )


def labelled(medium: str, picture: Image.Image) -> Image.Image:
    """Return the picture on a page with the name of its medium above it."""
    sheet = Image.new("RGB", (WIDTH + 2 * MARGIN, picture.height + 60), "#ffffff")
    sheet.paste(picture, (MARGIN, 44))
    ImageDraw.Draw(sheet).text(
        (MARGIN, 8), medium, fill="#495055", font=ImageFont.truetype(FACE, 20)
    )
    return sheet


def in_two_columns(pictures: list[Image.Image]) -> Image.Image:
    """Return them in rows of two, each row as high as its higher picture."""
    for at in range(0, len(pictures), 2):
        row = pictures[at : at + 2]
        height = max(p.height for p in row)
        for index, picture in enumerate(row):
            sheet = Image.new("RGB", (picture.width, height), "#ffffff")
            sheet.paste(picture, (0, 0))
            pictures[at + index] = sheet
    rows = picture_files.beside(pictures, columns=2)
    both = 2 * (WIDTH + 2 * MARGIN) + 3 * picture_files.AIR
    sheet = Image.new("RGB", (both, rows.height), "#ffffff")
    sheet.paste(rows, (0, 0))
    return sheet


def test_every_kind_of_block_is_shown() -> None:
    """With each of its own names; those of other programs are in `docs/markdown.md`."""
    for block in BLOCKS:
        assert block.name in SHOWN or block.name == "do-not", block.name
        for name in (block.names or (block.name,)) if block.mark == "box" else ():
            assert f"!!! {name}" in PAGE.text or block.name == "note", name


def test_every_picture_has_words() -> None:
    for name in SHOWN:
        assert re.search(rf"^!\[.{{40,}}\]\(pictures/block-{name}\.png\)$", PAGE.text, re.M), name
