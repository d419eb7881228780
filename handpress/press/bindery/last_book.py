"""The last book: the parts of it that would be bound again with the same bytes are copied instead.

After a small edit, these are nearly all chapters. To bind one takes ten times as long as to copy its part.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Mapping

import msgspec
from msgspec import Struct

from handpress.core.files.disk import Asset, digest
from handpress.press.bindery.binding import Binding, Part
from handpress.press.bindery.growing import Stretch
from handpress.press.result import EARLIER, MEMORY


class Copy(Struct, frozen=True, array_like=True):
    """A part of a book that can be copied: the hash of all that decides it, its objects, and its entries in lists."""

    key: bytes
    stretch: Stretch
    part: Part


class Record(Struct, frozen=True, array_like=True):
    """The parts of a book, which has the `digest`."""

    digest: str
    copies: list[Copy]


class LastBook:
    """The book before, if it is known, and the parts of the new one."""

    def __init__(self, data: bytes = b"", copies: Mapping[bytes, Copy] | None = None) -> None:
        self.data, self.copies = data, copies or {}
        self.parts: list[Copy] = []  # of the new book

    @classmethod
    def among(cls, files: Mapping[str, Asset]) -> LastBook:
        """Return the last book of a recipe's files, an empty one if they have none that is intact."""
        if not {EARLIER, MEMORY} <= files.keys():
            return cls()
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            record = msgspec.msgpack.decode(files[MEMORY].read(), type=Record)
            if record.digest == files[EARLIER].digest:
                return cls(files[EARLIER].read(), {copy.key: copy for copy in record.copies})
        return cls()

    def take(self, book: Binding, decides: object, title: str, bind: Callable[[], Part]) -> None:
        """Append a part to the book: copy it if it is known and fits, otherwise `bind` it.

        `decides` is everything that decides its bytes, apart from what the book has so far.
        """
        whole = (decides, title, book.taken, book.structure.key, book.structure.roles)
        key = hashlib.sha256(repr(whole).encode()).digest()
        book.file.begin()
        last = self.copies.get(key)
        if last and book.file.fits(last.stretch) and book.faces.have(last.part.uses or ()):
            book.add(last.part, title)
            self.parts.append(Copy(key, book.file.repeat(last.stretch, self.data), last.part))
            return
        part = bind()
        stretch = book.file.ended()
        if part.uses is not None:
            self.parts.append(Copy(key, stretch, part))

    def record(self, data: bytes) -> bytes:
        """Return the record of the new book, whose bytes are `data`."""
        return msgspec.msgpack.encode(Record(digest(data), self.parts))
