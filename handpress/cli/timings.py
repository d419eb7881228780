"""Timings: the CPU seconds that each kind of file took, as a table or as JSON."""

from __future__ import annotations

import contextlib
import posixpath
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from handpress.cli.report import print_lines
from handpress.core.problems.escaping import json_line

if TYPE_CHECKING:
    from handpress.build.outcome import Event

PIECE = ": "  # between the path of a book and the name of its piece


class Row(Struct):
    """The files of one kind: their number, their seconds, and the one that took longest."""

    number: int = 0
    seconds: float = 0.0
    longest: str = ""
    most: float = -1.0


class Timings(Struct):
    """The rows by kind, and the seconds of the main process, which reads, plans and writes."""

    rows: dict[str, Row] = field(default_factory=dict)
    planning: float = 0.0

    @contextlib.contextmanager
    def taken(self, tell: Callable[[Event], None]) -> Iterator[Callable[[Event], None]]:
        """Take the time of a build; pass each of its events on to `tell`."""
        start = time.process_time()

        def told(event: Event) -> None:
            if event.action in ("made", "pressed"):
                self.add(event)
            tell(event)

        try:
            yield told
        finally:
            self.planning = time.process_time() - start

    def add(self, event: Event) -> None:
        row = self.rows.setdefault(kind_of(event.path), Row())
        row.number += 1
        row.seconds += event.seconds
        if event.seconds > row.most:
            row.longest, row.most = event.path, event.seconds

    def show(self, form: str) -> None:
        rows = sorted(self.rows.items(), key=lambda pair: -pair[1].seconds)
        if form == "json":
            told = [
                {
                    "what": what,
                    "number": r.number,
                    "seconds": round(r.seconds, 3),
                    "longest": r.longest,
                }
                for what, r in rows
            ]
            print(json_line({"type": "timings", "rows": told, "planning": round(self.planning, 3)}))
            return
        lines = [
            f"{r.seconds:8.2f} s  {r.number:5} {what}, longest {r.longest}" for what, r in rows
        ]
        print_lines(
            *lines, f"{self.planning:8.2f} s        reading, planning, writing", file=sys.stderr
        )


def kind_of(path: str) -> str:
    """Return the kind of a file: its folder in the series and its ending, or that it is a piece of a book."""
    if PIECE in path:
        return "pieces of books"
    folder = posixpath.dirname(path.partition("/")[2])
    return f"{folder}/*{posixpath.splitext(path)[1]}".removeprefix("/")
