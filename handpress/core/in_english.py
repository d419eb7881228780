"""Texts of the layouts in English, among the words of a language that has none of its own for them.

They are tagged on a page, so that a screen reader does not read English as if it were Welsh.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from markupsafe import escape

from handpress.core.direction import dir_attribute
from handpress.core.numerals import LATIN, Numerals

# Noncharacters: no source contains them.
OPENS, CLOSES = "\ufdd5", "\ufdd6"
# Marks around no words, or between two English parts with none between them.
GAP = rf"((?:[^\w{OPENS}{CLOSES}]|[\d_])*)"
IDLE = re.compile(f"{CLOSES}{GAP}{OPENS}|{OPENS}{GAP}{CLOSES}")
# The parts of a page that are shown as they are, and the texts between marks.
PARTS = re.compile(
    rf"(?P<plain><(title|style|script)\b.*?</\2>|<[^>]*>)|{OPENS}(?P<text>.*?){CLOSES}", re.S
)


class InEnglish(str):
    """A text in English. Only a template sees the difference from others: it gets the text between marks."""

    __slots__ = ("_marked", "numerals")

    _marked: str
    numerals: Numerals

    def __new__(cls, text: str, marked: str | None = None, numerals: Numerals = LATIN) -> InEnglish:
        """Return `text`; `marked` is its markup, with marks around its English parts.

        Its `format` writes whole numbers in `numerals`, those of the page.
        """
        made = super().__new__(cls, text)
        made.numerals = numerals
        whole = f"{OPENS}{escape(text)}{CLOSES}" if marked is None else marked
        made._marked = IDLE.sub(lambda idle: idle[1] or idle[2] or "", whole)
        return made

    def __html__(self) -> str:
        return self._marked

    # A property, since the sandbox of the templates has a `str.format` of its own.
    @property
    def format(self) -> Callable[..., InEnglish]:
        """A function as `str.format`. Values with words are not English."""
        return partial(_filled, self)

    def __add__(self, other: str) -> InEnglish:
        return InEnglish(str(self) + other, self._marked + escape(other))

    def capitalize(self) -> InEnglish:
        return InEnglish(super().capitalize())


def _filled(pattern: InEnglish, **values: Any) -> InEnglish:
    values = pattern.numerals.fill(values)
    inside = {
        name: f"{CLOSES}{escape(v)}{OPENS}" if _worded(v) else v for name, v in values.items()
    }
    marked = f"{OPENS}{str.format(str(escape(str(pattern))), **inside)}{CLOSES}"
    return InEnglish(str.format(pattern, **values), marked)


def _worded(value: object) -> bool:
    return any(map(str.isalpha, str(value)))


def language_of_word(text: object) -> dict[str, str]:
    """Return the attribute of an element for a `text` of the layouts."""
    return {"lang": "en"} if isinstance(text, InEnglish) else {}


def tagged(text: str, template: str, language: str) -> str:
    """Return the `text` of a template in `language`, with its English parts in elements of their own.

    Nothing can be tagged in titles and attributes, nor in files that are not HTML.
    """
    if OPENS not in text:
        return text
    if not template.endswith("html"):
        return _untagged(text)
    xml = ' xml:lang="en"' if template.endswith(".xhtml") else ""
    span = f'<span lang="en"{xml}{dir_attribute("en", language)}>'
    return PARTS.sub(
        lambda p: _untagged(p["plain"]) if p["plain"] else f"{span}{p['text']}</span>", text
    )


def _untagged(text: str) -> str:
    return text.replace(OPENS, "").replace(CLOSES, "")
