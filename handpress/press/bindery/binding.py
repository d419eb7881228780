"""Binding: join PDFs, each rendered alone, into one tagged PDF.

Pages, structure, names and outlines of the pieces are joined. Fonts, pictures and all other content that is equal are
stored once. Nothing is laid out again, and objects are copied as text. Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import IO
from urllib.parse import unquote

from msgspec import Struct

from handpress.press.bindery import structure
from handpress.press.bindery.copier import Copier
from handpress.press.bindery.faces import Faces, Use
from handpress.press.bindery.growing import GrowingPdf
from handpress.press.bindery.outline import Entry, Outline
from handpress.press.bindery.structure import Elements, Structure
from handpress.press.bindery.syntax import (
    STRING,
    after,
    array,
    characters,
    dictionary,
    entries,
    number_in,
    prefixed,
    reference,
    replaced_after,
)
from handpress.press.bindery.trees import NAMES, Pair, pairs, put_tree
from handpress.press.claims import Claims
from handpress.press.result import ELSEWHERE

# The parts of a piece that are joined or written again. Others would be lost, so they are refused.
CATALOGUE = {b"/Type", b"/Pages", b"/Lang", b"/MarkInfo", b"/Metadata", b"/Names", b"/Outlines",
             b"/OutputIntents", b"/PageLabels", b"/StructTreeRoot", b"/ViewerPreferences"}  # fmt: skip
NAMED = {b"/Dests"}
# Properties of the complete file: the same in every piece, or taken from the first.
SHARED = (b"/Lang", b"/MarkInfo", b"/OutputIntents", b"/ViewerPreferences")
BOXES = (b"/MediaBox", b"/CropBox", b"/TrimBox", b"/BleedBox")
URI = after(rb"/URI", STRING)
DEST = after(rb"/Dest", STRING)

Stamp = Callable[[Copier], None]  # changes the pages of a piece before they are copied
Targets = Callable[[str], Sequence[str]]  # the ids that an address may mean, the best first


class Unbindable(Exception):
    """The pieces do not make a book, with the reason."""


class Link(Struct, frozen=True, array_like=True):
    """A link that may lead to one of `ids`, perhaps in another piece: the number and the entries of its annotation."""

    number: int
    annotation: Mapping[bytes, bytes]
    ids: Sequence[str]
    must: bool  # whether its address is none on the web
    title: str  # of its piece


def elsewhere(uri: str) -> Sequence[str]:
    """Return the id in another piece of a book that an address means."""
    return [unquote(uri.removeprefix(ELSEWHERE))] if uri.startswith(ELSEWHERE) else []


class Part(Struct, frozen=True, array_like=True):
    """The entries of a piece in the lists and trees of the whole file, which are written at the end.

    `boxes` are those of its last page; `uses`, its fonts, None if it has glyphs that no piece before it has.
    """

    pages: Sequence[bytes]
    boxes: bytes
    names: Mapping[str, Pair]
    links: Sequence[Link]
    elements: Elements
    outline: Sequence[Entry]
    claims: Claims
    uses: Sequence[Use] | None


class Binding:
    """The pieces so far, as one tagged PDF, which is written to `out` as they come.

    The properties of the whole file are written by `join`. The same pieces give the same bytes.
    """

    def __init__(self, out: IO[bytes] | None = None) -> None:
        self.out = out or io.BytesIO()
        self.file = GrowingPdf(self.out)
        self.faces = Faces(self.file)
        self.structure = Structure(self.file)
        self.outline = Outline(self.file)
        self.tree = self.file.reserve()  # of pages
        self.pages: list[bytes] = []
        self.boxes = b""  # of the last page
        self.blanks: list[tuple[int, bytes]] = []  # blank pages, with their boxes
        self.names: dict[str, Pair] = {}
        self.links: list[Link] = []
        self.taken = 0  # pieces
        self.claims = Claims()  # of all pieces
        # Properties of the first piece.
        self.shared: dict[bytes, bytes] = {}
        self.info: dict[bytes, bytes] = {}
        self.packet = b""  # of metadata

    def stamps(self, data: bytes) -> Copier:
        """Return pages without tags, to stamp on those of the pieces."""
        stamps = Copier(self.file, data)
        self._fonts(stamps, "the stamps")
        return stamps

    def take(
        self,
        data: bytes,
        title: str,
        *,
        within: bool = False,
        apart: bool = False,
        language: str = "",
        stamp: Stamp | None = None,
        targets: Targets = elsewhere,
    ) -> Part:
        """Append a piece, and return what it adds to the whole file.

        It is perhaps `within` the part before it, and has a `stamp` on its pages.

        The names of its destinations stay, unless it is kept `apart` from others that have them too. Its elements
        name its language if that is not the `language` of the file. An address leads to the first of its `targets` that
        a piece has. Raises :class:`Unbindable` if a part of the piece would be lost; `title` is for that message.
        """
        piece = Copier(self.file, data)
        tree, names = _supported(piece, title)
        mark = f"{self.taken + 1}-"
        if stamp:
            stamp(piece)
        if apart:
            _set_apart(piece, mark)
        uses = self._fonts(piece, title)
        claims = self._properties(piece)
        try:
            elements = self.structure.take(piece, tree, mark, language)
        except ValueError as error:
            raise Unbindable(f"{title}: {error}") from None
        pages, boxes = self._pages(piece)
        links = self._links(piece, title, targets)
        named: dict[str, Pair] = {}
        for written, to in pairs(piece, names.get(b"/Dests", b"<<>>"), NAMES):  # 12.3.2.3
            name = prefixed(written, mark) if apart else written
            if (id_ := characters(name)) in named:
                raise Unbindable(f"{title}: has the id `{id_}` twice")
            named[id_] = name, piece.copied(to)
        outline = self.outline.take(piece, within)
        part = Part(pages, boxes, named, links, elements, outline, claims, uses)
        self.add(part, title)
        piece.write()
        return part

    def add(self, part: Part, title: str) -> None:
        """Append what a piece adds to the lists and trees of the whole file."""
        if both := part.names.keys() & self.names.keys():
            raise Unbindable(f"{title}: another piece has the id `{min(both)}` too")
        self.taken += 1
        self.pages += part.pages
        self.boxes = part.boxes
        self.names.update(part.names)
        self.links += part.links
        self.structure.add(part.elements)
        self.outline.entries += part.outline
        self.claims &= part.claims

    def fill_up(self) -> None:
        """Make the next page a right-hand one, by a blank page of the last one's size."""
        if len(self.pages) % 2:
            self.blanks.append((self.file.reserve(), self.boxes))
            self.pages.append(reference(self.blanks[-1][0]))

    def join(self, labels: bytes = b"") -> None:
        """Write the properties of the whole file, perhaps with the `labels` of all pages (12.4.2).

        The file claims only the standards that all pieces claim. Raises :class:`Unbindable` if a link has an unknown target.
        """
        put = self.file.put
        for number, boxes in self.blanks:
            facts = b"/Parent %d 0 R/Resources <<>>/Tabs /S%b" % (self.tree, boxes)
            put(number, b"<</Type /Page%b>>" % facts)
        for link in self.links:
            put(link.number, dictionary(self._led(link)))
        try:
            self.faces.write()
        except ValueError as error:
            raise Unbindable(f"the pieces differ in their fonts: {error}") from None
        packet = self.claims.apply(self.packet)
        metadata, info, root = (self.file.reserve() for _ in range(3))
        put(metadata, b"<</Type /Metadata/Subtype /XML/Length %d>>" % len(packet), packet)
        put(info, dictionary(self.info))
        put(self.tree, b"<</Type /Pages/Count %d/Kids %b>>" % (len(self.pages), array(self.pages)))
        self.structure.write()
        self.outline.write()
        catalogue = {
            b"/Type": b"/Catalog",
            b"/Pages": reference(self.tree),
            b"/Names": b"<</Dests %b>>" % put_tree(self.file, NAMES, [*self.names.values()]),
            b"/Outlines": reference(self.outline.number),
            b"/StructTreeRoot": reference(self.structure.number),
            b"/Metadata": reference(metadata),
            **self.shared,
        }
        if labels:
            catalogue[b"/PageLabels"] = labels
        put(root, dictionary(catalogue))
        self.file.finish(root, info)

    def save(self) -> bytes:
        """Return the bytes of the joined pieces, if they are in memory."""
        assert isinstance(self.out, io.BytesIO)
        return self.out.getvalue()

    def _fonts(self, piece: Copier, title: str) -> list[Use] | None:
        """Let a piece refer to the fonts of the file, and only from forms that show text; see :meth:`.Faces.take`."""
        try:
            uses = self.faces.take(piece)
        except ValueError as error:
            raise Unbindable(f"{title}: the pieces differ in their fonts: {error}") from None
        for number in piece.streams:
            if b"/Resources" not in piece.texts[number]:
                continue
            form = entries(piece.texts[number])
            table = entries(piece.at(form[b"/Resources"]))
            # WeasyPrint lists all fonts of the piece in every form.
            if b"/Font" in table and b"Tf" not in piece.content(number):
                del table[b"/Font"]
                piece.texts[number] = dictionary({**form, b"/Resources": dictionary(table)})
        return uses

    def _properties(self, piece: Copier) -> Claims:
        """Take the properties of the complete file from the first piece. Return the claims of this one."""
        packet = piece.content(number_in(piece.root[b"/Metadata"]))
        if not self.taken:
            self.packet = packet
            self.shared = {key: piece.copied(piece.root[key]) for key in SHARED}
            info = entries(piece.at(piece.trailer[b"/Info"]))
            self.info = {key: piece.copied(value) for key, value in info.items()}
        return Claims.of(packet)

    def _pages(self, piece: Copier) -> tuple[list[bytes], bytes]:
        """Return the pages of a piece, whose content is stored once, and the boxes of the last one."""
        piece.new[number_in(piece.root[b"/Pages"])] = reference(self.tree)
        pages = []
        for number in piece.pages:
            page = entries(piece.texts[number])
            for key in (b"/Contents", b"/Resources"):
                piece.copied_once(page.get(key, b""))
            pages.append(piece.new[number])
        boxes = b"".join(b"%b %b" % (box, page[box]) for box in BOXES if box in page)
        return pages, boxes

    def _links(self, piece: Copier, title: str, targets: Targets) -> list[Link]:
        """Return the links that may lead to other pieces, which are written when all ids are known."""
        links = []
        for number, text in piece.texts.items():
            if b"/Annot" not in text or b"/URI" not in text:
                continue
            uri = next((characters(found[1]) for found in URI.finditer(text) if found[1]), "")
            if ids := targets(uri):
                link = entries(piece.copied(text))
                must = uri.startswith(ELSEWHERE)
                links.append(Link(piece.moved(number), link, ids, must, title))
        return links

    def _led(self, link: Link) -> Mapping[bytes, bytes]:
        """Return the annotation of a link to where it can lead. An address on the web may stay."""
        found = next((id_ for id_ in link.ids if id_ in self.names), None)
        if found is None and link.must:
            raise Unbindable(f"{link.title}: a link leads to `{link.ids[0]}`, which no piece has")
        if found is None:
            return link.annotation
        kept = {key: value for key, value in link.annotation.items() if key != b"/A"}
        # By the name's own bytes: two spellings of one string are two names.
        return {**kept, b"/Dest": self.names[found][0]}


def _supported(piece: Copier, title: str) -> tuple[Mapping[bytes, bytes], Mapping[bytes, bytes]]:
    """Return the root of a piece's structure, and its trees of names. Raises :class:`Unbindable` if there is more."""
    if b"/StructTreeRoot" not in piece.root:
        raise Unbindable(f"{title}: is not tagged")
    tree = entries(piece.at(piece.root[b"/StructTreeRoot"]))
    names = entries(piece.at(piece.root.get(b"/Names", b"<<>>")))
    strange = {*piece.root} - CATALOGUE | {*tree} - structure.SUPPORTED | {*names} - NAMED
    if strange:
        every = ", ".join(sorted(name.decode() for name in strange))
        raise Unbindable(f"{title}: cannot bind {every}")
    return tree, names


def _set_apart(piece: Copier, mark: str) -> None:
    """Put a mark before the names that links within a piece lead to."""
    for number, text in piece.texts.items():
        if b"/Dest" in text:
            piece.texts[number] = replaced_after(DEST, text, lambda name: prefixed(name, mark))
