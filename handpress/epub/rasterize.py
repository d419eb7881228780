"""Rasterizing: recipes that convert drawings to pixels if e-readers would render them differently.

An e-reader lacks our faces and parts of SVG. A drawing of lines and areas stays an SVG, sharp at any
size. One with text, masks or patterns is rasterized here, with the look of the printed page.
"""

from __future__ import annotations

from collections.abc import Iterator

from handpress.assets.convert import LONGEST
from handpress.assets.picture import Picture
from handpress.core.media import STANDALONE
from handpress.epub.publication import EbookJob
from handpress.layout.html.pictures import needs_raster, picture_name
from handpress.layout.layout import Layout
from handpress.layout.print_page import face_name, page_files
from handpress.layout.publication import DENSITY
from handpress.press.options import PixelOptions
from handpress.press.recipe import Recipe

SHEET = "@page { size: %gpt %gpt; margin: 0 }\nimg { display: block; width: 100%% }\n"
PAGE = '<html lang="%s"><head><title>%s</title></head><body><img src="%s" alt=" "></body></html>'


def recipes(job: EbookJob) -> Iterator[Recipe]:
    """Yield the drawings of every ebook."""
    layouts = (*job.layouts(STANDALONE.name), *(p.layout for p in job.publications))
    for layout in layouts:
        yield from rasterized_drawings(layout).values()


def rasterized_drawings(layout: Layout) -> dict[str, Recipe]:
    """Return the drawings to rasterize for the ebook of a series, by their names there."""
    faces = layout.faces
    drawings = [p for p in _pictures(layout) if needs_raster(p, faces)]
    found = {picture_name(p, "epub", faces): p for p in drawings}
    return {name: _drawing(layout, name, picture) for name, picture in found.items()}


def _pictures(layout: Layout) -> Iterator[Picture]:
    series = layout.series
    for article in series.articles:
        yield from article.pictures.values()
    for author in series.introduced:
        yield from author.bio.pictures.values() if author.bio else ()
        yield from [author.photo] if author.photo else ()


def _drawing(layout: Layout, name: str, picture: Picture) -> Recipe:
    sides = picture.width, picture.height
    width, height = (max(1, round(side * LONGEST / max(sides))) for side in sides)
    faces = "".join(face.css(face_name(face)) for face in layout.faces)
    sheet = faces + SHEET % (width / DENSITY, height / DENSITY)
    html = PAGE % (layout.series.language, name, "drawing.svg")
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.epub: {name}",
        press="pixels",
        files=page_files(layout, html, sheet, {"drawing.svg": picture.asset}),
        options=PixelOptions(width, height),
        series=layout.series.id,
        source=picture.path,
        piece=True,
    )
