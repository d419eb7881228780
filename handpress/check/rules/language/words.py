"""Words: long ones that have a plainer one in a public list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.check.rules.language.plain_words import PLAIN
from handpress.core.problems.catalogue import Kind

# Plainer words that are verbs: their longer ones have several forms.
_VERBS = re.compile(
    r"ask for|begin|build up|buy|carry out|change|count|end|find out|finish|follow|gain|get|give|have|help|live|make (?:sure|up|worse)"
    r"|meet|move|need|prevent|publish|reach|show|speed up|spend|spread|start|stop|take part|try|use"
)
# Before a word that joins a clause to the one before. `It is therefore easy` would be `It is so easy`.
_BEFORE_CLAUSE = re.compile(r"(?i)(?:\A|[^\w\s]|\band)\s*\Z")


def _forms(word: str, plain: str) -> Iterator[str]:
    """Yield a word, and if it is a verb its other forms."""
    yield word
    if _VERBS.fullmatch(plain):
        verb, space, rest = word.partition(" ")
        stem, past = verb.removesuffix("e"), verb.removesuffix("e").removesuffix("y")
        past += "ied" if verb.endswith("y") else "ed"
        for form in (past, f"{stem}ing", f"{verb}es" if verb.endswith("s") else f"{verb}s"):
            yield form + space + rest


_PLAIN = {form: plain for word, plain in PLAIN.items() for form in _forms(word, plain)}
# The forms by their longest word: a page without that word has none of them.
_KEYS: dict[str, list[str]] = {}
for _form in _PLAIN:
    _KEYS.setdefault(max(_form.split(), key=len), []).append(_form)
_WORDS = re.compile(r"[a-z]+")
# Before a word that describes a thing, as in `a modified version`: the plainer verb would not fit.
_BEFORE_ADJECTIVE = re.compile(
    r"(?i)\b(?:an?|the|this|that|these|those|any|some|no|each|my|your|our|their|its|his|her|of|with|as)\s+(?:\w+ly\s+)?\Z"
)


def plainer(page: Page) -> Iterator[Found]:
    """Yield the words of the list, in running text."""
    for key in sorted(_KEYS.keys() & set(_WORDS.findall(page.text.lower()))):
        for found in _pattern(key).finditer(page.text):
            written = " ".join(found[0].split())
            plain = _PLAIN[written.lower()]
            before = page.text[max(0, found.start() - 30) : found.start()]
            if _fits(written, plain, before) and page.block_at(found.start()) in page.running:
                facts = {"term": written, "plain": plain}
                yield Found(page.at(*found.span()), facts)


def _fits(written: str, plain: str, before: str) -> bool:
    """Return whether the plainer word can replace the written one after the text `before` it."""
    if written.endswith("ed") or plain == "enough":
        return not _BEFORE_ADJECTIVE.search(before)
    if plain == "so":
        return bool(_BEFORE_CLAUSE.search(before))
    return not re.search(rf"(?i)\b{plain}\w*\s+(?:or|and)\s+\Z", before)  # `change or modify`


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return a pattern for the forms with this longest word."""
    forms = "|".join(sorted(_KEYS[key], key=len, reverse=True)).replace(" ", r"\s+")
    return re.compile(rf"(?i)(?<![\w-])(?:{forms})(?![\w-])")


RULES = (
    Rule(
        code="plain-word",
        kind=Kind(
            "advice",
            "`{term}` has a plainer word",
            "`{plain}` is shorter, and more readers know it",
            "write `{plain}` in the form that fits here",
        ),
        reason="More people understand common words, and everybody reads them faster.",
        source="plainlanguage.gov, Use simple words and phrases; CDC, Plain Language Thesaurus",
        bad=Example(
            "# Knees\n\nRest ⟦prior to⟧ each walk. It ⟦facilitates⟧ healing, and we ⟦utilized⟧ it.\n"
        ),
        good=Example(
            "# Knees prior to surgery\n\nRest before each walk, or try a modified walk of an adequate length. It is therefore easy to change or modify.\n\n> Rest prior to it.\n"
        ),
        find=plainer,
        languages=frozenset({"en"}),
    ),
)
