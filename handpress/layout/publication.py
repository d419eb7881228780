"""The identity of a publication: identifier, date, cover size, titles of packs."""

from __future__ import annotations

import datetime
import uuid
from urllib.parse import quote

from handpress.layout.layout import Layout
from handpress.series.model import Series

COVER = 1600, 2560  # pixels of a designed cover, as shops ask for it
DENSITY = 4  # pixels a point of what is drawn as pixels


def cover_size(series: Series) -> tuple[int, int]:
    """The pixels of the raster cover: an author's own keeps its shape, whatever that is."""
    own = series.cover
    if own is None or not (own.width and own.height):
        return COVER
    scale = max(COVER) / max(own.width, own.height)
    return round(own.width * scale), round(own.height * scale)


# EPUB and Atom require the date of the last change, even if nobody has given one. Then it is the zero of the system's
# clock, which no program takes for a date.
UNDATED = datetime.date(1970, 1, 1)


def identifier(layout: Layout) -> str:
    """A name for this edition that stays the same wherever and whenever it is made (RFC 9562, v5)."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, edition_identity(layout.series))}"


def edition_identity(series: Series) -> str:
    """Return the text that identifies an edition."""
    return series.identity or f"{series_identity(series)}#edition-{series.edition}"


def series_identity(series: Series) -> str:
    """Return the text that identifies a series in all of its editions."""
    # Without a place on the web, another's series may have the same id.
    whose = [series.title, series.publisher, *(author.name for author in series.authors)]
    return series.site or f"https://handpress.invalid/{series.id}/{quote('/'.join(whose))}"


def modified(series: Series) -> str:
    return f"{series.date or UNDATED}T00:00:00Z"
