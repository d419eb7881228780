"""The faces of a file that grows: subsets of each face are merged as they come, and few are kept at a time."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator

from pikepdf import Dictionary, Object, Pdf

from handpress.press.bindery.font_merge import merge_fonts
from handpress.press.bindery.saving import saved

MOST = 32  # subsets that wait


class Faces:
    """One font for each name of a subset. `reserve` gives it its number in the file."""

    def __init__(self, reserve: Callable[[], int]) -> None:
        self.reserve = reserve
        self.numbers: dict[str, int] = {}
        self.known: set[bytes] = set()
        self.waiting = 0
        self.pdf = Pdf.new()
        self.pdf.Root.Faces = Dictionary()

    def add(self, font: Object) -> int:
        """Return the number of the font that will have the glyphs of this one."""
        name = str(font.BaseFont)
        if name not in self.numbers:
            self.numbers[name] = self.reserve()
        inner = font.DescendantFonts[0]
        streams = (inner.FontDescriptor.FontFile2, font.ToUnicode)
        parts = (name.encode(), inner.W.unparse(), *(s.read_raw_bytes() for s in streams))
        digest = hashlib.sha256(b"\0".join(parts)).digest()
        if digest not in self.known:
            self.known.add(digest)
            slot = f"/{self.numbers[name]}"
            if slot not in self.pdf.Root.Faces:
                self.pdf.Root.Faces[slot] = Dictionary()
            subsets = self.pdf.Root.Faces[slot]
            subsets[f"/{len(subsets)}"] = self.pdf.copy_foreign(font)
            self.waiting += 1
            if self.waiting == MOST:
                self.merge()
        return self.numbers[name]

    def merge(self) -> None:
        """Merge the subsets of each face. Written and read again, the file forgets what they came from."""
        for subsets in self.pdf.Root.Faces.values():
            names = sorted(subsets.keys(), key=lambda name: int(name[1:]))
            merge_fonts(self.pdf, [(subsets, name) for name in names])
            for name in names[1:]:
                del subsets[name]
        self.pdf = Pdf.open(io.BytesIO(saved(self.pdf)))
        self.waiting = 0

    def merged(self) -> Iterator[tuple[int, Object]]:
        """Yield each font with its number."""
        self.merge()
        for slot, subsets in self.pdf.Root.Faces.items():
            yield int(slot[1:]), subsets["/0"]
