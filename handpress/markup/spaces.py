"""Spaces at which no line may break: between a number and its unit, and in French before `;:!?»%€`.

Only a space that the author typed changes, into one of the same length; in French it is narrow. A mark or a unit without
a space stays so. Text that is pasted from a web page or a word processor may have such spaces between all of its words:
where they make a piece as long as a line, they are common ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NARROW = "\N{NARROW NO-BREAK SPACE}"
UNBROKEN = "\N{NO-BREAK SPACE}"
# Between a number and a symbol of the SI, of a temperature, or of a part. Words such as "minutes" may be on the next line.
UNIT = re.compile(
    r"(?<=\d)[ \n](?=(?:°[CF]?|[kcmµμn]?m[²³]?|[kmµμ]?g|[cdm]?[lL]|k?J|kcal|k?Pa|k?W|k?Hz|MHz|mmHg|h|s|min|[%‰€£$])(?![\w.]\w|\w))"
)
# Words with such spaces between them, one at a time: several in a row are there for their width. To begin within a word
# would find nothing more, and would read a long word once for each of its letters.
GLUED = re.compile(f"(?<!\\S)\\S++(?:{UNBROKEN}\\S++)+")
LONGEST = 30  # characters: the shortest lines, in columns, lists and tables, have about as many
DIGIT = re.compile(r"\d")
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
    text = GLUED.sub(_loosened, text)
    return UNIT.sub(UNBROKEN, rule.sub(NARROW, text) if rule else text)


def _loosened(words: re.Match[str]) -> str:
    return words[0].replace(UNBROKEN, " ") if len(words[0]) > LONGEST else words[0]


def may_change(text: str, language: str) -> bool:
    """Return whether `text` may have a space that :func:`spaced` changes, or begin a pair that it keeps together."""
    return rule_of(language) is not None or UNBROKEN in text or DIGIT.search(text) is not None
