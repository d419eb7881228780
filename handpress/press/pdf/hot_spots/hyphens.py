"""Hyphens: the patterns of a language are read as written, and each is taken apart when a word has its letters.

Pyphen takes all thousands of them apart before the first word, which takes as long as two pages. The file of a
language is read once for an installation (:mod:`.installed`): that of German takes as long as a page each time.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

from handpress.core.caches.once import once

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
        name, state = "".join(filter(str.isalnum, path.stem)), path.stat()
        of = f"{path} {state.st_size} {state.st_mtime_ns}"
        if kept := once(name, of, partial(_written, path, pyphen.ignored)):
            self.patterns, self.maxlen = Patterns(kept[0]), kept[1]
            self.cache = {}
        else:
            slowly(self, path)

    pyphen.HyphDict.__init__ = read


def _written(path: Path, ignored: tuple[str, ...]) -> tuple[dict[str, str], int] | tuple[()]:
    """Return the patterns of a file by their letters, and the length of the longest; nothing if they have another form."""
    with path.open("rb") as file:
        encoding = file.readline().decode()
    encoding = "cp1251" if encoding.lower() == "microsoft-cp1251" else encoding
    lines = (line.strip() for line in path.read_text(encoding).split("\n")[1:])
    written = [line for line in lines if line and not line.startswith(ignored)]
    whole = "\n".join(written)
    letters = whole
    for digit in DIGITS:
        letters = letters.replace(digit, "")
    if any(sign in whole for sign in OTHER) or re.search(r"\d", letters):
        return ()
    both = zip(letters.split("\n"), written, strict=True)
    patterns = {key: line for key, line in both if key != line}
    return patterns, max(map(len, patterns))
