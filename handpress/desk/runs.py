"""Runs: batches that are being made or are finished. Their sheets are in memory for some minutes, by a random name."""

from __future__ import annotations

import asyncio
import io
import secrets
import zipfile
from collections.abc import Awaitable, Callable, Iterable

from msgspec import Struct, field

from handpress.desk.faults import print_fault
from handpress.desk.press import Busy
from handpress.personal.batch import RefusedRow, joining
from handpress.personal.table import Row
from handpress.personal.visit import Private

AT_ONCE = 3  # runs, finished ones included
KEPT = 10 * 60.0  # seconds from the end of a run
PDF, ZIP = "pdf", "zip"

Sheets = Iterable[tuple[Row, bytes | RefusedRow]]


class Run(Private, Struct):
    """A batch: as many sheets as it has rows, how many are made, and the rows without one, each with the reason."""

    handout: str  # its key
    title: str
    total: int
    kind: str = PDF
    copies: int = 1
    made: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    stopping: bool = False
    finished: bool = False
    fault: str = ""  # a key of the interface's words
    data: bytes = b""

    def take(self, sheets: Sheets) -> None:
        """Gather the sheets until there are no more, or until somebody stops the run. Those that are made by then are whole."""
        out = io.BytesIO()
        add, finish = _joined(out, self.copies) if self.kind == PDF else _apart(out)
        for row, sheet in sheets:
            if isinstance(sheet, RefusedRow):
                self.refused.append(sheet)
            else:
                add(row, sheet)
                self.made += 1
            if self.stopping:
                break
        if self.made:
            finish()
            self.data = out.getvalue()


def _joined(
    out: io.BytesIO, copies: int
) -> tuple[Callable[[Row, bytes], None], Callable[[], None]]:
    joined = joining(out)

    def add(row: Row, sheet: bytes) -> None:
        for _ in range(copies):
            joined.add(sheet)

    return add, joined.finish


def _apart(out: io.BytesIO) -> tuple[Callable[[Row, bytes], None], Callable[[], None]]:
    """Return functions that write a file for each client into a ZIP file, named by the number of its row."""
    archive = zipfile.ZipFile(out, "w")

    def add(row: Row, sheet: bytes) -> None:
        archive.writestr(zipfile.ZipInfo(f"{row.number:04}.pdf"), sheet)

    return add, archive.close


class Runs:
    """All runs, by their names. A new one takes the place of the oldest that is finished."""

    def __init__(self, seconds: float = KEPT) -> None:
        self.seconds = seconds
        self.known: dict[str, Run] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, run: Run, work: Callable[[], Awaitable[None]]) -> str:
        """Start a run, whose `work` is awaited; return its name. Raises :class:`Busy` if there are too many."""
        over = [name for name, other in self.known.items() if other.finished]
        if len(self.known) >= AT_ONCE:
            if not over:
                raise Busy
            self.forget(over[0])
        name = secrets.token_urlsafe(12)
        self.known[name] = run
        self.tasks[name] = asyncio.create_task(self._done(name, run, work))
        return name

    async def _done(self, name: str, run: Run, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Busy:
            run.fault = "error_503"
        except Exception as error:  # noqa: BLE001  # reported without its values
            print_fault(error)
            run.fault = "error_500"
        run.finished = True
        asyncio.get_running_loop().call_later(self.seconds, self.forget, name)

    def forget(self, name: str) -> None:
        """Stop a run, and drop its sheets."""
        if run := self.known.pop(name, None):
            run.stopping = True
            run.data = b""
        self.tasks.pop(name, None)

    def close(self) -> None:
        for name in [*self.known]:
            self.forget(name)
