"""Texts that fit on a line except for their last space: it hangs past the margin (CSS Text 3, section 4.1.2).

Pango sets such a text on one line. WeasyPrint 70 then measures the space too, and breaks the line after its first word:
a short line in the middle of a paragraph, before a link or code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Split = Callable[..., Any]


def let_spaces_hang() -> None:
    """Change WeasyPrint's search for the end of a line. Call it once, before lines are kept."""
    from weasyprint.layout import inline, preferred

    inline.split_first_line = preferred.split_first_line = with_hanging_space(
        inline.split_first_line
    )


def with_hanging_space(split: Split) -> Split:
    """Return WeasyPrint's `split_first_line`, changed for those texts."""

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
        is_line_start: bool = True, minimum: bool = False,
    ) -> Any:  # fmt: skip
        def first_line(text: str, width: float | None) -> Any:
            return split(text, style, context, width, justification_spacing, is_line_start, minimum)

        found = first_line(text, max_width)
        _, length, rest, *_ = found
        if max_width is None or rest is None or not text.endswith(" ") or minimum:
            return found
        if " " in text.encode()[:length].decode().strip() or " " not in text.strip():
            return found
        alone = first_line(text.rstrip(" "), max_width)
        return first_line(text, None) if alone[2] is None else found

    return split_first_line
