"""The structure of a bound file: the elements of its pieces, below one document. Sections are of ISO 32000-1 (PDF 1.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from handpress.press.bindery.copier import Copier
from handpress.press.bindery.growing import GrowingPdf
from handpress.press.bindery.syntax import (
    STRING,
    after,
    array,
    characters,
    dictionary,
    entries,
    listed,
    number_in,
    prefixed,
    reference,
    replaced_after,
    replaced_strings,
)
from handpress.press.bindery.trees import NAMES, NUMBERS, Pair, pairs, put_tree

# The parts of a piece's structure that are joined or written again. Others would be lost.
SUPPORTED = {b"/Type", b"/K", b"/ParentTree", b"/ParentTreeNextKey", b"/IDTree", b"/RoleMap"}
ID = after(rb"/ID", STRING)
HEADERS = after(rb"/Headers", rb"\[(?:%b|\s)*\]" % STRING)
KEY = after(rb"/StructParents?", rb"\d+")


class Elements(Struct, frozen=True, array_like=True):
    """The elements of a piece: those at the top, their entries of the parent tree, its next free key, and their ids."""

    kids: Sequence[bytes]
    parents: Sequence[Pair]
    key: int
    ids: Sequence[Pair]


class Structure:
    """The elements so far (14.7.2). Those of a piece are copied with it; their root is written at the end."""

    def __init__(self, file: GrowingPdf) -> None:
        self.file = file
        self.number, self.document = file.reserve(), file.reserve()
        self.kids: list[bytes] = []  # of the one document element
        self.parents: list[Pair] = []  # of the parent tree
        self.key = 0  # its first free key
        self.ids: list[Pair] = []
        self.roles: Mapping[bytes, bytes] | None = None

    def add(self, elements: Elements) -> None:
        """Append the elements of a piece."""
        self.kids += elements.kids
        self.parents += elements.parents
        self.key = elements.key
        self.ids += elements.ids

    def take(
        self, piece: Copier, tree: Mapping[bytes, bytes], mark: str, language: str
    ) -> Elements:
        """Return the elements of a piece, whose ids have a `mark`. They name their language if it is another one.

        `tree` is the root of its structure. Raises :class:`ValueError` if our own types mean something else in it: they
        are recorded once.
        """
        roles = entries(piece.at(tree.get(b"/RoleMap", b"<<>>")))
        if self.roles is None:
            self.roles = roles
        if roles != self.roles:
            raise ValueError("takes other types for standard ones than the first piece")
        ids = self._set_apart(piece, mark)
        kids: list[bytes] = []
        for top in listed(piece.at(tree[b"/K"])):
            element = entries(piece.at(top))
            if element[b"/S"] == b"/Document":
                piece.new[number_in(top)] = reference(self.document)
                kids += listed(piece.at(element[b"/K"]))
            else:
                parent = {b"/P": piece.refer(self.document)}
                piece.texts[number_in(top)] = dictionary({**element, **parent})
                kids.append(top)
        if language and language != characters(piece.root[b"/Lang"]):
            for kid in kids:  # 14.9.2
                element = {b"/Lang": piece.root[b"/Lang"], **entries(piece.at(kid))}
                piece.texts[number_in(kid)] = dictionary(element)
        kids = [*map(piece.copied, kids)]
        parents = [  # 14.7.4.4
            (self.key + int(key), piece.copied(found))
            for key, found in pairs(piece, tree[b"/ParentTree"], NUMBERS)
        ]
        after = parents[-1][0] + 1 if parents else self.key
        return Elements(kids, [(b"%d" % key, found) for key, found in parents], after, ids)

    def write(self) -> None:
        """Write the root and the document element."""
        kids = array(self.kids)
        facts = b"/Type /StructElem/S /Document/P %d 0 R/K %b" % (self.number, kids)
        self.file.put(self.document, b"<<%b>>" % facts)
        root = {
            b"/Type": b"/StructTreeRoot",
            b"/K": array([reference(self.document)]),
            b"/ParentTree": put_tree(self.file, NUMBERS, self.parents),
            b"/ParentTreeNextKey": b"%d" % self.key,
            b"/RoleMap": dictionary(self.roles or {}),
        }
        if self.ids:
            root[b"/IDTree"] = put_tree(self.file, NAMES, self.ids)
        self.file.put(self.number, dictionary(root))

    def _set_apart(self, piece: Copier, mark: str) -> list[Pair]:
        """Make the ids of elements, and the numbers by which content finds its elements, unique in the file.

        Table cells refer to their headers by ids (14.8.5.7). Return all ids.
        """
        ids: list[Pair] = []

        def apart(id_: bytes) -> bytes:
            return prefixed(id_, mark)

        def shifted(key: bytes) -> bytes:
            return b"%d" % (int(key) + self.key)

        for number, text in piece.texts.items():
            changed = text
            if b"/StructParent" in text:
                changed = replaced_after(KEY, text, shifted)
            if b"/StructElem" in text:
                if b"/Headers" in text:
                    changed = replaced_after(
                        HEADERS, text, lambda ids: replaced_strings(ids, apart)
                    )
                if b"/ID" in text:
                    changed = replaced_after(ID, changed, apart)
                    found = next((found[1] for found in ID.finditer(changed) if found[1]), None)
                    if found:
                        ids.append((found, piece.new[number]))
            piece.texts[number] = changed
        return ids
