"""Running the rules over the series of a workspace."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from handpress.build.load import load
from handpress.check.ignored import ignored
from handpress.check.kept import UNREAD, Checked
from handpress.check.page import Page
from handpress.check.rule import Found, Rule
from handpress.check.rules import RULES
from handpress.check.settings import Settings, settings_of
from handpress.core.caches.cache import Cache
from handpress.core.files.workspace import Workspace
from handpress.core.problems.levels import WEIGHTS
from handpress.core.problems.problem import Problem, problem_of
from handpress.layout.layout import Layout
from handpress.markup.dialect.reader import reading_twice


def check(
    workspace: Workspace, today: datetime.date, strict: bool = False, cache: Cache | None = None
) -> Checked:
    """Return everything that a build and the rules find. With `strict`, each warning is an error."""
    with reading_twice(), _without_collection():
        loaded = load(workspace, strict=strict, cache=cache, to_check=True)
        problems = list(loaded.problems)
        unread = frozenset(p.place.path for p in problems if p.code in UNREAD)
        for layout in loaded.shown:
            problems += _of_series(workspace, layout, unread, today, strict)
    articles = sum(len(layout.series.articles) for layout in loaded.shown)
    codes = {p.code for p in problems} & RULES.keys()
    return Checked(tuple(by_weight(problems)), articles, tuple(sorted(codes)))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Do not search for unused cycles of objects: a check leaves few, and ends soon."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def pages(workspace: Workspace, today: datetime.date) -> list[Page]:
    """Return the articles of a workspace as the rules see them."""
    loaded = load(workspace, to_check=True)
    unread = frozenset(p.place.path for p in loaded.problems if p.code in UNREAD)
    found = []
    for layout in loaded.shown:
        settings, _ = settings_of(layout.series, strict=False)
        found += _pages(workspace, layout, settings, unread, today)
    return found


def by_weight(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once: errors, then warnings, then advice, each in the order of their places."""

    def weight(p: Problem) -> tuple[object, ...]:
        return (WEIGHTS[p.severity], p.place, p.code, p.what, p.why)

    return sorted(set(problems), key=weight)


def _of_series(
    workspace: Workspace,
    layout: Layout,
    unread: frozenset[str],
    today: datetime.date,
    strict: bool,
) -> list[Problem]:
    settings, wrong = settings_of(layout.series, strict)
    pages = _pages(workspace, layout, settings, unread, today)
    found = [p for page in pages for p in _of_page(page, settings)]
    found += _across(pages, settings)
    by_path: dict[str, list[Problem]] = {}
    for each in found:
        by_path.setdefault(each.place.path, []).append(each)
    for page in pages:
        if comments := list(ignored(page)):
            path = page.article.source.path
            own = by_path.get(path, [])
            own += _among(page, settings, own)
            by_path[path] = [p for p in own if not any(c.covers(p) for c in comments)]
    shown = [p for several in by_path.values() for p in several]
    return [*wrong, *settings.levels.apply(shown)]


def _pages(
    workspace: Workspace,
    layout: Layout,
    settings: Settings,
    unread: frozenset[str],
    today: datetime.date,
) -> list[Page]:
    read = [a for a in layout.series.articles if a.path not in unread]
    return [Page(article, layout, workspace.disk, settings.limits, today) for article in read]


def _applies(rule: Rule, page: Page, settings: Settings) -> bool:
    """Return whether a rule is on for this article, its language and its kind of series."""
    in_language = not rule.languages or page.tongue in rule.languages
    return in_language and rule.only_for in ("", page.series.kind) and settings.runs(rule.code)


def _of_page(page: Page, settings: Settings) -> list[Problem]:
    return [
        _problem(code, found)
        for code, rule in RULES.items()
        if rule.find and _applies(rule, page, settings)
        for found in rule.find(page)
    ]


def _across(pages: Sequence[Page], settings: Settings) -> list[Problem]:
    return [
        _problem(code, found)
        for code, rule in RULES.items()
        if rule.across and pages and settings.runs(code)
        if rule.only_for in ("", pages[0].series.kind)
        for found in rule.across(pages)
    ]


def _among(page: Page, settings: Settings, problems: Sequence[Problem]) -> list[Problem]:
    tried = {code for code, rule in RULES.items() if _applies(rule, page, settings)}
    return [
        _problem(code, found)
        for code, rule in RULES.items()
        if rule.among and code in tried
        for found in rule.among(page, problems, tried)
    ]


def _problem(code: str, found: Found) -> Problem:
    return problem_of(RULES[code].kind, code, found.place, found.facts, found.meant)
