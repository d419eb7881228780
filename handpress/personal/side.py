"""Sides: a handout in one language, with what a client is given in the words of that language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.compose.compose import compose_article
from handpress.compose.composition import Composition
from handpress.compose.document import Document, language_of
from handpress.core.media import TABLE
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels
from handpress.layout.words import Words
from handpress.personal.article import Exercise, dosage_fields, exercises_of, for_client
from handpress.personal.visit import Prescribed, Unfillable
from handpress.series.article import Article
from handpress.series.doses import in_language

MEDIUM = TABLE["handout"]


class Side(Struct, frozen=True, dict=True):
    """The handout of an article in the language of its series. `labels` has the pages of the series' book.

    The names of its fields begin with `mark`.
    """

    layout: Layout
    article: str
    labels: Labels = field(default_factory=dict)
    mark: str = ""

    @cached_property
    def source(self) -> Article:
        return self.layout.series.article(self.article)

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises on it, in the order of the article."""
        return exercises_of(self.source)

    @property
    def language(self) -> str:
        return language_of(self.layout.series, self.source)

    @property
    def words(self) -> Words:
        return self.layout.words_of(self.language)

    def document(self, given: tuple[Prescribed, ...], *, sample: bool = False) -> Document:
        """Return the document with the exercises as they are given; see :func:`.for_client`."""
        article = for_client(self.source, given, self.words, sample=sample, mark=self.mark)
        series, words_of = self.layout.series, self.layout.words_of
        return compose_article(series, MEDIUM, words_of, article)

    def with_only(self, document: Document) -> Layout:
        """Return the layout of a single document."""
        return replace(self.layout, composition=Composition({MEDIUM.name: (document,)}))

    def texts(self, given: tuple[Prescribed, ...]) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each field that exercises have."""
        for one in given:
            if one.left_out:
                continue
            for _, name, text in dosage_fields(one, self.words, self.mark):
                yield name, text
            if one.note and not self.mark:  # the other side has it
                yield f"{one.exercise} note", one.note

    def translated(self, given: tuple[Prescribed, ...], of: Side) -> tuple[Prescribed, ...]:
        """Return the exercises as they are given here, if they are given so in another language.

        Each is the one in the same place there. Numbers and amounts are written as in this language; other texts stay.
        Raises :class:`Unfillable` if the two have not as many.
        """
        if not given or of is self:
            return given
        if len(self.exercises) != len(of.exercises):
            here, there = len(self.exercises), len(of.exercises)
            raise Unfillable(
                "the handout has {there} exercises, and {here} in the other language",
                there=there,
                here=here,
            )
        ids = {a.id: b.id for a, b in zip(of.exercises, self.exercises, strict=True)}
        return tuple(self._translated(one, ids[one.exercise], of) for one in given)

    def _translated(self, one: Prescribed, exercise: str, of: Side) -> Prescribed:
        numerals = self.words["numerals"]
        dosage: dict[str, Any] = {
            part: in_language(text, of.language, self.language, numerals) or text
            for part, text in one.dosage.items()
        }
        return replace(one, exercise=exercise, dosage=dosage)
