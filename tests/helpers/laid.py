"""Small pages of our own, laid out without a series around them: one face, one sheet, in milliseconds."""

from __future__ import annotations

from typing import Any

from handpress.core.files.disk import Asset
from handpress.press.pages.boxes import PageBoxes, page_boxes
from handpress.press.pdf import engine
from helpers.workspaces import ROOT

FACE = "fonts/source-sans/SourceSans-Regular.ttf"
SHEET = """
@font-face { font-family: Text; src: url(fonts/text.ttf) }
@page { size: 120mm 90mm; margin: 10mm }
html { font: 10pt/14pt Text }
body, p, table, section, ol, h2 { margin: 0 }
p { orphans: 2; widows: 2 }
h2 { break-after: avoid }
"""
COLUMNS = ".flow { columns: 2; column-gap: 6mm; column-fill: auto }"


def document(body: str, css: str = "", direction: str = "ltr") -> Any:
    """Lay out pages of 100 by 70 mm within their margins, 14 points a line."""
    files = {
        "index.html": Asset.of(f"<html dir={direction} lang=en><body>{body}".encode()),
        "style.css": Asset.of((SHEET + css).encode()),
        "fonts/text.ttf": Asset.file(ROOT / FACE),
    }
    return engine.laid_out(files, "")


def boxes(body: str, css: str = "", direction: str = "ltr") -> PageBoxes:
    return page_boxes(document(body, css, direction))


def lines(number: int, column: bool = False) -> str:
    """A paragraph of so many lines, which may break after each; in columns if they are `column`."""
    text = "<br>".join(f"Day {n}" for n in range(1, number + 1))
    return f"<div class=flow><p>{text}</div>" if column else f"<p>{text}"
