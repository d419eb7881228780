"""Name trees and number trees of a PDF (ISO 32000-1, 7.9.6 and 7.9.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handpress.press.bindery.copier import Copier
from handpress.press.bindery.growing import GrowingPdf
from handpress.press.bindery.syntax import array, content, entries, reference, values

NAMES, NUMBERS = b"/Names", b"/Nums"  # the kinds of trees, by the key of their pairs
LEAF = 64  # pairs of a leaf

Pair = tuple[bytes, bytes]


def pairs(piece: Copier, tree: bytes, kind: bytes) -> Iterator[Pair]:
    """Yield the keys and values of a tree in order."""
    node = entries(piece.at(tree))
    for kid in values(piece.at(node.get(b"/Kids", b"[]"))):
        yield from pairs(piece, kid, kind)
    flat = values(piece.at(node.get(kind, b"[]")))
    yield from zip(flat[::2], flat[1::2], strict=True)


def put_tree(file: GrowingPdf, kind: bytes, found: Sequence[Pair]) -> bytes:
    """Write the leaves of a tree, and return the text of its root. Viewers search it, so names are sorted by bytes."""
    ordered = sorted(found, key=lambda pair: content(pair[0])) if kind == NAMES else found
    if len(ordered) <= LEAF:
        return b"<<%b %b>>" % (kind, _flat(ordered))
    leaves = []
    for start in range(0, len(ordered), LEAF):
        some = ordered[start : start + LEAF]
        limits = array([some[0][0], some[-1][0]])
        leaves.append(file.reserve())
        file.put(leaves[-1], b"<</Limits %b%b %b>>" % (limits, kind, _flat(some)))
    return b"<</Kids %b>>" % array([*map(reference, leaves)])


def _flat(some: Sequence[Pair]) -> bytes:
    return array([value for pair in some for value in pair])
