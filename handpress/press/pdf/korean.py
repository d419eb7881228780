"""Korean lines: where they are not justified, they end between words and not within one.

Unicode's rules for line breaks (UAX 14) allow a break between any two syllables. CSS has `word-break: keep-all` against it,
which WeasyPrint does not know. A word that is longer than its line is still broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

CanBreak = Callable[[str, str], bool]
Split = Callable[..., Any]
# Characters after which a line may end.
APART = re.compile("[\\s\u200b\u00ad/~·…‐–—-]")


def break_between_words() -> None:
    """Change WeasyPrint's functions for lines. Call it once."""
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.layout import inline, preferred

    can_break: CanBreak = inline.can_break_text
    can_break_inside: Callable[[Any], bool] = inline.can_break_inside

    def can_break_between(text: str, language: str) -> bool:
        """Answer for the last letter of an element and the first of the next; longer texts have a style."""
        joined = len(text) == 2 and _is_korean(language) and _within_word(text, 1)
        return not joined and can_break(text, language)

    def inside(box: Any) -> bool:
        if isinstance(box, TextBox) and _keeps_words(box.style) and can_break_inside(box):
            return next(_ends(box.text, range(1, len(box.text)), can_break), 0) > 0
        return can_break_inside(box)

    inline.split_first_line = preferred.split_first_line = between_words(
        inline.split_first_line, can_break
    )
    inline.can_break_text = preferred.can_break_text = can_break_between
    inline.can_break_inside = inside


def _is_korean(language: str | None) -> bool:
    return (language or "").partition("-")[0].lower() == "ko"


def _keeps_words(style: Any) -> bool:
    return _is_korean(style["lang"]) and style["text_align_all"] != "justify"


def _within_word(text: str, at: int) -> bool:
    """Return whether the position `at` in `text` is within a word."""
    return not (APART.match(text, at - 1) or text[at].isspace())


def _ends(text: str, places: range, can_break: CanBreak) -> Iterator[int]:
    """Yield those of the `places` in a text in Korean at which a line may end."""
    for place in places:
        if not _within_word(text, place) and can_break(text[place - 1 : place + 1], "ko"):
            yield place


def between_words(split_first_line: Split, can_break: CanBreak) -> Split:
    """Return WeasyPrint's `split_first_line`, changed for text in Korean."""

    def split(
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
        is_line_start: bool = True, minimum: bool = False,
    ) -> Any:  # fmt: skip
        def line(part: str, width: float | None) -> Any:
            return split_first_line(
                part, style, context, width, justification_spacing, is_line_start, minimum
            )

        found = line(text, max_width)
        if max_width is None or found[2] is None or not _keeps_words(style):
            return found
        at = len(text.encode()[: found[2]].decode())
        if not _within_word(text, at):
            return found
        if before := next(_ends(text, range(at - 1, 0, -1), can_break), 0):
            return _until(text, before, line(text[:before].rstrip(" "), max_width))
        after = next(_ends(text, range(at + 1, len(text)), can_break), len(text))
        word = line(text[:after].rstrip(" "), None)
        if is_line_start and not minimum and word[3] > max_width:
            return found
        return _until(text, after, word)

    return split


def _until(text: str, end: int, found: Any) -> Any:
    """Return a split with the rest of `text` from `end` on for the next line."""
    rest = len(text[:end].encode()) if end < len(text) else None
    return found[0], found[1], rest, *found[3:]
