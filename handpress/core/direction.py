"""Writing direction: left to right or right to left, by language.

The script in a language tag (RFC 5646) decides; without one, the language's usual script does.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from markupsafe import Markup

Direction = Literal["ltr", "rtl"]

# ISO 15924: the modern right-to-left scripts.
SCRIPTS = frozenset(
    ("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa", "yezi")
)
# ISO 639: the languages usually written in one of them.
LANGUAGES = frozenset(
    (
        "apc", "ar", "arc", "ary", "arz", "bal", "bgn", "bqi", "brh", "ckb", "dv", "fa", "glk", "he", "iw",
        "khw", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug",
        "ur", "yi",
    )
)  # fmt: skip


def direction(language: str) -> Direction:
    """Return the direction of text in `language`, a tag: ``direction("az-Arab")`` is ``"rtl"``."""
    first, *others = language.lower().split("-")
    script = next((tag for tag in others if len(tag) == 4 and tag.isalpha()), "")
    from_right = script in SCRIPTS if script else first in LANGUAGES
    return "rtl" if from_right else "ltr"


def dir_attribute(language: str, within: str = "en") -> Markup:
    """Return the attribute `dir`, with a leading space, for an element in `language` within one in `within`.

    It is "" if both have the same direction (HTML, section 3.2.6.4).
    """
    way = direction(language)
    return Markup("") if way == direction(within) else Markup(f' dir="{way}"')


def text_direction(text: str) -> Direction:
    """Return the direction of a text in an unknown language, which is that of its first letter."""
    return "ltr" if strong_class(text) == "L" else "rtl"


def strong_class(text: str) -> str:
    """Return the bidirectional class of the first letter of `text` (UAX 9, rule P2): L, R or, in Arabic letters, AL.

    It is L for a text without letters.
    """
    classes = (unicodedata.bidirectional(character) for character in text)
    return next((found for found in classes if found in ("L", "R", "AL")), "L")
