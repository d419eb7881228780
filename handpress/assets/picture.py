"""Pictures: the type and size of a picture file, read from its content."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from handpress.assets.raster import opened, plain
from handpress.assets.svg import clean_svg, looks_like_svg
from handpress.core.caches.recent import by_digest
from handpress.core.files.disk import Asset, digest


class Picture(Struct, frozen=True):
    """A publishable picture: its path in the workspace, type (a key of MEDIA_TYPES) and size.

    `width` and `height` are in pixels, or in user units for an SVG; 0 if an SVG has none. `origin` is the
    digest of the file in the workspace, `asset` its publishable form.
    """

    path: str
    type: str
    width: int
    height: int
    asset: Asset
    origin: str


def inspect_picture(path: str, data: bytes) -> Picture:
    """Return the picture in `data`. Raises :class:`Broken` or :class:`Huge`."""
    return _inspected(path, digest(data), data)


@lru_cache(maxsize=64)
def _inspected(path: str, origin: str, data: bytes) -> Picture:
    if looks_like_svg(data):
        cleaned, width, height = clean_svg(data)
        return Picture(path, "svg", width, height, Asset.of(cleaned), origin)
    kind, width, height, shown = plain(data)
    return Picture(path, kind, width, height, Asset.of(shown), origin)


@by_digest(most=1024)
def is_transparent(asset: Asset) -> bool:
    """Return whether a raster picture has transparent pixels."""
    with opened(asset.read()) as image:
        return bool(image.has_transparency_data)
