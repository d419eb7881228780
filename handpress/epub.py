"""EPUB: the recipe of a series' ebook, and the press that writes it (EPUB 3.3, with an NCX for old readers).

EbookLib packs what it is given; every file in the book is our own bytes. What it cannot say, or says
with the clock in it, is put right in the package afterwards, so that the same recipe gives the same file.
"""

from __future__ import annotations

import datetime
import io
import re
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from . import tagging
from .compose import Document
from .layout import Layout, Made, edition_line
from .medium import TABLE
from .pdf import Pressed
from .picture import MEDIA_TYPES
from .recipe import Recipe
from .source import Asset
from .style import flattened
from .tree import inner, read

# Dates come from the series. One without a date gets the first that a zip file can carry.
UNDATED = datetime.date(1980, 1, 1)
OPF = "{http://www.idpf.org/2007/opf}"
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "yi", "ps", "dv"))
TYPES = {"xhtml": "application/xhtml+xml", "css": "text/css", "ncx": "application/x-dtbncx+xml"}


# --- The recipe --------------------------------------------------------------------------------


def ebook(layout: Layout, made: Mapping[str, Made]) -> Iterator[Recipe]:
    """The recipe of the ebook. Its cover must have been `made`."""
    medium, series, say = TABLE["epub"], layout.series, layout.say
    cover = made[f"{series.id}/cover.png"]
    assert cover.asset is not None
    documents = layout.documents(medium)
    files: dict[str, Asset] = {}
    assets: dict[str, Asset] = {"cover.png": cover.asset}
    sheet = flattened(layout.sheets.layers(medium.name))
    for document in documents:
        text = _page(layout, document, assets)
        files[f"{document.name}.xhtml"] = Asset.of(text.encode())
    files["nav.xhtml"] = Asset.of(_nav(layout, documents).encode())
    files["toc.ncx"] = Asset.of(_ncx(layout, documents).encode())
    files["style.css"] = Asset.of(sheet.encode())
    options = {
        "identifier": identifier(layout),
        "title": series.title,
        "subtitle": series.subtitle,
        "language": series.language,
        "direction": "rtl" if series.language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        "authors": [a.name for a in series.authors],
        "publisher": series.publisher,
        "rights": series.rights,
        "description": series.description,
        "subjects": sorted({t for a in series.articles for t in a.settings.get("tags", ())}),
        "date": str(series.date or ""),
        "modified": f"{series.date or UNDATED}T00:00:00Z",
        "source": edition_line(series, say),
        "pictures": any(a.pictures for a in series.articles),
        "summary": say["accessibility_summary"],
        "spine": _spine(documents),
    }
    yield Recipe(
        path=f"{series.id}/{series.id}.epub",
        press="epub",
        files=files | assets,
        options=options,
        medium=medium.name,
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes(None, sheet) | {"cover": cover.sha256},
    )


def identifier(layout: Layout) -> str:
    """A name for this edition that stays the same wherever and whenever it is made (RFC 9562, v5)."""
    series = layout.series
    place = series.site or f"https://handpress.invalid/{series.id}/"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{place}#edition-{series.edition}')}"


def _page(layout: Layout, document: Document, assets: dict[str, Asset]) -> str:
    body = layout.body(document, assets, "", "epub")
    template = {"cover": "cover-picture"}.get(document.kind, document.kind)
    settings = document.article.settings if document.article else None
    part = layout.render(
        f"parts/{template}.html",
        assets,
        document=document,
        bodies={document.name: body},
        authors=document.authors,
        headed=True,
        heading_id="",
        kind="epub",
    )
    part += layout.render("parts/neighbours.html", assets, document=document, kind="epub")
    # The parts are shared with print; what they are in an ebook is said here, on the whole page.
    tree = read(part)
    tagging.for_epub(tree)
    for element in tree.iter():
        element.attrib.pop("data-head", None)
    return layout.render(
        "epub.xhtml",
        assets,
        document=document,
        content=Markup(inner(tree)),
        language=(settings.get("language") if settings else None) or layout.series.language,
    )


def _nav(layout: Layout, documents: tuple[Document, ...]) -> str:
    """The navigation document (EPUB 3.3, section 7): contents of two levels, and landmarks."""
    return layout.render("nav.xhtml", {}, documents=documents, listed=_listed(documents))


def _ncx(layout: Layout, documents: tuple[Document, ...]) -> str:
    """The NCX of EPUB 2, for readers that know no navigation document."""
    return layout.render("toc.ncx", {}, listed=_listed(documents), identifier=identifier(layout))


def _listed(documents: tuple[Document, ...]) -> list[Document]:
    return [d for d in documents if d.kind != "cover"]


def _spine(documents: tuple[Document, ...]) -> list[str]:
    """The reading order: the contents stand before the first chapter."""
    names = [f"{d.name}.xhtml" for d in documents]
    first = next(n for n, d in enumerate(documents) if d.kind == "chapter")
    return [*names[:first], "nav.xhtml", *names[first:]]


# --- The press ---------------------------------------------------------------------------------


def press(files: Mapping[str, Asset], options: Mapping[str, Any]) -> Pressed:
    """The EPUB of a recipe. Pictures whose name and content differ are converted."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.metadata.clear()
    _describe(book, options)
    pages = {}
    for name in sorted(files):
        data = files[name].read()
        ending = name.rpartition(".")[2]
        if ending in ("png", "jpg"):
            data = _as_named(data, ending)
        item = epub.EpubItem(
            uid=f"i-{re.sub(r'[^A-Za-z0-9]+', '-', name)}",
            file_name=name,
            media_type=TYPES.get(ending) or MEDIA_TYPES[ending],
            content=data,
        )
        if name == "nav.xhtml":
            item.properties = ["nav"]
        elif name == "cover.png":
            item.properties = ["cover-image"]
        if name == "toc.ncx":
            item.id = "ncx"
        book.add_item(item)
        pages[name] = item
    book.spine = [(pages[name].id, "yes") for name in options["spine"]]
    book.direction = options["direction"]
    book.guide = [{"type": "cover", "title": options["title"], "href": "cover.xhtml"}]
    stamp = datetime.datetime.fromisoformat(options["modified"].replace("Z", "+00:00"))
    out = io.BytesIO()
    wanted = {"mtime": stamp, "raise_exceptions": True, "epub3_pages": False}
    epub.write_epub(out, book, wanted)
    return Pressed(_repacked(out.getvalue(), options, stamp))


def _describe(book: Any, options: Mapping[str, Any]) -> None:
    """The metadata (EPUB 3.3, section 5.5; EPUB Accessibility 1.1, section 2)."""

    def dc(name: str, value: str, **attributes: str) -> None:
        if value:
            book.add_metadata("DC", name, value, attributes)

    def meta(name: str, value: str, **attributes: str) -> None:
        book.add_metadata(None, "meta", value, {"property": name, **attributes})

    dc("identifier", options["identifier"], id="pub-id")
    book.IDENTIFIER_ID = "pub-id"
    book.uid = options["identifier"]
    dc("title", options["title"], id="title")
    meta("title-type", "main", refines="#title")
    if options["subtitle"]:
        dc("title", options["subtitle"], id="subtitle")
        meta("title-type", "subtitle", refines="#subtitle")
    dc("language", options["language"])
    for number, author in enumerate(options["authors"], 1):
        dc("creator", author, id=f"creator-{number}")
        meta("role", "aut", refines=f"#creator-{number}", scheme="marc:relators")
    for key in ("publisher", "rights", "description", "date"):
        dc(key, options[key])
    for subject in options["subjects"]:
        dc("subject", subject)
    visual = ["visual"] if options["pictures"] else []
    for mode in ("textual", *visual):
        meta("schema:accessMode", mode)
    meta("schema:accessModeSufficient", "textual")
    features = ["tableOfContents", "readingOrder", "structuralNavigation"]
    # A picture without words for it stops the build, so where there are pictures they have them.
    for feature in features + (["alternativeText"] if options["pictures"] else []):
        meta("schema:accessibilityFeature", feature)
    meta("schema:accessibilityHazard", "none")
    meta("schema:accessibilitySummary", options["summary"])
    book.add_metadata(None, "meta", "", {"name": "cover", "content": "i-cover-png"})


def _as_named(data: bytes, ending: str) -> bytes:
    """`data` as the PNG or JPEG that its name says it is."""
    starts = {"png": b"\x89PNG", "jpg": b"\xff\xd8"}
    if data.startswith(starts[ending]):
        return data
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.convert("RGBA" if ending == "png" else "RGB").save(
            out, "PNG" if ending == "png" else "JPEG"
        )
    return out.getvalue()


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
    for meta in root.iter(f"{OPF}meta"):
        if meta.get("property") == "dcterms:modified":
            meta.text = options["modified"]
    mended: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return mended
