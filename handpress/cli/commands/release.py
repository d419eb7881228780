"""``handpress release``: record an edition, with what changed and what was made."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_all, add_output
from handpress.cli.editions import add_series, find_series, temporary_folder
from handpress.cli.exit_codes import DONE, FAULT, PROBLEMS, USAGE
from handpress.cli.report import Progress, print_lines, show_problems, wrong
from handpress.cli.workspace import only_series
from handpress.core.problems.report import many

if TYPE_CHECKING:
    from handpress.core.files.workspace import Workspace
    from handpress.core.problems.problem import Problem
    from handpress.editions.making import Made
    from handpress.editions.release import Asked, Draft

SUMMARY = "record an edition of a series: what changed, what was made, and with which versions"
FOR_ARTICLE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*):\s+(.+)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_series(parser)
    add_output(parser)
    add_all(parser)
    parser.add_argument(
        "--note",
        metavar="TEXT",
        action="append",
        default=[],
        help="what is new, for readers; `--note 'ARTICLE: TEXT'` is about one article; may be repeated",
    )
    parser.add_argument(
        "--revision",
        action="store_true",
        help="a revision of the newest edition, with corrections, instead of a new edition",
    )
    parser.add_argument(
        "--safety",
        action="store_true",
        help="the changes correct something that could harm a reader",
    )
    parser.add_argument(
        "--safety-of",
        metavar="ARTICLE",
        action="append",
        default=[],
        help="only the changes of this article do; may be repeated",
    )
    parser.add_argument(
        "--date",
        type=datetime.date.fromisoformat,
        metavar="DATE",
        help="the date of the edition, such as 2026-11-22; today by default",
    )
    parser.add_argument(
        "--allow",
        metavar="CODE",
        action="append",
        default=[],
        help="release in spite of warnings with this code; may be repeated",
    )
    parser.add_argument(
        "--at",
        metavar="COMMIT",
        help="release the sources of this commit, to enter editions that are older than the ledger",
    )
    parser.add_argument(
        "--tag", action="store_true", help="also tag the commit, for example `fascia-remedy-2`"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only show what the edition would be; make nothing"
    )


def run(options: argparse.Namespace) -> int:
    found = find_series(options)
    if found is None:
        return USAGE
    workspace, folder = found
    from handpress.build.outcome import Foreign
    from handpress.editions.error import EditionError

    with temporary_folder() as temporary:
        try:
            return _release(workspace, folder, options, temporary)
        except EditionError as refused:
            show_problems(refused.problems, "human", options.all)
            print_lines(
                f"handpress: not released: {refused.reason}",
                f"  = help: {refused.fix}",
                file=sys.stderr,
            )
            return PROBLEMS
        except Foreign:
            return wrong(
                f"`{workspace.output}` holds files that Handpress did not make",
                "choose an empty or a new folder with `--output DIR`",
            )


def _release(
    workspace: Workspace, folder: str, options: argparse.Namespace, temporary: Path
) -> int:
    from handpress.build.run import not_foreign
    from handpress.editions.error import EditionError
    from handpress.editions.kept import keep
    from handpress.editions.release import (
        complete,
        make_draft,
        prepare,
        record,
        refuse,
        tag_name,
    )

    not_foreign(workspace.output)
    asked = _asked(options)
    draft = prepare(workspace, folder, asked, temporary)
    print_lines(*_summary(draft, options.date is None and not asked.at))
    if options.dry_run:
        print_lines("nothing was made or recorded")
        return DONE
    tag = tag_name(draft.series, draft.edition) if options.tag else ""
    if tag:
        if draft.repository is None:
            raise EditionError("there is no git repository here", "release without `--tag`")
        if draft.repository.has_tag(tag):
            fix = f"delete it with `git tag -d {tag}`, or release without `--tag`"
            raise EditionError(f"the tag `{tag}` exists", fix)
    teller = Progress("human", partial(only_series, draft.workspace))
    try:
        made = make_draft(draft, asked, teller.tell, teller.expect)
    finally:
        teller.clear()
    if made.faults:
        print_lines(*(f"handpress: bug in Handpress: {f}" for f in made.faults), file=sys.stderr)
        return FAULT
    refuse(_validated(draft, made), asked.allowed)
    edition = complete(draft, made)
    numbered = record(workspace, draft, edition)
    kept = keep(made.workspace.output, workspace.output, draft.series.id, edition)
    print_lines(f"its files are in {workspace.output / kept}")
    print_lines(f"recorded edition {edition.label} in {draft.ledger.source.path}")
    if not numbered:
        print_lines("the settings of the series have another number: their form could not be kept")
    if tag and draft.repository:
        draft.repository.tag(tag, edition.commit)
        print_lines(f"tagged {edition.commit[:12]} as {tag}")
    if draft.repository:
        print_lines("commit the ledger and the settings with git")
    else:
        print_lines("the edition cannot be made again later: its sources are not in git")
    return DONE


def _asked(options: argparse.Namespace) -> Asked:
    from handpress.editions.release import Asked

    matches = [(FOR_ARTICLE.fullmatch(note.strip()), note.strip()) for note in options.note]
    return Asked(
        date=options.date or datetime.datetime.now().astimezone().date(),
        note=" ".join(note for found, note in matches if not found),
        notes={found[1]: found[2] for found, _ in matches if found},
        revision=options.revision,
        safety=options.safety or bool(options.safety_of),
        dangerous=tuple(dict.fromkeys(options.safety_of)),
        allowed=tuple(options.allow),
        at=options.at or "",
        dated=options.date is not None,
    )


def _summary(draft: Draft, by_default: bool) -> Iterator[str]:
    """Yield what the edition is, and what changed."""
    from handpress.editions.changes import changed_slugs
    from handpress.editions.texts import EDITION, REVISION

    edition = draft.edition
    hint = " (today; `--date` sets another)" if by_default else ""
    yield f"{draft.series.title}: edition {edition.label}, {edition.date}{hint}"
    changed = changed_slugs(edition.articles)
    for slug in changed:
        if slug in edition.renamed.values():
            continue
        article, was = edition.articles[slug], edition.renamed.get(slug)
        if was:
            yield f"  renamed    {slug}  before: {was}"
            continue
        yield f"  {article.change:<9}  {slug}  {many(article.words, 'word')}"
    if draft.reordered:
        yield "  the articles are in another order"
    if not changed and not draft.reordered:
        yield "  no article changed"
    if draft.size:
        share = f"{draft.size.share * 100:.0f} %"
        if not draft.size.exact:
            share = f"at most {share}"
            yield "  the old texts are not in git: only whole articles are compared"
        yield (
            f"  {share} of the words changed, which makes it {draft.size.worth}"
            f" (publishers draw the line at {REVISION} to {EDITION} %)"
        )


def _validated(draft: Draft, made: Made) -> list[Problem]:
    """Return what the validators find, and print which of them were asked."""
    from handpress.check.epub_validators import TOOLS as EPUB_TOOLS
    from handpress.check.epub_validators import validate
    from handpress.check.pdf_validator import TOOL, is_installed, validate_pdfs

    workspace, paths = made.workspace, made.artefacts
    found = validate(workspace, (draft.series.id,))
    missing = {p.why for p in found if p.code == "missing-validator"}
    found = [p for p in found if p.code != "missing-validator"]
    tools = [*EPUB_TOOLS] if any(path.endswith(".epub") for path in paths) else []
    if any(path.endswith(".pdf") for path in paths):
        tools.append(TOOL)
        if is_installed():
            found += validate_pdfs(workspace.output, paths)
        else:
            missing.add(f"{TOOL} is not installed")
    asked = [tool for tool in tools if not any(reason.startswith(tool) for reason in missing)]
    if asked:
        print_lines(f"validated by {', '.join(asked)}")
    print_lines(*(f"not validated: {reason}" for reason in sorted(missing)))
    return found
