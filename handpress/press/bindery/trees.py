"""Trees of a PDF: names, numbers, the outline and the structure. Sections are of ISO 32000-1 (PDF 1.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String


def set_apart(piece: Pdf, mark: str, key: int) -> None:
    """Make the ids of a piece's elements unique in a file of several, by a `mark` before each.

    Table cells refer to their headers by them (14.8.5.7). List the ids (14.7.2), and shift by `key` the
    numbers by which forms find their elements.
    """
    ids: list[Object] = []
    for thing in piece.objects:
        if isinstance(thing, Stream) and "/StructParents" in thing:
            thing.StructParents += key
        if not isinstance(thing, Dictionary) or thing.get("/Type") != Name.StructElem:
            continue
        if "/ID" in thing:
            thing.ID = String(f"{mark}-{thing.ID}")
            ids += [thing.ID, thing]
        for attributes in listed(thing.A) if "/A" in thing else []:
            if "/Headers" in attributes:
                attributes.Headers = Array([String(f"{mark}-{i}") for i in attributes.Headers])
    if ids:
        piece.Root.StructTreeRoot.IDTree = Dictionary(Names=Array(ids))


def listed(thing: Object) -> list[Any]:
    return list(thing) if isinstance(thing, Array) else [thing]


def pairs(tree: Object, kind: str) -> Iterator[tuple[Any, Any]]:
    """Yield the content of a name tree or a number tree, in order (7.9.6, 7.9.7)."""
    for kid in tree.get("/Kids", []):
        yield from pairs(kid, kind)
    flat = list(tree.get(kind, []))
    yield from zip(flat[::2], flat[1::2], strict=True)


def siblings(entry: Object | None) -> Iterator[Object]:
    """Yield the entries of an outline from `entry` on. `pikepdf.Outline` reads only that of a whole file."""
    while entry is not None:
        yield entry
        entry = entry.get("/Next")


def distinct(things: Iterable[Object]) -> list[Object]:
    """Return `things` without repeated references to one object; equal objects stay."""
    known = {thing.objgen if thing.is_indirect else id(thing): thing for thing in things}
    return list(known.values())
