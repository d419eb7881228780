"""The print shop: recipes of the book's pages with bleed, and of its cover in one piece."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.assets.barcode import barcode
from handpress.core.files.disk import Asset, digest
from handpress.core.media import PAPERS, TABLE
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.press.options import Options, TrimOptions
from handpress.press.recipe import Recipe
from handpress.press.result import Finished

PAGE = PAPERS["a5"]
COVER = 2  # pages: the front cover and its back, which the cover in one piece replaces
BOARD = 0.5  # millimetres: the thickness of the cover, front and back together
SPINE_TEXT = 6  # millimetres: a narrower spine has no room for words


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the pages and the cover of each book that a print shop is to print."""
    for layout in job.layouts("book"):
        if job.print_shop(layout):
            path = f"{layout.series.id}/{layout.series.id}.pdf"
            yield pages(layout, path, job.finished(path))
            yield cover(layout, path, job.finished(path))


def pages(layout: Layout, of: str, book: Finished) -> Recipe:
    """The recipe of the book's pages with bleed, without its cover."""
    sheet = stylesheet(layout, "book", piece="book-bleed")
    opens = any(document.kind == "half-title" for document in layout.documents(TABLE["book"]))
    assets = _art(layout)
    html = layout.render("frontispiece.html", assets, kind="pdf")
    files = page_files(layout, html, sheet, assets)
    if book.made and book.made.asset:
        files["pages.pdf"] = book.made.asset
    options = TrimOptions(COVER, 1 if opens else None)
    return _recipe(layout, "pages", of, book, "trim-pages", files, options, sheet)


def cover(layout: Layout, of: str, book: Finished) -> Recipe:
    """The recipe of the cover: back, spine and front on one sheet."""
    series = layout.series
    printed = (book.made.pages if book.made and book.made.pages else COVER) - COVER
    spine = spine_width(printed, series.paper_thickness)
    size = f"@page {{ size: {2 * PAGE.width + spine:.2f}mm {PAGE.height}mm }}\n"
    sheet = stylesheet(layout, "wrap") + f"{size}:root {{ --spine: {spine:.2f}mm }}\n"
    assets = _art(layout)
    if series.print_isbn:
        assets["barcode.svg"] = Asset.of(barcode(series.print_isbn))
    html = layout.render("wrap.html", assets, kind="pdf", spine_text=spine >= SPINE_TEXT)
    files = page_files(layout, html, sheet, assets)
    return _recipe(layout, "cover", of, book, "trim-cover", files, Options(), sheet)


def spine_width(pages: int, thickness: float) -> float:
    """Return the width of a spine in millimetres; `thickness` is that of a leaf, which has two pages."""
    return -(-pages // 4) * 2 * thickness + BOARD


def _art(layout: Layout) -> dict[str, Asset]:
    return {"cover-art.svg": layout.cover_art(layout.series.id, PAGE.width, PAGE.height)}


def _recipe(
    layout: Layout,
    name: str,
    of: str,
    book: Finished,
    press: str,
    files: dict[str, Asset],
    options: Options,
    sheet: str,
) -> Recipe:
    series = layout.series
    return Recipe(
        path=f"{series.id}/print-shop/{series.id}-{name}.pdf",
        press=press,
        files=files,
        options=options,
        medium="print-shop",
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        made_of=(of,),
        complete=book.there,
        asked=True,
        causes={of.partition("/")[2]: book.fingerprint, "style": digest(sheet.encode())},
    )
