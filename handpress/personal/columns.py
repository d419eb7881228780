"""Columns of a table of clients: the meaning of each heading, for one sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.problems.problem import Place, Problem, nearest, problem
from handpress.core.reason import Reason, Refused
from handpress.markup.blocks.dose_labels import LABELS
from handpress.markup.blocks.exercise import DOSE_COLUMNS
from handpress.personal.article import SIDES, Exercise
from handpress.personal.headings import FIRST_NAME, LAST_NAME, NAMES, key_of
from handpress.personal.visit import FIELDS, Prescribed, Visit

OF_VISIT = (*FIELDS, "note")
DATES = ("date", "next_visit")
NOTHING = ("-", "–", "—")  # a cell that takes off the article's own value
YES, NO = ("yes", "x", "1", "true"), ("", "no", "0", "false")
# Words in headings of columns that no sheet needs, and that would identify somebody who finds the file.
PRIVATE = re.compile(
    r"\b(?:birth|born|dob|age|geburt\w*|geboren|nacimiento|edad|alter"
    r"|nhs|ssn|mrn|npi|social security|record|chart|file|case|insur\w*|polic[ey]\w*|member\w*"
    r"|versicher\w*|kvnr|kranken\w*|akten?\w*|fall\w*|seguro|seguridad social|p[oó]liza|expediente|historia"
    r"|(?:patient|client|klient\w*|kunden\w*|patienten\w*)\W*(?:id|no|nr|number|nummer))\b"
)


class Column(Struct, frozen=True):
    """A column: its heading as written, and how its cell changes a visit. A date is put into words before."""

    heading: str
    put: Callable[[Visit, str], Visit]
    date: bool = False


class WrongCell(Refused):
    """A cell that cannot be read, with a reason that has nothing of its text."""


class WrongColumn(Struct, frozen=True):
    """A heading that makes a table unusable: the code of its message, with the facts in it."""

    code: str
    facts: Mapping[str, str]
    meant: str | None = None  # the heading that is probably meant

    def problem(self, place: Place) -> Problem:
        return problem(self.code, place, meant=self.meant, **self.facts)


def columns_of(
    headings: Sequence[str], exercises: Sequence[Exercise]
) -> tuple[tuple[Column, ...], list[WrongColumn]]:
    """Return the columns with these headings, and those that are unknown, private, twice or not there."""
    known = _known(exercises)
    found: dict[str, Column] = {}
    wrong = []
    for heading in headings:
        key = folded(heading)
        if PRIVATE.search(key.replace("_", " ")) and key not in known:
            wrong.append(WrongColumn("private-column", {"column": heading}))
        elif key not in known:
            similar = nearest(key, known) if key else None
            meant = known[similar].heading if similar else None
            facts = {"column": heading, "known": ", ".join(OF_VISIT)}
            wrong.append(WrongColumn("unknown-column", facts, meant))
        elif key in found:
            wrong.append(_unreadable("it has two columns `{heading}`", heading=heading))
        else:
            found[key] = replace(known[key], heading=heading)
    named = {"client"} & found.keys() or {FIRST_NAME, LAST_NAME} & found.keys()
    if not wrong and not named:
        wrong.append(_unreadable("it has no column `client`"))
    if "client" in found and {FIRST_NAME, LAST_NAME} & found.keys():
        twice = "it has the client’s name twice, in `{heading}` and in a part of it"
        wrong.append(_unreadable(twice, heading=found["client"].heading))
    return tuple(found.values()), wrong


def _unreadable(pattern: str, **facts: str) -> WrongColumn:
    return WrongColumn("unreadable-table", {"reason": Reason(pattern, **facts)})


def known_headings(exercises: Sequence[Exercise]) -> frozenset[str]:
    """Return every heading that a table for these exercises can have, folded."""
    return frozenset(_known(exercises))


def headings_of(exercises: Sequence[Exercise]) -> list[str]:
    """Return the headings of an example: those of a visit, and of the dosage that the author prescribes."""
    parts = (f"{e.name}: {part.replace('_', ' ')}" for e in exercises for part in e.dosage)
    return [*OF_VISIT, *parts]


def folded(heading: str) -> str:
    """Return a heading in the spelling that is compared: `Next visit` and `Nächster Termin` are `next_visit`."""
    name, colon, part = " ".join(heading.casefold().split()).rpartition(":")
    if colon:
        return f"{name.strip()}: {part.strip()}"
    key = key_of(part)
    return NAMES.get(key, key)


def _known(exercises: Sequence[Exercise]) -> Mapping[str, Column]:
    found = {
        name: Column(name, _of_visit(name), date=name in DATES) for name in OF_VISIT
    }  # fmt: skip
    found[FIRST_NAME] = Column(FIRST_NAME, lambda visit, text: _named(visit, text, visit.client))
    found[LAST_NAME] = Column(LAST_NAME, lambda visit, text: _named(visit, visit.client, text))
    ids = [exercise.id for exercise in exercises]
    names = [exercise.name.casefold() for exercise in exercises]
    for exercise in exercises:
        if names.count(exercise.name.casefold()) == 1:  # a heading cannot mean two
            for part, put in _parts():
                key = folded(f"{exercise.name}: {part}")
                heading = f"{exercise.name}: {part}"
                found[key] = Column(heading, _of_exercise(ids, exercise.id, put))
    return found


def _named(visit: Visit, *parts: str) -> Visit:
    return replace(visit, client=" ".join(filter(None, parts)))


def _of_visit(name: str) -> Callable[[Visit, str], Visit]:
    def changed(visit: Visit, text: str) -> Visit:
        cell: dict[str, Any] = {name: "" if text in NOTHING else text}
        return replace(visit, **cell)

    return changed


Put = Callable[[Prescribed, str], Prescribed]


def _parts() -> Iterator[tuple[str, Put]]:
    """Yield the parts of an exercise as headings name them, in every language of the layouts."""
    for label, part in LABELS.items():
        if part in DOSE_COLUMNS:
            yield label, _of_dosage(part)
    yield (
        "side",
        lambda given, text: replace(
            given, side=text.casefold() if text.casefold() in SIDES else text
        ),
    )
    yield "note", lambda given, text: replace(given, note=text)
    yield "left out", _left_out


def _of_dosage(part: str) -> Put:
    return lambda given, text: replace(given, dosage={**given.dosage, part: text})


def _left_out(given: Prescribed, text: str) -> Prescribed:
    if text.casefold() not in YES + NO:
        raise WrongCell("it is neither `yes` nor `no`")
    return replace(given, left_out=text.casefold() in YES)


def _of_exercise(ids: Sequence[str], id_: str, put: Put) -> Callable[[Visit, str], Visit]:
    def changed(visit: Visit, text: str) -> Visit:
        text = "" if text in NOTHING else text
        given = {one.exercise: one for one in visit.exercises}
        given[id_] = put(given.get(id_, Prescribed(id_)), text)
        # Columns may be in any order, and cells empty: the exercises keep the order that the author gave them.
        return replace(visit, exercises=tuple(given[one] for one in ids if one in given))

    return changed
