"""Lines ahead: Pango breaks some lines of a paragraph at once, and each of them is measured where it is.

WeasyPrint 70 lays out every line three times: two lines of text to find where the first one ends, then that line with the
next word, which may fit without its space, then the line alone to measure it. A hyphen is tried after each part of a word.
For words of Latin letters between spaces, the first of these layouts has all that the others find. Any other line is left
to WeasyPrint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from typing import Any

from msgspec import Struct

# A line, as `split_first_line` returns it: layout, length, start of the rest, width, height, baseline.
Line = tuple[Any, int, int | None, float, float, float]

# Letters in Latin script and their punctuation, with the same shapes in a line and in a paragraph; no soft hyphens.
PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u203a]*")
NARROW = 4  # ems, as WeasyPrint has it: a narrower line is broken in another way
LETTERS = 2.4  # in an em of a line; most have fewer
# Lines that are broken at once. A first line may be indented, or begin after another element, and be alone in its width.
FIRST, FOLLOWING = 1.5, 8
ENDING = 3  # letters, of which some may have another form or width before a space
CLOSE = 0.1  # of an em: closer to the margin, a line is tried out
# Values of the properties by which a line may be broken in another way.
VALUES = {
    "direction": "ltr",
    "white_space": "normal",
    "letter_spacing": "normal",
    "word_spacing": 0,
    "word_break": "normal",
}


class Setting(Struct, frozen=True):
    """How a text is set: its style, and the width of its lines in CSS pixels. `letters` describes the style for Pango."""

    style: Any
    letters: str
    context: Any
    max_width: float


class LinesAhead:
    """Breaks lines ahead. WeasyPrint has to be imported before."""

    def __init__(self) -> None:
        import pyphen
        from weasyprint.layout.percent import percentage
        from weasyprint.text import ffi, line_break

        self.pyphen, self.percentage, self.line_break = pyphen, percentage, line_break
        self.pango, self.null, self.unit = ffi.pango, ffi.ffi.NULL, ffi.FROM_UNITS
        self.extents = ffi.ffi.new("PangoRectangle *")

    def of(self, text: str, setting: Setting, spacing: float) -> Iterator[tuple[str, Line]]:
        """Yield texts, the given one first, and the line that each of them begins with.

        Each text is the rest of the one before it. No more follow after a line that must be tried out.
        """
        style, most = setting.style, setting.max_width
        size, config = style["font_size"], style.font_config
        if not NARROW * size < most < inf or any(style[k] != v for k, v in VALUES.items()):
            return
        count = FOLLOWING if config.__dict__.get("kept_rest") == text else FIRST
        draft = text[: int(most / size * LETTERS * count)]
        if not PLAIN.fullmatch(draft):
            return
        layout = self.line_break.create_layout(draft, style, None, most, spacing)
        described = dict(layout.__dict__)
        for name in ("layout", "language", "style"):
            del described[name]
        at, number, following = 0, 0, self._line(layout, 0)
        while (line := following) != self.null:
            width, height, baseline = self._measured(line)
            number, following = number + 1, self._line(layout, number + 1)
            if width * self.unit > most:
                return
            shown, rest = draft[at:], None
            if following == self.null:
                if len(draft) < len(text):
                    return
            else:
                rest = following.start_index - line.start_index
                shown = draft[at:].encode()[:rest].decode()
                next_at = at + len(shown)
                shown = shown.removesuffix(" ")
                if at + len(shown) == next_at or shown.endswith(" ") or " " not in shown.strip():
                    return
                word = self._next_word(layout, draft, next_at, whole=len(draft) == len(text))
                if word is None or self._may_fit(word, draft, next_at, following, width, setting):
                    return
                width -= self._pulled(shown[-ENDING:], setting)
                config.kept_rest = text[next_at:]
            alone = self.line_break.Layout.__new__(self.line_break.Layout)
            alone.__dict__.update(described, text=shown, first_line_direction=line.resolved_dir)
            measures = width * self.unit, height * self.unit, baseline * self.unit
            yield text[at:], (alone, len(shown.encode()), rest, *measures)
            if rest is not None:
                at = next_at

    def _line(self, layout: Any, number: int) -> Any:
        return self.pango.pango_layout_get_line_readonly(layout.layout, number)

    def _measured(self, line: Any) -> tuple[int, int, int]:
        """Return the width, the height and the baseline of a line, in units of Pango."""
        self.pango.pango_layout_line_get_extents(line, self.null, self.extents)
        return self.extents.width, self.extents.height, -self.extents.y

    def _next_word(self, layout: Any, draft: str, at: int, *, whole: bool) -> str | None:
        """Return the word of a draft that begins at a place; None if it may go on after a draft that is not the `whole` text."""
        breaks = self.pango.pango_layout_get_log_attrs_readonly(layout.layout, self.null)
        for place in range(at + 1, len(draft)):
            if breaks[place].is_line_break:
                return draft[at : place - 1]
        return draft[at:] if whole and draft[-1] != " " else None

    def _may_fit(
        self, word: str, draft: str, at: int, line: Any, width: int, setting: Setting
    ) -> bool:
        """Return whether a word, the first of its line, may fit on the line before it, which has a width, in whole or in part."""
        style = setting.style
        most = (setting.max_width + CLOSE * style["font_size"]) / self.unit
        room = most - width - self._width_of(" ", setting)
        if draft[at + len(word) :][:1] == " " and self._fits(word, line, room):
            return True
        if len(word) < style["hyphenate_limit_chars"][0]:
            return False
        zone = self.percentage(style["hyphenate_limit_zone"], style, setting.max_width)
        if setting.max_width - width * self.unit <= zone:
            return False
        halves = self._halves(word, setting)
        room -= self._width_of(style["hyphenate_character"], setting)
        return bool(halves) and self._fits(halves[-1], line, room)

    def _fits(self, text: str, line: Any, room: float) -> bool:
        """Return whether a text with which a line begins is at most so wide."""
        end, run = line.start_index + len(text.encode()), line.runs
        while run != self.null:
            item, glyphs, run = run.data.item, run.data.glyphs, run.next
            for number in range(glyphs.num_glyphs):
                if item.offset + glyphs.log_clusters[number] < end:
                    room -= glyphs.glyphs[number].geometry.width
        return room >= 0

    def _pulled(self, ending: str, setting: Setting) -> int:
        """Return by how much a space after the last letters of a line makes them wider."""
        apart = self._width_of(ending, setting) + self._width_of(" ", setting)
        return self._width_of(f"{ending} ", setting) - apart

    def _width_of(self, text: str, setting: Setting) -> int:
        """Return the width of a short text, which is kept with the lines."""
        kept = setting.style.font_config.kept_lines
        key = text, setting.letters
        if key not in kept:
            layout = self.line_break.Layout(setting.style)
            layout.set_text(text)
            kept[key] = self._measured(layout.get_first_line()[0])[0]
        width: int = kept[key]
        return width

    def _halves(self, word: str, setting: Setting) -> list[str]:
        """Return the beginnings of a word that a hyphen may follow, the longest first."""
        style, known = setting.style, setting.context.dictionaries
        total, left, right = style["hyphenate_limit_chars"]
        language = style["hyphens"] == "auto" and self.pyphen.language_fallback(style["lang"] or "")
        start = 0
        while language and (
            found := self.line_break.get_next_word_boundaries(word[start:], style["lang"])
        ):
            first, last = start + found[0], start + found[1]
            if last - first >= total:
                key = language, left, right, total
                if key not in known:
                    known[key] = self.pyphen.Pyphen(lang=language, left=left, right=right)
                return [word[:first] + half for half, _ in known[key].iterate(word[first:last])]
            start = last
        return []
