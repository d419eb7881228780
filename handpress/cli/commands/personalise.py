"""``handpress personalise``: a handout for each client of a table."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_workspace
from handpress.cli.exit_codes import DONE, INTERRUPTED, PROBLEMS, USAGE
from handpress.cli.report import print_lines, show_problems, wrong
from handpress.cli.workspace import find_workspace
from handpress.core.media import BILINGUAL, PAPERS, TABLE
from handpress.core.problems.problem import Place, nearest, problem
from handpress.core.problems.report import many

if TYPE_CHECKING:
    from handpress.core.files.workspace import Workspace
    from handpress.layout.layout import Layout
    from handpress.layout.variant import Labels
    from handpress.personal.batch import RefusedRow
    from handpress.personal.sheet import Sheet
    from handpress.personal.table import Row
    from handpress.personal.visit import Visit
    from handpress.series.article import Article
    from handpress.series.model import Series

SUMMARY = "fill in a handout for each client of a table"
EACH = 10.0  # seconds between two lines of progress
ALL = "all.pdf"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "table", metavar="CSV", help="the clients, one a row: a CSV file, also of Excel"
    )
    add_workspace(parser)
    parser.add_argument(
        "--article",
        required=True,
        metavar="A",
        help="the handout: the file or the name of its article",
    )
    parser.add_argument("--out", metavar="DIR", help="the folder for the PDFs, which must be empty")
    parser.add_argument(
        "--together",
        action="store_true",
        help="one PDF for all clients",
    )
    parser.add_argument(
        "--example",
        action="store_true",
        help="write an example to CSV, with a column for each field",
    )
    parser.add_argument(
        "--style", metavar="S", help="such as large-print; that of the series by default"
    )
    parser.add_argument(
        "--paper",
        metavar="PAPER",
        choices=tuple(PAPERS),
        help=f"{', '.join(PAPERS)}; that of the series by default",
    )
    parser.add_argument(
        "--language",
        metavar="TAG",
        default="",
        help="print the translation into this language, such as es",
    )
    parser.add_argument(
        "--bilingual",
        metavar="FORM",
        choices=tuple(BILINGUAL),
        default="",
        help="print the original and a translation: side by side (columns), or on facing pages (pages)",
    )
    parser.add_argument("--grey", action="store_true", help="without colour, pictures too")
    parser.add_argument(
        "--first",
        metavar="ORDER",
        choices=("day", "month"),
        default="",
        help="whether dates such as 3/4/2026 begin with the `day` or the `month`; otherwise they are refused",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="how many handouts to make at once; one per core by default",
    )


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    sheet = _sheet(workspace, options)
    if sheet is None:
        return USAGE
    if options.example:
        return _write_example(Path(options.table), sheet)
    if not options.out:
        return wrong("there is no folder for the PDFs", "add `--out DIR`")
    out = Path(options.out).resolve()
    if out.is_relative_to(workspace.output):
        return wrong(
            f"`{options.out}` is in the output folder, which may be published",
            "choose another folder",
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        return wrong(
            f"`{options.out}` is not empty: it may have sheets of other clients",
            "choose a new folder",
        )
    if not Path(options.table).is_file():
        return wrong(f"there is no file `{options.table}`", "write an example with `--example`")
    return _personalise(options, sheet, out)


def _sheet(workspace: Workspace, options: argparse.Namespace) -> Sheet | None:
    """Return the sheet that is asked for, or print why there is none."""
    from handpress.build.load import load, open_cache
    from handpress.build.plan import open_store
    from handpress.core.styles import styles
    from handpress.layout.variant import Variant
    from handpress.personal.sheet import Other, Sheet

    if options.style and options.style not in styles(workspace):
        wrong(f"unknown style `{options.style}`", f"use one of {', '.join(styles(workspace))}")
        return None
    loaded = load(workspace, keep_going=True, cache=open_cache(workspace.output))
    layouts = (*loaded.layouts, *loaded.partial)
    found = _named(options.article, options.workspace, layouts)
    if found is None:
        return None
    layout, name = found
    there = None
    if options.language or options.bilingual:
        there = _other(options, layout, name, layouts)
        if there is None:
            return None
    series = layout.series
    style, paper = options.style or series.styles[0], options.paper or series.paper
    store = open_store(workspace.output)

    def labels(series: Series) -> Labels:
        # Page numbers of the book, as the handouts of the last build have them.
        return store.labels(series.id) if "book" in series.media else {}

    other = Other(there, labels(there.series), options.bilingual) if there else None
    if there is layout:
        other = None
    return Sheet(layout, name, Variant(style, paper, options.grey), labels(series), other=other)


def _other(
    options: argparse.Namespace, layout: Layout, name: str, layouts: Iterable[Layout]
) -> Layout | None:
    """Return the edition in the language that is asked for, or print why there is none."""
    series = layout.series
    family = series.original or series.id
    there = {
        each.series.language: each
        for each in layouts
        if family in (each.series.id, each.series.original)
        and any(document.name == name for document in each.documents(TABLE["handout"]))
    }
    others = sorted(there.keys() - {series.language})
    if not options.language and len(others) == 1:
        return there[others[0]]
    if options.language in there and (options.language in others or not options.bilingual):
        return there[options.language]
    known = ", ".join(others)
    if not others:
        wrong(f"`{options.article}` is not translated", "see docs/translations.md")
    elif options.language:
        wrong(f"`{options.article}` is not translated into `{options.language}`", f"use {known}")
    else:
        wrong("which language is not clear", f"add `--language` with one of {known}")
    return None


def _named(wanted: str, where: str, layouts: Iterable[Layout]) -> tuple[Layout, str] | None:
    """Return the article with a name, or the file of one, and its layout; or print why there is none."""
    there: dict[str, list[tuple[Layout, str]]] = {}
    for layout in layouts:
        for document in layout.composition.by_medium.get("handout", ()):
            assert document.article is not None
            for name in _names(layout.series, document.article):
                there.setdefault(name, []).append((layout, document.name))
    found = there.get(wanted) or there.get(Path(wanted).name, [])
    ids = {layout.series.id for layout, _ in found}
    found = [
        one for one in found if one[0].series.original not in ids
    ]  # `--language` chooses those
    if len(found) == 1:
        return found[0]
    if found:
        fix = f"write the series before it: `{found[0][0].series.id}/{found[0][1]}`"
        wrong(f"several series have an article `{wanted}`", fix)
    elif any(wanted in _names(x.series, a) for x in layouts for a in x.series.articles):
        wrong(f"`{wanted}` has no handout", "see `no_handout` and `media` in its `series.yaml`")
    else:
        guess = nearest(wanted, there)
        fix = f"did you mean `{guess}`?" if guess else f"look it up with `handpress list {where}`"
        wrong(f"unknown article `{wanted}` in `{Path(where).resolve()}`", fix)
    return None


def _names(series: Series, article: Article) -> set[str]:
    """Return the names by which an article may be asked for."""
    return {article.slug, article.file, article.path, f"{series.id}/{article.slug}"}


def _write_example(path: Path, sheet: Sheet) -> int:
    from handpress.core.files.disk import write_file
    from handpress.personal.batch import example

    if path.exists():
        return wrong(f"`{path}` exists", "choose another name for the example")
    write_file(path.resolve().parent, path.name, example(sheet))
    print_lines(f"wrote {path}")
    return DONE


def _personalise(options: argparse.Namespace, sheet: Sheet, out: Path) -> int:
    from handpress.personal.batch import date_order, read_visits
    from handpress.personal.columns import columns_of, known_headings
    from handpress.personal.table import Unreadable, open_table

    place = Place(options.table)
    try:
        table = open_table(Path(options.table), known_headings(sheet.exercises))
        columns, wrong = columns_of(table.headings, sheet.exercises)
        if wrong:
            show_problems([column.problem(place) for column in wrong], "human")
            return USAGE

        first = options.first or date_order(table.rows(), columns)

        def visits() -> Iterator[tuple[Row, Visit | RefusedRow]]:
            return read_visits(table.rows(), columns, sheet.printed.words, first)

        return _Batch(options, sheet, out, sum(1 for _ in table.rows())).run(visits())
    except Unreadable as error:
        show_problems([problem("unreadable-table", place, reason=error)], "human")
        return PROBLEMS


class _Nobody(Exception):
    """No row of the table gave a sheet, so there is no file."""


class _Batch:
    """One run: the sheets so far, and the rows that were refused."""

    def __init__(self, options: argparse.Namespace, sheet: Sheet, out: Path, total: int) -> None:
        self.options, self.sheet, self.out, self.total = options, sheet, out, total
        self.refused: list[RefusedRow] = []
        self.count = 0
        self.stopped = False
        self.told = time.monotonic()

    def run(self, visits: Iterable[tuple[Row, Visit | RefusedRow]]) -> int:
        from handpress.personal.batch import make_sheets

        digits = max(4, len(str(self.total)))
        self.out.mkdir(parents=True, exist_ok=True)
        jobs = self.options.jobs or os.cpu_count() or 1
        before = signal.signal(signal.SIGINT, self.stop)
        try:
            with self.kept() as keep:
                for row, data in make_sheets(self.sheet, self.readable(visits), jobs):
                    if isinstance(data, bytes):
                        keep(data, f"{row.number:0{digits}}.pdf")
                        self.count += 1
                    else:
                        self.refused.append(data)
                    self.tell()
                    if self.stopped:
                        break
        finally:
            signal.signal(signal.SIGINT, before)
        self.end()
        return INTERRUPTED if self.stopped else PROBLEMS if self.refused else DONE

    def stop(self, _signal: int, _frame: object) -> None:
        """Stop after the sheet in hand; the next Ctrl-C stops at once."""
        self.stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def readable(
        self, visits: Iterable[tuple[Row, Visit | RefusedRow]]
    ) -> Iterator[tuple[Row, Visit]]:
        from handpress.personal.batch import RefusedRow

        for row, visit in visits:
            if isinstance(visit, RefusedRow):
                self.refused.append(visit)
            else:
                yield row, visit

    @contextlib.contextmanager
    def kept(self) -> Iterator[Callable[[bytes, str], object]]:
        """Yield a function that keeps a sheet: in a file of its own, or in the one for all clients."""
        from handpress.core.files.disk import write_file, written
        from handpress.personal.batch import joining

        if not self.options.together:
            yield lambda data, name: write_file(self.out, name, data)
            return
        with contextlib.suppress(_Nobody), written(self.out, ALL) as file:
            copies = joining(file)
            yield lambda data, name: copies.add(data)
            if not self.count:
                raise _Nobody
            copies.finish()

    def tell(self) -> None:
        now = time.monotonic()
        if now - self.told >= EACH:
            self.told = now
            print_lines(f"handpress: {self.count} of {self.total}", file=sys.stderr)

    def end(self) -> None:
        from handpress.personal.dates import AMBIGUOUS

        rows = sorted(self.refused, key=lambda one: one.row.number)
        show_problems(
            [
                problem(
                    "refused-row",
                    Place(self.options.table, one.row.line),
                    row=one.row.number,
                    reason=one.reason,
                )
                for one in rows
            ],
            "short",
        )
        if any(AMBIGUOUS in one.reason for one in rows):
            print_lines("  = help: add `--first day` or `--first month`", file=sys.stderr)
        lost = f", {many(len(rows), 'row')} refused" if rows else ""
        left = self.total - self.count - len(rows)
        stopped = f", stopped before {many(left, 'row')}" if self.stopped else ""
        print_lines(f"made {many(self.count, 'sheet')}{lost}{stopped}")
