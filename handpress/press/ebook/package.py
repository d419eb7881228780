"""Packing the EPUB (EPUB 3.3, with an NCX and a guide for old readers).

EbookLib only packs our own bytes. Features that it lacks, and those that depend on the clock, are
corrected in the package afterwards, so that the same recipe gives the same file.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

from handpress.assets.convert import FORMATS, fit_raster, on_white
from handpress.assets.formats import MEDIA_TYPES
from handpress.core.files.disk import Asset
from handpress.press.ebook.font_subset import subset_font
from handpress.press.options import EpubOptions
from handpress.press.result import Rendered, Row

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


def pack_epub(files: Mapping[str, Asset], options: EpubOptions) -> Rendered:
    """Make the EPUB of a recipe.

    Pictures are converted if their name requires another format, and large ones scaled. `drawings` get a white
    background, and fonts are reduced to the `characters` in use.
    """
    from ebooklib import epub

    book = epub.EpubBook()
    book.metadata.clear()
    book.IDENTIFIER_ID, book.uid = "pub-id", options.identifier
    _describe(book, options.metadata)
    properties = {name: ["mathml"] for name in options.mathml}
    properties |= {options.nav: ["nav"], COVER: ["cover-image"]}
    items = {}
    for name in sorted(files):
        data, ending = files[name].read(), name.rpartition(".")[2]
        if ending in FORMATS and name != COVER:
            data = fit_raster(data, ending)
        elif name in options.drawings:
            data = on_white(data)
        elif ending in ("ttf", "otf"):
            data = subset_font(data, options.characters)
        items[name] = epub.EpubItem(
            uid=_id(name),
            file_name=name,
            media_type=TYPES.get(ending) or MEDIA_TYPES[ending],
            content=data,
        )
        items[name].properties = properties.get(name, [])
        book.add_item(items[name])
    book.spine = [(items[name].id, "yes") for name in options.spine]
    book.direction = options.direction
    book.guide = [dict(zip(("type", "title", "href"), row, strict=True)) for row in options.guide]
    stamp = datetime.datetime.fromisoformat(options.modified.replace("Z", "+00:00"))
    out = io.BytesIO()
    wanted = {"mtime": stamp, "raise_exceptions": True, "epub3_pages": False}
    wanted["compresslevel"] = 0  # it is packed again, in another order
    epub.write_epub(out, book, wanted)
    return Rendered(_repacked(out.getvalue(), options, stamp))


def _id(name: str) -> str:
    """Return a file's id in the manifest. EbookLib requires `ncx` for the NCX."""
    return "ncx" if name.endswith(".ncx") else f"i-{re.sub(r'[^A-Za-z0-9]+', '-', name)}"


def _describe(book: Any, rows: Iterable[Row]) -> None:
    for name, value, attributes in rows:
        if name.startswith("dc:"):
            book.add_metadata("DC", name.removeprefix("dc:"), value, dict(attributes))
        else:
            book.add_metadata(None, "meta", value, {"property": name, **attributes})
    book.add_metadata(None, "meta", "", {"name": "cover", "content": _id(COVER)})


def _repacked(data: bytes, options: EpubOptions, stamp: datetime.datetime) -> bytes:
    """Rewrite the book with `mimetype` first and stored, names sorted, one date, and the package corrected."""
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


def _package(content: bytes, options: EpubOptions) -> bytes:
    """Add to the package document the language that EbookLib cannot write, and the series' date."""
    for prefix, uri in (
        ("", "http://www.idpf.org/2007/opf"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    ):
        ElementTree.register_namespace(prefix, uri)
    root = ElementTree.fromstring(content)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", options.language)
    if options.direction != "ltr":
        root.set("dir", options.direction)
    for meta in root.iter(f"{OPF}meta"):
        if meta.get("property") == "dcterms:modified":
            meta.text = options.modified
    mended: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return mended
