"""``handpress build``: make what is out of date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handpress.cli.arguments import add_all, add_format, add_output, add_strict, add_workspace
from handpress.cli.editions import add_edition, made_again
from handpress.cli.exit_codes import DONE, FAULT, PROBLEMS, USAGE
from handpress.cli.report import Progress, print_lines, show_problems, wrong
from handpress.cli.timings import Timings
from handpress.cli.workspace import find_workspace, only_series
from handpress.core.media import BILINGUAL, MEDIA, PAPERS
from handpress.core.problems.escaping import json_line
from handpress.core.problems.problem import has_errors
from handpress.core.problems.report import many
from handpress.core.styles import styles

if TYPE_CHECKING:
    from handpress.build.outcome import Outcome
    from handpress.build.request import Request
    from handpress.core.files.workspace import Workspace
    from handpress.editions.again import Again
    from handpress.series.ledger.editions import Edition


SUMMARY = "make what is out of date (the default command)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_output(parser)
    add_format(parser)
    add_all(parser)
    add_strict(parser)
    parser.add_argument(
        "--series", metavar="ID", action="append", help="only this series; may be repeated"
    )
    parser.add_argument(
        "--only",
        metavar="MEDIUM",
        choices=MEDIA,
        action="append",
        help=f"only this medium: {', '.join(MEDIA)}; may be repeated",
    )
    parser.add_argument(
        "--style",
        metavar="STYLE",
        action="append",
        help="handouts and packs in this style, into handouts/STYLE/ and packs/STYLE/, instead of the series' own:"
        f" {', '.join(styles())}, or one that the workspace has; may be repeated",
    )
    parser.add_argument(
        "--paper",
        metavar="PAPER",
        choices=PAPERS,
        action="append",
        help="handouts and packs on this paper, into handouts/PAPER/ and packs/PAPER/ unless it is the series' own:"
        f" {', '.join(PAPERS)}; may be repeated",
    )
    parser.add_argument(
        "--grey",
        action="store_true",
        help="handouts and packs in greyscale, pictures too, into handouts/grey/ and packs/grey/",
    )
    parser.add_argument(
        "--booklet",
        action="store_true",
        help="also the book and the packs as booklets to fold, into booklets/: two pages a side, on both sides",
    )
    parser.add_argument(
        "--bilingual",
        metavar="FORM",
        choices=BILINGUAL,
        action="append",
        help="also handouts of translations together with their originals: in `columns`, or on facing `pages`; may be"
        " repeated",
    )
    parser.add_argument(
        "--print-shop",
        action="store_true",
        help="also the book for a print shop, into print-shop/: its pages with bleed and crop marks, and its cover"
        " in one piece",
    )
    parser.add_argument(
        "--bundle",
        metavar="TITLE",
        help="with `--only epub`: combine two or more `--series`, in that order, into one ebook, in bundles/",
    )
    parser.add_argument(
        "--article",
        metavar="NAME",
        action="append",
        help="with `--only epub`: this article as an ebook of its own, in epub/; may be repeated",
    )
    add_edition(
        parser,
        "instead, make this released edition again from git, such as 2 or 2.1, into editions/2",
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_positive,
        default=0,
        help="how many artefacts to make at once; one per core by default",
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="make everything again, changed or not"
    )
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help="when a series has errors, still make the handouts of its articles without errors",
    )
    parser.add_argument("--quiet", action="store_true", help="show nothing but problems")
    parser.add_argument(
        "--timings",
        action="store_true",
        help="at the end, show the CPU seconds that each kind of file took, and which of its files took longest",
    )
    parser.add_argument(
        "--validate",
        action="store_true",
        help="check the finished ebooks with EPUBCheck and Ace, if installed",
    )


def _positive(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def run(options: argparse.Namespace) -> int:
    if options.edition:
        return _edition(options)
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.build.outcome import Foreign
    from handpress.build.request import Request
    from handpress.build.run import build

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
        print_shop=options.print_shop,
        bilingual=tuple(options.bilingual or ()),
        bundle=options.bundle or "",
        articles=tuple(dict.fromkeys(options.article or ())),
        jobs=options.jobs,
        rebuild=options.rebuild,
        keep_going=options.keep_going,
        strict=options.strict,
    )
    if impossible := _impossible(workspace, request):
        return wrong(*impossible)
    teller = Progress(options.message_format, partial(only_series, workspace), quiet=options.quiet)
    timings = Timings()
    try:
        with timings.taken(teller.tell) as tell:
            outcome = build(workspace, request, tell, teller.expect)
    except Foreign:
        return wrong(
            f"`{workspace.output}` holds files that Handpress did not make",
            "choose an empty or a new folder with `--output DIR`",
        )
    finally:
        teller.clear()
    if options.validate:
        from handpress.check.epub_validators import validate

        said = validate(workspace, request.series, request.jobs, request.strict)
        outcome = replace(outcome, problems=(*outcome.problems, *said))
    return _ended(outcome, options, workspace, teller, timings)


def _edition(options: argparse.Namespace) -> int:
    """Make a released edition again, into a folder of its own in the output."""
    if len(options.series or ()) > 1 or options.only or options.style or options.paper:
        return wrong(
            "an edition is made as it was released",
            "give no option with `--edition` except `--series ID` and `--output DIR`",
        )

    def keep(again: Again, workspace: Workspace, edition: Edition) -> int:
        from handpress.editions.kept import keep

        folder = keep(again.workspace.output, workspace.output, again.id, edition)
        print_lines(f"edition {edition.label} of {edition.date} is in {workspace.output / folder}")
        return DONE

    return made_again(options, options.edition, keep, quiet=options.quiet)


def _impossible(workspace: Workspace, request: Request) -> tuple[str, str] | None:
    """Return why a request cannot be met, and how to change it; None if it can."""
    for style in request.styles:
        if style not in (known := styles(workspace)):
            return f"unknown style `{style}`", _nearest(style, known)
    return _contradicts_itself(request) or _names_nothing(workspace, request)


def _contradicts_itself(request: Request) -> tuple[str, str] | None:
    from handpress.core.media import STANDALONE

    if request.apart and request.only != (STANDALONE.name,):
        option = "--bundle" if request.bundle else "--article"
        return f"`{option}` makes ebooks only", f"add `--only {STANDALONE.name}`"
    if request.bundle and request.articles:
        return "`--bundle` takes whole series", "remove `--article`"
    if request.bundle and len(request.series) < 2:
        return "`--bundle` needs two or more series", "name each with `--series ID`"
    return None


def _names_nothing(workspace: Workspace, request: Request) -> tuple[str, str] | None:
    """Return what is wrong with the series and articles that a request names."""
    if not (request.series or request.articles):
        return None
    from handpress.build.load import load
    from handpress.core.media import STANDALONE

    loaded = load(workspace)
    there = {layout.series.id: layout.series for layout in loaded.shown}
    for id_ in request.series:
        if id_ not in there and id_ not in loaded.failed:
            return f"unknown series `{id_}`", _nearest(id_, {*there, *loaded.failed})
    wanted = [s for s in there.values() if not request.series or s.id in request.series]
    for series in wanted:
        if request.apart and request.series and STANDALONE.name not in series.media:
            what = f"the series `{series.id}` makes no ebook"
            fix = f"add `{STANDALONE.name}` to the `media` in its `series.yaml`"
            return what, fix
    slugs = {article.slug for series in wanted for article in series.articles}
    for slug in request.articles:
        if slug not in slugs and not loaded.failed:
            return f"unknown article `{slug}`", _nearest(slug, slugs)
    return None


def _nearest(name: str, known: Iterable[str]) -> str:
    from handpress.core.problems.problem import nearest

    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess else f"use one of: {', '.join(sorted(known))}"


def _ended(
    outcome: Outcome,
    options: argparse.Namespace,
    workspace: Workspace,
    teller: Progress,
    timings: Timings,
) -> int:
    form = options.message_format
    show_problems(outcome.problems, form, options.all)
    if outcome.discarded:
        found = many(outcome.discarded, "file")
        print_lines(f"handpress: deleted {found} of a damaged or older cache", file=sys.stderr)
    for fault in outcome.faults:
        print_lines(*f"handpress: bug in Handpress: {fault}".split("\n"), file=sys.stderr)
    where = workspace.output
    if len(workspace.folders) == 1:
        where /= outcome.series[0].id if outcome.series else teller.only or ""
    try:
        where = where.relative_to(Path.cwd())
    except ValueError:
        pass
    numbers = [(outcome.made, "made"), (outcome.fresh, "fresh"), (outcome.removed, "removed")]
    said = ", ".join(f"{n} {word}" for n, word in numbers if n)
    if options.timings:
        timings.show(form)
    if options.quiet:
        pass
    elif form == "json":
        print(json_line({"type": "end", **{word: n for n, word in numbers}}))
    elif said:
        print_lines(f"{said} in {where}")
    if outcome.faults:
        return FAULT
    return PROBLEMS if has_errors(outcome.problems) else DONE
