"""The faces of a bound file: the subsets of each are merged into one font. Sections are of ISO 32000-1 (PDF 1.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from handpress.press.bindery.copier import Copier
from handpress.press.bindery.font_merge import Subset, merged, widths_of
from handpress.press.bindery.growing import GrowingPdf, packed
from handpress.press.bindery.syntax import array, dictionary, entries, number_in, reference, values

MOST = 32  # subsets of a face that wait: few are kept at a time
FIXED = 1  # the flag of a font whose glyphs are of one width (9.8.2)
# The entries of a font's dictionaries that are written for the merged font (9.7.6, 9.7.4, 9.8).
WRITTEN = {
    b"/ToUnicode",
    b"/DescendantFonts",
    b"/W",
    b"/FontDescriptor",
    b"/FontFile2",
    b"/FontBBox",
}

Entries = Mapping[bytes, bytes]


class _Face(Struct):
    """One font of the file: its number, its dictionaries without what is merged, and its subsets."""

    number: int
    font: Entries
    inner: Entries
    about: Entries
    subsets: list[Subset] = field(default_factory=list)
    widths: dict[int, bytes] = field(default_factory=dict)  # of the glyphs so far

    def wants(self, widths: Mapping[int, bytes]) -> bool:
        """Return whether a subset has a glyph that is not there yet, or one of another width: an error for `add`.

        One that shows nothing, such as a space without width, is in its piece as the whole face.
        """
        return not (widths.items() <= self.widths.items() and self.subsets)

    def add(self, subset: Subset) -> None:
        self.subsets = [*(s for s in self.subsets if s.widths), subset]
        self.widths = {**subset.widths, **self.widths}
        if len(self.subsets) == MOST:
            self.subsets = [merged(self.subsets)]

    def write(self, file: GrowingPdf) -> None:
        whole = merged(self.subsets) if len(self.subsets) > 1 else self.subsets[0]
        cmap, outlines, about, inner = (file.reserve() for _ in range(4))
        file.put(cmap, *packed(whole.cmap))
        file.put(outlines, *packed(whole.file, b"/Length1 %d" % len(whole.file)))
        flags = int(self.about[b"/Flags"])
        if len({*whole.widths.values()}) > 1:
            flags &= ~FIXED
        box, runs = array(list(whole.box)), (b"%d [%b]" % pair for pair in whole.widths.items())
        more = {b"/Flags": b"%d" % flags, b"/FontBBox": box, b"/FontFile2": reference(outlines)}
        file.put(about, dictionary({**self.about, **more}))
        more = {b"/FontDescriptor": reference(about), b"/W": b"[%b]" % b" ".join(runs)}
        file.put(inner, dictionary({**self.inner, **more}))
        more = {b"/ToUnicode": reference(cmap), b"/DescendantFonts": array([reference(inner)])}
        file.put(self.number, dictionary({**self.font, **more}))


class Use(Struct, frozen=True, array_like=True):
    """The use of a font of the file by a piece: the widths of the glyphs that it shows."""

    name: bytes
    number: int
    widths: Mapping[int, bytes]


class Faces:
    """The fonts of a file, one for each name of a subset."""

    def __init__(self, file: GrowingPdf) -> None:
        self.file = file
        self.faces: dict[bytes, _Face] = {}

    def take(self, piece: Copier) -> list[Use] | None:
        """Let a piece refer to the merged fonts instead of its own subsets; return its uses, None if it has new glyphs.

        Fonts other than TrueType with glyph numbers as codes stay as they are: OpenType with PostScript outlines, and
        fonts with characters that the face lacks. Raises :class:`ValueError` if two subsets are not of one face.
        """
        uses, new = [], False
        for number, text in piece.texts.items():
            if b"/Type0" not in text or b"/DescendantFonts" not in text:
                continue
            font = entries(text)
            inner = entries(piece.at(values(piece.at(font[b"/DescendantFonts"]))[0]))
            about = entries(piece.at(inner[b"/FontDescriptor"]))
            if (
                font.get(b"/Encoding") != b"/Identity-H"
                or inner.get(b"/CIDToGIDMap") != b"/Identity"
                or b"/FontFile2" not in about
            ):
                continue
            name = font[b"/BaseFont"]
            if name not in self.faces:
                own = self.file.reserve()
                self.faces[name] = _Face(own, _kept(font), _kept(inner), _kept(about))
            face = self.faces[name]
            piece.new[number] = reference(face.number)
            widths = widths_of(piece.at(inner[b"/W"]))
            uses.append(Use(name, face.number, widths))
            if face.wants(widths):
                new = True
                file = piece.content(number_in(about[b"/FontFile2"]))
                cmap = piece.content(number_in(font[b"/ToUnicode"]))
                box = values(piece.at(about[b"/FontBBox"]))
                face.add(Subset(file, widths, cmap, tuple(box)))
        return None if new else uses

    def have(self, uses: Sequence[Use]) -> bool:
        """Return whether the fonts have all glyphs that a piece shows, with the same numbers and widths."""
        found = [(self.faces.get(use.name), use) for use in uses]
        return all(
            face is not None and face.number == use.number and not face.wants(use.widths)
            for face, use in found
        )

    def write(self) -> None:
        """Write all fonts."""
        for face in self.faces.values():
            face.write(self.file)


def _kept(facts: Entries) -> Entries:
    return {key: value for key, value in facts.items() if key not in WRITTEN}
