"""Hyphens: the patterns of a language are read as written, and each is taken apart when a word has its letters.

Pyphen takes all thousands of them apart before the first word, which takes as long as two pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DIGITS = "123456789"
# Files with these have patterns of another form: zeros, letters by their numbers, and changes of letters.
OTHER = ("0", "^^", "/")


def quicken() -> None:
    import pyphen

    slowly = pyphen.HyphDict.__init__

    class Patterns(dict[str, Any]):
        """Patterns by their letters: as written, and from their first use on, their start and values."""

        def get(self, key: str, default: Any = None) -> Any:
            found = dict.get(self, key, default)
            if isinstance(found, str):
                values = [int(value or 0) for value, _ in pyphen.parse(found)]
                start = next(n for n, value in enumerate(values) if value)
                while not values[-1]:
                    values.pop()
                found = self[key] = start, tuple(values[start:])
            return found

    def read(self: Any, path: Path) -> None:
        with path.open("rb") as file:
            encoding = file.readline().decode()
        encoding = "cp1251" if encoding.lower() == "microsoft-cp1251" else encoding
        lines = (line.strip() for line in path.read_text(encoding).split("\n")[1:])
        written = [line for line in lines if line and not line.startswith(pyphen.ignored)]
        whole = "\n".join(written)
        letters = whole
        for digit in DIGITS:
            letters = letters.replace(digit, "")
        if any(sign in whole for sign in OTHER) or re.search(r"\d", letters):
            slowly(self, path)
            return
        both = zip(letters.split("\n"), written, strict=True)
        self.patterns = Patterns((key, line) for key, line in both if key != line)
        self.cache = {}
        self.maxlen = max(map(len, self.patterns))

    pyphen.HyphDict.__init__ = read
