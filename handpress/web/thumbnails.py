"""Thumbnails: small pictures of handouts and covers, for pages and catalogues.

They are made from finished artefacts. So they show every change of a theme, and a build without handouts keeps
those of earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from handpress.core.media import PAPERS
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.publication import cover_size
from handpress.press.options import ThumbnailOptions
from handpress.press.recipe import Recipe
from handpress.press.result import Made
from handpress.web.downloads import downloads

# In pixels: twice the width on the page, for sharp screens.
HANDOUT, COVER = ThumbnailOptions(288, "webp"), ThumbnailOptions(480, "jpeg")


class Thumbnail(Struct, frozen=True):
    """A thumbnail and the artefact that it shows, both relative to the series' page. 0 is the cover's `number`."""

    href: str
    shows: str
    options: ThumbnailOptions
    height: int
    number: int = 0

    @property
    def width(self) -> int:
        return self.options.width


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the thumbnails of every series with web pages."""
    made = job.made()
    for layout in job.layouts("web"):
        for thumbnail in _possible(layout, made):
            yield _recipe(layout, thumbnail, made)


def thumbnails(layout: Layout, made: Mapping[str, Made]) -> dict[int, Thumbnail]:
    """Return the finished thumbnails of a series, by the number of the article; 0 is the cover."""
    id_ = layout.series.id
    return {t.number: t for t in _possible(layout, made) if f"{id_}/{t.href}" in made}


def _possible(layout: Layout, made: Mapping[str, Made]) -> Iterator[Thumbnail]:
    """Yield a thumbnail of the cover, and one of each article's first handout, as far as these are `made`."""
    series, paper = layout.series, PAPERS[layout.series.paper]
    if f"{series.id}/cover.png" in made:
        width, height = cover_size(series)
        yield Thumbnail("cover.jpg", "cover.png", COVER, round(COVER.width * height / width))
    first = {d.number: d.href for d in reversed(downloads(layout, made)) if d.number}
    for number, handout in sorted(first.items()):
        href = f"thumbnails/{series.articles[number - 1].slug}.webp"
        height = round(HANDOUT.width * paper.height / paper.width)
        yield Thumbnail(href, handout, HANDOUT, height, number)


def _recipe(layout: Layout, thumbnail: Thumbnail, made: Mapping[str, Made]) -> Recipe:
    series = layout.series
    shown = made[f"{series.id}/{thumbnail.shows}"]
    assert shown.asset is not None
    return Recipe(
        path=f"{series.id}/{thumbnail.href}",
        press="thumbnail",
        files={thumbnail.shows.rpartition("/")[2]: shown.asset},
        options=thumbnail.options,
        medium="thumbnail",
        series=series.id,
        article=series.articles[thumbnail.number - 1].slug if thumbnail.number else "",
        edition=series.edition,
        made_of=(shown.path,),
        causes={thumbnail.shows: shown.sha256},
    )
