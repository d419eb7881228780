"""Folios and running heads: stamped onto the pages of a book as artifacts. Sections are of ISO 32000-1 (PDF 1.7)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from handpress.press.bindery.copier import Copier
from handpress.press.bindery.growing import packed
from handpress.press.bindery.syntax import array, dictionary, entries, listed, number_in, values

# The pages of `stamps`: ten digits of a left-hand folio, one of a right-hand folio, heads.
RIGHT_FOLIO, LEFT_HEAD, RIGHT_HEADS = 10, 11, 12

# Pagination artifacts (14.8.2.2.2) of the subtypes that ISO 14289-1, 7.8 requires for them.
FOLIO = b"/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\n%bEMC\n"
HEAD = b"/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC\n/%b Do\nEMC\n"


class Stamper:
    """Stamps folios and heads onto pages, as forms that are stored once (8.10).

    `stamps` are pages: ten digits of a left-hand folio, one of a right-hand folio, heads.
    """

    def __init__(self, stamps: Copier, digits: str) -> None:
        self.from_right = unicodedata.bidirectional(digits[0]) == "R"  # N'Ko and Adlam
        pages = [entries(stamps.texts[number]) for number in stamps.pages]
        forms = [_form(stamps, page) for page in pages]
        places = [_place(stamps, page) for page in pages[:LEFT_HEAD]]
        self.widths = [right - left for left, right in places]
        self.left, self.right = places[0][0], places[RIGHT_FOLIO][1]
        self.forms = {b"/Folio%d" % digit: forms[digit] for digit in range(10)}
        self.forms[b"/HeadLeft"] = forms[LEFT_HEAD]
        self.heads = forms[RIGHT_HEADS:]
        self.before = stamps.file.once(*packed(b"q\n"))
        stamps.write()

    @property
    def facts(self) -> tuple[object, ...]:
        """Everything that decides what is stamped, apart from the number of a page and its head."""
        return self.forms, self.before, self.widths, self.left, self.right, self.from_right

    def stamp(self, piece: Copier, number: int, head: int) -> None:
        """Stamp the pages of a chapter, of which the first has `number`. Odd numbers are on right-hand pages."""
        forms = {**self.forms, b"/HeadRight": head}
        own = {name: piece.refer(form) for name, form in forms.items()}
        before = piece.refer(self.before)
        known: dict[bytes, bytes] = {}  # resources of pages, without and with the forms
        for count, key in enumerate(piece.pages):
            page = entries(piece.texts[key])
            right = (number + count) % 2 == 1
            written = str(number + count)
            marks = b"Q\n" + self.folio(written[::-1] if self.from_right else written, right)
            if count:  # a chapter's first page carries its title
                marks += HEAD % (b"HeadRight" if right else b"HeadLeft")
            # A page by WeasyPrint ends in other coordinates than it began in, hence q and Q.
            contents = [before, *listed(page[b"/Contents"]), piece.add(*packed(marks))]
            resources = page[b"/Resources"]
            if resources not in known:
                table = entries(piece.at(resources))
                forms_before = entries(piece.at(table.get(b"/XObject", b"<<>>")))
                known[resources] = piece.add(
                    dictionary({**table, b"/XObject": dictionary({**forms_before, **own})})
                )
            changed = {b"/Contents": array(contents), b"/Resources": known[resources]}
            piece.texts[key] = dictionary({**page, **changed})

    def folio(self, digits: str, right: bool) -> bytes:
        """Return a number, given by the values of its digits from left to right."""
        widths = [self.widths[int(digit)] for digit in digits]
        x = self.right - sum(widths) if right else self.left
        shown = b""
        for digit, width in zip(digits, widths, strict=True):
            shown += b"q 1 0 0 1 %.4f 0 cm /Folio%b Do Q\n" % (x - self.left, digit.encode())
            x += width
        return FOLIO % shown


def _form(stamps: Copier, page: Mapping[bytes, bytes]) -> int:
    """Return the number of a form with the content of a page (8.10.2)."""
    content = number_in(page[b"/Contents"])
    facts = {b"/Type": b"/XObject", b"/Subtype": b"/Form", b"/BBox": page[b"/TrimBox"]}
    more = entries(stamps.texts[content]) | {b"/Resources": page[b"/Resources"]}
    text = stamps.copied_once(dictionary({**facts, **more}))
    return stamps.file.once(text, stamps.streams[content])


def _place(stamps: Copier, page: Mapping[bytes, bytes]) -> tuple[float, float]:
    """Return where the one link on a page begins and ends, from the left."""
    link = entries(stamps.at(values(stamps.at(page[b"/Annots"]))[0]))
    left, _, right, _ = map(float, values(link[b"/Rect"]))
    return left, right
