"""Copies: join PDFs of the same pages, such as a handout filled in for several clients, each on a new sheet.

A thousand copies have most in common. So equal content, fonts and pictures are stored once, and each copy is written
as it comes: memory has one at a time. Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from pikepdf import Array, Dictionary, Object, Pdf, Stream, String

from handpress.press.bindery.book import CATALOGUE, NAMES, SHARED, TREE, Unbindable
from handpress.press.bindery.faces import Faces
from handpress.press.bindery.font_merge import mergeable
from handpress.press.bindery.growing import GrowingPdf
from handpress.press.bindery.trees import listed, pairs, set_apart, siblings
from handpress.press.claims import Claims

# A reference in the text of an object. Strings, which QPDF writes with all their brackets escaped, are passed over.
REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|(\d+) 0 R", re.S)
BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox")


def join_copies(copies: Iterable[bytes]) -> bytes:
    """Return one tagged PDF in which each copy begins on a new sheet of paper. Its metadata are those of the first."""
    out = io.BytesIO()
    joined = Copies(out)
    for data in copies:
        joined.add(data)
    joined.finish()
    return out.getvalue()


class Copies:
    """A tagged PDF of many copies, written to a file that is open for it. The same copies give the same bytes."""

    def __init__(self, out: IO[bytes]) -> None:
        self.file = GrowingPdf(out)
        self.faces = Faces(self.file.reserve)
        reserve = self.file.reserve
        self.root, self.pages, self.tree, self.document, self.outline = (
            reserve() for _ in range(5)
        )
        self.first: dict[str, bytes] = {}  # properties of the complete file, from the first copy
        self.roles = b""
        self.packet = b""  # of metadata
        self.claims = Claims()
        self.info = 0
        self.count = self.sheets = self.key = 0
        self.nodes = bytearray()  # references, as text, to the pages of each copy
        self.kids = bytearray()  # to the elements of the document
        self.leaves = {kind: bytearray() for kind in ("/Dests", "/IDTree", "/ParentTree")}
        # The first and the last entry of the outline.
        self.entries: list[int] = []
        self.held: tuple[int, bytes] | None = None  # the last entry, which refers to the next one
        self.shown = 0  # entries of the outline

    def add(self, data: bytes) -> None:
        """Append a copy. Raises :class:`Unbindable` if a part of it would be lost."""
        self.count += 1
        with Pdf.open(io.BytesIO(data)) as copy:
            self._check(copy)
            mark = f"{self.count:07}"  # the names of all copies, one after another, are sorted
            set_apart(copy, mark, self.key)
            _name_apart(copy, f"{mark}-".encode())
            _Copy(self, copy).write()

    def finish(self) -> None:
        """Write the properties of the complete file. It claims only the standards that all copies claim."""
        if not self.count:
            raise Unbindable("there is nothing to join")
        put = self.file.put
        for number, font in self.faces.merged():
            own = _Objects(self, self.faces.pdf, {font.objgen[0]: number})
            own.pending.append(font.objgen[0])
            own.write()
        if self.held:
            number, text = self.held
            put(number, b"<< %b >>" % text)
        packet = self.claims.apply(self.packet)
        metadata = self.file.reserve()
        put(metadata, b"<< /Type /Metadata /Subtype /XML /Length %d >>" % len(packet), packet)
        put(
            self.pages,
            b"<< /Type /Pages /Count %d /Kids [%b] >>" % (self.sheets, bytes(self.nodes)),
        )
        put(
            self.document,
            b"<< /Type /StructElem /S /Document /P %d 0 R /K [%b] >>"
            % (self.tree, bytes(self.kids)),
        )
        trees = {
            kind: b"<< /Kids [%b] >>" % bytes(leaves)
            for kind, leaves in self.leaves.items()
            if leaves
        }
        ids = b"/IDTree %b" % trees["/IDTree"] if "/IDTree" in trees else b""
        put(
            self.tree,
            b"<< /Type /StructTreeRoot /K [%d 0 R] /ParentTree %b /ParentTreeNextKey %d /RoleMap %b %b >>"
            % (self.document, trees["/ParentTree"], self.key, self.roles, ids),
        )
        whole = (
            b"/First %d 0 R /Last %d 0 R" % (self.entries[0], self.entries[1])
            if self.entries
            else b""
        )
        put(self.outline, b"<< /Type /Outlines /Count %d %b >>" % (self.shown, whole))
        shared = b" ".join(b"%b %b" % (key.encode(), text) for key, text in self.first.items())
        names = b"/Names << /Dests %b >>" % trees["/Dests"] if "/Dests" in trees else b""
        put(
            self.root,
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R /Outlines %d 0 R /Metadata %d 0 R %b %b >>"
            % (self.pages, self.tree, self.outline, metadata, names, shared),
        )
        self.file.finish(self.root, self.info)

    def _check(self, copy: Pdf) -> None:
        if "/StructTreeRoot" not in copy.Root:
            raise Unbindable(f"copy {self.count}: is not tagged")
        strange = {*copy.Root.keys()} - CATALOGUE
        strange |= {*copy.Root.StructTreeRoot.keys()} - TREE
        strange |= {*copy.Root.get("/Names", Dictionary()).keys()} - NAMES
        if strange:
            raise Unbindable(f"copy {self.count}: cannot bind {', '.join(sorted(strange))}")


class _Objects:
    """The objects of one PDF on their way into the file: the new number of each, by its old one."""

    def __init__(self, copies: Copies, pdf: Pdf, numbers: dict[int, int]) -> None:
        self.file, self.faces, self.pdf, self.numbers = copies.file, copies.faces, pdf, numbers
        self.pending: list[int] = []

    def own(self, old: int) -> int:
        """Return the new number of an object that will be written."""
        if old not in self.numbers:
            self.numbers[old] = self.file.reserve()
            self.pending.append(old)
        return self.numbers[old]

    def shared(self, old: int) -> int:
        """Return the new number of an object that is stored once, with all it refers to. No page or element is among them."""
        if old in self.numbers:
            return self.numbers[old]
        thing = self.pdf.get_object(old, 0)
        if isinstance(thing, Stream) and "/StructParents" in thing:
            return self.own(old)
        if isinstance(thing, Dictionary) and "/BaseFont" in thing and mergeable(thing):
            self.numbers[old] = self.faces.add(thing)
        else:
            text, stream = _parts(thing)
            self.numbers[old] = self.file.once(self.renumbered(text, self.shared), stream)
        return self.numbers[old]

    def renumbered(self, text: bytes, number: Any) -> bytes:
        """Return a text with its references to the new numbers, which `number` finds."""
        return REFERENCE.sub(
            lambda found: b"%d 0 R" % number(int(found[1])) if found[1] else found[0], text
        )

    def text(self, thing: Object) -> bytes:
        """Return the text of a thing that is of this copy alone."""
        return self.renumbered(thing.unparse(), self.own)

    def write(self) -> None:
        """Write all objects that others refer to and that are not written yet."""
        while self.pending:
            old = self.pending.pop()
            text, stream = _parts(self.pdf.get_object(old, 0))
            self.file.put(self.numbers[old], self.renumbered(text, self.own), stream)


class _Copy(_Objects):
    """One copy, and its places in the trees of the file."""

    def __init__(self, copies: Copies, pdf: Pdf) -> None:
        tree = pdf.Root.StructTreeRoot
        self.home = pdf.make_indirect(Dictionary())  # takes the place of the one document element
        self.node = copies.file.reserve()
        numbers = {
            pdf.Root.Pages.objgen[0]: self.node,
            tree.objgen[0]: copies.tree,
            self.home.objgen[0]: copies.document,
        }
        super().__init__(copies, pdf, numbers)
        self.copies = copies

    def write(self) -> None:
        self.properties()
        self.leaf()
        self.structure()
        self.destinations()
        self.entries()
        super().write()

    def properties(self) -> None:
        """Take the properties of the complete file from the first copy."""
        copies, root = self.copies, self.pdf.Root
        roles = root.StructTreeRoot.get("/RoleMap", Dictionary()).unparse(resolved=True)
        packet = root.Metadata.read_bytes()
        if copies.count == 1:
            copies.roles, copies.packet, copies.claims = roles, packet, Claims.of(packet)
            copies.info = self.shared(self.pdf.trailer.Info.objgen[0])
            for key in SHARED:
                if key != "/Metadata":
                    copies.first[key] = self.renumbered(root[key].unparse(), self.shared)
        if roles != copies.roles:
            raise Unbindable(
                f"copy {copies.count}: takes other types for standard ones than the first"
            )
        copies.claims &= Claims.of(packet)

    def leaf(self) -> None:
        """Write the pages as a node of the tree of pages (7.7.3), the last of them with a back."""
        kids = []
        for page in self.pdf.pages:
            for key in ("/Contents", "/Resources"):
                self.renumbered(page.obj[key].unparse(), self.shared)
            if "/StructParents" in page.obj:
                page.obj.StructParents += self.copies.key
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent += self.copies.key
            kids.append(self.own(page.obj.objgen[0]))
        if len(kids) % 2:
            last = self.pdf.pages[-1].obj
            boxes = b" ".join(
                b"%b %b" % (b.encode(), last[b].unparse()) for b in BOXES if b in last
            )
            kids.append(self.file.reserve())
            self.file.put(
                kids[-1],
                b"<< /Type /Page /Parent %d 0 R /Resources << >> /Tabs /S %b >>"
                % (self.node, boxes),
            )
        self.copies.sheets += len(kids)
        self.copies.nodes += b"%d 0 R " % self.node
        every = b" ".join(b"%d 0 R" % kid for kid in kids)
        self.file.put(
            self.node,
            b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids [%b] >>"
            % (self.copies.pages, len(kids), every),
        )

    def structure(self) -> None:
        """Append the elements (14.7.2), and the leaf of the parent tree, with its keys shifted (14.7.4.4)."""
        tree = self.pdf.Root.StructTreeRoot
        for top in listed(tree.K):
            for kid in listed(top.K) if top.S == "/Document" else [top]:
                kid.P = self.home
                self.copies.kids += self.text(kid) + b" "
        numbered = [
            (self.copies.key + int(key), parent) for key, parent in pairs(tree.ParentTree, "/Nums")
        ]
        if numbered:
            lowest, highest = numbered[0][0], numbered[-1][0]
            content = b" ".join(b"%d %b" % (key, self.text(parent)) for key, parent in numbered)
            self.grow("/ParentTree", b"%d %d" % (lowest, highest), b"/Nums [%b]" % content)
            self.copies.key = highest + 1
        self.named("/IDTree", tree.get("/IDTree", Dictionary()))

    def destinations(self) -> None:
        self.named("/Dests", self.pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()))

    def named(self, kind: str, tree: Object) -> None:
        """Append a leaf to a tree of names (7.9.6), sorted by their bytes."""
        names = sorted(pairs(tree, "/Names"), key=lambda pair: bytes(pair[0]))
        if names:
            content = b" ".join(b"%b %b" % (name.unparse(), self.text(to)) for name, to in names)
            limits = b"%b %b" % (names[0][0].unparse(), names[-1][0].unparse())
            self.grow(kind, limits, b"/Names [%b]" % content)

    def grow(self, kind: str, limits: bytes, content: bytes) -> None:
        number = self.file.reserve()
        self.file.put(number, b"<< /Limits [%b] %b >>" % (limits, content))
        self.copies.leaves[kind] += b"%d 0 R " % number

    def entries(self) -> None:
        """Append the entries of the outline (12.3.3) to those of the copies before."""
        root, copies = self.pdf.Root, self.copies
        for entry in list(siblings(root.Outlines.First)) if "/Outlines" in root else []:
            copies.shown += 1 + max(0, int(entry.get("/Count", 0)))
            number = self.file.reserve()
            self.numbers[entry.objgen[0]] = number
            for key in ("/Prev", "/Next", "/Parent"):
                if key in entry:
                    del entry[key]
            text = self.renumbered(entry.unparse(resolved=True), self.own).strip()[2:-2]
            text += b" /Parent %d 0 R" % copies.outline
            if copies.held:
                before, earlier = copies.held
                self.file.put(before, b"<< %b /Next %d 0 R >>" % (earlier, number))
                text += b" /Prev %d 0 R" % before
            copies.held = number, text
            copies.entries = [copies.entries[0] if copies.entries else number, number]


def _parts(thing: Object) -> tuple[bytes, bytes | None]:
    """Return the text of an object, and the bytes of its stream, if it has one."""
    if isinstance(thing, Stream):
        return thing.stream_dict.unparse(), thing.read_raw_bytes()
    return thing.unparse(resolved=True), None


def _name_apart(copy: Pdf, mark: bytes) -> None:
    """Put a mark before the named destinations (12.3.2.3) of a copy, so that they differ from those of the others."""

    def named(name: Object) -> String:
        return String(mark + bytes(name))

    for thing in copy.objects:
        if isinstance(thing, Dictionary) and isinstance(thing.get("/Dest"), String):
            thing.Dest = named(thing.Dest)
    dests = copy.Root.get("/Names", Dictionary()).get("/Dests", Dictionary())
    if "/Names" in dests:
        both: Iterator[tuple[int, Object]] = enumerate(list(dests.Names))
        dests.Names = Array(named(thing) if at % 2 == 0 else thing for at, thing in both)
