"""Words: long ones that have a plainer one in a public list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.page import Page
from handpress.check.prose.sentences import running
from handpress.check.rule import Example, Found, Rule
from handpress.check.rules.language.plain_words import PLAIN
from handpress.core.catalogue import Kind

_VERBS = frozenset(
    {
        "begin",
        "count",
        "find out",
        "finish",
        "follow",
        "gain",
        "get",
        "have",
        "help",
        "include",
        "live",
        "need",
    }
    | {"prevent", "publish", "reach", "show", "speed up", "spread", "stop", "try", "use"}
)


def _forms(word: str, plain: str) -> Iterator[str]:
    """Yield a word, and if it is a verb its other forms."""
    yield word
    if plain in _VERBS:
        verb, space, rest = word.partition(" ")
        stem = verb.removesuffix("e")
        for form in (f"{stem}ed", f"{stem}ing", f"{verb}es" if verb.endswith("s") else f"{verb}s"):
            yield form + space + rest


_PLAIN = {form: plain for word, plain in PLAIN.items() for form in _forms(word, plain)}
_ANY = re.compile(
    rf"(?i)(?<![\w-])(?:{'|'.join(sorted(_PLAIN, key=len, reverse=True))})(?![\w-])".replace(
        " ", r"\s+"
    )
)


def plainer(page: Page) -> Iterator[Found]:
    """Return the words of the list, in running text."""
    for block in running(page):
        for found in _ANY.finditer(page.text, block.first, block.last):
            written = " ".join(found[0].split())
            facts = {"term": written, "plain": _PLAIN[written.lower()]}
            yield Found(page.at(*found.span()), facts)


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
        source="plainlanguage.gov, Use simple words and phrases (a list in the public domain)",
        bad=Example(
            "# Knees\n\nRest ⟦prior to⟧ each walk. It ⟦facilitates⟧ healing, and we ⟦utilized⟧ it.\n"
        ),
        good=Example("# Knees prior to surgery\n\nRest before each walk.\n\n> Rest prior to it.\n"),
        find=plainer,
        languages=frozenset({"en"}),
    ),
)
