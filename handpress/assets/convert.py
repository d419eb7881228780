"""Pictures for e-readers: PNG, JPEG and SVG on a white background, at most as large as a screen."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from handpress.assets.formats import SVG, XLINK
from handpress.assets.raster import opened

LONGEST = 2000  # pixels of a picture's longer side: the largest tablet screens, and no more


# By file name ending: the signature, Pillow's name, the modes that every reader supports.
FORMATS: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "png": (b"\x89PNG", "PNG", ("RGB", "P", "L", "1")),
    "jpg": (b"\xff\xd8", "JPEG", ("RGB", "L")),
}


def fit_raster(data: bytes, ending: str) -> bytes:
    """Convert `data` to the PNG or JPEG of its file name, on white, at most as large as a screen.

    Black lines would vanish on a dark page, and Kindles do not support transparency.
    """
    from PIL import Image, ImageOps

    start, format_, modes = FORMATS[ending]
    with opened(data) as image:
        clear = image.has_transparency_data
        if (
            data.startswith(start)
            and image.mode in modes
            and not clear
            and max(image.size) <= LONGEST
        ):
            return data
        upright = ImageOps.exif_transpose(image)
        if clear:
            seen = upright.convert("RGBA")
            upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
        shown = upright.convert("RGB")
        shown.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        shown.save(out, format_, quality=88, optimize=True)
    return out.getvalue()


def on_white(data: bytes) -> bytes:
    """Return an SVG with a white background: its black lines would vanish on a dark page."""
    root = ElementTree.fromstring(data)
    box = re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))
    size = dict(zip(("x", "y", "width", "height"), box, strict=True)) if len(box) == 4 else {}
    ground = size or {"width": "100%", "height": "100%"}
    root.insert(0, ElementTree.Element(f"{SVG}rect", {**ground, "fill": "#fff"}))
    for prefix, uri in (("", SVG[1:-1]), ("xlink", XLINK[1:].partition("}")[0])):
        ElementTree.register_namespace(prefix, uri)
    drawn: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn
