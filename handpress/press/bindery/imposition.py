"""Imposition: place the pages of a finished PDF, two a side, on sheets to fold into a booklet.

The result is only for paper: pages become forms, without tags and links. Sections with a dot are of
ISO 32000-1 (PDF 1.7).

pdfimpose folds sheets too, but draws no collating marks and needs PyMuPDF, a second PDF library.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

from handpress.core.direction import Direction
from handpress.core.files.disk import Asset
from handpress.core.units import POINTS
from handpress.press.options import BookletOptions, Options
from handpress.press.pdf import render
from handpress.press.result import Rendered
from handpress.press.signatures import Side, signatures

# Millimetres. Nested sheets stick out by their thickness, so their pages move towards the fold (creep).
THICKNESS = 0.1  # of office paper, 80 g a square metre
FOLD_MARK = (2, 8)  # from the edge: within a printer's printable area, and above the text
STEP, BAR = 6, (1, 5)  # collating marks: distance from one to the next, width and height of each
FIRST_BAR = 25  # below the upper edge
BARS = 20  # after so many, they begin at the top again

MM = POINTS["mm"]


# --- Sheets -----------------------------------------------------------------------------------


def impose_booklet(files: Mapping[str, Asset], options: BookletOptions) -> Rendered:
    """Make the booklet of a recipe: `pages.pdf` to impose, the other files as guide.

    The guide is a sheet with instructions for printing and folding. `width` and `height` are those of the
    sheet, in millimetres.
    """
    guide = {name: asset for name, asset in files.items() if name != "pages.pdf"}
    sheet = render.render_furniture(guide, Options()).data
    return impose(
        files["pages.pdf"].read(), sheet, options.width, options.height, options.direction
    )


def impose(
    pages: bytes, guide: bytes, width: float, height: float, direction: Direction = "ltr"
) -> Rendered:
    """Impose `pages` after the sheet `guide`, on landscape sheets of `width` by `height` millimetres.

    A booklet that is read from right to left has its spine on the right. Pages are scaled down to half
    a sheet if necessary, never up. The same arguments give the same bytes.
    """
    out = _Imposition(width * MM, height * MM)
    out.insert(guide)
    found = signatures(out.take(pages), direction)
    for number, signature in enumerate(found):
        for sheet in signature:
            bar = number if len(found) > 1 and sheet.depth == 0 else None
            out.side(sheet.front, sheet.depth, bar=bar)
            out.side(sheet.back, sheet.depth, fold=sheet is signature[-1])
    return Rendered(out.save(), len(out.pdf.pages))


class _Imposition:
    """The booklet so far; lengths are in points."""

    def __init__(self, width: float, height: float) -> None:
        self.pdf = Pdf.new()
        self.width, self.height = width, height
        self.sources: list[Pdf] = []  # streams are read from them when the booklet is saved
        self.forms: list[Object] = []
        self.boxes: list[tuple[float, ...]] = []

    def insert(self, guide: bytes) -> None:
        """Begin with a separate sheet, with a blank back."""
        self.pdf.pages.extend(self.read(guide).pages)
        if len(self.pdf.pages) % 2:
            self.page(b"", Dictionary())

    def read(self, data: bytes) -> Pdf:
        self.sources.append(Pdf.open(io.BytesIO(data)))
        return self.sources[-1]

    def take(self, pages: bytes) -> int:
        """Make forms (8.10) of the pages, which keep their shared objects; return their number."""
        for page in self.read(pages).pages:
            self.forms.append(self.pdf.copy_foreign(page.as_form_xobject()))
            self.boxes.append(tuple(float(edge) for edge in page.trimbox))
        return len(self.forms)

    def side(self, side: Side, depth: int, fold: bool = False, bar: int | None = None) -> None:
        """Lay out one side, optionally with marks for folding, or for the back of the `bar`-th signature."""
        shift = depth * THICKNESS * MM
        drawn, forms = b"", Dictionary()
        if side.left:
            drawn += self.placed(side.left, "/Left", shift)
            forms.Left = self.forms[side.left - 1]
        if side.right:
            drawn += self.placed(side.right, "/Right", -shift)
            forms.Right = self.forms[side.right - 1]
        drawn += self.fold_marks() if fold else b""
        drawn += self.collating_mark(bar) if bar is not None else b""
        self.page(drawn, Dictionary(XObject=forms) if forms else Dictionary())

    def placed(self, number: int, form: str, shift: float) -> bytes:
        """Draw a page at the fold, centred between head and foot, clipped at the fold."""
        left, bottom, right, top = self.boxes[number - 1]
        half, page, tall = self.width / 2, right - left, top - bottom
        scale = min(1, half / page, self.height / tall)
        if scale > 0.999:  # paper sizes are rounded differently
            scale = 1
        on_left = form == "/Left"
        x = half + shift - (scale * page if on_left else 0) - scale * left
        y = (self.height - scale * tall) / 2 - scale * bottom
        clip = (0 if on_left else half, 0, half, self.height)
        return b"q %.4f %.4f %.4f %.4f re W n %.6f 0 0 %.6f %.4f %.4f cm %b Do Q\n" % (
            *clip, scale, scale, x, y, form.encode(),
        )  # fmt: skip

    def fold_marks(self) -> bytes:
        """Draw hairlines at head and foot of the side that faces up when a signature is folded."""
        near, far = (edge * MM for edge in FOLD_MARK)
        line = b"%.4f %.4f m %.4f %.4f l\n"
        x = self.width / 2
        marks = line % (x, near, x, far) + line % (x, self.height - near, x, self.height - far)
        return b"q 0.25 w %bS Q\n" % marks

    def collating_mark(self, number: int) -> bytes:
        """Draw a bar on the spine of a signature, lower than that of the one before.

        In the right order, the bars form a staircase.
        """
        wide, high = (length * MM for length in BAR)
        top = self.height - (FIRST_BAR + number % BARS * STEP) * MM
        return b"q %.4f %.4f %.4f %.4f re f Q\n" % (
            (self.width - wide) / 2, top - high, wide, high,
        )  # fmt: skip

    def page(self, drawn: bytes, resources: Dictionary) -> None:
        page = Dictionary(Type=Name.Page, Resources=resources)
        page.MediaBox = Array([0, 0, round(self.width, 4), round(self.height, 4)])
        if drawn:
            page.Contents = self.pdf.make_stream(drawn)
        self.pdf.pages.append(Page(self.pdf.make_indirect(page)))

    def save(self) -> bytes:
        """Return the bytes, with the title and language of the pages, and settings for the printer (12.2)."""
        root, source = self.pdf.Root, self.sources[-1]
        root.Lang = String(str(source.Root.Lang))
        root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            Duplex=Name.DuplexFlipShortEdge,
            PickTrayByPDFSize=True,
            PrintScaling=Name("/None"),
        )
        self.pdf.trailer.Info = self.pdf.copy_foreign(source.trailer.Info)
        if "/Edition" in self.pdf.docinfo:  # XMP has no property for it
            del self.pdf.docinfo["/Edition"]
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata.load_from_docinfo(self.pdf.docinfo)
        out = io.BytesIO()
        self.pdf.save(out, min_version="1.7", object_stream_mode=ObjectStreamMode.generate,
                      deterministic_id=True, fix_metadata_version=False)  # fmt: skip
        return out.getvalue()
