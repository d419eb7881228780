"""The first place where two files of one kind differ: a page of a PDF, a file in an EPUB, a line of text."""

from __future__ import annotations

import hashlib
import io
import zipfile
from itertools import zip_longest


def first_difference(path: str, old: bytes, new: bytes) -> str:
    """Return in words where the files differ, or "" if only as a whole."""
    try:
        if path.endswith(".pdf"):
            return _page(old, new)
        if path.endswith(".epub"):
            return _member(old, new)
        return _line(old, new)
    except Exception:  # noqa: BLE001  # a damaged file has no places
        return ""


def _page(old: bytes, new: bytes) -> str:
    import pikepdf

    with pikepdf.open(io.BytesIO(old)) as before, pikepdf.open(io.BytesIO(new)) as after:
        memories: tuple[dict[tuple[int, int], bytes], ...] = ({}, {})
        for number, (one, other) in enumerate(zip_longest(before.pages, after.pages), 1):
            if one is None or other is None:
                return f"page {number}, which only one has"
            digests = [
                _digest(p.obj, memory) for p, memory in zip((one, other), memories, strict=True)
            ]
            if digests[0] != digests[1]:
                return f"page {number}"
    return "metadata or tags, and no page"


# Entries of a page and its resources that lead to other pages.
APART = {"/Parent", "/StructParents", "/StructParent", "/Annots", "/P", "/B", "/Metadata"}


def _digest(thing: object, known: dict[tuple[int, int], bytes]) -> bytes:
    """Return the hash of an object of a PDF and of all that it refers to, whatever their numbers."""
    import pikepdf

    if not isinstance(thing, pikepdf.Object):
        return repr(thing).encode()
    if thing.is_indirect:
        if thing.objgen in known:
            return known[thing.objgen]
        known[thing.objgen] = b""  # for a circle
    found = hashlib.sha256()
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in sorted(thing.keys()):
            if key not in APART and key not in ("/Length", "/Filter", "/DecodeParms"):
                found.update(key.encode() + _digest(thing[key], known))
        if isinstance(thing, pikepdf.Stream):
            found.update(thing.read_bytes())
    elif isinstance(thing, pikepdf.Array):
        for each in thing:
            found.update(_digest(each, known))
    else:
        found.update(repr(thing).encode())
    if thing.is_indirect:
        known[thing.objgen] = found.digest()
    return found.digest()


def _member(old: bytes, new: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(old)) as before, zipfile.ZipFile(io.BytesIO(new)) as after:
        names = sorted({*before.namelist(), *after.namelist()})
        for name in names:
            if name not in before.namelist() or name not in after.namelist():
                return f"{name}, which only one has"
            if before.read(name) != after.read(name):
                return name
    return "order or dates of its files"


def _line(old: bytes, new: bytes) -> str:
    if b"\0" in old[:1000]:
        return ""
    rows = zip_longest(old.splitlines(), new.splitlines())
    number = next((n for n, (one, other) in enumerate(rows, 1) if one != other), 0)
    return f"line {number}" if number else ""
