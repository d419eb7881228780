"""Pictures of the manual in `docs/pictures`: made by tests, and compared with those that are there.

``make pictures`` writes them again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from helpers.workspaces import ROOT

PICTURES = ROOT / "docs/pictures"
AIR, GROUND = 16, "#d9dcdd"
BLOCK = 16  # pixels that are compared as one: a digit or the edges of letters may differ, but not a line
NEAR = 24  # of 255


def keep(picture: Image.Image, name: str, colours: int = 64) -> None:
    """Compare the picture with the one in the manual; write it if that differs and new ones are wanted."""
    few = picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    file = PICTURES / f"{name}.png"
    if os.environ.get("PICTURES") and not (file.exists() and same(file, few)):
        few.save(file, optimize=True)
    assert file.exists(), f"{file.name} is missing: run `make pictures`"
    assert same(file, few), f"{file.name} is out of date: run `make pictures`"


def same(file: Path, picture: Image.Image) -> bool:
    """Return whether a file shows this picture; the edges of letters may differ."""
    with Image.open(file) as there:
        if there.size != picture.size:
            return False
        difference = ImageChops.difference(there.convert("L"), picture.convert("L"))
    return difference.reduce(BLOCK).getextrema()[1] <= NEAR


def pages_of(file: Path, numbers: Sequence[int], height: int) -> list[Image.Image]:
    """Return pages of a PDF, which count from 1, in pictures of one height."""
    with pypdfium2.PdfDocument(file) as document:
        sheets = [document[number - 1] for number in numbers]
        return [
            sheet.render(scale=height / sheet.get_height())
            .to_pil()
            .convert("RGB")
            .resize((round(sheet.get_width() * height / sheet.get_height()), height))
            for sheet in sheets
        ]


def beside(pictures: list[Image.Image], columns: int = 0) -> Image.Image:
    """Return pictures of one size beside each other, and below, on a grey ground."""
    columns = columns or len(pictures)
    rows = [pictures[at : at + columns] for at in range(0, len(pictures), columns)]
    width = max(sum(p.width for p in row) + AIR * (len(row) + 1) for row in rows)
    height = sum(max(p.height for p in row) for row in rows) + AIR * (len(rows) + 1)
    ground = Image.new("RGB", (width, height), GROUND)
    top = AIR
    for row in rows:
        left = AIR
        for picture in row:
            ground.paste(picture, (left, top))
            left += picture.width + AIR
        top += max(p.height for p in row) + AIR
    return ground
