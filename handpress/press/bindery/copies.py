"""Copies: join PDFs of the same pages, such as a handout filled in for several clients, each on a new sheet.

A thousand copies have most in common. So equal content, fonts and pictures are stored once, and each copy is written
as it comes: memory has one at a time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO

from handpress.press.bindery.binding import Binding, Unbindable


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
        self.binding = Binding(out)
        self.count = 0

    def add(self, data: bytes) -> None:
        """Append a copy. Raises :class:`Unbindable` if a part of it would be lost."""
        self.count += 1
        self.binding.take(data, f"copy {self.count}", apart=True)
        self.binding.fill_up()

    def finish(self) -> None:
        """Write the properties of the complete file. It claims only the standards that all copies claim."""
        if not self.count:
            raise Unbindable("there is nothing to join")
        self.binding.join()
