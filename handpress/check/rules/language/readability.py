"""Readability: articles with a high score, and the sentences and words to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.check.page import Page
from handpress.check.prose.readability import (
    counts,
    formulas,
    hardest_sentences,
    hardest_words,
    scores,
)
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

SENTENCES, WORDS = 10, 100  # a shorter text has no reliable score


def hard(page: Page) -> Iterator[Found]:
    """Yield the title of an article whose score is beyond the limit of its formula."""
    whole = counts(page.sentences, page.tongue)
    if not formulas(page.tongue) or whole.words < WORDS or whole.sentences < SENTENCES:
        return
    first = formulas(page.tongue)[0]
    limit = page.limits[first.limit]
    if first.difficulty(whole) <= (-limit if first.ease else limit):
        return
    lines = {page.at(s.start, s.end).line for s in hardest_sentences(page.sentences, page.tongue)}
    facts = {
        "written": scores(whole, page.tongue),
        "limit": limit,
        "lines": ", ".join(map(str, sorted(lines))),
        "words": ", ".join(hardest_words(page.sentences, page.tongue)),
    }
    yield Found(page.head(), facts)


_HARD = "Professional rehabilitation of muscular conditions necessitates continual supervision. "
RULES = (
    Rule(
        code="hard-to-read",
        kind=Kind(
            "advice",
            "article may be hard to read",
            "{written}; the limit is {limit}",
            "look first at the sentences in lines {lines}, and at the words: {words}",
        ),
        reason=(
            "A score shows which article to look at first. It cannot judge meaning, and a good text may have a high one."
        ),
        source=(
            "NHS digital service manual, Health literacy; Kincaid 1975, McLaughlin 1969, Barrio Cantalejo 2008,"
            " Bamberger and Vanecek 1984, Björnsson 1968"
        ),
        bad=Example("---\ntitle: ⟦Knees⟧\n---\n\n" + _HARD * 15 + "\n"),
        good=Example(
            "---\ntitle: Knees\n---\n\n" + "The knee bends. You rest and walk. " * 20 + "\n"
        ),
        find=hard,
        limits={"flesch-kincaid-grade": 10, "inflesz-ease": 55, "wiener-grade": 11, "lix": 50},
    ),
)
