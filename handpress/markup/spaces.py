"""Spaces that a language sets before and within marks: in French, a narrow one before `;:!?»%€`.

Only a space that the author typed changes, into one of the same length at which no line breaks. A mark without
a space stays so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NARROW = "\N{NARROW NO-BREAK SPACE}"
# A row: the first part of a language's tag, and the spaces to narrow.
ROWS: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r"(?<=\S)[ \xa0](?=[;:!?»%€])|(?<=«)[ \xa0](?=\S)"),
}


def rule_of(language: str) -> re.Pattern[str] | None:
    """Return the pattern of the spaces that `language` narrows, if it has one."""
    return ROWS.get(language.partition("-")[0].lower())


def spaced(text: str, language: str) -> str:
    """Return `text`, as long as it was, with the spaces of `language`."""
    rule = rule_of(language)
    return rule.sub(NARROW, text) if rule else text
