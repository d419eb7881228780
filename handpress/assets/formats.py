"""Picture formats: media types and signatures, and the errors of unusable pictures."""

from __future__ import annotations

import re

SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"
SIGNATURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp(avif|avis|mif1)", re.S
)


class Broken(ValueError):
    """An unusable picture, with the reason."""


class Huge(Broken):
    """A picture larger than the limits of the press."""


XLINK = "{http://www.w3.org/1999/xlink}href"
MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}


class Incomplete(Broken):
    """A drawing that would be incomplete, with the part that would be lost."""
