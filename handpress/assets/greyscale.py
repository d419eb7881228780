"""Greyscale: a picture without colours, for black-and-white printers.

Grey is the luma of ITU-R BT.601, as in Pillow and in printers.
"""

from __future__ import annotations

import base64
import io
import re
from xml.etree import ElementTree as Xml

from handpress.assets.raster import opened

PAINTS = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
EMBEDDED = re.compile(r"data:image/(png|jpeg|webp|gif);base64,([A-Za-z0-9+/=\s]+)")


def to_greyscale(data: bytes, type_: str) -> bytes:
    """Return `data`, a picture of `type_` ("svg", "png", "jpeg" …), in greyscale and of the same type."""
    return _drawing(data) if type_ == "svg" else _raster(data)


def _raster(data: bytes) -> bytes:
    with opened(data) as image:
        kind = image.format or "PNG"
        clear = "A" in image.getbands() or "transparency" in image.info
        plain = image.convert("RGBA").convert("LA") if clear else image.convert("L")
        if clear and kind == "GIF":  # a palette cannot contain half-transparent grey
            kind = "PNG"
        options = {"quality": 90} if kind in ("JPEG", "WEBP", "AVIF") else {}
        out = io.BytesIO()
        plain.save(out, kind, **options)
    return out.getvalue()


def _drawing(data: bytes) -> bytes:
    root = Xml.fromstring(data)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name in PAINTS:
                element.set(name, grey_paint(value))
            elif name == "style":
                element.set(name, _declarations(value))
            elif name.rpartition("}")[2] == "href" and (found := EMBEDDED.fullmatch(value)):
                plain = base64.b64encode(_raster(base64.b64decode(found[2]))).decode()
                element.set(name, f"data:image/{found[1]};base64,{plain}")
        if element.tag.rpartition("}")[2] == "style" and element.text:
            element.text = re.sub(
                r"\{([^{}]*)\}", lambda rule: f"{{{_declarations(rule[1])}}}", element.text
            )
    Xml.register_namespace("", "http://www.w3.org/2000/svg")
    Xml.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    written: bytes = Xml.tostring(root, encoding="utf-8")
    return written


def _declarations(text: str) -> str:
    """Return CSS declarations with all paints in grey."""
    pairs = (part.partition(":") for part in text.split(";"))
    return ";".join(
        f"{name}:{grey_paint(value)}" if name.strip() in PAINTS else f"{name}{mark}{value}"
        for name, mark, value in pairs
    )


def grey_paint(written: str) -> str:
    """Return a paint (SVG 2, section 13.2) in grey; unchanged if not a colour, such as ``none`` or ``url(#a)``."""
    from tinycss2.color4 import parse_color

    important = "!important" if "!important" in written else ""
    color = parse_color(written.removesuffix("!important").strip())
    if color is None or isinstance(color, str):
        return written
    try:
        parts = color.to("srgb").coordinates
    except NotImplementedError:  # tinycss2 reads more notations than it converts
        return written
    red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in parts)
    level = round(255 * (0.299 * red + 0.587 * green + 0.114 * blue))
    shown = f"rgb({level}, {level}, {level})"
    if color.alpha < 1:
        shown = f"rgba({level}, {level}, {level}, {color.alpha:g})"
    return shown + important
