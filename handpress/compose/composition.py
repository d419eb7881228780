"""Compositions: the documents of a series in each of its media."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from handpress.compose.compose import compose
from handpress.compose.document import Document, WordsOf
from handpress.compose.recall import Recall, find_out
from handpress.core.media import TABLE, Medium
from handpress.core.problems.problem import Problem
from handpress.series.model import Series


class Composition(Struct, frozen=True):
    """The documents of one series, by medium."""

    by_medium: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)

    def documents(self, medium: Medium) -> tuple[Document, ...]:
        """Return the documents of a medium of the series, in order; none if it was not composed."""
        return self.by_medium.get(medium.name, ())


def compose_series(
    series: Series, words_of: WordsOf, recall: Recall = find_out
) -> tuple[Composition, list[Problem]]:
    """Compose every medium of a series; the problems are those that only a medium shows."""
    composed = {}
    problems = []
    for name in series.media:
        composed[name], found = compose(series, TABLE[name], words_of, recall=recall)
        problems += found
    return Composition(composed), problems


def compose_error_free(series: Series, wrong: set[str], words_of: WordsOf) -> Composition:
    """Compose what can be published of a series with errors.

    These are the single documents of the articles whose files are not among the `wrong` ones.
    There are none if the series' settings are wrong themselves.
    """
    articles = {a.path: a for a in series.articles}
    if wrong & (set(series.digests) - articles.keys()):
        return Composition()
    slugs = {a.slug for path, a in articles.items() if path not in wrong}
    media = [TABLE[name] for name in series.media if TABLE[name].partial]
    composed = {m.name: compose(series, m, words_of, slugs)[0] for m in media}
    return Composition({name: documents for name, documents in composed.items() if documents})
