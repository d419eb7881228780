"""Contents: the articles of a series in their order and parts, and those of each pack."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec.structs import replace

from handpress.core.media import TABLE
from handpress.core.problems.problem import Problem, nearest, problem
from handpress.series.article import Article, slug_of
from handpress.series.folders import by_folder
from handpress.series.outlines.labels import Labels
from handpress.series.parts import Contents, Part
from handpress.series.selection import Selection
from handpress.series.settings.yaml_reader import Settings


def ordered(
    settings: Settings, parsed: Mapping[str, Article], selection: Selection, labels: Labels
) -> tuple[Contents, list[Problem]]:
    """Return the articles that are published, in their order and their parts. Drafts are left out."""
    if settings.get("articles"):
        return _as_listed(settings, parsed)
    order = selection.order
    published = [a for a in parsed.values() if not a.draft]
    if order and order.paths:
        slugs = {a.path: a.slug for a in published}
        titles = {a.path: a.title for a in parsed.values()}
        parts = [
            Part(titles.get(part.file, part.title), tuple(slugs[p] for p in paths if p in slugs))
            for part, paths in order.parts
        ]
        return Contents(tuple(published), tuple(p for p in parts if p.slugs)), []
    return by_folder(published, parsed.values(), labels), []


def _as_listed(settings: Settings, parsed: Mapping[str, Article]) -> tuple[Contents, list[Problem]]:
    problems: list[Problem] = []
    order: list[str] = []
    known = _by_name(settings, parsed.values())
    titles: dict[str, str] = {}
    for index, (title, written) in enumerate(settings.get("articles")):
        slug = _slug(written, known)
        place = settings.place("articles", index)
        if slug not in parsed:
            meant = nearest(slug, parsed)
            problems.append(problem("missing-article", place, meant=meant, article=written))
        elif slug not in order:
            order.append(slug)
            titles[slug] = title
    for slug in parsed.keys() - set(order):
        if not parsed[slug].draft:
            place = settings.place("articles")
            problems.append(problem("unlisted-article", place, file=parsed[slug].file))
    published = [slug for slug in order if not parsed[slug].draft]
    groups = groupby(published, key=lambda slug: titles[slug])
    parts = tuple(Part(title, tuple(slugs)) for title, slugs in groups if title)
    return Contents(tuple(parsed[slug] for slug in published), parts), problems


def _by_name(settings: Settings, articles: Iterable[Article]) -> Mapping[str, str]:
    """Return the slug of each article by its path and by its slug, as a list may give them."""
    folder = posixpath.dirname(settings.source.path)
    paths = {posixpath.relpath(a.path, folder): a.slug for a in articles}
    stems = {path.removesuffix(posixpath.splitext(path)[1]): slug for path, slug in paths.items()}
    return stems | paths | {slug: slug for slug in paths.values()}


def _slug(written: str, known: Mapping[str, str]) -> str:
    """Return the slug that is `written` in a list, or one that no article has."""
    plain = written.removeprefix("./")
    return known.get(plain) or slug_of(posixpath.basename(plain))


def title_of(name: str) -> str:
    """The name of a pack as people read it: ``First visit``."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def with_left_out(
    settings: Settings, contents: Contents, parsed: Mapping[str, Article]
) -> tuple[Contents, list[Problem]]:
    """Return `contents` with the articles that single media leave out, and a problem for each unknown name.

    A setting such as `no_handout` has names of articles and titles of parts. A part wins over an article.
    """
    problems: list[Problem] = []
    known = _by_name(settings, parsed.values())
    parts: dict[str, tuple[str, ...]] = {}
    for part in contents.parts:
        parts[part.title] = parts.get(part.title, ()) + part.slugs
    left_out = dict(contents.left_out)
    for medium in TABLE.values():
        if medium.omit not in settings.values:
            continue
        slugs: set[str] = set()
        for index, written in enumerate(settings.get(medium.omit, ())):
            slug = _slug(written, known)
            slugs.update(parts.get(written, (slug,)))
            if written not in parts and slug not in parsed:
                facts = {
                    "reason": f"no article or part is called `{written}`",
                    "example": "list names of articles, or titles of parts as in `articles`",
                }
                meant = nearest(written, parts) or nearest(slug, parsed)
                place = settings.place(medium.omit, index)
                problems.append(problem("wrong-value", place, meant=meant, **facts))
        left_out[medium.name] = frozenset(slugs)
    return replace(contents, left_out=left_out), problems


def packs_of(
    settings: Settings, contents: Contents
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The slugs of the articles in each pack, by its name."""
    problems: list[Problem] = []
    there = contents.slugs_in(TABLE["handout"])
    known = _by_name(settings, contents.articles)
    packs = {}
    for name, listed in settings.get("packs", {}).items():
        slugs: list[str] = []
        for index, written in enumerate(listed):
            slug = _slug(written, known)
            place = settings.place(f"packs.{name}", index)
            if slug not in there:
                meant = None if slug in known.values() else nearest(slug, there)
                problems.append(problem("missing-handout", place, meant=meant, article=written))
                continue
            if slug in slugs:
                reason = f"`{written}` is already in this pack"
                facts = {"reason": reason, "example": "list each article only once in a pack"}
                problems.append(problem("wrong-value", place, **facts))
                continue
            slugs.append(slug)
        if slugs:
            packs[name] = tuple(slugs)
    return packs, problems
