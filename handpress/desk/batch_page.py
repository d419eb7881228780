"""The page for several clients: a table, checked while it is chosen, gives one sheet each or all in one file.

The table is in the form each time and never in a file here.
"""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import IO, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handpress.core.media import PAPERS
from handpress.core.problem import Place
from handpress.desk.clients import without_on
from handpress.desk.desk import Desk
from handpress.desk.forms import Form, read_parts
from handpress.desk.library import Handout
from handpress.desk.paper import Look, Pdf, Unmade
from handpress.desk.press import Make
from handpress.desk.sheet_page import COPIES, copies_of, look_of, pdf_response, token_of
from handpress.personal.batch import Refused, example, fill_all, read_visits
from handpress.personal.columns import columns_of, known_headings
from handpress.personal.sheet import Sheet
from handpress.personal.table import Row, Unreadable, open_table
from handpress.personal.visit import Visit
from handpress.press.bindery.copies import join_copies

MOST = 300  # clients; `personalise` takes more
FIRST = ("", "day", "month")  # of a date such as 3/4/2026


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


@dataclass(frozen=True)
class Batch:
    """The clients of a table: those with a visit, and the rows without."""

    sheet: Sheet
    visits: tuple[tuple[Row, Visit], ...]
    refused: tuple[Refused, ...]


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of batches."""

    async def page(request: Request) -> Response:
        handout = desk.handout(request)
        if request.method == "GET":
            return await shown(desk, handout, None, b"")
        form, files = await read_parts(request)
        return await shown(desk, handout, form, files.get("table", b""))

    async def paper(request: Request) -> Response:
        handout = desk.handout(request)
        form, files = await read_parts(request)
        look = look_of(desk, handout, form)
        batch = batch_of(desk, handout, look, form, files.get("table", b""))
        sheets = await filled(desk, batch, look, token_of(form), skip="skip" in form)
        path = request.url.path
        if path.startswith("/batch-zip/"):
            return _zip(await asyncio.to_thread(_archive, sheets), f"{handout.slug}.zip")
        joined = await asyncio.to_thread(
            join_copies, [data for _, data in sheets for _ in range(copies_of(form))]
        )
        return pdf_response(Pdf(joined, 0), handout.slug, download="download" in path)

    async def table(request: Request) -> Response:
        handout = desk.handout(request)
        sheet = desk.clients.sheet(desk.paper, handout, desk.paper.usual(handout))
        disposition = {"Content-Disposition": f'attachment; filename="{handout.slug}-example.csv"'}
        return Response(example(sheet), media_type="text/csv", headers=disposition)

    return (
        Route("/batch/{series}/{slug}", page, methods=["GET", "POST"]),
        Route("/batch-print/{series}/{slug}", paper, methods=["POST"]),
        Route("/batch-download/{series}/{slug}", paper, methods=["POST"]),
        Route("/batch-zip/{series}/{slug}", paper, methods=["POST"]),
        Route("/batch-example/{series}/{slug}", table),
    )


def batch_of(desk: Desk, handout: Handout, look: Look, form: Form, data: bytes) -> Batch:
    """Return the batch of a table. Raises :class:`Unmade` with the reasons why it cannot be read."""
    sheet = desk.clients.sheet(desk.paper, handout, look)
    first = form.get("first") if form.get("first") in FIRST else ""
    try:
        table = open_table(cast(Path, InMemory(data)), known_headings(sheet.exercises))
        columns, problems = columns_of(table.headings, sheet.exercises, Place("table"))
        if problems:
            raise Unmade("; ".join(f"{p.what}: {p.why}. {p.help}" for p in problems))
        found = []
        for row, visit in read_visits(table.rows(), columns, sheet.layout.words, first):
            found.append((row, visit))
            if len(found) > MOST:
                raise Unmade(desk.interface["batch_large"].format(number=MOST))
    except Unreadable as error:
        raise Unmade(str(error)) from None
    good = tuple((row, visit) for row, visit in found if isinstance(visit, Visit))
    return Batch(sheet, good, tuple(visit for _, visit in found if isinstance(visit, Refused)))


async def filled(
    desk: Desk, batch: Batch, look: Look, token: str, *, skip: bool
) -> list[tuple[Row, bytes]]:
    """Return the sheet of each client. Rows without a sheet are an error, unless they may be skipped."""

    def work(make: Make) -> list[tuple[Row, bytes | Refused]]:
        pressed = without_on(make, look)
        return [*fill_all(batch.sheet, batch.visits, lambda rs: ((r, pressed(r)) for r in rs))]

    found = await desk.clients.press(token).run(work)
    refused = [*batch.refused, *(sheet for _, sheet in found if isinstance(sheet, Refused))]
    sheets = [(row, sheet) for row, sheet in found if isinstance(sheet, bytes)]
    if refused and not skip:
        lines = "; ".join(refusal(desk, one) for one in refused)
        raise Unmade(f"{desk.interface['batch_refused']} {lines}")
    if not sheets:
        raise Unmade(desk.interface["batch_nobody"])
    return sheets


def refusal(desk: Desk, refused: Refused) -> str:
    """Return the reason why a row has no sheet, with its place in the table."""
    return str(desk.interface["batch_row"].format(line=refused.row.line, reason=refused.reason))


async def shown(desk: Desk, handout: Handout, form: Form | None, data: bytes) -> Response:
    """Return the page, with the result of the check if there is a table."""
    look, token = look_of(desk, handout, form), token_of(form)
    batch, preview, problem = None, None, ""
    try:
        if form and data:
            batch = batch_of(desk, handout, look, form, data)
            if batch.visits:
                _, visit = batch.visits[0]
                preview = await desk.clients.preview(batch.sheet, look, visit, token)
        elif not form:
            preview = await desk.paper.preview(handout, look)
    except Unmade as error:
        problem = desk.interface["not_made"].format(reason=error)
    return desk.page(
        "batch.html",
        handout=handout,
        look=look,
        token=token,
        batch=batch,
        refusals=[refusal(desk, one) for one in batch.refused] if batch else [],
        shown=preview,
        problem=problem,
        papers=PAPERS,
        copies=copies_of(form),
        most_copies=COPIES,
        first=form.get("first") if form else "",
        orders=FIRST,
    )


def _archive(sheets: Sequence[tuple[Row, bytes]]) -> bytes:
    """Return a ZIP file with a PDF for each client, named by the number of its row."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for row, data in sheets:
            archive.writestr(zipfile.ZipInfo(f"{row.number:04}.pdf"), data)
    return out.getvalue()


def _zip(data: bytes, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/zip", headers=disposition)
