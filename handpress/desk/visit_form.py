"""The fields of a sheet's form as a visit, and back: the values that the form shows again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handpress.desk.forms import Form
from handpress.markup.blocks.exercise import DOSE_COLUMNS
from handpress.personal.article import Exercise, side_of
from handpress.personal.sheet import Sheet
from handpress.personal.visit import FIELDS, Prescribed, Private, Visit

SIDES = ("left", "right", "both")
COPIES = 50  # of a sheet in one file
GIVE = "give"  # the button that gives all exercises one dosage


class Row(Private, Struct, frozen=True):
    """An exercise in the form: its dosage as given or as the author prescribes it, side, note, and whether it is kept.

    A part without a text is not on the sheet.
    """

    exercise: Exercise
    dosage: dict[str, str]
    side: str = ""
    note: str = ""
    kept: bool = True

    @property
    def id(self) -> str:
        return self.exercise.id

    @property
    def name(self) -> str:
        return self.exercise.name

    def prescribed(self) -> Prescribed:
        """Return the exercise as it is given: of the dosage, only what differs from the author's."""
        usual = self.exercise.dosage
        texts = {part: text.strip() for part, text in self.dosage.items()}
        changed = {part: text for part, text in texts.items() if text != usual.get(part, "")}
        return Prescribed(self.id, changed, self.side, self.note, not self.kept)

    @property
    def usual_dosage(self) -> bool:
        """Whether the dosage is the author's."""
        return not self.prescribed().dosage

    @property
    def changed(self) -> bool:
        return self.prescribed() != Prescribed(self.id)


def entered(form: Form | None) -> dict[str, Any]:
    """Return what a form's template shows again, by its names there."""
    known = form or Form(())
    return {"given": known.get, "given_to_all": GIVE in known, "copies": copies_of(known)}


def copies_of(form: Form) -> int:
    """Return the number of copies that a form asks for, one without a number."""
    asked = form.get("copies").strip()[:4]
    return min(max(int(asked), 1), COPIES) if asked.isascii() and asked.isdigit() else 1


def rows(sheet: Sheet, form: Form | None) -> list[Row]:
    """Return the exercises of a sheet in the order of the form."""
    usual = {exercise.id: exercise for exercise in sheet.exercises}
    if form is None or "exercise" not in form:
        return [Row(one, _usual(one)) for one in usual.values()]
    ids = [id_ for id_ in dict.fromkeys(form.all("exercise")) if id_ in usual]
    kept = set(form.all("keep"))
    found = [
        Row(
            usual[id_],
            {p: form.get(f"{id_} {p}", usual[id_].dosage.get(p, "")) for p in DOSE_COLUMNS},
            form.get(f"{id_} side"),
            form.get(f"{id_} note"),
            id_ in kept or id_ not in ids,
        )
        for id_ in [*ids, *(other for other in usual if other not in ids)]
    ]
    if form.get(GIVE) == "all":
        found = [replace(row, dosage=row.dosage | for_all(form)) for row in found]
    restored = form.get("restore")
    found = [
        replace(row, dosage=_usual(row.exercise)) if row.id == restored else row for row in found
    ]
    by_id = {row.id: row for row in found}
    return [by_id[id_] for id_ in moved_in([*by_id], form.get("move"))]


def for_all(form: Form) -> dict[str, str]:
    """Return the dosage that a form gives to all exercises, by its parts. An empty field changes none."""
    return {part: text for part in DOSE_COLUMNS if (text := form.get(f"all {part}").strip())}


def given_rows(sheet: Sheet, exercises: tuple[Prescribed, ...]) -> list[Row]:
    """Return the exercises of a sheet as they were given: in their order, and with their dosage."""
    usual = {exercise.id: exercise for exercise in sheet.exercises}
    given = {one.exercise: one for one in exercises if one.exercise in usual}
    order = iter(given)
    found = []
    for id_ in (next(order) if id_ in given else id_ for id_ in usual):
        one = given.get(id_, Prescribed(id_))
        dosage = _usual(usual[id_]) | dict(one.dosage)
        found.append(Row(usual[id_], dosage, one.side, one.note, not one.left_out))
    return found


def _usual(exercise: Exercise) -> dict[str, str]:
    return {part: exercise.dosage.get(part, "") for part in DOSE_COLUMNS}


def moved_in(names: list[str], how: str) -> list[str]:
    """Return `names` after a move, such as `up bridge`."""
    way, _, name = how.partition(" ")
    if name not in names or way not in ("up", "down"):
        return names
    at = names.index(name)
    to = max(0, at - 1) if way == "up" else min(len(names) - 1, at + 1)
    others = [other for other in names if other != name]
    return [*others[:to], name, *others[to:]]


def visit_of(sheet: Sheet, form: Form | None) -> Visit | None:
    """Return the visit that a form describes, or None if nothing is filled in."""
    if form is None:
        return None
    found = rows(sheet, form)
    order = [row.id for row in found] != [exercise.id for exercise in sheet.exercises]
    exercises = tuple(row.prescribed() for row in found if order or row.changed)
    texts = {name: form.get(name) for name in (*FIELDS, "note")}
    if not exercises and not any(text.strip() for text in texts.values()):
        return None
    return Visit(**texts, exercises=exercises)


def summary_lines(
    sheet: Sheet, given: Sequence[Row], note: str, interface: dict[str, str]
) -> Iterator[str]:
    """Yield the exercises and the notes that a client is given, without the client's name."""
    labels = sheet.words
    for row in given:
        if not row.kept:
            continue
        parts = [f"{labels[p]} {text.strip()}" for p, text in row.dosage.items() if text.strip()]
        side = f"{labels['side']} {side_of(row.side, labels)}" if row.side else ""
        line = ", ".join(filter(None, (*parts, side)))
        yield f"- {row.name}{f': {line}' if line else ''}"
        if row.note.strip():
            yield f"  {' '.join(row.note.split())}"
    left = [row.name for row in given if not row.kept]
    if left:
        yield interface["summary_left_out"].format(names=", ".join(left))
    if note.strip():
        yield interface["summary_note"].format(note=note.strip())
