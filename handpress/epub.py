"""EPUB: the press that writes an ebook (EPUB 3.3, with an NCX and a guide for old readers).

EbookLib packs what it is given; every file in the book is our own bytes. What it cannot say, or says
with the clock in it, is put right in the package afterwards, so that the same recipe gives the same file.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

from .lettering import SVG
from .metadata import Row
from .pdf import Pressed
from .picture import MEDIA_TYPES, XLINK
from .raster import opened
from .source import Asset
from .typeface import subset

OPF = "{http://www.idpf.org/2007/opf}"
TYPES = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "ncx": "application/x-dtbncx+xml",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "txt": "text/plain",
}
COVER = "cover.png"
LONGEST = 2000  # pixels of a picture's longer side: the largest screens of tablets, and no more


def press(files: Mapping[str, Asset], options: Mapping[str, Any]) -> Pressed:
    """The EPUB of a recipe. Pictures whose name and content differ are converted, large ones scaled,
    `drawings` get a white ground, and fonts are cut down to the `characters` that are shown.
    """
    from ebooklib import epub

    book = epub.EpubBook()
    book.metadata.clear()
    book.IDENTIFIER_ID, book.uid = "pub-id", options["identifier"]
    _describe(book, options["metadata"])
    properties = {options["nav"]: ["nav"], COVER: ["cover-image"]}
    items = {}
    for name in sorted(files):
        data, ending = files[name].read(), name.rpartition(".")[2]
        if ending in FORMATS and name != COVER:
            data = _fitted(data, ending)
        elif name in options["drawings"]:
            data = _on_paper(data)
        elif ending in ("ttf", "otf"):
            data = subset(data, options["characters"])
        items[name] = epub.EpubItem(
            uid=_id(name),
            file_name=name,
            media_type=TYPES.get(ending) or MEDIA_TYPES[ending],
            content=data,
        )
        items[name].properties = properties.get(name, [])
        book.add_item(items[name])
    book.spine = [(items[name].id, "yes") for name in options["spine"]]
    book.direction = options["direction"]
    book.guide = [
        dict(zip(("type", "title", "href"), row, strict=True)) for row in options["guide"]
    ]
    stamp = datetime.datetime.fromisoformat(options["modified"].replace("Z", "+00:00"))
    out = io.BytesIO()
    wanted = {"mtime": stamp, "raise_exceptions": True, "epub3_pages": False}
    epub.write_epub(out, book, wanted)
    return Pressed(_repacked(out.getvalue(), options, stamp))


def _id(name: str) -> str:
    """The manifest's id of a file. EbookLib wants the NCX to be called `ncx`."""
    return "ncx" if name.endswith(".ncx") else f"i-{re.sub(r'[^A-Za-z0-9]+', '-', name)}"


def _describe(book: Any, rows: Iterable[Row]) -> None:
    for name, value, attributes in rows:
        if name.startswith("dc:"):
            book.add_metadata("DC", name.removeprefix("dc:"), value, dict(attributes))
        else:
            book.add_metadata(None, "meta", value, {"property": name, **attributes})
    book.add_metadata(None, "meta", "", {"name": "cover", "content": _id(COVER)})


# --- Pictures ----------------------------------------------------------------------------------

# By the ending of a name: how the file begins, Pillow's name, the modes that every reader shows.
FORMATS: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "png": (b"\x89PNG", "PNG", ("RGB", "P", "L", "1")),
    "jpg": (b"\xff\xd8", "JPEG", ("RGB", "L")),
}


def _fitted(data: bytes, ending: str) -> bytes:
    """`data` as the PNG or JPEG that its name says it is, no larger than a screen, on white: black
    lines would be lost on a dark page, and Kindles know nothing transparent.
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


def _on_paper(data: bytes) -> bytes:
    """An SVG with a white ground: its black lines would be lost on a dark page."""
    root = ElementTree.fromstring(data)
    box = re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))
    size = dict(zip(("x", "y", "width", "height"), box, strict=True)) if len(box) == 4 else {}
    ground = size or {"width": "100%", "height": "100%"}
    root.insert(0, ElementTree.Element(f"{SVG}rect", {**ground, "fill": "#fff"}))
    for prefix, uri in (("", SVG[1:-1]), ("xlink", XLINK[1:].partition("}")[0])):
        ElementTree.register_namespace(prefix, uri)
    drawn: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


# --- The package -------------------------------------------------------------------------------


def _repacked(data: bytes, options: Mapping[str, Any], stamp: datetime.datetime) -> bytes:
    """The same book with `mimetype` first and stored, names sorted, one date, and the package mended."""
    when = max(stamp.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "mimetype", n)):
            content = old.read(name)
            if name.endswith(".opf"):
                content = _package(content, options)
            entry = zipfile.ZipInfo(name, when)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()


def _package(content: bytes, options: Mapping[str, Any]) -> bytes:
    """The package document with the language that EbookLib cannot write, and the series' date."""
    for prefix, uri in (
        ("", "http://www.idpf.org/2007/opf"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    ):
        ElementTree.register_namespace(prefix, uri)
    root = ElementTree.fromstring(content)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", options["language"])
    if options["direction"] != "ltr":
        root.set("dir", options["direction"])
    for meta in root.iter(f"{OPF}meta"):
        if meta.get("property") == "dcterms:modified":
            meta.text = options["modified"]
    mended: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return mended
