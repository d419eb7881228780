"""Folios and running heads: stamped onto the pages of a book as artifacts. Sections are of ISO 32000-1 (PDF 1.7)."""

from __future__ import annotations

import unicodedata

from pikepdf import Array, Dictionary, Object, Pdf

from handpress.press.bindery.trees import distinct, listed

# The pages of `stamps`: ten digits of a left-hand folio, one of a right-hand folio, heads.
RIGHT_FOLIO, LEFT_HEAD, RIGHT_HEADS = 10, 11, 12

# Pagination artifacts (14.8.2.2.2) of the subtypes that ISO 14289-1, 7.8 requires for them.
FOLIO = b"/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\n%bEMC\n"
HEAD = b"/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC\n/%b Do\nEMC\n"


class Stamper:
    """Stamps folios and heads onto pages, as forms that are stored once (8.10)."""

    def __init__(self, pdf: Pdf, stamps: Pdf, digits: str) -> None:
        self.pdf = pdf
        self.from_right = unicodedata.bidirectional(digits[0]) == "R"  # N'Ko and Adlam
        pages = list(stamps.pages)
        forms = [self.pdf.copy_foreign(page.as_form_xobject()) for page in pages]
        self.resources = distinct(form.Resources for form in forms)  # of all that it stamps
        places = [page.obj.Annots[0].Rect for page in pages[:LEFT_HEAD]]
        self.widths = [float(place[2] - place[0]) for place in places]
        self.left, self.right = float(places[0][0]), float(places[RIGHT_FOLIO][2])
        self.forms = {f"/Folio{digit}": forms[digit] for digit in range(10)}
        self.forms["/HeadLeft"] = forms[LEFT_HEAD]
        self.heads = forms[RIGHT_HEADS:]
        self.before = self.pdf.make_stream(b"q\n")

    def stamp(self, pages: list[Object], number: int, head: Object) -> None:
        """Stamp the pages of a chapter, of which the first has `number`. Odd numbers are on right-hand pages."""
        for resources in distinct(page.Resources for page in pages):
            if "/XObject" not in resources:
                resources.XObject = Dictionary()
            for key, form in (*self.forms.items(), ("/HeadRight", head)):
                resources.XObject[key] = form
        for count, page in enumerate(pages):
            right = (number + count) % 2 == 1
            written = str(number + count)
            marks = b"Q\n" + self.folio(written[::-1] if self.from_right else written, right)
            if count:  # a chapter's first page carries its title
                marks += HEAD % (b"HeadRight" if right else b"HeadLeft")
            # A page by WeasyPrint ends in other coordinates than it began in, hence q and Q.
            own = listed(page.Contents)
            page.Contents = Array([self.before, *own, self.pdf.make_stream(marks)])

    def folio(self, digits: str, right: bool) -> bytes:
        """Return a number, given by the values of its digits from left to right."""
        widths = [self.widths[int(digit)] for digit in digits]
        x = self.right - sum(widths) if right else self.left
        shown = b""
        for digit, width in zip(digits, widths, strict=True):
            shown += b"q 1 0 0 1 %.4f 0 cm /Folio%b Do Q\n" % (x - self.left, digit.encode())
            x += width
        return FOLIO % shown
