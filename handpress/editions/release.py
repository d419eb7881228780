"""Releasing: prepare an edition, make it, and record it.

A release is in three steps, so that a command can show each: :func:`prepare` has every reason to refuse that needs no
press, :func:`make_draft` makes and validates the artefacts in a copy of the sources, and :func:`record` writes the ledger.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.build.outcome import Expected, Told
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Problem, has_errors
from handpress.editions import ledger as writing
from handpress.editions.changes import (
    Marks,
    Size,
    articles_of,
    changed_slugs,
    is_reordered,
    size_of,
)
from handpress.editions.error import EditionError
from handpress.editions.git import GitError, Repository, repository
from handpress.editions.made_with import made_with
from handpress.editions.making import Made, make, series_in, sources_of, write_ledger
from handpress.editions.sources import NoSources, is_source
from handpress.editions.texts import Text, texts_of
from handpress.series.assemble import assemble
from handpress.series.ledger.editions import Edition, Ledger, read_ledger
from handpress.series.model import Series

SHOWN = 5  # files that a refusal names


class Asked(Struct, frozen=True):
    """The author's decisions about a release."""

    date: datetime.date
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)  # by article
    revision: bool = False
    safety: bool = False
    # The articles that `safety` is about; all that changed by default.
    dangerous: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()  # codes of warnings
    at: str = ""  # a revision of git instead of the present sources
    dated: bool = True  # whether the author gave the date


class Draft(Struct, frozen=True):
    """An edition that is not made yet, with the copy of its sources."""

    edition: Edition
    ledger: Ledger
    before: Edition | None
    workspace: Workspace  # the copy
    series: Series
    repository: Repository | None
    reordered: bool
    size: Size | None  # None for a first edition


def prepare(workspace: Workspace, folder: str, asked: Asked, temporary: Path) -> Draft:
    """Return the next edition of the series in `folder`; raise :class:`EditionError`."""
    found, problems = read_ledger(workspace.disk, folder)
    refuse(problems, asked.allowed)
    source = repository(workspace.disk.root)
    commit = _commit(workspace, source, asked)
    before = found.newest
    places = temporary / "new", temporary / "output"
    try:
        copied = sources_of(workspace, folder, found.editions, source, commit, *places)
    except NoSources:
        raise EditionError(
            f"`{folder}` is not in commit {commit}", "choose a later commit"
        ) from None
    except GitError as error:
        raise EditionError(str(error), "get the whole history of the repository") from None
    series = _sound(copied, (*asked.allowed, "older-edition") if asked.at else asked.allowed)
    texts = texts_of(series)
    number, revision = _position(series, before, asked)
    articles = articles_of(before, texts, _marks(asked, before, texts))
    if strange := set(asked.notes) - set(articles):
        known = ", ".join(articles)
        raise EditionError(f"no article `{min(strange)}` for its note", f"use one of: {known}")
    date = asked.date
    if asked.at and not asked.dated:
        date = series.date or asked.date
    if before and date < before.date:
        fix = f"give a date from {before.date} with `--date`"
        raise EditionError(f"the edition before has a later date than {date}", fix)
    edition = Edition(
        number,
        date,
        revision,
        asked.note,
        asked.safety,
        commit,
        articles,
    )
    write_ledger(copied, folder, (*found.editions, edition))
    writing.set_numbers(copied, folder, edition)  # as they will be once it is recorded
    series = _sound(copied, (*asked.allowed, "older-edition"))
    size = None
    if before:
        size = size_of(
            before,
            _old_texts(workspace, folder, found, source, temporary),
            texts,
            edition.renamed,
        )
    reordered = is_reordered(before, articles)
    return Draft(edition, found, before, copied, series, source, reordered, size)


def make_draft(draft: Draft, asked: Asked, tell: Told, expect: Expected, jobs: int = 0) -> Made:
    """Make the artefacts of a draft; raise :class:`EditionError` if they have a problem that is not allowed."""
    made = make(draft.workspace, draft.series, tell, expect, jobs)
    refuse(made.problems, (*asked.allowed, "older-edition"))
    return made


def complete(draft: Draft, made: Made) -> Edition:
    """Return the edition with all that the ledger records of it."""
    versions = made_with(draft.workspace)
    return replace(draft.edition, artefacts=made.artefacts, made_with=versions)


def record(workspace: Workspace, draft: Draft, edition: Edition) -> bool:
    """Add an edition to the ledger. Return whether `series.yaml` has its number too."""
    try:
        writing.append(workspace, draft.ledger, edition)
    except writing.Changed as changed:
        raise EditionError(f"`{changed}` changed during the release", "release again") from None
    return writing.set_numbers(workspace, draft.series.folder, edition)


def tag_name(series: Series, edition: Edition) -> str:
    return f"{series.id}-{edition.label}"


# Reasons to refuse


def refuse(problems: Iterable[Problem], allowed: Sequence[str]) -> None:
    """Raise :class:`EditionError` if any problem is an error, or a warning that is not allowed."""
    found = [
        p
        for p in problems
        if p.severity == "error" or (p.severity == "warning" and p.code not in allowed)
    ]
    if not found:
        return
    codes = sorted({p.code for p in found if p.severity == "warning"})
    fix = "fix them"
    if codes and not has_errors(found):
        fix = f"fix them, or release with {' '.join(f'`--allow {code}`' for code in codes)}"
    raise EditionError("the series has problems", fix, found)


def _sound(workspace: Workspace, allowed: Sequence[str]) -> Series:
    """Return the one series; raise :class:`EditionError` if it has problems that are not allowed."""
    series, problems = series_in(workspace)
    refuse(problems, allowed)
    assert series is not None  # without an error it has articles
    return series


def _commit(workspace: Workspace, source: Repository | None, asked: Asked) -> str:
    """Return the commit of the sources, "" without git."""
    if source is None:
        if asked.at:
            raise EditionError("there is no git repository here", "release without `--at`")
        return ""
    try:
        commit = source.commit(asked.at or "HEAD")
        left = [] if asked.at else source.uncommitted(commit, is_source(workspace))
    except GitError as error:
        fix = "choose a commit of this repository" if asked.at else "commit the sources with git"
        raise EditionError(str(error), fix) from None
    if left:
        more = f" and {len(left) - SHOWN} more" if len(left) > SHOWN else ""
        names = ", ".join(f"`{path}`" for path in left[:SHOWN])
        raise EditionError(
            f"sources are not committed: {names}{more}", "commit them, and release again"
        )
    return commit


def _position(series: Series, before: Edition | None, asked: Asked) -> tuple[int, int]:
    """Return number and revision of the next edition: those that `series.yaml` plans, or the next ones."""
    planned = max(1, series.edition), series.revision
    if before is None:
        if asked.revision:
            raise EditionError("no edition to revise", "release the first one without `--revision`")
        return planned
    if planned > before.position:
        if asked.revision and planned[0] != before.number:
            fix = "write the number of the newest edition there, or release without `--revision`"
            raise EditionError(f"`series.yaml` plans edition {planned[0]}", fix)
        return planned
    if asked.revision:
        return before.number, before.revision + 1
    return before.number + 1, 0


def _marks(asked: Asked, before: Edition | None, texts: Mapping[str, Text]) -> Marks:
    kind = "corrected" if asked.revision else "changed"
    if not asked.safety:
        return Marks(kind, frozenset(), asked.notes)
    changed = changed_slugs(articles_of(before, texts, Marks(kind)))
    dangerous = asked.dangerous or tuple(slug for slug in changed if slug in texts)
    if strange := [slug for slug in asked.dangerous if slug not in changed]:
        named = ", ".join(changed) or "none"
        raise EditionError(
            f"`{strange[0]}` did not change", f"use one of the changed articles: {named}"
        )
    return Marks(kind, frozenset(dangerous), asked.notes)


def _old_texts(
    workspace: Workspace, folder: str, found: Ledger, source: Repository | None, temporary: Path
) -> Mapping[str, Text] | None:
    """Return the texts of the newest edition as its commit has them, or None if git does not have it."""
    newest = found.newest
    if newest is None or source is None or not newest.commit:
        return None
    place, output = temporary / "old", temporary / "old output"
    try:
        copied = sources_of(workspace, folder, found.editions, source, newest.commit, place, output)
    except (GitError, NoSources):
        return None
    return texts_of(assemble(copied, folder)[0])
