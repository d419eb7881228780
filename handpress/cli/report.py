"""Output on the terminal: problems, artefacts as they are made, a progress bar."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from handpress.cli.exit_codes import USAGE
from handpress.core.problems.escaping import escaped, json_line
from handpress.core.problems.problem import Problem
from handpress.core.problems.report import FORMATS, gathered, human, many, summary
from handpress.core.program import as_typed

if TYPE_CHECKING:
    from handpress.build.outcome import Event


def print_lines(*lines: str, file: TextIO | None = None) -> None:
    """Print each of `lines` as one line, with the control characters of names escaped."""
    for line in lines:
        print(escaped(line), file=file, flush=True)


def show_problems(problems: Iterable[Problem], form: str, each: bool = False) -> None:
    """Show problems and their number on standard error, or as JSON on standard output.

    For people, one message shows all of a kind, unless they want to see `each`.
    """
    problems = list(problems)
    out = sys.stdout if form == "json" else sys.stderr
    if form == "human":
        for first, *others in [[p] for p in problems] if each else gathered(problems):
            print(_coloured(human(first, others), out), file=out)
    else:
        for found in problems:
            print(FORMATS[form](found), file=out)
    if problems and form != "json":
        print(summary(problems), file=out)


def _coloured(text: str, out: object) -> str:
    head, mark, rest = text.partition("\n")
    if not _has_colour(out):
        return text
    return f"\x1b[1m{head}\x1b[0m{mark}{rest}"


def _has_colour(out: object) -> bool:
    return not os.environ.get("NO_COLOR") and _is_terminal(out)


def _is_terminal(out: object) -> bool:
    """Return whether `out` is a terminal with colours and cursor movement."""
    return os.environ.get("TERM") != "dumb" and getattr(out, "isatty", lambda: False)()


class Progress:
    """Reports artefacts as they are made: one line each, and a progress bar below them on a terminal."""

    QUIET = ("pictures/", "fonts/")
    EACH = 10.0  # seconds between two lines of progress where there is no bar
    TELLING = 0.1  # the part of the files after which their time tells that of the rest: each process starts up first
    LONG = 5.0  # CPU seconds; an artefact that takes longer is shown with its time

    def __init__(
        self,
        form: str,
        only: Callable[[], str | None],
        *,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.form, self.quiet, self.clock = form, quiet, clock
        self._find_only = only
        self.start = self.said = clock()
        self.bar = _is_terminal(sys.stderr) and form != "json" and not quiet
        self.done = self.total = 0
        self.awaited: dict[str, None] = {}  # paths, in the order in which they were announced

    @cached_property
    def only(self) -> str | None:
        """The id of the workspace's only series, if it has one. Its settings take time to read."""
        return self._find_only()

    def expect(self, paths: Sequence[str]) -> None:
        self.total += len(paths)
        self.awaited |= dict.fromkeys(paths)
        self.draw()

    def tell(self, event: Event) -> None:
        if event.action == "waits":
            if self.form == "human" and not self.quiet:
                print_lines("handpress: waiting for another build of this folder", file=sys.stderr)
            return
        if event.action in ("made", "failed", "pressed"):
            self.done += 1
            self.awaited.pop(event.path, None)
        self.clear()
        if event.action == "pressed":  # a piece of a book, which has a line as a whole
            self.draw()
            return
        took = f"took {event.seconds:.0f} s" if event.seconds > self.LONG else ""
        if self.quiet:
            pass
        elif self.form == "json":
            from msgspec.structs import asdict  # here: `doctor` needs no package

            line = {"type": "artefact", **asdict(event)}
            del line["seconds"]  # those of one run; the same sources give the same lines
            print(json_line(line), flush=True)
        elif not any(part in event.path for part in self.QUIET):
            pages = pages_line(event.pages, event.full, event.tight, event.warnings)
            path = shown_path(event.path, self.only)
            told = (f"{event.action} {path}", pages, took, event.reason)
            print_lines("  ".join(filter(None, told)))
        self.draw()

    def draw(self) -> None:
        if self.done >= self.total:
            return
        if self.bar:
            import shutil

            full = round(24 * self.done / self.total)
            bar = f"[{'=' * full}{' ' * (24 - full)}] {self.so_far()}"
            # An artefact in progress, or the next one: a long wait has a name.
            name = shown_path(next(iter(self.awaited), ""), self.only)
            room = shutil.get_terminal_size().columns - len(bar) - 3
            sys.stderr.write(f"\r\x1b[K{bar}  {name[:room] if room > 0 else ''}")
            sys.stderr.flush()
        elif self.form == "human" and not (self.quiet or self.clock() - self.said < self.EACH):
            self.said = self.clock()
            name = shown_path(next(iter(self.awaited), ""), self.only)
            print_lines(f"handpress: {self.so_far()}  {name}".rstrip(), file=sys.stderr)

    def so_far(self) -> str:
        """Return how much is done, after how long, and how long the rest may take: ``3 of 9, 4 s, 8 s left``."""
        passed = self.clock() - self.start
        parts = [f"{self.done} of {self.total}"]
        if passed >= 2 and self.done:
            left = passed * (self.total - self.done) / self.done
            parts.append(f"{passed:.0f} s")
            if self.done >= self.total * self.TELLING:
                parts.append(f"{left:.0f} s left")
        return ", ".join(parts)

    def clear(self) -> None:
        if self.bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def shown_path(path: str, only: str | None) -> str:
    """Return a path for display: in a workspace with `only` one series, relative to its folder."""
    if only is None:
        return path
    return path.removeprefix(f"{only}/") if path.startswith(f"{only}/") else f"../{path}"


def wrong(what: str, fix: str) -> int:
    """Report a usage error and its fix; return the exit code."""
    print_lines(f"handpress: {what}", f"  = help: {as_typed(fix)}", file=sys.stderr)
    return USAGE


def pages_line(pages: int | None, full: int | None, tight: str, warnings: int) -> str:
    """Return ``2 pages, the last 84 % full, tightened (tight-1), 3 warnings``, or less; "" without any of it."""
    last = "" if full is None else f"{full} % full" if pages == 1 else f"the last {full} % full"
    tightened = f"tightened ({tight})" if tight else ""
    carried = many(warnings, "warning") if warnings else ""
    return ", ".join(filter(None, (many(pages, "page") if pages else "", last, tightened, carried)))
