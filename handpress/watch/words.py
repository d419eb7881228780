"""Words: from a place in a source to the same words on a page.

Mark-up, line breaks and the order of boxes differ between source and page, but the words are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

WORD = re.compile(r"\w+")
MOST = 12  # words that identify a place
# Parts of a line that no page shows: addresses, attributes, tags, marks of notes, entities.
UNSHOWN = re.compile(
    r"\]\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>|\[\^[^\]\n]*\]|&#?\w+;|https?://\S+|^\s*(?:!!!|:::)\s*\w+"
)


class Run(Struct, frozen=True):
    """Consecutive words that two texts have in common: the first in the one searched, and their number."""

    start: int
    length: int


def changed_at(old: str, new: str) -> int | None:
    """Return the offset in `new` of the first difference from `old`, or None without one."""
    if old == new:
        return None
    for at, (before, after) in enumerate(zip(old, new, strict=False)):
        if before != after:
            return at
    return min(len(old), len(new))


def words_around(text: str, offset: int) -> tuple[str, ...]:
    """Return the words of the line at `offset`, those around it if there are many.

    A line without words gives those of the next one that has any.
    """
    start = text.rfind("\n", 0, offset) + 1
    for line_start in (start, *(m.end() for m in re.finditer("\n", text[start:]))):
        base = line_start if line_start == start else start + line_start
        line = text[base:].partition("\n")[0]
        shown = UNSHOWN.sub(lambda m: " " * len(m[0]), line)
        found = [(m[0].casefold(), m.end()) for m in WORD.finditer(shown)]
        if not found:
            continue
        at = next((i for i, (_, end) in enumerate(found) if base + end >= offset), len(found) - 1)
        first = max(0, min(at - MOST // 2, len(found) - MOST))
        return tuple(word for word, _ in found[first : first + MOST])
    return ()


def longest_run(page: Sequence[str], wanted: Sequence[str]) -> Run | None:
    """Return the longest run of `wanted` words in the words of a page, or None without two of them in a row.

    One word is enough if only one is wanted.
    """
    least = min(2, len(wanted))
    best: Run | None = None
    # Length of the run that ends at each wanted word, for the last word of the page.
    ends: dict[int, int] = {}
    for at, word in enumerate(page):
        now: dict[int, int] = {}
        for index, other in enumerate(wanted):
            if other == word:
                length = now[index] = ends.get(index - 1, 0) + 1
                if length >= least and (best is None or length > best.length):
                    best = Run(at - length + 1, length)
        ends = now
    return best
