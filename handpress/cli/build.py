"""``handpress build``: make what is out of date."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.exit_codes import DONE, FAULT, PROBLEMS, USAGE
from handpress.cli.report import Progress, print_lines, show_problems, wrong
from handpress.cli.workspace import find_workspace, single_series
from handpress.core.escaping import json_line
from handpress.core.problem import has_errors
from handpress.core.report import many

if TYPE_CHECKING:
    from handpress.build.request import Request
    from handpress.build.run import Outcome
    from handpress.core.workspace import Workspace


def run_build(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.build.request import Request
    from handpress.build.run import Foreign, build

    if options.bundle is not None and not any(map(str.isalnum, options.bundle)):
        return wrong(
            "`--bundle` needs a title",
            'write it in quotes, for example `--bundle "The complete series"`',
        )
    request = Request(
        series=tuple(dict.fromkeys(options.series or ())),
        only=tuple(options.only or ()),
        styles=tuple(options.style or ()),
        papers=tuple(options.paper or ()),
        grey=options.grey,
        booklets=options.booklet,
        bundle=options.bundle or "",
        articles=tuple(dict.fromkeys(options.article or ())),
        jobs=options.jobs,
        rebuild=options.rebuild,
        keep_going=options.keep_going,
    )
    if not _askable(workspace, request):
        return USAGE
    teller = Progress(options.message_format, single_series(workspace))
    try:
        outcome = build(workspace, request, teller.tell, teller.expect)
    except Foreign:
        return wrong(
            f"`{workspace.output}` holds files that Handpress did not make",
            "choose an empty or a new folder with `--output DIR`",
        )
    finally:
        teller.clear()
    if options.validate:
        from handpress.check.epub_validators import validate

        said = validate(workspace, request.series, request.jobs)
        outcome = dataclasses.replace(outcome, problems=(*outcome.problems, *said))
    return _ended(outcome, options.message_format, workspace, teller)


def _askable(workspace: Workspace, request: Request) -> bool:
    """Return whether everything requested by name exists; if not, print what is missing."""
    from handpress.core.media import STANDALONE
    from handpress.core.styles import styles

    for style in request.styles:
        if style not in (known := styles(workspace)):
            return not wrong(f"unknown style `{style}`", _nearest(style, known))
    if request.apart and request.only != (STANDALONE.name,):
        option = "--bundle" if request.bundle else "--article"
        return not wrong(f"`{option}` makes ebooks only", f"add `--only {STANDALONE.name}`")
    if request.bundle and request.articles:
        return not wrong("`--bundle` takes whole series", "remove `--article`")
    if request.bundle and len(request.series) < 2:
        return not wrong("`--bundle` needs two or more series", "name each with `--series ID`")
    if not (request.series or request.articles):
        return True
    from handpress.build.load import load

    loaded = load(workspace)
    there = {layout.series.id: layout.series for layout in loaded.shown}
    for id_ in request.series:
        if id_ not in there and id_ not in loaded.failed:
            return not wrong(f"unknown series `{id_}`", _nearest(id_, {*there, *loaded.failed}))
    wanted = [s for s in there.values() if not request.series or s.id in request.series]
    for series in wanted:
        if request.apart and request.series and STANDALONE.name not in series.media:
            what = f"the series `{series.id}` makes no ebook"
            fix = f"add `{STANDALONE.name}` to the `media` in its `series.yaml`"
            return not wrong(what, fix)
    slugs = {article.slug for series in wanted for article in series.articles}
    for slug in request.articles:
        if slug not in slugs and not loaded.failed:
            return not wrong(f"unknown article `{slug}`", _nearest(slug, slugs))
    return True


def _nearest(name: str, known: Iterable[str]) -> str:
    from handpress.core.problem import nearest

    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess else f"use one of: {', '.join(sorted(known))}"


def _ended(outcome: Outcome, form: str, workspace: Workspace, teller: Progress) -> int:
    show_problems(outcome.problems, form)
    if outcome.discarded:
        found = many(outcome.discarded, "file")
        print_lines(f"handpress: deleted {found} of a damaged or older cache", file=sys.stderr)
    for fault in outcome.faults:
        print_lines(*f"handpress: bug in Handpress: {fault}".split("\n"), file=sys.stderr)
    where = workspace.output / teller.shown.get("series", "")
    try:
        where = where.relative_to(Path.cwd())
    except ValueError:
        pass
    numbers = [(outcome.made, "made"), (outcome.fresh, "fresh"), (outcome.removed, "removed")]
    said = ", ".join(f"{n} {word}" for n, word in numbers if n)
    if form == "json":
        print(json_line({"type": "end", **{word: n for n, word in numbers}}))
    elif said:
        print_lines(f"{said} in {where}")
    if outcome.faults:
        return FAULT
    return PROBLEMS if has_errors(outcome.problems) else DONE
