"""Loading: every series of a workspace, up to the point where the press is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handpress.build import up_to_date
from handpress.build.kinds import levels_of
from handpress.build.outcome import Listed
from handpress.build.places import CACHE, PLANS
from handpress.compose.composition import compose_error_free, compose_series
from handpress.core.caches.cache import Cache
from handpress.core.caches.remembered import Remembered
from handpress.core.files.source import read_source
from handpress.core.files.workspace import Workspace
from handpress.core.problems.levels import Levels
from handpress.core.problems.problem import (
    BrokenLayout,
    Place,
    Problem,
    has_errors,
    in_order,
    problem,
)
from handpress.layout.design import Design
from handpress.layout.layout import Layout
from handpress.layout.words import is_translated
from handpress.series.article_cache import KEPT
from handpress.series.assemble import assemble_all
from handpress.series.model import Series


class Loaded(Struct, frozen=True):
    """Every series of a workspace, laid out up to the point where the press is needed."""

    layouts: tuple[Layout, ...]  # of the series without errors
    partial: tuple[Layout, ...]  # of those with errors, for the handouts that `keep_going` makes
    failed: tuple[str, ...]  # ids of the series with errors
    shown: tuple[Layout, ...]  # the series that the shelf shows
    problems: tuple[Problem, ...]
    levels: Mapping[str, Levels]  # by series; "" for what belongs to several


def load(
    workspace: Workspace,
    keep_going: bool = False,
    cache: Cache | None = None,
    strict: bool = False,
    remembered: Remembered | None = None,
    to_check: bool = False,
) -> Loaded:
    """Assemble and compose every series, and gather all problems. Articles in `cache` are not parsed again, and
    those that are `remembered` are not composed again.

    The problems have the levels of their series; with `strict`, all are errors. With `to_check`, a series is composed
    only if that can reveal a problem.
    """
    cache = cache or Cache(None)
    design = Design(workspace, cache, remembered)
    problems: list[Problem] = []
    layouts, partial, failed, shown = [], [], [], []
    ids: dict[str, str] = {}
    by_series = {"": Levels(strict=strict)}
    for series, found in _linked(assemble_all(workspace, cache)):
        levels, wrong_levels = levels_of(series, strict)
        layout, found = _composed(design, series, levels, [*found, *wrong_levels], to_check)
        if other := ids.get(series.id):
            place = Place(series.settings)
            found.append(problem("duplicate-series", place, other=other, id=series.id))
        ids.setdefault(series.id, series.folder)
        problems += found
        by_series.setdefault(series.id, levels)
        if series.original and not series.articles:
            continue  # a translation that is only begun: what is missing is reported
        if layout and (series.articles or not has_errors(found)):
            shown.append(layout)
        if layout and not has_errors(found):
            layouts.append(layout)
            continue
        failed.append(series.id)
        if keep_going and layout and series.articles and (rest := _error_free(layout, found)):
            partial.append(rest)
    unique = tuple(in_order(problems))
    return Loaded(tuple(layouts), tuple(partial), tuple(failed), tuple(shown), unique, by_series)


def _composed(
    design: Design, series: Series, levels: Levels, found: list[Problem], to_check: bool
) -> tuple[Layout | None, list[Problem]]:
    """Return the layout of a series, composed unless it has errors, and its problems with their levels.

    `found` are those of its sources. There is no layout if that of the workspace is broken.
    """
    found = levels.apply(found)
    layout = None
    try:
        design.read(series.language)
        found += levels.apply(untranslated(design, series))
        layout = Layout(design, series)
        for article in series.articles if to_check else ():
            design.read(article.settings.get("language") or series.language)
        if not has_errors(found) and not (to_check and is_same_in_all_media(series)):
            layout, more = compose_layout(design, series)
            found += levels.apply(more)
    except BrokenLayout as broken:
        found.append(broken.problem)
    return layout, found


def _error_free(layout: Layout, found: Iterable[Problem]) -> Layout | None:
    """Return the layout with the articles that have no error among those `found`, or None if that is none."""
    series = layout.series
    wrong = {p.place.path for p in found if p.severity == "error"}
    rest = compose_error_free(series, wrong, layout.design.words_for(series))
    return replace(layout, composition=rest) if rest.by_medium else None


def _linked(
    assembled: Iterable[tuple[Series, list[Problem]]],
) -> list[tuple[Series, list[Problem]]]:
    """Return the series without links to those in other languages that have errors: these have no pages."""
    every = list(assembled)
    wrong = {series.id for series, found in every if has_errors(found)}
    return [
        (
            replace(series, counterparts=tuple(c for c in series.counterparts if c.id not in wrong))
            if series.counterparts
            else series,
            found,
        )
        for series, found in every
    ]


def untranslated(design: Design, series: Series) -> list[Problem]:
    """Return the problem of a series whose language has no words of ours, nor of the workspace: they are English."""
    if is_translated(design.words(series.language), series.language):
        return []
    disk, path = design.workspace.disk, series.settings
    place = Place(path)
    if disk.has(path):
        source, _ = read_source(disk, path)
        if found := re.search(r"^language:\s*([\w-]+)", source.text, re.M):
            place = source.place(found.start(1), len(found[1]))
    return [problem("missing-words", place, language=series.language)]


def is_same_in_all_media(series: Series) -> bool:
    """Return whether no medium can lack the target of a link: nothing is for some media only, and no file is linked."""
    bios = [author.bio for author in series.introduced if author.bio]
    texts = (text for a in (*series.articles, *bios) for text in (a.body, *a.notes.values()))
    return not series.files and not any(' only="' in text for text in texts)


def compose_layout(design: Design, series: Series) -> tuple[Layout, list[Problem]]:
    """Compose a series without errors; return its layout, and the problems that only a medium reveals."""
    composition, problems = compose_series(
        series, design.words_for(series), Layout(design, series).recall
    )
    return Layout(design, series, composition), problems


def listing(loaded: Loaded) -> tuple[Listed, ...]:
    """Return every series on the shelf, in the form that `list` prints."""
    return tuple(
        Listed(
            layout.series.id,
            layout.series.title,
            tuple((a.title, a.path) for a in layout.series.articles),
            layout.series.id in loaded.failed,
        )
        for layout in loaded.shown
    )


def open_cache(output: Path) -> Cache:
    return Cache(output, KEPT, CACHE)


def open_memory(output: Path, cache: Cache) -> Remembered:
    """Return the facts that earlier builds with the same program found about articles."""
    return Remembered.read(output, PLANS, up_to_date.program(), cache)
