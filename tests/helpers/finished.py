"""Readers of finished files: what a person's viewer, browser or e-reader would find in them."""

from __future__ import annotations

import ctypes
import re
import subprocess
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree import ElementTree

import page as validator
import pikepdf
import pypdfium2
import pypdfium2.raw as raw
from msgspec import Struct, field

# --- Web and EPUB ------------------------------------------------------------------------------

ADDRESSES = ("href", "src", "srcset", "poster", "data", "{http://www.w3.org/1999/xlink}href")
IN_CSS = re.compile(r"url\(\s*[\"']?([^\"')]+)")


class Page(Struct):
    """A page's addresses and ids, in order; `loads` has the addresses that are fetched to show it."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page, self.in_style = Page(), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_style = tag == "style"
        for name, value in attrs:
            if name in ADDRESSES:
                self.page.links.append(value or "")
                if name != "href" or (tag == "link" and dict(attrs).get("rel") == "stylesheet"):
                    self.page.loads.append(value or "")
            elif name == "id":
                self.page.ids.append(value or "")
            elif name == "style":
                self.css(value or "")

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self.css(data)

    def css(self, text: str) -> None:
        self.page.links += IN_CSS.findall(text)
        self.page.loads += IN_CSS.findall(text)


def html_page(text: str) -> Page:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def xml_page(data: bytes) -> Page:
    """The addresses and ids of any XML: XHTML, SVG, NCX, the package."""
    found = Page()
    for element in ElementTree.fromstring(data).iter():
        for name, value in element.attrib.items():
            if name in ADDRESSES:
                found.links.append(value)
                if name != "href" or element.tag.endswith(("}link", "}image", "}use")):
                    found.loads.append(value)
            elif name == "id":
                found.ids.append(value)
    return found


def outward(link: str) -> bool:
    return bool(re.match(r"(https?|mailto|tel):", link))


def dangling(pages: dict[str, Page], others: set[str]) -> Iterator[str]:
    """The links of `pages`, by path, that lead neither to a file that is there nor to an id in it."""
    for path, page in pages.items():
        for link in page.links:
            if outward(link) or link.startswith("data:image/"):
                continue
            file, _, anchor = link.partition("#")
            target = normpath(join(dirname(path), unquote(file))) if file else path
            if target not in pages and target not in others:
                yield f"{path}: {link}: no such file"
            elif anchor and target in pages and unquote(anchor) not in pages[target].ids:
                yield f"{path}: {link}: no such id"


XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Ebook:
    """A finished EPUB."""

    OPF = "{http://www.idpf.org/2007/opf}"
    DC = "{http://purl.org/dc/elements/1.1/}"

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as book:
            self.entries = book.infolist()
            self.files = {entry.filename: book.read(entry) for entry in self.entries}
        container = ElementTree.fromstring(self.files["META-INF/container.xml"])
        (root,) = (e for e in container.iter() if e.tag.endswith("rootfile"))
        self.package_path = root.attrib["full-path"]
        self.package = ElementTree.fromstring(self.files[self.package_path])
        self.items = {
            e.attrib["id"]: (self.below(e.attrib["href"]), e.attrib)
            for e in self.package.iter(f"{self.OPF}item")
        }

    def below(self, href: str) -> str:
        return normpath(join(dirname(self.package_path), unquote(href)))

    def said(self, name: str) -> list[str]:
        """The values of a property or a Dublin Core element of the package, in order."""
        return [
            e.text or ""
            for e in self.package.iter()
            if e.tag == f"{self.DC}{name}" or e.get("property") in (name, f"schema:{name}")
        ]

    @property
    def spine(self) -> list[str]:
        return [self.items[e.attrib["idref"]][0] for e in self.package.iter(f"{self.OPF}itemref")]

    @property
    def nav(self) -> str:
        (path,) = (p for p, a in self.items.values() if "nav" in a.get("properties", "").split())
        return path

    def pages(self) -> dict[str, Page]:
        return {
            path: xml_page(data)
            for path, data in self.files.items()
            if path.endswith((".xhtml", ".svg", ".ncx", ".opf"))
        }


# --- PDF ---------------------------------------------------------------------------------------


class Link(Struct, frozen=True):
    """A link of a PDF: the page that it is on (from 0), and its address or the name it jumps to."""

    page: int
    uri: str | None = None
    name: str | None = None


def pdf_links(pdf: pikepdf.Pdf) -> Iterator[Link]:
    for number, page in enumerate(pdf.pages):
        for annotation in page.get("/Annots", []):
            if annotation.Subtype != "/Link":
                continue
            action = annotation.get("/A")
            if action is not None and action.S == "/URI":
                yield Link(number, uri=str(action.URI))
            else:
                assert action is None or action.S == "/GoTo", action
                to = annotation.get("/Dest") if action is None else action.D
                yield Link(number, name=str(to))


def pdf_names(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Every named destination, and its page, counted from 0."""
    names = pdf.Root.get("/Names")
    if names is None or "/Dests" not in names:
        return {}
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    return {name: numbers[to[0].objgen] for name, to in pikepdf.NameTree(names.Dests).items()}


CONFORMS = (validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_2A)


def wrong_in(data: bytes) -> list[str]:
    """The violations in a PDF of the two standards to which each of ours conforms."""
    reports = [validator.validate_pdf_bytes(data, profile=profile) for profile in CONFORMS]
    return [str(failure) for report in reports for failure in report.failures]


# Entries of structure elements that are read out or decide how others are.
TOLD = ("/Lang", "/Alt", "/E")
ATTRIBUTES = ("/Scope", "/ListNumbering", "/ColSpan", "/RowSpan")


def pdf_tags(path: Path) -> list[str]:
    """The elements that a screen reader meets: the type of each and its description, and each
    piece of text, in order, two spaces a level.
    """
    lines: list[str] = []
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
        pages = {sheet.objgen: number for number, sheet in enumerate(pdf.pages)}
        marked = [_marked(sheet) for sheet in drawn]

        def walk(element: pikepdf.Object, depth: int) -> None:
            said = [f"{key[1:]}={element[key]}" for key in TOLD if key in element]
            attributes = element.get("/A", {})
            said += [f"{key[1:]}={attributes[key]!s}" for key in ATTRIBUTES if key in attributes]
            lines.append("  " * depth + " ".join([str(element.S)[1:], *said]))
            text = ""
            for kid in [*element.get("/K", []), None]:
                if isinstance(kid, int) or (kid is not None and kid.get("/Type") == "/MCR"):
                    on, number = (element.Pg, kid) if isinstance(kid, int) else (kid.Pg, kid.MCID)
                    text += marked[pages[on.objgen]].get(int(number), "")
                elif text:
                    lines.append("  " * (depth + 1) + repr(text.strip()))
                    text = ""
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid, depth + 1)

        walk(pdf.Root.StructTreeRoot.K[0], 0)
    return lines


def _marked(sheet: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of a page by the number of its marked content."""
    found: dict[int, str] = {}
    text_page = sheet.get_textpage()
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        number = raw.FPDFPageObj_GetMarkedContentID(thing.raw)
        size = raw.FPDFTextObj_GetText(thing.raw, text_page.raw, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(
            thing.raw, text_page.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
        )
        text = buffer.raw.decode("utf-16-le").rstrip("\0")
        found[number] = found.get(number, "") + text
    return found


def pdf_fonts(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """The name of every font without the mark of its subset, and whether its file is in the PDF."""
    found = {}
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            name = re.sub(r"^/[A-Z]{6}\+", "", str(thing.FontName)).lstrip("/")
            found[name] = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") in (
            "/Type1", "/TrueType", "/Type3",
        ):  # fmt: skip
            found.setdefault(str(thing.get("/BaseFont", "a Type 3 font")).lstrip("/"), False)
    return found


def page_labels(pdf: pikepdf.Pdf) -> list[str]:
    return [str(page.label) for page in pdf.pages]


def pdf_text(path: Path, *options: str) -> list[str]:
    """The text of each page as pdftotext gives it."""
    done = subprocess.run(
        ["pdftotext", *options, str(path), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.removesuffix("\f").split("\f")


def flat(text: str) -> str:
    """`text` with white space folded and words that were divided at a line's end put together."""
    return " ".join(re.sub(r"[‐-]\n", "", text).split())
