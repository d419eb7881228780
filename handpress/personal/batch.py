"""Batches: the sheets of many clients, from the rows of a table, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO

from msgspec import Struct

from handpress.layout.words import Words
from handpress.personal.columns import NOTHING, Column, WrongCell, headings_of
from handpress.personal.dates import in_words, order_of
from handpress.personal.sheet import Sheet, printable_texts, steps
from handpress.personal.table import Row, written
from handpress.personal.visit import Unfillable, Visit
from handpress.press.bindery.copies import Copies
from handpress.press.pool import Failed, Workers
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered

LONGEST = 20_000  # characters of a cell: some five pages
TOGETHER = 16  # clients whose recipes are pressed in one go, by all workers

PressAll = Callable[[Sequence[Recipe]], Iterable[tuple[Recipe, Rendered | Failed]]]
Filling = Generator[Recipe, Rendered | Failed, bytes]


class RefusedRow(Struct, frozen=True):
    """A row that gives no sheet, with the reason, which has nothing of the row."""

    row: Row
    reason: str


def read_visits(
    rows: Iterable[Row], columns: Sequence[Column], words: Words, first: str = ""
) -> Iterator[tuple[Row, Visit | RefusedRow]]:
    """Yield the visit of each row, or the reason why it has none. `first` is as for dates."""
    for row in rows:
        try:
            yield row, _visit(row, columns, words, first)
        except WrongCell as error:
            yield row, RefusedRow(row, error.reason)


def printable(
    found: Iterable[tuple[Row, Visit | RefusedRow]], sheet: Sheet
) -> Iterator[tuple[Row, Visit | RefusedRow]]:
    """Yield what was found in each row, or the reason why `sheet` cannot have its texts."""
    for row, visit in found:
        try:
            if isinstance(visit, Visit):
                printable_texts(sheet, visit.cleaned())
            yield row, visit
        except Unfillable as error:
            yield row, RefusedRow(row, error.reason)


def date_order(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """Return whether the day or the month comes first in a table's dates, by those that can be read in one way only."""
    dates = [number for number, column in enumerate(columns) if column.date]
    return order_of(row.cells[n] for row in rows for n in dates if n < len(row.cells))


def _visit(row: Row, columns: Sequence[Column], words: Words, first: str) -> Visit:
    if any(row.cells[len(columns) :]):
        raise WrongCell("it has more cells than there are columns")
    visit = Visit()
    for column, text in zip(columns, row.cells, strict=False):
        if not text:
            continue
        if len(text) > LONGEST:
            raise WrongCell(
                "`{heading}` has more than {most:,} characters",
                heading=column.heading,
                most=LONGEST,
            )
        try:
            dated = column.date and text not in NOTHING
            visit = column.put(visit, in_words(text, words, first) if dated else text)
        except WrongCell as error:
            raise WrongCell(
                "`{heading}`: {reason}", heading=column.heading, reason=error.reason
            ) from None
    if not visit.client:
        raise WrongCell("it has no client")
    return visit


def make_sheets(
    sheet: Sheet, visits: Iterable[tuple[Row, Visit]], jobs: int
) -> Iterator[tuple[Row, bytes | RefusedRow]]:
    """Yield the sheet of each visit, made by `jobs` processes, or the reason why there is none."""
    with Workers(jobs) as workers:
        yield from fill_all(sheet, visits, workers.press)


def joining(file: IO[bytes]) -> Copies:
    """Return a PDF of many sheets, each on paper of its own, that is written to `file` as they are added."""
    return Copies(file)


def fill_all(
    sheet: Sheet, visits: Iterable[tuple[Row, Visit]], press_all: PressAll
) -> Iterator[tuple[Row, bytes | RefusedRow]]:
    """Yield the sheet of each visit, or the reason why there is none. Few of them are in memory at a time."""
    waiting = iter(visits)
    while batch := list(islice(waiting, TOGETHER)):
        done = [*_filled([(row, steps(sheet, visit)) for row, visit in batch], press_all)]
        yield from sorted(done, key=lambda one: one[0].number)


def _filled(
    fillings: Sequence[tuple[Row, Filling]], press_all: PressAll
) -> Iterator[tuple[Row, bytes | RefusedRow]]:
    running = [(row, filling, _step(row, filling, None)) for row, filling in fillings]
    while running:
        yield from ((row, step) for row, _, step in running if not isinstance(step, Recipe))
        open_ = [(r, f, step) for r, f, step in running if isinstance(step, Recipe)]
        # Several may wait for the same form.
        recipes = {recipe.fingerprint: recipe for _, _, recipe in open_}
        made = {recipe.fingerprint: result for recipe, result in press_all([*recipes.values()])}
        running = [(r, f, _step(r, f, made[recipe.fingerprint])) for r, f, recipe in open_]


def _step(
    row: Row, filling: Filling, made: Rendered | Failed | None
) -> Recipe | bytes | RefusedRow:
    """Return the next recipe of a sheet, its PDF, or the reason why there is none."""
    try:
        return next(filling) if made is None else filling.send(made)
    except StopIteration as end:
        data: bytes = end.value
        return data
    except Unfillable as error:
        return RefusedRow(row, error.reason)


def example(sheet: Sheet) -> bytes:
    """Return an example of a table for a sheet, with one row."""
    headings = headings_of(sheet.exercises)
    given: Mapping[str, str] = {
        "client": "Example",
        "date": "2026-11-28",
        "next_visit": "2026-12-05",
        **{
            f"{e.name}: {part.replace('_', ' ')}": text
            for e in sheet.exercises
            for part, text in e.dosage.items()
        },
    }
    return written([headings, [given.get(heading, "") for heading in headings]])
