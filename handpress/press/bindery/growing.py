"""A PDF file that is written object by object, so that it can be larger than memory.

Sections are of ISO 32000-1 (PDF 1.7). Objects without a stream are gathered into compressed object streams.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
GATHERED = 100  # objects of one object stream (7.5.7)
ENTRY = (1, 5, 2)  # bytes of the fields in an entry of the cross-reference stream (7.5.8)
SIZE = sum(ENTRY)
PLAIN, COMPRESSED = 1, 2  # kinds of entries; 0 is a free one (7.5.8)


class Stretch(Struct, frozen=True, array_like=True):
    """Objects of a file with successive numbers, the first of which is `number`, and what it takes to write them again.

    Their bytes begin at `start`. `entries` are those of the cross-reference stream, except for the objects that are in no
    object stream. `plain` has their offsets from `start`, by their numbers counted from `number`. `new` and `used` have the
    numbers of objects that are stored once: those in this stretch, and those before it.
    """

    number: int
    start: int
    length: int
    entries: bytes
    plain: Mapping[int, int]
    new: Mapping[bytes, int]
    used: Mapping[bytes, int]


class GrowingPdf:
    """The file so far. An object has its number before it is written, so that others can refer to it."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.at = out, 0
        self.entries = bytearray()
        self.gathered: list[tuple[int, bytes]] = []
        self.digest = hashlib.md5(usedforsecurity=False)  # of everything written, for the file's id
        self.known: dict[bytes, int] = {}
        # Of the stretch that has begun: its first number and byte, and the objects stored once.
        self.begun = 0, 0
        self.new: dict[bytes, int] = {}
        self.used: dict[bytes, int] = {}
        self.reserve()  # number 0 is always free
        self.write(HEADER)

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.digest.update(data)
        self.at += len(data)

    def reserve(self) -> int:
        """Return a free number for an object."""
        self.entries += bytes(SIZE)
        return self.free - 1

    @property
    def free(self) -> int:
        """The next number."""
        return len(self.entries) // SIZE

    def put(self, number: int, text: bytes, stream: bytes | None = None) -> None:
        """Write an object: its text and, if it has one, its stream, with a length in the text."""
        if stream is None:
            self.gathered.append((number, text))
            if len(self.gathered) == GATHERED:
                self.flush()
            return
        self.enter(number, PLAIN, self.at)
        self._write_stream(number, text, stream)

    def _write_stream(self, number: int, text: bytes, stream: bytes) -> None:
        # A reader could take a last byte CR for a part of the line end before `endstream`, which does not count
        # (ISO 19005-2, 6.1.7.1).
        end = b"\r\nendstream" if stream.endswith(b"\r") else b"\nendstream"
        self.write(b"%d 0 obj\n%b\nstream\n%b%b\nendobj\n" % (number, text, stream, end))

    def once(self, text: bytes, stream: bytes | None = None) -> int:
        """Return the number of an object with this content, which is written the first time only."""
        key = hashlib.sha256(b"%d %b" % (len(text), text) + (stream or b"")).digest()
        if key not in self.known:
            self.known[key] = self.new[key] = self.reserve()
            self.put(self.known[key], text, stream)
        elif key not in self.new:
            self.used[key] = self.known[key]
        return self.known[key]

    # Stretches

    def begin(self) -> None:
        """Begin a stretch: objects from now on are in object streams of their own."""
        self.flush()
        self.begun = self.free, self.at
        self.new, self.used = {}, {}

    def ended(self) -> Stretch:
        """End the stretch, and return it."""
        self.flush()
        number, start = self.begun
        entries = self.entries[number * SIZE :]
        plain = {}
        for index, kind in enumerate(entries[::SIZE]):
            if kind == PLAIN:
                place = index * SIZE
                whole = int.from_bytes(entries[place + 1 : place + SIZE], "big")
                plain[index] = (whole >> 8 * ENTRY[2]) - start
                entries[place : place + SIZE] = bytes(SIZE)
        length = self.at - start
        return Stretch(number, start, length, bytes(entries), plain, self.new, self.used)

    def fits(self, stretch: Stretch) -> bool:
        """Return whether the objects of a stretch would be the same if they were written here."""
        known = self.known
        return (
            stretch.number == self.free
            and stretch.used.items() <= known.items()
            and known.keys().isdisjoint(stretch.new)
        )

    def repeat(self, stretch: Stretch, data: bytes) -> Stretch:
        """Write the objects of a stretch again, from the `data` of its file; return the stretch in this one."""
        start = self.at
        self.write(data[stretch.start : stretch.start + stretch.length])
        self.entries += stretch.entries
        for index, offset in stretch.plain.items():
            self.enter(stretch.number + index, PLAIN, start + offset)
        self.known.update(stretch.new)
        return replace(stretch, start=start)

    # The end

    def flush(self) -> None:
        """Write the gathered objects as an object stream (7.5.7)."""
        if not self.gathered:
            return
        places, body = [], bytearray()
        for number, text in self.gathered:
            places.append(b"%d %d" % (number, len(body)))
            body += text + b"\n"
        head = b" ".join(places) + b"\n"
        number = self.reserve()
        for index, (inner, _) in enumerate(self.gathered):
            self.enter(inner, COMPRESSED, number, index)
        facts = b"/Type /ObjStm/N %d/First %d" % (len(self.gathered), len(head))
        self.gathered.clear()
        self.put(number, *packed(head + bytes(body), facts))

    def finish(self, root: int, info: int) -> None:
        """Write the last objects, and the cross-reference stream (7.5.8), which is the trailer too."""
        self.flush()
        number = self.reserve()
        self.enter(number, PLAIN, self.at)
        id_ = b"<%b>" % self.digest.hexdigest().encode()
        facts = b"/Type /XRef/Size %d/W [%d %d %d]/Root %d 0 R/Info %d 0 R/ID [%b %b]" % (
            self.free, *ENTRY, root, info, id_, id_,
        )  # fmt: skip
        text, table = packed(bytes(self.entries), facts)
        start = self.at
        self._write_stream(number, text, table)
        self.write(b"startxref\n%d\n%%%%EOF\n" % start)

    def enter(self, number: int, kind: int, where: int, index: int = 0) -> None:
        """Set the entry of an object: its offset, or its object stream with its index there."""
        place = number * SIZE
        whole = ((kind << 8 * ENTRY[1]) + where << 8 * ENTRY[2]) + index
        self.entries[place : place + SIZE] = whole.to_bytes(SIZE, "big")


def packed(data: bytes, facts: bytes = b"") -> tuple[bytes, bytes]:
    """Return the text and the compressed bytes of a stream, whose dictionary also has some `facts`."""
    small = zlib.compress(data)
    return b"<<%b/Filter /FlateDecode/Length %d>>" % (facts, len(small)), small
