"""``handpress list``: the series, their articles and artefacts, each fresh or outdated; or what is due for review."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_output, add_workspace
from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import Progress, pages_line, print_lines, shown_path, wrong
from handpress.cli.workspace import find_workspace, only_series
from handpress.core.problems.escaping import json_line
from handpress.core.problems.problem import has_errors
from handpress.core.problems.report import many

if TYPE_CHECKING:
    from handpress.build.status import Contents, State
    from handpress.check.due import Due
    from handpress.check.reviews import Review
    from handpress.core.files.workspace import Workspace
    from handpress.editions.affected import Affected


SUMMARY = "list the series, their articles and artefacts, each fresh or outdated"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_output(parser)
    parser.add_argument(
        "--due", action="store_true", help="list what is due for review instead, by date"
    )
    parser.add_argument(
        "--as-of",
        type=datetime.date.fromisoformat,
        metavar="DATE",
        help="with --due: the day to compare with, such as 2026-11-22; today by default",
    )
    parser.add_argument(
        "--affected-since",
        metavar="EDITION",
        help="list the handouts to reprint instead: those that changed since an edition such as 1 or 2.1",
    )
    parser.add_argument(
        "--message-format",
        metavar="FORMAT",
        choices=("human", "json"),
        default="human",
        help="how to show the list: for people (human), or as JSON, one object per line (json)",
    )


def run(options: argparse.Namespace) -> int:
    if options.as_of and not options.due:
        return wrong("`--as-of` is an option of `--due`", "write `list --due --as-of DATE`")
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    as_json = options.message_format == "json"
    if options.due:
        return _list_due(workspace, options.as_of, as_json)
    if options.affected_since:
        return _list_affected(workspace, options.affected_since, as_json)
    from handpress.build.status import contents

    found = contents(workspace)
    if as_json:
        _print_json(found)
    else:
        _print(found, only_series(workspace))
    return PROBLEMS if has_errors(found.problems) else DONE


def _print(found: Contents, only: str | None) -> None:
    for series in found.series:
        bad = " (has errors: see `handpress check`)" if series.wrong else ""
        print_lines(f"{series.id}: {series.title}, {many(len(series.articles), 'article')}{bad}")
        for number, (title, path) in enumerate(series.articles, 1):
            print_lines(f"  {number}. {title}  ({path})")
        _rows([s for s in found.states if s.series == series.id], only)
    _rows([s for s in found.states if not s.series], only)


def _rows(states: Iterable[State], only: str | None) -> None:
    for state in states:
        reason, entry = state.reason, state.entry
        if any(part in state.path for part in Progress.QUIET) and reason is None:
            continue
        pages = pages_line(entry.pages, entry.full, entry.tight, entry.warnings) if entry else ""
        mark = "fresh" if reason is None else "stale"
        why = f"({reason})" if reason else ""
        print_lines(
            "  " + "  ".join(filter(None, (mark, shown_path(state.path, only), pages, why)))
        )


def _print_json(found: Contents) -> None:
    for series in found.series:
        articles = [{"title": title, "path": path} for title, path in series.articles]
        about = {"type": "series", "id": series.id, "title": series.title}
        print(json_line({**about, "articles": articles, "errors": series.wrong}))
    for state in found.states:
        about = {"type": "artefact", "path": state.path, "series": state.series}
        print(json_line({**about, "fresh": state.reason is None, "reason": state.reason}))


# --- due for review ----------------------------------------------------------------------------


def _list_due(workspace: Workspace, as_of: datetime.date | None, as_json: bool) -> int:
    from handpress.check.due import due

    found = due(workspace, as_of or datetime.datetime.now().astimezone().date())
    if as_json:
        for line in _due_as_json(found):
            print(line)
    else:
        print_lines(*_due_lines(found))
    return PROBLEMS if has_errors(found.problems) else DONE


def _due_lines(due: Due) -> Iterator[str]:
    yield f"due for review as of {due.today}"
    for head, reviews in (
        ("overdue", due.overdue),
        ("due soon", due.soon),
        ("later", due.later),
    ):
        if reviews:
            yield f"{head}:"
            yield from _rows_of(reviews, due.today)
    if due.undated:
        yield "without a date of review:"
        for series, articles in due.undated:
            yield f"  {series.id}: {many(len(articles), 'article')}"


def _rows_of(reviews: Sequence[Review], today: datetime.date) -> Iterator[str]:
    for review in reviews:
        days = review.days(today)
        when = f"{many(-days, 'day')} ago" if days < 0 else f"in {many(days, 'day')}"
        title = review.series.title
        if review.own:
            title = f"{review.articles[0].title} ({title})"
        elif review.articles:
            title = f"{title}, {many(len(review.articles), 'article')}"
        place = f"{review.place.path}:{review.place.line}"
        yield f"  {review.date}  {when if days else 'today':>14}  {title}  {place}"


def _due_as_json(due: Due) -> Iterator[str]:
    for when, reviews in (("overdue", due.overdue), ("soon", due.soon), ("later", due.later)):
        for review in reviews:
            line = {
                "type": "review",
                "as_of": due.today.isoformat(),
                "when": when,
                "date": review.date.isoformat(),
                "days": review.days(due.today),
                "series": review.series.id,
                "of": "article" if review.own else "series",
                "articles": [article.slug for article in review.articles],
                "path": review.place.path,
                "line": review.place.line,
            }
            yield json_line(line)
    for series, articles in due.undated:
        names = [article.slug for article in articles]
        yield json_line({"type": "undated", "series": series.id, "articles": names})


# --- handouts to reprint -----------------------------------------------------------------------


def _list_affected(workspace: Workspace, label: str, as_json: bool) -> int:
    from handpress.editions.affected import affected

    series, found = affected(workspace, label)
    if not series:
        fix = "name an edition that is in an `editions.yaml`, such as 1 or 2.1"
        return wrong(f"no series has an edition {label} in its ledger", fix)
    if as_json:
        for each in found:
            print(_affected_as_json(each))
    else:
        names = ", ".join(each.id for each in series)
        print_lines(f"handouts to reprint since edition {label} of {names}: {len(found)}")
        for each in found:
            print_lines(*_affected_lines(each))
    return DONE


def _affected_lines(affected: Affected) -> Iterator[str]:
    change = affected.change
    kind = "safety" if change.safety and change.kind != "removed" else change.kind
    series = affected.series
    gone = "has no handout any more" if series.has(change.slug) else "no longer published"
    files = ", ".join(affected.paths) or f"{series.id}: {gone}"
    yield f"  {kind:<9}  {change.title}  ({files})"
    yield f"             copies printed before {change.date}"
    yield from (f"             {note}" for note in change.notes)


def _affected_as_json(affected: Affected) -> str:
    change = affected.change
    line = {
        "type": "affected",
        "series": affected.series.id,
        "since": affected.since.label,
        "article": change.slug,
        "title": change.title,
        "change": change.kind,
        "safety": change.safety,
        "printed_before": change.date.isoformat(),
        "notes": list(change.notes),
        "paths": list(affected.paths),
    }
    return json_line(line)
