"""Sheets: a handout in one look, which is filled in for one client after another.

A form is laid out once for all visits with the same fields, and their texts are written on its finished pages. If
a text does not fit, or a note needs room, the handout is laid out again.

A sheet may be in the language of another edition, or in both: its visits are in the words of its own article.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.assets.fonts import missing
from handpress.assets.scripts import by_script, facts
from handpress.core.caches.recent import Recent
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels, Variant
from handpress.layout.words import Words
from handpress.personal.article import Exercise, dosage_fields
from handpress.personal.notes import note_html
from handpress.personal.side import Side
from handpress.personal.texts import texts_on
from handpress.personal.visit import FIELDS, Unfillable, Visit
from handpress.press.pool import Failed, press
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered
from handpress.print.bilingual import bilingual_handouts
from handpress.print.further_reading import FurtherReading
from handpress.print.handout import handouts
from handpress.print.write_in import LABELS, LONG, WriteIn

FILLED = "handout-filled"  # the stylesheet of what is filled in
SAMPLE = "0"  # takes the room of a text in the row of fields
OTHER = "other "  # begins the names of fields in the other language
FORMS = 8  # of one sheet, kept for later visits: one for each choice of fields

Press = Callable[[Recipe], Rendered | Failed]


class Other(Struct, frozen=True):
    """The edition of a sheet in another language, and the form of a bilingual handout; "" shows that edition alone."""

    layout: Layout
    labels: Labels = field(default_factory=dict)
    form: str = ""


class Sheet(Struct, frozen=True, dict=True):
    """The handout of an article in one look. `labels` has the pages of the series' book.

    A sheet that is compiled from other articles names them as `sources`, and has no number in its series.
    With an `other` language, the sheet is printed in that, or in both.
    It keeps forms, which have no client's text in them.
    """

    layout: Layout
    article: str
    variant: Variant
    labels: Labels = field(default_factory=dict)
    sources: tuple[FurtherReading, ...] = ()
    other: Other | None = None

    @cached_property
    def forms(self) -> Recent[object, Rendered]:
        """Forms that were made, by what decides them."""
        return Recent(FORMS)

    @cached_property
    def own(self) -> Side:
        """The side whose exercises and words its visits have."""
        return Side(self.layout, self.article, self.labels)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are printed: one, or the original and its translation."""
        if self.other is None:
            return (self.own,)
        other = Side(self.other.layout, self.article, self.other.labels)
        if not self.other.form:
            return (other,)
        both = self.own, replace(other, mark=OTHER)
        return tuple(sorted(both, key=lambda side: bool(side.layout.series.original)))

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return self.own.exercises

    @property
    def words(self) -> Words:
        return self.own.words

    @property
    def printed(self) -> Layout:
        """The layout of the first side, whose words its row of fields has."""
        return self.sides[0].layout

    def recipe(self, visit: Visit, *, sample: bool = False) -> Recipe:
        """Return the recipe of the sheet for a visit; with `sample`, that of a form for such visits."""
        layouts = []
        for side in self.sides:
            given = side.translated(visit.exercises, self.own)
            document = side.document(given, sample=sample)
            if self.sources:
                document = replace(document, number=0, previous=None, next=None, url=None)
            layouts.append(side.with_only(document))
        texts = dict.fromkeys(LABELS, SAMPLE) if sample else dict(self.row(visit))
        words = [layout.words for layout in layouts]
        fields = [
            [WriteIn(w[word], texts.get(name, ""), name, sample) for name, word in LABELS.items()]
            for w in words
        ]
        note = "" if sample else note_html(visit.note, words)
        labels = [side.labels for side in self.sides]
        if self.other and self.other.form:
            form = self.other.form
            found = bilingual_handouts(
                layouts[0], layouts[1], self.variant, labels, form, note, fields, FILLED
            )
        else:
            found = handouts(
                layouts[0], self.variant, labels[0], note, fields[0], FILLED, self.sources
            )
        (recipe,) = found
        return recipe

    def row(self, visit: Visit) -> Iterator[tuple[str, str]]:
        """Yield the names and texts of the fields at the top."""
        practice = self.layout.series.practice
        usual = {"practitioner": practice.practitioner if practice else ""}
        for name in FIELDS:
            if text := getattr(visit, name) or usual.get(name, ""):
                yield name, text

    def texts(self, visit: Visit) -> dict[str, str]:
        """Return every text of a visit by the name of its field."""
        found = dict(self.row(visit))
        if visit.note:
            found["note"] = visit.note
        for side in self.sides:
            found |= side.texts(side.translated(visit.exercises, self.own))
        return found

    def form(self, visit: Visit, make: Press) -> Rendered:
        """Return the form for visits with the same fields as this one, and keep it."""
        asked = shape(visit, self.words)
        if asked not in self.forms:
            self.forms[asked] = _made(make(self.recipe(visit, sample=True)))
        return self.forms[asked]


def shape(visit: Visit, words: Mapping[str, Any]) -> object:
    """Return everything about a visit that decides the layout of its form: no text is in it."""
    return tuple(
        (
            given.exercise,
            given.left_out,
            tuple(part for part, _, _ in dosage_fields(given, words)),
            given.removed,
        )
        for given in visit.exercises
    )


def fill(sheet: Sheet, visit: Visit, make: Press = press) -> bytes:
    """Return the PDF of a sheet for one client. `make` presses a recipe, by default in this process.

    Raises :class:`Unfillable` if a text would be lost.
    """
    filling = steps(sheet, visit)
    try:
        recipe = next(filling)
        while True:
            recipe = filling.send(make(recipe))
    except StopIteration as end:
        data: bytes = end.value
        return data


def steps(sheet: Sheet, visit: Visit) -> Generator[Recipe, Rendered | Failed, bytes]:
    """Yield each recipe that :func:`fill` needs next, and receive what it made; return the PDF."""
    visit = visit.cleaned()
    texts = printable_texts(sheet, visit)
    if not _has_notes(visit) and max(map(len, texts.values()), default=0) <= LONG:
        asked = shape(visit, sheet.words)
        form = sheet.forms.get(asked)
        if form is None:
            form = sheet.forms[asked] = _made((yield sheet.recipe(visit, sample=True)))
        if not texts:
            return form.data
        if recipe := texts_on(sheet.printed, sheet.variant, form, texts):
            made = yield recipe
            if isinstance(made, Rendered):
                return made.data
    made = _made((yield sheet.recipe(visit)))
    if missed := texts.keys() - {place.name for place in made.fields}:
        every = ", ".join(sorted(missed))
        raise Unfillable("the workspace's layout has no place for {fields}", fields=every)
    return made.data


def printable_texts(sheet: Sheet, visit: Visit) -> dict[str, str]:
    """Return every text of a visit by the name of its field.

    Raises :class:`Unfillable`, for an exercise that the sheet does not have and a character that no font has.
    """
    _check(sheet, visit)
    texts = sheet.texts(visit)
    for script, lost in by_script(missing("".join(texts.values()), sheet.layout.faces)).items():
        ways = facts(script, lost)["ways"]
        raise Unfillable("no font has {script}: {ways}", script=script, ways=ways)
    return texts


def _check(sheet: Sheet, visit: Visit) -> None:
    ids = [exercise.id for exercise in sheet.exercises]
    given = [one.exercise for one in visit.exercises]
    if unknown := [one for one in given if one not in ids]:
        raise Unfillable("the sheet has no exercise `{exercise}`", exercise=unknown[0])
    if len({*given}) < len(given):
        raise Unfillable("an exercise is given twice")


def _has_notes(visit: Visit) -> bool:
    return bool(visit.note) or any(one.note and not one.left_out for one in visit.exercises)


def _made(made: Rendered | Failed) -> Rendered:
    if isinstance(made, Failed):
        # A traceback could show a text.
        raise Unfillable("a fault of Handpress" if made.ours else made.reason)
    return made
