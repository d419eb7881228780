"""Pictures of formulas: MathML to SVG by ziamath, letters as outlines, with the size and the depth in em."""

from __future__ import annotations

from xml.etree import ElementTree

from msgspec import Struct

from handpress.core.limits import TooSlow

SIZE = 100  # units of one em
LARGEST = 60  # em of a side: about two columns; a wide formula is reduced to one
MOST = 300_000  # bytes
MARGIN = 2  # units: slanted letters reach over their own box
# The signs that are drawn in place of accents: the font has narrow and wide ones.
_ACCENTS = {
    ("^", False): "\u02c6",
    ("^", True): "\u0302",
    ("~", True): "\u0303",
    ("\u203e", True): "\u2015",
}


class Drawn(Struct, frozen=True):
    """A formula as a picture: `width`, `height` and the `depth` below the line are in em."""

    svg: bytes
    width: float
    height: float
    depth: float


def draw(mathml: str) -> Drawn | None:
    """Return the picture of a formula; None if its font lacks a character, or if it is too large."""
    from ziafont.config import config
    from ziamath.zmath import Math, loadedfonts

    config.svg2 = False  # outlines at their places, no symbols
    math = ElementTree.fromstring(mathml)
    _prepare(math)
    try:
        font = loadedfonts["default"]
        if any(not font.glyphindex(c) for c in "".join(math.itertext()) if not c.isspace()):
            return None
        set_ = Math(math, size=SIZE, margin=MARGIN)
        root, box = set_.svgxml(), set_.node.bbox
    except (TooSlow, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - it was made for MathML by people, and fails in many ways on other
        return None
    width, height = float(root.attrib.pop("width")), float(root.attrib.pop("height"))
    root.attrib.pop("xmlns:xlink", None)
    svg = ElementTree.tostring(root)
    if not 0 < max(width, height) <= LARGEST * SIZE or len(svg) > MOST:
        return None
    return Drawn(
        svg, round(width / SIZE, 3), round(height / SIZE, 3), round((MARGIN - box.ymin) / SIZE, 3)
    )


def _prepare(math: ElementTree.Element) -> None:
    """Change what browsers draw in another way than ziamath does."""
    for element in math.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.tag in ("mover", "munder") and len(element) > 1:
            accent = element[1]
            wide = accent.get("stretchy") != "false"
            accent.text = _ACCENTS.get((accent.text or "", wide), accent.text)
        if element.tag == "mo" and element.text in ("\u2191", "\u2193"):
            element.set("stretchy", "false")
