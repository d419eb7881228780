"""Contents: the articles of a series in their order, and those of each pack, as the settings list them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from handpress.core.file_names import stem_of
from handpress.core.markdown_files import LeftOut, MarkdownFiles
from handpress.core.problem import Problem, nearest, problem
from handpress.series.article import Article, slug_of
from handpress.series.yaml_reader import Settings


def selected(
    files: MarkdownFiles, listed: Iterable[str], folder: str
) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Return the paths of the articles, those included that are `listed` though left out, and those left out."""
    wanted = {posixpath.normpath(f"{folder}/{written}") for written in listed}

    def is_wanted(path: str) -> bool:
        return path in wanted or f"{posixpath.dirname(path)}/{stem_of(path)}".lstrip("/") in wanted

    left_out = tuple(left for left in files.left_out if not is_wanted(left.path))
    others = (*files.silent, *(left.path for left in files.left_out))
    return (*files.articles, *filter(is_wanted, others)), left_out


def ordered(
    settings: Settings, parsed: Mapping[str, Article]
) -> tuple[tuple[Article, ...], list[Problem]]:
    """The articles that are published, in the order of `articles:`, or of their files; drafts are left out."""
    problems: list[Problem] = []
    order = list(parsed)
    if listed := settings.get("articles"):
        order = []
        known = _by_name(settings, parsed.values())
        for index, written in enumerate(listed):
            slug = _slug(written, known)
            place = settings.place("articles", index)
            if slug not in parsed:
                meant = nearest(slug, parsed)
                problems.append(problem("missing-article", place, meant=meant, article=written))
            elif slug not in order:
                order.append(slug)
        for slug in parsed.keys() - set(order):
            if not parsed[slug].draft:
                file = parsed[slug].file
                place = settings.place("articles")
                problems.append(problem("unlisted-article", place, file=file, slug=slug))
    return tuple(parsed[slug] for slug in order if not parsed[slug].draft), problems


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


def packs_of(
    settings: Settings, articles: tuple[Article, ...]
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The slugs of the `articles` in each pack, by its name."""
    problems: list[Problem] = []
    published = {a.slug for a in articles}
    known = _by_name(settings, articles)
    packs = {}
    for name, listed in settings.get("packs", {}).items():
        slugs: list[str] = []
        for index, written in enumerate(listed):
            slug = _slug(written, known)
            place = settings.place(f"packs.{name}", index)
            if slug not in published:
                meant = nearest(slug, published)
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
