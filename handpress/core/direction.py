"""Writing direction: whether a language is written from left to right or from right to left.

A tag (RFC 5646) that names its script is believed; otherwise the language's usual script decides.
"""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

Direction = Literal["ltr", "rtl"]

# ISO 15924, the scripts of today that run from right to left.
SCRIPTS = frozenset(
    ("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa", "yezi")
)
# ISO 639: the languages that are usually written in one of them.
LANGUAGES = frozenset(
    (
        "apc", "ar", "arc", "ary", "arz", "bal", "bgn", "bqi", "brh", "ckb", "dv", "fa", "glk", "he", "iw",
        "khw", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug",
        "ur", "yi",
    )
)  # fmt: skip


def direction(language: str) -> Direction:
    """Which way text in `language`, a tag, runs: ``direction("az-Arab")`` is ``"rtl"``."""
    first, *others = language.lower().split("-")
    script = next((tag for tag in others if len(tag) == 4 and tag.isalpha()), "")
    from_right = script in SCRIPTS if script else first in LANGUAGES
    return "rtl" if from_right else "ltr"


def dir_attribute(language: str, within: str = "en") -> Markup:
    """The attribute `dir`, with a space before it, of an element in `language` that stands in one
    `within` another; "" where both run the same way (HTML, section 3.2.6.4).
    """
    way = direction(language)
    return Markup("") if way == direction(within) else Markup(f' dir="{way}"')
