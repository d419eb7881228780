"""Sheets: the filled scoresheets of a workspace as text, as a page to print, or as CSV."""

from __future__ import annotations

import csv
import datetime
import io
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from handpress.check.page import Page
from handpress.check.pemat.answers import AGREE, DISAGREE, NOT_APPLICABLE
from handpress.check.pemat.items import DOMAINS, SOURCE, Row, Score, rows, score

_MARKS = {AGREE: "yes", DISAGREE: "no", NOT_APPLICABLE: "n/a"}


class Sheet(Struct, frozen=True):
    """The answers for one article."""

    title: str
    path: str
    language: str
    rows: tuple[Row, ...]

    @property
    def scores(self) -> Mapping[str, Score]:
        return {domain: score(self.rows, domain) for domain in DOMAINS}


def sheet_of(page: Page) -> Sheet:
    return Sheet(page.article.title, page.article.path, page.language, tuple(rows(page)))


def as_text(sheets: Sequence[Sheet], today: datetime.date) -> str:
    del today
    return "\n\n".join("\n".join(_text(sheet)) for sheet in sheets) + "\n"


def _text(sheet: Sheet) -> Iterator[str]:
    yield f"{sheet.title}  ({sheet.path})"
    for domain, found in sheet.scores.items():
        yield ""
        yield f"{domain}: {found}"
        for row in sheet.rows:
            if row.domain == domain:
                mark = _MARKS.get(row.answer.rating, "?")
                head = f"{row.item.number:>4}  {mark:<4} "
                yield from textwrap.wrap(
                    row.item.words, 100, initial_indent=head, subsequent_indent=" " * 11
                )
                yield from textwrap.wrap(
                    row.answer.evidence, 100, initial_indent=" " * 11, subsequent_indent=" " * 11
                )


def as_csv(sheets: Sequence[Sheet], today: datetime.date) -> str:
    del today
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("path", "title", "domain", "item", "words", "rating", "score", "evidence"))
    value = {AGREE: 1, DISAGREE: 0, NOT_APPLICABLE: "NA"}
    for sheet in sheets:
        for row in sheet.rows:
            rating, item = row.answer.rating, row.item
            first = (sheet.path, sheet.title, row.domain, item.number, item.words)
            cells = (*first, rating, value.get(rating, ""), row.answer.evidence)
            writer.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def as_html(sheets: Sequence[Sheet], today: datetime.date) -> str:
    """Return a page to print, with boxes to tick; the machine's answers are ticked."""
    import jinja2

    folder = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(
        loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("sheet.html")
    choices = ((AGREE, "Agree"), (DISAGREE, "Disagree"), (NOT_APPLICABLE, "N/A"))
    return template.render(
        sheets=sheets, today=today, choices=choices, domains=DOMAINS, source=SOURCE
    )


FORMS: Mapping[str, Callable[[Sequence[Sheet], datetime.date], str]] = {
    "text": as_text,
    "html": as_html,
    "csv": as_csv,
}
