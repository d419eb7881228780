"""Pictures of a page: their names in a finished artefact, QR codes, and grey copies."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from handpress.assets.fonts import Face, missing
from handpress.assets.picture import Picture, is_transparent
from handpress.assets.qr import QR_LONGEST, QR_MODULE, QR_WIDTH, qr
from handpress.assets.svg import unportable_letters
from handpress.core.caches.cache import Cache
from handpress.core.caches.code_hash import code, version
from handpress.core.files.disk import Asset, digest
from handpress.layout.html.file_kinds import FILE_KINDS
from handpress.markup.tree import Element
from handpress.series.article import Article
from handpress.series.settings.values import LONGEST


def picture_name(picture: Picture, kind: str, faces: tuple[Face, ...]) -> str:
    """Return a picture's name in an artefact: ASCII, with the ending of the format it will have there."""
    stem = posixpath.basename(picture.path).rpartition(".")[0]
    stem = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:LONGEST] or "picture"
    ending = picture.type
    if ending in FILE_KINDS[kind].converted:
        ending = "png" if is_transparent(picture.asset) else "jpg"
    elif FILE_KINDS[kind].rasterizes and needs_raster(picture, faces):
        ending = "png"
    return f"pictures/{stem}-{picture.asset.digest[:8]}.{ending}"


def set_width(image: Element) -> None:
    """Give a picture the width that its author wrote, in pixels of 1/96 inch or in per cent of the text's width.

    Its height follows: a stylesheet may make a picture smaller, and it keeps its proportions.
    """
    width, height = image.attrib.pop("width", ""), image.attrib.pop("height", "")
    sizes = {
        name: size if size.endswith(("%", "px")) else f"{size}px"
        for name, size in (("width", width), ("height", height))
        if size and (name == "width" or not width)
    }
    if sizes:
        style = "; ".join(f"{name}: {size}" for name, size in sizes.items())
        image.set("style", f"{style}; object-fit: contain")


def known_pictures(
    article: Article | None, wanted: Mapping[str, str]
) -> Mapping[str, Asset] | None:
    """Return the pictures of a page by their names, from their digests, or None if its article lacks one."""
    known = {p.asset.digest: p.asset for p in article.pictures.values()} if article else {}
    if not known.keys() >= set(wanted.values()):
        return None
    return {name: known[value] for name, value in wanted.items()}


def needs_raster(picture: Picture, faces: tuple[Face, ...]) -> bool:
    """Return whether a picture is a drawing that e-readers would each show in their own way, and that
    Handpress can draw: with `faces` for its letters, and a size.
    """
    if picture.type != "svg" or not (picture.width and picture.height):
        return False
    letters = unportable_letters(picture.asset)
    return letters is not None and not missing(letters, faces)


def qr_code(url: str, cache: Cache) -> bytes:
    """Return the QR code of `url`: finding its best mask takes longer than laying out its page."""
    tools = f"{version('segno')} {code(qr.__module__)}"
    return cache.made(f"qr {tools} {url}", lambda: qr(url))


def qr_width(url: str | None, cache: Cache) -> float:
    """Return how many millimetres wide the QR code of `url` is printed.

    It is 0 if `url` is not a web address, or so long that no page has room for its code.
    """
    if not url or not url.startswith(("https://", "http://")) or len(url) > QR_LONGEST:
        return 0
    found = re.search(rb'viewBox="0 0 (\d+)', qr_code(url, cache))
    assert found
    return max(QR_WIDTH, int(found[1]) * QR_MODULE)


def qr_name(url: str) -> str:
    return f"pictures/qr-{digest(url.encode())[:12]}.svg"


def in_grey(name: str, asset: Asset, cache: Cache) -> Asset:
    """Return a picture without its colours."""
    from handpress.assets.greyscale import to_greyscale

    tools = f"{version('pillow')} {code(to_greyscale.__module__)}"
    ending = name.rpartition(".")[2]
    key = f"grey {tools} {name} {asset.digest}"
    return Asset.of(cache.made(key, lambda: to_greyscale(asset.read(), ending)))
