"""Folders: the order of articles by the names and settings of files, with a part for each folder of several."""

from __future__ import annotations

import datetime
import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from handpress.core.files.file_names import as_counted, bare, is_index, reading_order, stem_of
from handpress.series.article import Article, words_of
from handpress.series.outlines.labels import Labels
from handpress.series.parts import Contents, Part

# Titles of indexes that say nothing about their folder.
OF_ANY_FOLDER = {"about", "home", "index", "introduction", "overview", "readme", "welcome"}
POSTS = "_posts"  # the folder of a blog of Jekyll or Hexo, in order of dates, which names may lack
# The orders that Zola's index of a folder can set, beside that by `weight`; articles without a date come last.
SORTED_BY: Mapping[str, Callable[[Article], Any]] = {
    "date": lambda article: article.settings.get("date") or datetime.date.max,
    "title": lambda article: as_counted(article.title),
}
NEARLY_ALL = 0.8  # of the articles


def _tops(paths: Sequence[str]) -> list[str]:
    """Return the folders whose folders are parts: the common one, and within it one that has nearly all articles.

    So `content/` is not the only part of a site that has one more page elsewhere.
    """
    tops = [posixpath.commonpath([posixpath.dirname(p) for p in paths]) if paths else ""]
    while True:
        start = f"{tops[-1]}/" if tops[-1] else ""
        inside = Counter(
            p.removeprefix(start).partition("/")[0]
            for p in paths
            if p.startswith(start) and "/" in p.removeprefix(start)
        )
        name, most = next(iter(inside.most_common(1)), ("", 0))
        folder = f"{start}{name}/"
        below = Counter(
            p.removeprefix(folder).split("/")[0]
            for p in paths
            if p.count("/") > folder.count("/") and p.startswith(folder)
        )
        if most < NEARLY_ALL * len(paths) or sum(n > 1 for n in below.values()) < 2:
            return tops
        tops.append(folder.rstrip("/"))


def _sorted_positions(articles: Iterable[Article]) -> dict[str, float]:
    """Return the positions of the articles in each folder whose index sorts them; an article may be a folder itself."""
    inside: dict[str, dict[str, Article]] = {}
    keys: dict[str, Callable[[Article], Any]] = {}
    for article in articles:
        folder = posixpath.dirname(article.path)
        if not is_index(article.path):
            inside.setdefault(folder, {})[article.path] = article
        elif stem_of(article.path).startswith("_"):
            if key := SORTED_BY.get(article.settings.get("sort_by", "")):
                keys[folder] = key
        else:
            inside.setdefault(posixpath.dirname(folder), {})[folder] = article
    sorted_ = (_ranks(inside.get(folder, {}), key) for folder, key in keys.items())
    return {way: rank for ranks in sorted_ for way, rank in ranks.items()}


def _ranks(inside: Mapping[str, Article], key: Callable[[Article], Any]) -> dict[str, float]:
    """Return the positions of the articles of one folder by a key, all of them before those of its folders."""
    order = sorted(inside, key=lambda way: key(inside[way]))
    return {way: float(number - len(order)) for number, way in enumerate(order)}


def by_folder(published: Sequence[Article], parsed: Iterable[Article], labels: Labels) -> Contents:
    """Return the `published` articles in reading order; an index among those `parsed` is about its folder."""
    every = tuple(parsed)
    positions = dict(labels.positions)
    titles = {folder: title for folder, title in labels.titles.items() if title}
    for article in every:
        weight = article.settings.get("weight")
        if weight is not None:
            positions[article.path] = weight
        elif POSTS in article.path.split("/") and (date := article.settings.get("date")):
            positions[article.path] = date.toordinal()
        if is_index(article.path) and (folder := posixpath.dirname(article.path)):
            if article.title.casefold() not in OF_ANY_FOLDER:
                titles.setdefault(folder, article.title)
            if weight is not None:
                positions[folder] = weight
    positions |= _sorted_positions(every)
    by_path = {a.path: a for a in published if not a.only_opens}
    paths = reading_order(by_path, positions)
    tops = _tops(paths)

    def folder_in(path: str) -> str:
        """Return the folder that has the file at `path` and is a part, "" if none has."""
        top = next(top for top in reversed(tops) if not top or path.startswith(f"{top}/"))
        name, below, _ = posixpath.relpath(path, top or ".").partition("/")
        return posixpath.join(top, name) if below else ""

    parts = []
    for folder, inside_ in groupby(paths, key=folder_in):
        slugs = tuple(by_path[path].slug for path in inside_)
        if folder and len(slugs) > 1:
            title = titles.get(folder) or words_of(bare(posixpath.basename(folder)))
            parts.append(Part(title, slugs))
    return Contents(tuple(by_path[path] for path in paths), tuple(parts))
