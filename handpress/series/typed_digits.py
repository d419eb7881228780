"""The digits of a series: those that its settings name, or else those that its articles are typed with.

A language's own digits are the rule. Articles that are mostly typed with 0 to 9 have these in Handpress's own numbers, too, so
that a page does not have two kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from handpress.core.numerals import LATIN, Numerals, numerals_of
from handpress.markup.blocks import diary
from handpress.markup.tree import CODE, Element, classes, parse_tree
from handpress.series.article import Article
from handpress.series.settings.schema import AUTO

TITLES = ("subtitle", "summary")


def digits_of(articles: Iterable[Article], language: str, setting: str) -> dict[str, str]:
    """Return the numbering systems of a series, by the languages of its articles; none for 0 to 9.

    `language` is that of articles without their own, `setting` the value of the key `digits`.
    """

    def language_of(article: Article) -> str:
        return article.settings.get("language") or language

    found = {language: chosen((), language, setting)}
    for own, inside in groupby(sorted(articles, key=language_of), key=language_of):
        found[own] = chosen(inside, own, setting)
    return {tag: numerals.name for tag, numerals in found.items() if numerals != LATIN}


def chosen(articles: Iterable[Article], language: str, setting: str) -> Numerals:
    """Return the numerals for the `articles` of a series that are in `language`."""
    if setting != AUTO:
        return Numerals(setting)
    usual = numerals_of(language)
    if usual == LATIN:
        return LATIN
    typed = Counter(digit.isascii() for article in articles for digit in _digits(article))
    return LATIN if typed[True] > typed[False] else usual


def _digits(article: Article) -> Iterator[str]:
    """Yield the digits in the text that the author typed. Words with Latin letters, such as addresses, do not count."""
    texts = [article.title, *(article.settings.get(key, "") for key in TITLES)]
    for markup in (article.body, *article.notes.values()):
        tree = parse_tree(markup)
        calls = (link for link in tree.iter("a") if "noteref" in classes(link))
        texts += _texts(tree, {*diary.numbers(tree), *calls})
    for word in " ".join(texts).split():
        if not any("a" <= letter <= "z" for letter in word.lower()):
            yield from (letter for letter in word if letter.isdecimal())


def _texts(tree: Element, ours: set[Element]) -> Iterator[str]:
    if tree.tag not in CODE and tree not in ours:
        yield tree.text or ""
        for child in tree:
            yield from _texts(child, ours)
            yield child.tail or ""
