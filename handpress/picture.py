"""Pictures: what a picture file is by its content, and what is let through of it.

A picture is looked at before any press reads it: its type by its bytes, its size by its header, and an
SVG by its whole tree, so that no bomb, script or outside reference gets as far as a renderer.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

from .source import Asset, digest

PIXELS = 40_000_000  # a full A4 page at 600 dpi has 35 million
SVG_BYTES = 3_000_000
SVG_ELEMENTS = 20_000  # with every `use` drawn out
SVG_DEPTH = 60

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}

# SVG 1.1 without scripting, animation, foreign objects, fonts of its own and filters.
SVG_KEPT = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "image",
        "a",
        "switch",
    ]
)

# Of these, what every e-reader draws alike. Letters are set in other faces by each, or not at all.
SVG_EVERYWHERE = SVG_KEPT - {
    "text",
    "tspan",
    "textPath",
    "mask",
    "pattern",
    "marker",
    "image",
    "switch",
}


class Broken(ValueError):
    """A picture that cannot be used, with the reason."""


class Huge(Broken):
    """A picture that is larger than the press takes."""


@dataclass(frozen=True)
class Picture:
    """A picture that may be published: its path in the workspace, type (a key of MEDIA_TYPES) and size.

    `width` and `height` are in pixels, or in user units for an SVG; 0 where an SVG does not say.
    `origin` is the digest of the file as it lies, of which `asset` is what may be shown.
    """

    path: str
    type: str
    width: int
    height: int
    asset: Asset
    origin: str


def inspect(path: str, data: bytes) -> Picture:
    """The picture in `data`. Raises :class:`Broken` or :class:`Huge`."""
    return _inspected(path, digest(data), data)


@lru_cache(maxsize=64)
def _inspected(path: str, origin: str, data: bytes) -> Picture:
    if looks_like_svg(data):
        cleaned, width, height = clean_svg(data)
        return Picture(path, "svg", width, height, Asset.of(cleaned), origin)
    kind, width, height = measure(data)
    return Picture(path, kind, width, height, Asset.of(data), origin)


def measure(data: bytes) -> tuple[str, int, int]:
    """The type and size of the pixels in `data`, which are read to the end: what is cut off shows then."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    # WeasyPrint has Pillow take what is cut off for whole.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height, kind = *image.size, (image.format or "").lower()
            if width * height > PIXELS:
                raise Huge(
                    f"{width} × {height} pixels, where {PIXELS // 1_000_000} million are read"
                )
            image.load()
    except Broken:
        raise
    except Image.DecompressionBombError:
        raise Huge("it has far more pixels than a page can show") from None
    except UnidentifiedImageError:
        raise Broken("it is not a picture of a known type") from None
    except Exception as error:  # Pillow's readers raise whatever a damaged file leads them to
        raise Broken(f"its data is damaged ({type(error).__name__})") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    kind = {"jpeg": "jpg", "mpo": "jpg"}.get(kind, kind)
    if kind not in MEDIA_TYPES:
        raise Broken(f"{kind.upper()} pictures are not published")
    return kind, width, height


@cache
def see_through(asset: Asset) -> bool:
    """Whether a picture of pixels has places where what lies under it shows."""
    from PIL import Image

    with Image.open(io.BytesIO(asset.read())) as image:
        return bool(image.has_transparency_data)


@cache
def delicate(asset: Asset) -> str | None:
    """The letters in a clean SVG that holds more than every e-reader draws alike; else None."""
    root = ElementTree.fromstring(asset.read())
    if {e.tag.removeprefix(SVG) for e in root.iter()} <= SVG_EVERYWHERE:
        return None
    return _letters(root)


@cache
def letters(asset: Asset) -> str:
    """The letters in a clean SVG."""
    return _letters(ElementTree.fromstring(asset.read()))


def _letters(root: ElementTree.Element) -> str:
    return "".join(text for e in root.iter(f"{SVG}text") for text in e.itertext())


# No font has the separators, and few the hyphen; a line of a drawing is not broken anyway.
PLAINER = str.maketrans({"\N{NON-BREAKING HYPHEN}": "-", "\u2028": " ", "\u2029": " "})


def _plainer(root: ElementTree.Element) -> None:
    for element in root.iter():
        if element.tag != f"{SVG}style":
            element.text = element.text and element.text.translate(PLAINER)
        element.tail = element.tail and element.tail.translate(PLAINER)


def looks_like_svg(data: bytes) -> bool:
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and (b"<svg" in data[:4000] or head.startswith(b"<?xml"))


def clean_svg(data: bytes) -> tuple[bytes, int, int]:
    """An SVG with nothing in it but drawing, and its width and height in user units."""
    if len(data) > SVG_BYTES:
        raise Huge(f"{len(data) / 1e6:.1f} MB of SVG, where {SVG_BYTES / 1e6:.0f} MB are read")
    try:
        # Another encoding could hide from the next line what the parser would see.
        text = re.sub(r"\A\s*<\?xml[^>]*>", "", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Broken("it is not UTF-8 text") from None
    if re.search(r"<!DOCTYPE[^>]*\[|<!ENTITY", text):
        raise Broken("it declares entities of its own")
    try:
        root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text, count=1))
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise Broken(f"it is not XML: {error}") from None
    if root.tag == "svg":
        raise Broken('its first tag has no xmlns="http://www.w3.org/2000/svg"')
    if root.tag != f"{SVG}svg":
        raise Broken("its first tag is not `svg`")
    _style(root)
    _prune(root, 1)
    _plainer(root)
    try:
        _weigh(root)
    except RecursionError:
        raise Huge("its shapes use each other in too long a chain") from None
    width, height = _size(root)
    ElementTree.register_namespace("", SVG.strip("{}"))
    ElementTree.register_namespace("xlink", XLINK.partition("}")[0].strip("{"))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), width, height


# A value that leads out of the picture, or that could hide one: CSS reads escapes and comments away.
_OUTSIDE = re.compile(
    r"url\(\s*['\"]?(?!\s*['\"]?#)|image\(|image-set\(|src\(|@import|javascript:|\\|/\*", re.I
)


def _data(url: str) -> bytes:
    """The bytes that a `data:` URL holds (RFC 2397)."""
    head, _, body = url.partition(",")
    data = unquote_to_bytes(body)
    try:
        return base64.b64decode(data) if head.endswith(";base64") else data
    except ValueError:
        raise Broken("a picture in it is damaged") from None


def _style(root: ElementTree.Element) -> None:
    """Say on each element what the picture's own stylesheets say of it: those are not kept, since in an
    ebook or a page they would not be the picture's alone. What an element says itself goes before.
    """
    sheets = [e for e in root.iter(f"{SVG}style") if e.text]
    if not sheets:
        return
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    css = "\n".join(sheet.text or "" for sheet in sheets)
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue  # pages, faces, media: nothing that a drawing needs
        said = tinycss2.serialize(rule.content).strip().rstrip(";")
        try:
            for selector in cssselect2.compile_selector_list(rule.prelude):
                matcher.add_selector(selector, said)
        except cssselect2.SelectorError as error:
            raise Broken(f"its stylesheet cannot be read: {error}") from None
    for wrapped in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        found = [said for _, _, pseudo, said in matcher.match(wrapped) if not pseudo]
        element = wrapped.etree_element
        if found:
            own = element.get("style", "")
            element.set("style", "; ".join(filter(None, (*found, own))))


def _prune(element: ElementTree.Element, depth: int) -> None:
    if depth > SVG_DEPTH:
        raise Huge(f"its shapes are nested more than {SVG_DEPTH} deep")
    for key, value in list(element.attrib.items()):
        local = key.rpartition("}")[2]
        reference = local == "href"
        # Only what lies in the picture itself may be referred to; `data:` may hold pixels.
        pixels = element.tag == f"{SVG}image" and value.startswith(
            ("data:image/png", "data:image/jpeg")
        )
        inside = pixels or value.startswith("#")
        outside = not pixels and _OUTSIDE.search(value)
        if reference and pixels:
            measure(_data(value))
        if (
            (key.startswith("{") and key != XLINK)
            or local.startswith("on")
            or (reference and not inside)
            or outside
        ):
            del element.attrib[key]
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag.startswith(SVG) or tag[len(SVG) :] not in SVG_KEPT:
            element.remove(child)
            continue
        if tag == f"{SVG}a":  # a link in a picture leads nowhere on paper
            child.tag = f"{SVG}g"
            child.attrib.pop(XLINK, None)
            child.attrib.pop("href", None)
        _prune(child, depth + 1)
        if tag == f"{SVG}image" and not (child.get("href") or child.get(XLINK)):
            element.remove(child)


def _weigh(root: ElementTree.Element) -> None:
    """Count what is drawn when every reference is followed; refuse a bomb and a circle."""
    by_id = {e.get("id"): e for e in root.iter() if e.get("id")}
    weights: dict[int, int] = {}
    open_: set[int] = set()

    def weight(element: ElementTree.Element) -> int:
        key = id(element)
        if key in weights:
            return weights[key]
        if key in open_:
            raise Broken("a shape in it uses itself")
        open_.add(key)
        total = 1 + sum(weight(child) for child in element)
        for name, id_ in _references(element):
            if (target := by_id.get(id_)) is not None:
                # A marker is drawn at each corner.
                corners = (
                    f"{element.get('d', '')} {element.get('points', '')}"
                    if "marker" in name
                    else ""
                )
                total += weight(target) * (1 + len(re.findall(r"[\d.]+", corners)))
        open_.discard(key)
        if total > SVG_ELEMENTS:
            raise Huge(f"it draws more than {SVG_ELEMENTS} shapes")
        weights[key] = total
        return total

    weight(root)


def _references(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The ids that `element` refers to, each with the name of the attribute."""
    for key, value in element.attrib.items():
        if key in ("href", XLINK) and value.startswith("#"):
            yield key, value[1:]
        for id_ in re.findall(r"url\(\s*['\"]?\s*#([^'\")\s]+)", value, re.I):
            yield (value if key == "style" else key), id_


def _size(root: ElementTree.Element) -> tuple[int, int]:
    box = [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return round(min(box[2], 1e6)), round(min(box[3], 1e6))
    sides = []
    for key in ("width", "height"):
        found = re.fullmatch(r"\s*(\d+\.?\d*)\s*(px|pt|mm|cm|in)?\s*", root.get(key, ""))
        sides.append(round(min(float(found[1]), 1e6)) if found else 0)
    if all(sides):
        # Without a viewBox the drawing is not scaled with its frame: it would be cut off.
        root.set("viewBox", f"0 0 {sides[0]} {sides[1]}")
    return sides[0], sides[1]
