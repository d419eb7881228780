"""Scripts: group characters for a message that names what a font must have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

JAPANESE, KOREAN, CHINESE = "Japanese", "Korean", "Chinese"
CJK = frozenset([JAPANESE, KOREAN, CHINESE])
# By the first word of a character's name. Other letters are of the script that the word names.
BY_WORD = {
    "HIRAGANA": JAPANESE,
    "KATAKANA": JAPANESE,
    "HALFWIDTH": JAPANESE,
    "KATAKANA-HIRAGANA": JAPANESE,
    "HANGUL": KOREAN,
    "BOPOMOFO": CHINESE,
    "CJK": "",
    "IDEOGRAPHIC": "",
    "FULLWIDTH": "",
}  # "" for those of all three
# By Unicode's general category. Its first letter will do.
BY_CATEGORY = {
    "Co": "private use",
    "Cn": "unknown characters",
    "L": "",
    "M": "",
}  # "" for those with a script in their name
WAYS = (
    "put a font that has them into the workspace's `fonts/` folder",
    "put a font into the workspace's `fonts/` folder, or run `make fonts-cjk` in a clone of Handpress",
)
# The facts of a message about text that a stylesheet adds.
OF_LAYOUT = {
    "script": "characters of the layout",
    "characters": "text that a stylesheet adds",
    "ways": "use other characters, or put a font that has them into the workspace's `fonts/` folder",
}
SYMBOLS = "symbols"
MOST = 12  # characters that a message lists


def by_script(characters: Iterable[str]) -> dict[str, list[str]]:
    """Return `characters` by script, or kind if they are not letters.

    Han characters are Japanese beside kana, Korean beside Hangul, otherwise Chinese.
    """
    found: dict[str, list[str]] = {}
    for character in sorted(set(characters)):
        found.setdefault(_script(character), []).append(character)
    if han := found.pop("", []):
        found.setdefault(next((s for s in (JAPANESE, KOREAN) if s in found), CHINESE), []).extend(
            han
        )
    return found


def facts(script: str, characters: list[str], where: str = "") -> Mapping[str, str]:
    """Return the facts of a message about `characters` that no font has; `where` is read after them."""
    listed = ", ".join(map(_named, characters[:MOST]))
    if (more := len(characters) - MOST) > 0:
        listed += f" and {more} more"
    ways = WAYS[script in CJK]
    return {"script": script, "characters": f"{listed} {where}", "ways": ways}


def _script(character: str) -> str:
    category = unicodedata.category(character)
    word = unicodedata.name(character, "").partition(" ")[0]
    if word in BY_WORD:
        return BY_WORD[word]
    if 0x3000 <= ord(character) < 0x3040:  # brackets and signs of Chinese and Japanese text
        return ""
    kind = BY_CATEGORY.get(category, BY_CATEGORY.get(category[0], SYMBOLS))
    return kind or word.capitalize()


def _named(character: str) -> str:
    """Return a character with its number, which is all that a terminal without a font for it shows."""
    shown = f"{character} " if unicodedata.category(character) not in ("Co", "Cn") else ""
    return f"{shown}U+{ord(character):04X}"
