"""Merging fonts: combine several subsets of one TrueType face, with each glyph's number unchanged.

A subset in a PDF by WeasyPrint keeps the numbers of the glyphs on the pages, because the pages refer to
glyphs by number. Its other glyphs, the parts of composed ones, can have any number. Sections with a
dot are of ISO 32000-1; names of tables are of the OpenType specification.

fontTools could cut the same font from the whole face, but takes half a second a face; this takes milliseconds.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from msgspec import Struct

# Tables that all subsets have in common. The others that a PDF needs (9.9) are made again.
COMMON = (b"cvt ", b"fpgm", b"prep")
MAGIC = 0xB1B0AFBA  # of a font file's checksum ("head")


class Subset(Struct, frozen=True):
    """A subset of a face in a PDF: its font file, the width of each glyph in use as written (9.7.4.3), the table of the
    texts of glyphs (9.10.3), and the box of its glyphs (9.8.1).
    """

    file: bytes
    widths: Mapping[int, bytes]
    cmap: bytes
    box: tuple[bytes, ...]


def merged(subsets: Sequence[Subset]) -> Subset:
    """Merge subsets of one face. Codes are glyph numbers and stay the same, so no page changes.

    If a glyph has different texts in two subsets, the first is used, as in a document of one piece. Raises
    :class:`ValueError` if the subsets are not of one face.
    """
    widths: dict[int, bytes] = {}
    texts: dict[bytes, bytes] = {}
    for subset in subsets:
        widths, texts = {**subset.widths, **widths}, _texts(subset.cmap) | texts
    low, high = ([subset.box[at : at + 2] for subset in subsets] for at in (0, 2))
    return Subset(
        one_face([(subset.file, subset.widths.keys()) for subset in subsets]),
        dict(sorted(widths.items())),
        _to_unicode(subsets[0].cmap, texts),
        (*(min(x, key=float) for x in zip(*low, strict=True)),
         *(max(x, key=float) for x in zip(*high, strict=True))),
    )  # fmt: skip


def widths_of(table: bytes) -> dict[int, bytes]:
    """Return the width of each glyph in use, as written (9.7.4.3)."""
    runs = re.findall(rb"(\d+) ?\[([^]]*)\]", table)
    return {int(first) + n: width for first, run in runs for n, width in enumerate(run.split())}


def _texts(cmap: bytes) -> dict[bytes, bytes]:
    """Return the text of each glyph, both in hexadecimal (9.10.3)."""
    blocks = re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S)
    return dict(re.findall(rb"<(\w+)> <(\w*)>", b"".join(blocks)))


def _to_unicode(form: bytes, texts: dict[bytes, bytes]) -> bytes:
    """Return the mapping `form` with `texts` in it, at most a hundred to a block (9.10.3)."""
    space = b"endcodespacerange\n"
    head, tail = form.partition(space)[0], form.rpartition(b"endbfchar\n")[2]
    lines = [b"<%b> <%b>\n" % pair for pair in sorted(texts.items())]
    blocks = [lines[n : n + 100] for n in range(0, len(lines), 100)]
    body = [b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)) for block in blocks]
    return head + space + b"".join(body) + tail


# --- Font files --------------------------------------------------------------------------------


def one_face(subsets: Sequence[tuple[bytes, Set[int]]]) -> bytes:
    """Merge `subsets`, each a font file and the numbers of its glyphs in use, into one font file.

    Raises :class:`ValueError` if they are not of one face.
    """
    faces = [(_Subset(data), shown | {0}) for data, shown in subsets]
    glyphs = [b""] * (1 + max(max(shown) for _, shown in faces))
    metrics = [bytes(4)] * len(glyphs)
    parts: dict[tuple[bytes, bytes], int] = {}

    def part(face: _Subset, shown: Set[int], number: int) -> int:
        """Return the new number of a part of a composed glyph: its own if in use, otherwise a free one."""
        if number in shown:
            return number
        key = composed(face, shown, number), face.metric(number)
        if key not in parts:
            parts[key] = len(glyphs)
            glyphs.append(key[0])
            metrics.append(key[1])
        return parts[key]

    def composed(face: _Subset, shown: Set[int], number: int) -> bytes:
        outline = bytearray(face.outline(number))
        for at in _parts(outline):
            old = int.from_bytes(outline[at : at + 2], "big")
            outline[at : at + 2] = part(face, shown, old).to_bytes(2, "big")
        return bytes(outline)

    for face, shown in faces:
        for number in sorted(shown):
            metric = face.metric(number)
            if not any(metrics[number]):
                glyphs[number], metrics[number] = composed(face, shown, number), metric
            elif metric != metrics[number] or not _alike(face.outline(number), glyphs[number]):
                raise ValueError(f"glyph {number} is not the same in two subsets")
    first = faces[0][0]
    head = first.tables[b"head"]
    limits = [struct.unpack(">13H", face.tables[b"maxp"][6:32]) for face, _ in faces]
    return _file(
        {tag: first.tables[tag] for tag in COMMON if tag in first.tables}
        | _outlines(glyphs)
        | {
            # Still without a checksum; offsets in "loca" are long.
            b"head": head[:8] + bytes(4) + head[12:50] + b"\0\1\0\0",
            b"hhea": first.tables[b"hhea"][:34] + len(glyphs).to_bytes(2, "big"),
            b"hmtx": b"".join(metrics),
            b"maxp": struct.pack(">I14H", 0x10000, len(glyphs), *map(max, *limits, limits[0])),
        }
    )


class _Subset:
    """A parsed font file."""

    def __init__(self, data: bytes) -> None:
        count = int.from_bytes(data[4:6], "big")
        records = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])
        self.tables = {tag: data[start : start + length] for tag, _, start, length in records}
        self.wide = int.from_bytes(self.tables[b"hhea"][34:36], "big")  # glyphs with a width

    @cached_property
    def offset(self) -> tuple[int, int]:
        """The size of an offset of an outline ("loca"), and what it counts, both in bytes."""
        return (4, 1) if any(self.tables[b"head"][50:52]) else (2, 2)

    def outline(self, number: int) -> bytes:
        size, unit = self.offset
        loca, at = self.tables[b"loca"], number * size
        start, end = (unit * int.from_bytes(loca[n : n + size], "big") for n in (at, at + size))
        return self.tables[b"glyf"][start:end]

    def metric(self, number: int) -> bytes:
        """Return width and left side bearing ("hmtx"): the last glyphs may share a width."""
        table, shared = self.tables[b"hmtx"], number - self.wide
        if shared < 0:
            return table[4 * number : 4 * number + 4]
        bearing = 4 * self.wide + 2 * shared
        return table[4 * self.wide - 4 : 4 * self.wide - 2] + table[bearing : bearing + 2]


def _parts(outline: bytes | bytearray) -> Iterator[int]:
    """Yield the positions of the part numbers in the outline of a composed glyph ("glyf")."""
    more, at = outline[:1] >= b"\x80", 10  # a negative number of contours
    while more:
        flags = int.from_bytes(outline[at : at + 2], "big")
        yield at + 2
        scale = 2 if flags & 0x8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
        at += 4 + (4 if flags & 0x1 else 2) + scale
        more = bool(flags & 0x20)


def _alike(one: bytes, other: bytes) -> bool:
    """Return whether two outlines can be of one glyph. Composed ones always can, since their parts have moved."""
    if one[:1] >= b"\x80" and other[:1] >= b"\x80":
        return True
    return one.rstrip(b"\0") == other.rstrip(b"\0")


def _outlines(glyphs: Sequence[bytes]) -> dict[bytes, bytes]:
    padded = [outline + bytes(-len(outline) % 4) for outline in glyphs]
    ends = [0]
    for outline in padded:
        ends.append(ends[-1] + len(outline))
    return {b"glyf": b"".join(padded), b"loca": struct.pack(f">{len(ends)}I", *ends)}


def _file(tables: dict[bytes, bytes]) -> bytes:
    """Return a font file of `tables` ("Organization of an OpenType font"), with its checksums."""
    count, power = len(tables), len(tables).bit_length() - 1
    search = 16 << power
    records = struct.pack(">IHHHH", 0x10000, count, search, power, 16 * count - search)
    body, at = b"", 12 + 16 * count
    for tag, data in sorted(tables.items()):
        if tag == b"head":
            whole = at + len(body) + 8
        records += struct.pack(">4sIII", tag, _sum(data), at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    made = bytearray(records + body)
    made[whole : whole + 4] = struct.pack(">I", (MAGIC - _sum(made)) % 2**32)
    return bytes(made)


def _sum(data: bytes | bytearray) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) % 2**32
