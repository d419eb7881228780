"""Copying: objects of one PDF are written into another, each with a new number.

The first is a whole file by WeasyPrint or QPDF, the second one that grows. Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import cached_property
from itertools import count, pairwise

from handpress.press.bindery.growing import PLAIN, GrowingPdf
from handpress.press.bindery.syntax import (
    CLOSING,
    OPENING,
    TOKEN,
    entries,
    number_in,
    reference,
    replaced,
    values,
)

HEAD = re.compile(rb"\d+ 0 obj\s+")
STREAM = re.compile(rb"\s*stream\r?\n")
REFERENCE = re.compile(rb"(\d+) 0 R")
NUL = b"\0"
ROW = 20  # bytes of an entry in a cross-reference table (7.5.4)


class References(dict[bytes, bytes]):
    """References to objects in the file that grows, by their numbers in the other one.

    One that is asked for and not known has a new number, and is `pending` until it is written.
    """

    def __init__(self, file: GrowingPdf) -> None:
        super().__init__()
        self.file = file
        self.pending: list[bytes] = []

    def __missing__(self, number: bytes) -> bytes:
        self[number] = reference(self.file.reserve())
        self.pending.append(number)
        return self[number]


class Copier:
    """A PDF whose objects are copied into `file`.

    They are texts by their numbers, which are texts too. They may be changed until :meth:`write` writes those that
    what is copied refers to.
    """

    def __init__(self, file: GrowingPdf, data: bytes) -> None:
        self.file = file
        self.texts: dict[bytes, bytes] = {}
        self.streams: dict[bytes, bytes] = {}
        self.trailer = self._read(data)
        self.new = References(file)
        self._free = count(int(self.trailer[b"/Size"]))

    # Reading

    def at(self, value: bytes) -> bytes:
        """Return the text of a value: that of the object if it is a reference."""
        found = REFERENCE.fullmatch(value)
        return self.texts[found[1]] if found else value

    def content(self, number: bytes) -> bytes:
        """Return what is in a stream."""
        return _inflated(self.texts[number], self.streams[number])

    @cached_property
    def root(self) -> dict[bytes, bytes]:
        """The entries of the catalogue (7.7.2)."""
        return entries(self.at(self.trailer[b"/Root"]))

    @cached_property
    def pages(self) -> list[bytes]:
        """The numbers of the pages, in order (7.7.3)."""
        tree = entries(self.at(self.root[b"/Pages"]))
        return [number_in(value) for value in values(tree[b"/Kids"])]

    # Changing

    def add(self, text: bytes, stream: bytes | None = None) -> bytes:
        """Return a reference to an object that is added."""
        number = b"%d" % next(self._free)
        self.texts[number] = text
        if stream is not None:
            self.streams[number] = stream
        return number + b" 0 R"

    def refer(self, to: int) -> bytes:
        """Return a reference to an object that is in `file` by another way, by its number there."""
        number = b"%d" % next(self._free)
        self.new[number] = reference(to)
        return number + b" 0 R"

    def moved(self, number: bytes) -> int:
        """Return the new number of an object that is written in another way."""
        new = self.new[number]
        self.new.pending.remove(number)
        return int(number_in(new))

    # Writing

    def shared(self, number: bytes) -> bytes:
        """Return the new reference to an object that is stored once, with all that it refers to."""
        if number not in self.new:
            text, stream = self.texts[number], self.streams.get(number)
            if b"/StructParents" in text:  # its content has elements, which are of this file alone
                return self.new[number]
            self.new[number] = reference(self.file.once(self.copied_once(text), stream))
        return self.new[number]

    def copied(self, text: bytes) -> bytes:
        """Return a text with its references as they are in `file`, to objects that will be written."""
        return replaced(text, self.new.__getitem__)

    def copied_once(self, text: bytes) -> bytes:
        """Return a text with its references as they are in `file`, to objects that are stored once."""
        return replaced(text, self.shared)

    def write(self) -> None:
        """Write all objects that what was copied refers to, and that are not written yet."""
        while some := self.new.pending:
            self.new.pending = []
            # Together, since most are short. WeasyPrint and QPDF write no text with such a character.
            whole = self.copied(NUL.join(self.texts[number] for number in some))
            for number, text in zip(some, whole.split(NUL), strict=True):
                self.file.put(int(number_in(self.new[number])), text, self.streams.get(number))

    def _read(self, data: bytes) -> dict[bytes, bytes]:
        """Read all objects; return the entries of the trailer."""
        trailer, places = _places(data)
        for number, place in places:
            self.texts[number], stream = _object(data, place)
            if stream is not None:
                self.streams[number] = stream
        stores = [number for number in self.streams if b"/ObjStm" in self.texts[number]]
        for store in stores:  # 7.5.7
            inside, first = self.content(store), int(entries(self.texts[store])[b"/First"])
            words = inside[:first].split()
            ends = [*(first + int(place) for place in words[1::2]), len(inside)]
            for name, (start, end) in zip(words[::2], pairwise(ends), strict=True):
                self.texts[name] = inside[start:end].strip()
        return trailer


def _places(data: bytes) -> tuple[dict[bytes, bytes], list[tuple[bytes, int]]]:
    """Return the entries of the trailer, and where each object is that is not in an object stream, by its number."""
    at = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    if data.startswith(b"xref", at):  # 7.5.4
        start = data.index(b"\n", at + 5) + 1
        end = data.index(b"trailer", start)
        rows = list(_split(data[start : start + (end - start) // ROW * ROW], ROW))
        found = [(b"%d" % n, int(row[:10])) for n, row in enumerate(rows) if row[17:18] == b"n"]
        return entries(data[end + 7 : _end(data, end + 7)]), found
    text, stream = _object(data, at)  # 7.5.8
    trailer, table = entries(text), _inflated(text, stream)
    kind, where, index = (int(width) for width in values(trailer[b"/W"]))
    size = kind + where + index
    rows = list(_predicted(table, size) if b"/Predictor" in text else _split(table, size))
    fields = ((n, row[kind : kind + where]) for n, row in enumerate(rows) if row[0] == PLAIN)
    return trailer, [(b"%d" % number, int.from_bytes(place, "big")) for number, place in fields]


def _split(table: bytes, size: int) -> Iterator[bytes]:
    yield from (table[at : at + size] for at in range(0, len(table), size))


def _predicted(table: bytes, size: int) -> Iterator[bytes]:
    """Yield the rows of a table in which each is the difference from the one above (7.4.4.4)."""
    above = bytes(size)
    for row in _split(table, size + 1):
        above = bytes((one + other) % 256 for one, other in zip(above, row[1:], strict=True))
        yield above


def _object(data: bytes, at: int) -> tuple[bytes, bytes | None]:
    """Return the text of an object, and the bytes of its stream, if it has one (7.3.8, 7.3.10)."""
    head = HEAD.match(data, at)
    if head is None:
        raise ValueError(f"there is no object at byte {at}")
    end = _end(data, head.end())
    text = data[head.end() : end]
    start = STREAM.match(data, end)
    if not start:
        return text, None
    return text, data[start.end() : start.end() + int(entries(text)[b"/Length"])]


def _end(data: bytes, at: int) -> int:
    """Return where the value that begins at a place ends."""
    depth = 0
    for token in TOKEN.finditer(data, at):
        depth += (token[0] in OPENING) - (token[0] in CLOSING)
        if not depth:
            return token.end()
    raise ValueError(f"a value at byte {at} has no end")


def _inflated(text: bytes, stream: bytes | None) -> bytes:
    data = stream or b""
    return zlib.decompress(data) if b"/FlateDecode" in text else data
