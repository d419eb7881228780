"""Digits in stylesheets: the numbers that a stylesheet counts, of pages, steps and lists, in those of a language."""

from __future__ import annotations

import re

from handpress.core.numerals import LATIN, Numerals
from handpress.layout.css.stylesheet import quoted, ruled
from handpress.series.model import Series

# Counters for which no style is named.
COUNTER = re.compile(
    r"""\b(?:counter\(\s*[\w-]+|counters\(\s*[\w-]+\s*,\s*(?:"[^"]*"|'[^']*'))\s*(?=\))"""
)


def counter(name: str, numerals: Numerals) -> str:
    """Return the value of a counter as CSS content."""
    return f"counter({name}, {numerals.style})"


def of_series(*several: Series) -> str:
    """Return the rules for the numbers of lists on the pages of a series, and of others that are on the same pages."""
    first = several[0]
    own = first.numerals(first.language)
    rules = "" if own == LATIN else _lists("ol", own)
    for language, numerals in sorted(_other_languages(*several).items()):
        if numerals != own:
            rules += _lists(f'[lang="{language}"] ol', numerals)
    return rules


def in_digits(css: str, language: str, *several: Series) -> str:
    """Return a stylesheet of some series whose counters have the digits of a `language`.

    A counter with a style of its own keeps it.
    """
    own = several[0].numerals(language)
    every = {own: None} | dict.fromkeys(_other_languages(*several).values())
    if own != LATIN:
        css = COUNTER.sub(lambda found: f"{found[0]}, {own.style}", css)
    return "".join(map(_defined, every)) + css


def _other_languages(*several: Series) -> dict[str, Numerals]:
    """Return the numerals of the languages that some series have, other than that of the first."""
    found: dict[str, Numerals] = {}
    for series in several:
        own = (article.settings.get("language") for article in series.articles)
        for language in (series.language, *series.languages, *own):
            if language and language != several[0].language:
                found.setdefault(language, series.numerals(language))
    return found


def _lists(selector: str, numerals: Numerals) -> str:
    return ruled(selector, {"list-style-type": numerals.style})


def _defined(numerals: Numerals) -> str:
    """Return the counter style of some digits: not every program has it by itself, and a page needs a face with them."""
    if numerals == LATIN:
        return ""
    symbols = " ".join(map(quoted, numerals.digits))
    return f"@counter-style {numerals.style} {{ system: numeric; symbols: {symbols} }}\n"
