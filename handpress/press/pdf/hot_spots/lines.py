"""Lines that were broken before: WeasyPrint breaks the lines of a table's cells up to four times, and those of each draft.

A line depends on its text, its letters and its width, and on nothing else; a text that fits on one line whole depends on
no width. One that fits only without its last space does. Each configuration of fonts keeps some thousand lines, as many as the drafts of one article have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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

    from handpress.press.pdf.hot_spots.ahead import LinesAhead, Setting

    ahead = LinesAhead()
    slowly: Callable[..., Any] = inline.split_first_line

    def broken(
        text: str, style: Any, context: Any, letters: str, spacing: float, max_width: float | None,
        is_line_start: bool, minimum: bool,
    ) -> Iterator[tuple[str, Any]]:  # fmt: skip
        """Yield a text and its first line, then perhaps the rest of the text and the first line of that, and so on."""
        found = None
        if max_width is not None and not minimum:
            setting = Setting(style, letters, context, max_width)
            for found in ahead.of(text, setting, spacing):
                yield found
        if found is None:
            yield text, slowly(text, style, context, max_width, spacing, is_line_start, minimum)

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
                rest = justification_spacing, max_width, is_line_start, minimum
                for part, line in broken(text, style, context, letters, *rest):
                    of_text = part, letters, justification_spacing
                    whole_text = line[2] is None and line[1] == len(part.encode())
                    fits = whole_text and (max_width is None or line[3] <= max_width)
                    at_start = is_line_start or found is not None
                    kept[of_text if fits else (*of_text, max_width, at_start, minimum)] = line
                    found = found or line
        # Each box has a layout of its own, because it is set up again to be drawn.
        layout = Layout.__new__(Layout)
        layout.__dict__.update(found[0].__dict__)
        layout.max_width = max_width
        return layout, *found[1:]

    # Not in the text of drawings, whose styles change after they were used.
    inline.split_first_line = preferred.split_first_line = split_first_line
