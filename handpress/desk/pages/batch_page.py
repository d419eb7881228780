"""The page for several clients: a table, checked while it is chosen, starts a run, which makes a sheet for each.

The table is in the form each time and never in a file here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import IO, cast

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handpress.desk.clients import without_on
from handpress.desk.desk import Desk
from handpress.desk.forms import Form, read_parts
from handpress.desk.library import Handout
from handpress.desk.pages.sheet_page import languages_of, look_of, token_of
from handpress.desk.paper import Look, Unmade
from handpress.desk.press import Make
from handpress.desk.runs import PDF, ZIP, Run
from handpress.desk.visit_form import copies_of, entered
from handpress.personal.batch import (
    RefusedRow,
    date_order,
    example,
    fill_all,
    printable,
    read_visits,
)
from handpress.personal.columns import WrongColumn, columns_of, known_headings
from handpress.personal.sheet import Sheet
from handpress.personal.table import Row, Unreadable, open_table
from handpress.personal.visit import Visit

LISTED = 20  # lines of a table in one reason
MOST = 1000  # clients; `personalise` takes more
FIRST = ("", "day", "month")  # of a date such as 3/4/2026


class Unusable(Unmade):
    """A table that gives no sheet at all, with the reasons."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = tuple(_sentence(reason) for reason in reasons)
        super().__init__("; ".join(self.reasons))


class InMemory:
    """A file in memory, as far as tables are read."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def stat(self) -> SimpleNamespace:
        return SimpleNamespace(st_size=len(self.data))

    def open(
        self, mode: str = "r", encoding: str | None = None, newline: str | None = None
    ) -> IO[bytes] | IO[str]:
        file = io.BytesIO(self.data)
        return file if "b" in mode else io.TextIOWrapper(file, encoding, newline=newline)


class Batch(Struct, frozen=True):
    """The clients of a table: those with a visit, and the rows without."""

    sheet: Sheet
    visits: tuple[tuple[Row, Visit], ...]
    refused: tuple[RefusedRow, ...]


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of batches."""

    async def page(request: Request) -> Response:
        handout = desk.handout(request)
        if request.method == "GET":
            return await shown(desk, handout, None, b"")
        form, files = await read_parts(request)
        return await shown(desk, handout, form, files.get("table", b""), sent="table" in files)

    async def start(request: Request) -> Response:
        handout = desk.handout(request)
        form, files = await read_parts(request)
        look, data = look_of(desk, handout, form), files.get("table", b"")
        try:
            batch = batch_of(desk, handout, look, form, data)
        except Unusable:
            return await shown(desk, handout, form, data, sent=True, status=422)
        if not batch.visits:
            return await shown(desk, handout, form, data, sent=True, status=422)
        run = Run(handout.key, handout.title, len(batch.visits) + len(batch.refused))
        run.kind = ZIP if form.get("kind") == ZIP else PDF
        run.copies, run.refused = copies_of(form), [*batch.refused]
        name = desk.runs.start(run, lambda: filled(desk, batch, look, run))
        return RedirectResponse(f"/run/{name}", 303)

    async def table(request: Request) -> Response:
        handout = desk.handout(request)
        sheet = desk.clients.sheet(desk.paper, handout, desk.paper.usual(handout))
        disposition = {"Content-Disposition": f'attachment; filename="{handout.slug}-example.csv"'}
        return Response(example(sheet), media_type="text/csv", headers=disposition)

    return (
        Route("/batch/{series}/{slug}", page, methods=["GET", "POST"]),
        Route("/batch-start/{series}/{slug}", start, methods=["POST"]),
        Route("/batch-example/{series}/{slug}", table),
    )


def batch_of(desk: Desk, handout: Handout, look: Look, form: Form, data: bytes) -> Batch:
    """Return the batch of a table. Raises :class:`Unmade` with the reasons why it cannot be read."""
    sheet = desk.clients.sheet(desk.paper, handout, look)
    first = form.get("first") if form.get("first") in FIRST else ""
    try:
        table = open_table(cast(Path, InMemory(data)), known_headings(sheet.exercises))
        columns, wrong = columns_of(table.headings, sheet.exercises)
        if wrong:
            raise Unusable(*reasons_of(desk, wrong))
        first = first or date_order(table.rows(), columns)
        found = []
        visits = read_visits(table.rows(), columns, sheet.printed.words, first)
        for row, visit in printable(visits, sheet):
            found.append((row, visit))
            if len(found) > MOST:
                raise Unusable(desk.interface["batch_large"].format(number=MOST))
    except Unreadable as error:
        raise Unusable(desk.said(error.reason)) from None
    good = tuple((row, visit) for row, visit in found if isinstance(visit, Visit))
    return Batch(sheet, good, tuple(visit for _, visit in found if isinstance(visit, RefusedRow)))


async def filled(desk: Desk, batch: Batch, look: Look, run: Run) -> None:
    """Make the sheet of each client for a run, in a process of its own, which ends with it."""

    def work(make: Make) -> None:
        pressed = without_on(make, look)
        run.take(fill_all(batch.sheet, batch.visits, lambda rs: ((r, pressed(r)) for r in rs)))

    token = token_of(None)
    try:
        await desk.clients.press(token).run(work)
    finally:
        desk.clients.end(token)


def reasons_of(desk: Desk, wrong: Sequence[WrongColumn]) -> Iterator[str]:
    """Yield the reasons why columns cannot be used: one for all columns with the same reason."""
    found: dict[str, list[str]] = {}
    for one in wrong:
        columns = found.setdefault(_reason(desk, one), [])
        if column := one.facts.get("column"):
            columns.append(desk.quoted(column))
    for reason, columns in found.items():
        yield f"{', '.join(columns)}: {reason}" if columns else reason


def _reason(desk: Desk, wrong: WrongColumn) -> str:
    interface = desk.interface
    if wrong.code == "private-column":
        return str(interface["column_private"])
    if wrong.code == "unknown-column":
        help_ = interface["column_meant"] if wrong.meant else interface["column_known"]
        unknown = interface["column_unknown"]
        return f"{unknown} {help_}".format(meant=wrong.meant, **wrong.facts)
    return desk.said(wrong.facts["reason"])


def refusals(desk: Desk, refused: Iterable[RefusedRow]) -> list[str]:
    """Return the reasons why rows have no sheet, each once, with the places in the table."""
    places: dict[str, list[int]] = {}
    for one in sorted(refused, key=lambda r: r.row.number):
        places.setdefault(desk.said(one.reason), []).append(one.row.line)
    return [
        desk.counted(
            "batch_rows",
            len(lines),
            reason=reason,
            lines=", ".join([*map(str, lines[:LISTED]), *["…"] * (len(lines) > LISTED)]),
        )
        for reason, lines in places.items()
    ]


def _sentence(text: str) -> str:
    """Return a reason as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


async def shown(
    desk: Desk,
    handout: Handout,
    form: Form | None,
    data: bytes,
    *,
    sent: bool = False,
    status: int = 200,
) -> Response:
    """Return the page, with the result of the check if a table was sent."""
    look, token = look_of(desk, handout, form), token_of(form)
    batch, preview, problem = None, None, ""
    unusable: tuple[str, ...] = ()
    try:
        if form and sent:
            batch = batch_of(desk, handout, look, form, data)
            if not batch.visits and not batch.refused:
                raise Unusable(desk.interface["batch_nobody"])
            if batch.visits:
                _, visit = batch.visits[0]
                preview = await desk.clients.preview(batch.sheet, look, visit, token)
        elif not form:
            preview = await desk.paper.preview(handout, look)
    except Unusable as error:
        unusable = error.reasons
    except Unmade as error:
        problem = desk.not_made(error)
    return desk.page(
        "batch.html",
        status,
        handout=handout,
        look=look,
        token=token,
        batch=batch,
        refusals=refusals(desk, batch.refused) if batch else [],
        unusable=unusable,
        shown=preview,
        problem=problem,
        languages=languages_of(desk, [handout]),
        first=form.get("first") if form else "",
        orders=FIRST,
        **entered(form),
    )
