"""Titles: articles of one series with the same title get the name of their part, folder or file before it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from handpress.core.files.file_names import bare
from handpress.series.article import Article, words_of
from handpress.series.names import name_of
from handpress.series.parts import Contents

BETWEEN = " – "  # in every language; a colon has other spaces in French


def with_distinct_titles(contents: Contents) -> tuple[Article, ...]:
    """Return the articles, those with the title of another as ``The knee – Overview``.

    Readers meet a title alone: on a handout, in a list of downloads, in a reference. If neither the titles of parts nor
    the names of folders differ, it is the names of the files.
    """
    alike: dict[str, list[Article]] = {}
    for article in contents.articles:
        alike.setdefault(article.title.casefold(), []).append(article)
    before: dict[str, str] = {}
    names = _names(contents)
    for sharing in alike.values():
        if len(sharing) > 1:
            before |= next(_differing(sharing, names), {})
    return tuple(_after(article, before.get(article.slug, "")) for article in contents.articles)


def _after(article: Article, name: str) -> Article:
    if name.casefold().endswith(f"{BETWEEN}{article.title}".casefold()):
        name = name[: -len(f"{BETWEEN}{article.title}")]  # a folder with the title of its index
    return replace(article, title=f"{name}{BETWEEN}{article.title}") if name else article


def _names(contents: Contents) -> Sequence[Callable[[Article], str]]:
    """Return the ways to name where an article is, the simplest first. At the top of a series it is "" in all."""
    parts = {slug: part.title for part in contents.parts for slug in part.slugs}
    folders = {a.slug: posixpath.dirname(a.path).split("/") for a in contents.articles}
    common = posixpath.commonpath(["/".join(f) for f in folders.values()]) if folders else ""
    top = len(common.split("/")) if common else 0
    deepest = max(map(len, folders.values()), default=0)

    def folder_at(depth: int) -> Callable[[Article], str]:
        def name(article: Article) -> str:
            return BETWEEN.join(words_of(bare(n)) for n in folders[article.slug][top:][-depth:])

        return name

    return [
        lambda article: parts.get(article.slug, ""),
        *map(folder_at, range(1, deepest + 1)),
        lambda article: name_of(posixpath.basename(article.path)).title,
    ]


def _differing(
    sharing: Sequence[Article], names: Sequence[Callable[[Article], str]]
) -> Iterator[Mapping[str, str]]:
    """Yield each way to tell articles apart: their names by their slugs."""
    for name in names:
        found = {article.slug: name(article) for article in sharing}
        if len({n.casefold() for n in found.values()}) == len(sharing):
            yield found
