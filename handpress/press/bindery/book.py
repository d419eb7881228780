"""Binding: join the pieces of a book, each rendered alone, into one tagged PDF.

Pages, structure, names and outlines of the pieces are joined, and each face and picture is stored once. Nothing is
laid out again. Sections are of ISO 32000-1 (PDF 1.7), unless ISO 14289-1 (PDF/UA-1) is named.
"""

from __future__ import annotations

import hashlib
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any
from urllib.parse import unquote

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from handpress.core.files.disk import Asset
from handpress.core.numerals import LATIN
from handpress.press.bindery.folios import Stamper
from handpress.press.bindery.font_merge import merge_fonts, mergeable
from handpress.press.bindery.saving import saved
from handpress.press.bindery.trees import distinct, listed, pairs, set_apart, siblings
from handpress.press.claims import Claims
from handpress.press.options import BindOptions
from handpress.press.result import ELSEWHERE, Rendered

# The supported parts of a piece, joined or written again. Others would be lost, so they are refused.
CATALOGUE = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines",
             "/OutputIntents", "/PageLabels", "/StructTreeRoot", "/ViewerPreferences"}  # fmt: skip
TREE = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/IDTree", "/RoleMap"}
# Properties of the complete file: the same in every piece, or taken from the first.
METADATA = {"Type": Name.Metadata, "Subtype": Name.XML}
SHARED = ("/Lang", "/MarkInfo", "/Metadata", "/OutputIntents", "/ViewerPreferences")
NAMES = {"/Dests"}


class Unbindable(Exception):
    """The pieces do not make a book, with the reason."""


class Chapter(Struct, frozen=True):
    """A tagged PDF that was rendered alone.

    It begins on a right-hand page, or `anywhere`: on the next page, left or right. So does an `unnumbered` one, back
    matter. It has neither folios nor heads, and neither has a `blind` one, the title of a part. One `within` a part is
    below it in the outline. `title` is for messages.
    """

    data: bytes
    title: str
    unnumbered: bool = False
    blind: bool = False
    within: bool = False
    anywhere: bool = False


def bind_book(files: Mapping[str, Asset], options: BindOptions) -> Rendered:
    """Bind the book of a recipe, whose files are its pieces in the order of their names, and the stamps."""
    front, *names = sorted(name for name in files if name != "stamps.pdf")
    chapters = [
        Chapter(
            files[name].read(),
            title,
            unnumbered=number in options.unnumbered,
            blind=number in options.blind,
            within=number in options.within,
            anywhere=number in options.anywhere,
        )
        for number, (name, title) in enumerate(zip(names, options.titles, strict=True))
    ]
    stamps = files["stamps.pdf"].read()
    book = bound(
        files[front].read(), chapters, stamps, cover_label=options.cover, digits=options.digits
    )
    return Rendered(book.save(), len(book.pdf.pages))


def bound(
    front: bytes,
    chapters: Sequence[Chapter],
    stamps: bytes,
    *,
    cover_label: str,
    digits: str = LATIN.digits,
) -> Binding:
    """Bind `front` (cover to contents, with its folios) and `chapters` into a book that conforms to PDF/UA-1.

    Chapters are numbered from 1 at the first. `stamps` is an untagged PDF
    with one stamp a page, each at its position in the book. They are the ten `digits` as folios of a
    left-hand page, the first as that of a right-hand page, the head of left-hand pages, then for each
    chapter that is not unnumbered or blind the head of its right-hand pages. Each digit is a link, because the rectangle
    of its annotation gives its extent.

    Raises :class:`Unbindable` if anything would be lost.
    """
    book = Binding()
    book.take(front, "the front matter")
    book.fill_up()
    start = len(book.pdf.pages)
    stamper = Stamper(book.pdf, book.read(stamps), digits)
    for resources in stamper.resources:
        book.faces(resources)
    headed = [chapter for chapter in chapters if not (chapter.unnumbered or chapter.blind)]
    if len(headed) != len(stamper.heads):
        raise Unbindable(f"{len(stamper.heads)} running heads for {len(headed)} chapters")
    heads = iter(stamper.heads)
    for chapter in chapters:
        if not (chapter.anywhere or chapter.unnumbered):
            book.fill_up()
        if chapter.unnumbered or chapter.blind:
            book.take(chapter.data, chapter.title, within=chapter.within)
        else:
            number = len(book.pdf.pages) - start + 1
            pages = book.take(chapter.data, chapter.title, within=chapter.within)
            stamper.stamp(pages, number, next(heads))
    book.join()
    cover, roman = Dictionary(P=String(cover_label)), Dictionary(S=Name.r, St=2)
    labels = [0, cover, 1, roman, *_numbered(start, len(book.pdf.pages), digits)]
    book.pdf.Root.PageLabels = Dictionary(Nums=Array(labels))  # 12.4.2
    return book


def _numbered(start: int, end: int, digits: str) -> list[int | Dictionary]:
    """Return the labels of the numbered pages. PDF counts in 0 to 9 alone: others are the prefix of each page's own label."""
    if digits == LATIN.digits:
        return [start, Dictionary(S=Name.D)]
    found: list[int | Dictionary] = []
    for page in range(start, end):
        number = str(page - start + 1)
        found += [page, Dictionary(P=String("".join(digits[int(digit)] for digit in number)))]
    return found


class Binding:
    """The pieces so far, as one tagged PDF.

    Properties of the complete file are gathered from the pieces, written by `join`, and saved by `save`. The
    result depends only on the pieces.
    """

    def __init__(self) -> None:
        self.pdf = Pdf.new()
        self.pieces: list[Pdf] = []  # streams are read from them when the book is saved
        self.catalogues: list[Object] = []
        self.within: list[bool] = []  # whether each piece is in the part before it
        self.kids: list[Object] = []  # of the one document element
        self.parents: list[Any] = []  # key, element, key, element …
        self.key = 0  # the first free key of the parent tree
        self.ids: list[tuple[Object, Object]] = []
        self.names: dict[str, tuple[Object, Object]] = {}
        self.links: list[tuple[Object, str, str]] = []  # annotation, id, title of its piece
        self.fonts: dict[str, list[tuple[Object, str]]] = {}  # by face: the tables that have it
        self.pictures: dict[bytes, Object] = {}

    def read(self, data: bytes) -> Pdf:
        self.pieces.append(Pdf.open(io.BytesIO(data)))
        return self.pieces[-1]

    def take(self, data: bytes, title: str, *, within: bool = False) -> list[Object]:
        """Append a piece, perhaps `within` the part before it; return its pages in the book."""
        piece = self.read(data)
        if "/StructTreeRoot" not in piece.Root:
            raise Unbindable(f"{title}: is not tagged")
        strange = {*piece.Root.keys()} - CATALOGUE
        strange |= {*piece.Root.StructTreeRoot.keys()} - TREE
        strange |= {*piece.Root.get("/Names", Dictionary()).keys()} - NAMES
        if strange:
            raise Unbindable(f"{title}: cannot bind {', '.join(sorted(strange))}")
        set_apart(piece, str(len(self.pieces)), self.key)
        first = len(self.pdf.pages)
        for page in piece.pages:
            self.pdf.pages.append(page)
        # After the pages, so that references in a copied catalogue point to the copied pages.
        root = self.pdf.copy_foreign(piece.Root)
        self.catalogues.append(root)
        self.within.append(within)
        pages: list[Object] = [page.obj for page in self.pdf.pages[first:]]
        self.structure(root.StructTreeRoot, pages, title)
        self.destinations(root, pages, title)
        for resources in distinct(page.Resources for page in pages):
            self.faces(resources)
            self.once(resources)
        return pages

    def fill_up(self) -> None:
        """Make the next page a right-hand one, by a blank page of the last one's size."""
        if len(self.pdf.pages) % 2:
            last = self.pdf.pages[-1].obj
            blank = Dictionary(Type=Name.Page, Resources=Dictionary(), Tabs=Name.S)
            for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
                if box in last:
                    blank[box] = Array(list(last[box]))
            self.pdf.pages.append(Page(self.pdf.make_indirect(blank)))

    def structure(self, tree: Object, pages: list[Object], title: str) -> None:
        """Copy a piece's elements (14.7.2), and its parent tree, keys shifted (14.7.4.4)."""
        if _spelt(tree.get("/RoleMap")) != _spelt(
            self.catalogues[0].StructTreeRoot.get("/RoleMap")
        ):
            raise Unbindable(f"{title}: takes other types for standard ones than the front matter")
        for top in listed(tree.K):
            self.kids += listed(top.K) if top.S == "/Document" else [top]
        free = 0
        for key, parent in pairs(tree.ParentTree, "/Nums"):
            self.parents += [self.key + key, parent]
            free = key + 1
        for page in pages:
            if "/StructParents" in page:
                page.StructParents += self.key
            for annotation in page.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent += self.key
        self.key += free
        self.ids += pairs(tree.get("/IDTree", Dictionary()), "/Names")

    def destinations(self, root: Object, pages: list[Object], title: str) -> None:
        """Gather the piece's named destinations (12.3.2.3), and its links to other pieces."""
        dests = root.get("/Names", Dictionary()).get("/Dests", Dictionary())
        for name, to in pairs(dests, "/Names"):
            if str(name) in self.names:
                raise Unbindable(f"{title}: another piece has the id `{name}` too")
            self.names[str(name)] = name, to
        for page in pages:
            for annotation in page.get("/Annots", []):
                uri = str(annotation.get("/A", Dictionary()).get("/URI", ""))
                if uri.startswith(ELSEWHERE):
                    self.links.append((annotation, unquote(uri.removeprefix(ELSEWHERE)), title))

    def join(self) -> None:
        """Write the properties of the complete file. Language and metadata are those of the first piece.

        The file claims only the standards that all pieces claim.
        """
        root = self.pdf.Root
        for annotation, id_, title in self.links:
            if id_ not in self.names:
                raise Unbindable(f"{title}: a link leads to `{id_}`, which no piece has")
            del annotation.A
            # By the name's own bytes: two spellings of one string are two names.
            annotation.Dest = self.names[id_][0]
        for key in SHARED:
            root[key] = self.catalogues[0][key]
        packets = [catalogue.Metadata.read_bytes() for catalogue in self.catalogues]
        claims = reduce(and_, map(Claims.of, packets))
        if claims != Claims.of(packets[0]):
            root.Metadata = self.pdf.make_stream(claims.apply(packets[0]), **METADATA)
        self.pdf.trailer.Info = self.pdf.copy_foreign(self.pieces[0].trailer.Info)
        root.Names = Dictionary(Dests=_name_tree(self.names.values()))
        root.StructTreeRoot = self.tree()
        root.Outlines = self.outline()
        try:
            for places in self.fonts.values():
                merge_fonts(self.pdf, places)
        except ValueError as error:
            raise Unbindable(f"the pieces differ in their fonts: {error}") from None

    def save(self) -> bytes:
        """Return the bytes of the joined pieces; the same pieces give the same bytes."""
        return saved(self.pdf)

    def tree(self) -> Object:
        """Return the root of the structure (14.7.2): one document with the pieces in order."""
        document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        for kid in self.kids:
            kid.P = document
        document.K = Array(self.kids)
        parents = self.pdf.make_indirect(Dictionary(Nums=Array(self.parents)))
        tree = Dictionary(Type=Name.StructTreeRoot, K=Array([document]), ParentTree=parents)
        tree.ParentTreeNextKey = self.key
        tree.RoleMap = self.catalogues[0].StructTreeRoot.RoleMap
        if self.ids:
            tree.IDTree = _name_tree(self.ids)
        root = self.pdf.make_indirect(tree)
        document.P = root
        return root

    def outline(self) -> Object:
        """Return the pieces' outlines in order (12.3.3), open or closed as they were; parts are open."""
        whole = self.pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=0))
        top: list[Object] = []
        below: dict[int, list[Object]] = {}  # what is in a part, by the number of its entry
        for root, within in zip(self.catalogues, self.within, strict=True):
            entries = list(siblings(root.Outlines.First)) if "/Outlines" in root else []
            (below.setdefault(len(top) - 1, []) if within and top else top).extend(entries)
        for number, entries in below.items():
            _put_below(top[number], entries)
        _put_below(whole, top)
        return whole

    # Shared fonts and pictures

    def faces(self, resources: Object) -> None:
        """Record the face of each subset in a table of fonts."""
        table = resources.get("/Font", Dictionary())
        for key, font in table.items():
            if mergeable(font):
                self.fonts.setdefault(str(font.BaseFont), []).append((table, key))

    def once(self, resources: Object) -> None:
        """Replace each duplicate of a picture, form or pattern by the first one."""
        for kind in ("/XObject", "/Pattern"):
            table = resources.get(kind, Dictionary())
            for key, thing in list(table.items()):
                if isinstance(thing, Stream):
                    table[key] = self.first(thing)

    def first(self, stream: Object) -> Object:
        if "/SMask" in stream:
            stream.SMask = self.first(stream.SMask)
        if "/Resources" in stream:
            if "/Font" in stream.Resources and b"Tf" not in stream.read_bytes():
                del stream.Resources.Font  # WeasyPrint lists all fonts of the piece in every form
            self.once(stream.Resources)
        spelt = _spelt(stream.stream_dict) + stream.read_raw_bytes()
        return self.pictures.setdefault(hashlib.sha256(spelt).digest(), stream)


def _name_tree(pairs: Iterable[tuple[Object, Object]]) -> Dictionary:
    """Return a name tree (7.9.6), sorted by bytes, since viewers use binary search."""
    ordered = sorted(pairs, key=lambda pair: bytes(pair[0]))
    return Dictionary(Names=Array([thing for pair in ordered for thing in pair]))


def _put_below(parent: Object, entries: Sequence[Object]) -> None:
    """Make `entries` the content of an entry of an outline, or of a whole one."""
    for entry in entries:
        entry.Parent = parent
    for entry, following in itertools.pairwise(entries):
        entry.Next, following.Prev = following, entry
    if entries:
        parent.First, parent.Last = entries[0], entries[-1]
        # Those that are shown: what is in closed ones, with a number below 0, is not.
        parent.Count = sum(1 + max(0, int(entry.get("/Count", 0))) for entry in entries)


def _spelt(thing: Any) -> bytes:
    """Return a text for `thing`, equal for equal content. Streams and fonts are given by number."""
    if isinstance(thing, Stream) or (isinstance(thing, Dictionary) and "/BaseFont" in thing):
        return repr(thing.objgen).encode()
    if isinstance(thing, Dictionary):
        pairs = (key.encode() + b" " + _spelt(thing[key]) for key in sorted(thing.keys()))
        return b"<<%b>>" % b" ".join(pairs)
    if isinstance(thing, Array):
        return b"[%b]" % b" ".join(map(_spelt, thing))
    return repr(thing).encode()
