"""The cover: the recipe of the picture that the ebook and the web page show."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.files.disk import Asset
from handpress.core.media import TABLE
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.layout.publication import DENSITY, cover_size
from handpress.press.options import PixelOptions
from handpress.press.recipe import Recipe

COVER_PAGE = """
:root {{ --cover-width: {0:g}pt; --cover-height: {1:g}pt }}
@page {{ size: {0:g}pt {1:g}pt; margin: 0 }}
"""


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the covers of the series that a wanted medium shows."""
    media = (medium.name for medium in TABLE.values() if medium.cover)
    covered = {layout.series.id: layout for name in media for layout in job.layouts(name)}
    for layout in covered.values():
        yield cover(layout)


def cover(layout: Layout) -> Recipe:
    """The recipe of the raster cover of the ebook and the web page.

    A line that no face can set is left out: the ebook and the web do not need the faces of print.
    """
    series = layout.series
    width, height = cover_size(series)
    sides = width / DENSITY, height / DENSITY
    sheet = stylesheet(layout, "cover") + COVER_PAGE.format(*sides)
    art = layout.cover_art(series.identity or series.id, 400, 640)
    assets: dict[str, Asset] = {"cover-art.svg": art}
    html = layout.render("cover.html", assets, kind="pdf")
    return Recipe(
        path=f"{series.id}/cover.png",
        press="pixels",
        files=page_files(layout, html, sheet, assets),
        options=PixelOptions(width, height),
        medium="cover",
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes.of(None, sheet),
    )
