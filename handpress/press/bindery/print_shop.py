"""The print shop: pages with bleed and crop marks, and the colours of text as black ink alone.

The result conforms to PDF/A-2u (ISO 19005-2) if the pages did. It has no tags and no links: it is for a press, not for
readers. Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Page, Pdf, String

from handpress.core.files.disk import Asset
from handpress.core.units import POINTS
from handpress.press.bindery.saving import saved
from handpress.press.claims import Claims
from handpress.press.options import Options, RenderOptions, TrimOptions
from handpress.press.pdf import render
from handpress.press.result import Rendered

METADATA = {"Type": Name.Metadata, "Subtype": Name.XML}
MM = POINTS["mm"]
BLEED, MARGIN = 3 * MM, 12 * MM  # around the trimmed page; crop marks are in the rest of the margin
NEUTRAL = 0.17  # a colour is taken for grey if it spreads over less of what it lacks to white
BLACK = 0.2  # a darker grey is taken for black
GREY = {"rg": "g", "RG": "G"}
WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in grey
FOLIO = 4  # pages: a book of so many, or a multiple, leaves no half sheet over


def trim_pages(files: Mapping[str, Asset], options: TrimOptions) -> Rendered:
    """Return the pages of a finished book without its cover, for a print shop.

    The page `options.replaced` is replaced by the page that the other files are laid out to, which bleeds.
    """
    html = {name: asset for name, asset in files.items() if name != "pages.pdf"}
    shop = _Shop(files["pages.pdf"].read())
    pages = shop.read(files["pages.pdf"].read())[options.cover :]
    if options.replaced is not None:
        pages[options.replaced] = shop.read(render.render_furniture(html, Options()).data)[0]
    return Rendered(shop.save([*pages, *shop.blank(pages[-1], -len(pages) % FOLIO)]), len(shop))


def trim_cover(files: Mapping[str, Asset], options: Options) -> Rendered:
    """Return a cover in one piece, laid out from the files of a recipe, for a print shop."""
    made = render.render_pdf(files, RenderOptions())
    shop = _Shop(made.data)
    data = shop.save(shop.read(made.data))
    return Rendered(data, len(shop), findings=made.findings)


class _Shop:
    """The file so far. Its metadata are those of `data`, without the claim to be accessible."""

    def __init__(self, data: bytes) -> None:
        self.pdf = Pdf.new()
        self.sources: list[Pdf] = []  # streams are read from them when the file is saved
        self.data = data

    def __len__(self) -> int:
        return len(self.pdf.pages)

    def read(self, data: bytes) -> list[Page]:
        self.sources.append(Pdf.open(io.BytesIO(data)))
        return list(self.sources[-1].pages)

    def blank(self, like: Page, count: int) -> Iterable[Page]:
        """Yield pages without content, of the size of another one."""
        for _ in range(count):
            page = Dictionary(Type=Name.Page, Resources=Dictionary(), MediaBox=like.trimbox)
            yield Page(self.sources[0].make_indirect(page))

    def save(self, pages: Iterable[Page]) -> bytes:
        """Return the file with these pages."""
        for page in pages:
            self.pdf.pages.append(page)
            self.finish(self.pdf.pages[-1])
        source = Pdf.open(io.BytesIO(self.data))
        self.sources.append(source)
        intents = source.make_indirect(source.Root.OutputIntents)
        self.pdf.Root.OutputIntents = self.pdf.copy_foreign(intents)
        self.pdf.Root.Lang = String(str(source.Root.Lang))
        packet = source.Root.Metadata.read_bytes()
        claims = Claims(accessible=False, archival=Claims.of(packet).archival)
        self.pdf.Root.Metadata = self.pdf.make_stream(claims.apply(packet), **METADATA)
        self.pdf.trailer.Info = self.pdf.copy_foreign(source.trailer.Info)
        return saved(self.pdf)

    def finish(self, page: Page) -> None:
        """Set the boxes of a page (14.11.2), draw its crop marks, and remove all that is not ink."""
        left, bottom, right, top = trim = [float(edge) for edge in page.trimbox]
        for key in ("/Annots", "/StructParents", "/Tabs", "/CropBox", "/ArtBox", "/Group"):
            if key in page.obj:
                del page.obj[key]
        page.obj.TrimBox = _numbers(trim)
        page.obj.BleedBox = _numbers((left - BLEED, bottom - BLEED, right + BLEED, top + BLEED))
        page.obj.MediaBox = _numbers((left - MARGIN, bottom - MARGIN, right + MARGIN, top + MARGIN))
        if "/Contents" in page.obj:
            page.obj.Contents = self.pdf.make_stream(_in_black(page))
        for form in _forms(page.obj.get("/Resources"), set()):
            if "/StructParents" in form:
                del form["/StructParents"]
            form.write(_in_black(form))
        page.contents_add(self.pdf.make_stream(_marks(*trim)))


def _forms(resources: Object | None, seen: set[tuple[int, int]]) -> Iterable[Object]:
    """Yield the forms (8.10) that a page draws, and those that they draw."""
    for thing in (resources or Dictionary()).get("/XObject", Dictionary()).values():
        if thing.get("/Subtype") == "/Form" and thing.objgen not in seen:
            seen.add(thing.objgen)
            yield thing
            yield from _forms(thing.get("/Resources"), seen)


def _in_black(content: Page | Object) -> bytes:
    """Return content whose neutral colours are grey, and whose dark ones are black.

    A press prints grey with black ink alone. As four inks, small text would blur if one of them were off by a hair.
    """
    drawn: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    for step in pikepdf.parse_content_stream(content):
        grey = GREY.get(str(step.operator))
        if grey and (level := _neutral([float(part) for part in step.operands])) is not None:
            drawn.append(pikepdf.ContentStreamInstruction([round(level, 4)], Operator(grey)))
        else:
            drawn.append(step)
    return bytes(pikepdf.unparse_content_stream(drawn))


def _neutral(colour: list[float]) -> float | None:
    """Return the grey of a colour that is nearly one, or None."""
    if max(colour) - min(colour) > NEUTRAL * (1 - min(colour)):
        return None
    level = sum(weight * part for weight, part in zip(WEIGHTS, colour, strict=True))
    return 0 if level < BLACK else min(1, level)


def _marks(left: float, bottom: float, right: float, top: float) -> bytes:
    """Draw hairlines at the corners of the trimmed page, from the edge of the bleed outwards."""
    near, far = BLEED, MARGIN - 2 * MM
    lines = [
        line
        for x, out_x in ((left, -1), (right, 1))
        for y, out_y in ((bottom, -1), (top, 1))
        for line in (
            (x + out_x * near, y, x + out_x * far, y),
            (x, y + out_y * near, x, y + out_y * far),
        )
    ]
    drawn = "".join("{:.3f} {:.3f} m {:.3f} {:.3f} l\n".format(*line) for line in lines)
    return f"q 0 G 0.25 w\n{drawn}S Q\n".encode()


def _numbers(edges: Iterable[float]) -> Array:
    return Array([round(edge, 3) for edge in edges])
