"""Thumbnails: a small picture of a finished artefact's first page, or of its cover."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from handpress.core.files.disk import Asset
from handpress.press.options import ThumbnailOptions
from handpress.press.result import Rendered

if TYPE_CHECKING:
    from PIL.Image import Image

# How Pillow writes each format. Reading apps know JPEG; browsers know WebP too, which is a third smaller.
WRITING: Mapping[str, Mapping[str, Any]] = {
    "jpeg": {"quality": 78, "optimize": True, "progressive": True},
    "webp": {"quality": 50, "method": 2},  # 4 % larger than with 6, five times as fast
}
WRITERS = {"jpeg": "JpegImagePlugin", "webp": "WebPImagePlugin"}  # the module of each format


def draw_thumbnail(files: Mapping[str, Asset], options: ThumbnailOptions) -> Rendered:
    """Return a picture of the only file of a recipe, `width` pixels wide."""
    ((name, asset),) = files.items()
    picture = READING[name.rpartition(".")[2]](asset.read(), options.width)
    out = io.BytesIO()
    import_module(f"PIL.{WRITERS[options.format]}")  # else Pillow imports all of its formats
    picture.save(out, options.format, **WRITING[options.format])
    return Rendered(out.getvalue())


def _first_page(data: bytes, width: int) -> Image:
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        page = document[0]
        drawn: Image = page.render(scale=width / page.get_width()).to_pil()
        return drawn.convert("RGB")


def _picture(data: bytes, width: int) -> Image:
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(data), formats=("PNG",)) as picture:
        height = max(1, round(picture.height * width / picture.width))
        return picture.convert("RGB").resize((width, height), Pillow.Resampling.LANCZOS)


READING: Mapping[str, Callable[[bytes, int], Image]] = {"pdf": _first_page, "png": _picture}
