"""Pictures that came along with an export, found by the end of their addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from handpress.importers.source import Source

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff")
SIZE = re.compile(r"-(?:\d+x\d+|scaled|e\d{10,})(?=\.\w+$)")


def pictures_beside(source: Source) -> Callable[[str], bytes | None]:
    """Return a function from the address of a picture to its bytes, None if it is not in `source`.

    The longest end of a path that both have decides; a scaled copy may be the original.
    """
    by_name: dict[str, list[str]] = {}
    for name in source.ending(*PICTURES):
        by_name.setdefault(posixpath.basename(name).lower(), []).append(name)

    def picture(address: str) -> bytes | None:
        path = unquote(urlsplit(address).path if "://" in address else address.partition("?")[0])
        path = posixpath.normpath(path).lstrip("/")
        if source.has(path):
            return source.read(path)
        for wanted in dict.fromkeys((path, SIZE.sub("", path))):
            if found := by_name.get(posixpath.basename(wanted).lower()):
                return source.read(max(found, key=lambda name: (_common(name, wanted), name)))
        return None

    return picture


def _common(one: str, other: str) -> int:
    """Return how many folders at the end of two paths are the same."""
    pairs = zip(reversed(one.lower().split("/")), reversed(other.lower().split("/")), strict=False)
    count = 0
    for a, b in pairs:
        if a != b:
            break
        count += 1
    return count
