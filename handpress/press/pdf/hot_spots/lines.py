"""Lines that were broken before: WeasyPrint breaks the lines of a table's cells up to four times, and those of each draft.

A line depends on its text, its letters and its width, and on nothing else; a text that fits on one line whole depends on
no width. One that fits only without its last space does. Each configuration of fonts keeps some thousand lines, as many as the drafts of one article have.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MOST = 8_000  # lines of about a kilobyte
# The properties that Pango, or WeasyPrint's search for a break, reads.
LETTERS = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip


def quicken() -> None:
    from weasyprint.layout import inline, preferred
    from weasyprint.text.line_break import Layout

    slowly: Callable[..., Any] = inline.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
        is_line_start: bool = True, minimum: bool = False,
    ) -> Any:  # fmt: skip
        letters = style.__dict__.get("kept_key")
        if letters is None:
            letters = style.kept_key = repr([style[name] for name in LETTERS])
        kept = style.font_config.__dict__.setdefault("kept_lines", {})
        whole = text, letters, justification_spacing
        found = kept.get(whole)
        if found is None or (max_width is not None and found[3] > max_width):
            key = *whole, max_width, is_line_start, minimum
            found = kept.get(key)
            if found is None:
                if len(kept) >= MOST:
                    kept.clear()
                found = slowly(
                    text, style, context, max_width, justification_spacing, is_line_start, minimum
                )
                whole_text = found[2] is None and found[1] == len(text.encode())
                fits = whole_text and (max_width is None or found[3] <= max_width)
                kept[whole if fits else key] = found
        # Each box has a layout of its own, because it is set up again to be drawn.
        layout = Layout.__new__(Layout)
        layout.__dict__.update(found[0].__dict__)
        layout.max_width = max_width
        return layout, *found[1:]

    # Not in the text of drawings, whose styles change after they were used.
    inline.split_first_line = preferred.split_first_line = split_first_line
