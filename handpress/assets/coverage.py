"""Coverage: the characters of each face, from a table for ours, otherwise from the font.

`tools/fonts/collect.py` writes the tables, so that only the fonts that are used are ever opened.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from handpress.core.caches.recent import by_digest
from handpress.core.files.disk import Asset
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import SPARE_FACES

TABLE = "coverage.txt"


class Coverage(Struct, frozen=True):
    """Ranges of characters: an even number of bounds, each first the start of a range, then the end."""

    bounds: tuple[int, ...]

    @classmethod
    def of_ranges(cls, written: str) -> Coverage:
        """Read `41-5A 61`, in hexadecimal."""
        bounds: list[int] = []
        for part in written.split():
            first, _, last = part.partition("-")
            bounds += int(first, 16), int(last or first, 16) + 1
        return cls(tuple(bounds))

    @classmethod
    def of_characters(cls, numbers: Iterable[int]) -> Coverage:
        return cls(tuple(bound for n in sorted(numbers) for bound in (n, n + 1)))

    def __contains__(self, character: str) -> bool:
        return bool(bisect_right(self.bounds, ord(character)) % 2)


@lru_cache(maxsize=1)
def rows() -> dict[str, str]:
    """Return the ranges of each face of ours by its name below `fonts/`, in the order of the tables."""
    found: dict[str, str] = {}
    for folder in SPARE_FACES:
        table = shipped("fonts") / folder / TABLE
        if table.is_file():
            lines = table.read_text(encoding="ascii").splitlines()
            found |= {name: ranges for name, _, ranges in (line.partition("\t") for line in lines)}
    return found


@lru_cache(maxsize=256)
def of_ours(name: str) -> Coverage:
    return Coverage.of_ranges(rows()[name])


def coverage(name: str, asset: Asset) -> Coverage:
    """Return the characters of the face `name`, a file of ours or of the workspace."""
    ours: Path = shipped("fonts") / name
    return of_ours(name) if asset.path == ours and name in rows() else _read(asset)


@by_digest(most=64)
def _read(asset: Asset) -> Coverage:
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(asset.read()), lazy=True) as font:
        return Coverage.of_characters(font.getBestCmap() or ())
