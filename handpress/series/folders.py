"""Folders: the order of articles by the names and settings of files, with a part for each folder of several."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from handpress.core.files.file_names import bare, is_index, reading_order
from handpress.series.article import Article, words_of
from handpress.series.outlines.labels import Labels
from handpress.series.parts import Contents, Part

# Titles of indexes that say nothing about their folder.
OF_ANY_FOLDER = {"about", "home", "index", "introduction", "overview", "readme", "welcome"}
POSTS = "_posts"  # the folder of a blog of Jekyll or Hexo, in order of dates, which names may lack
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


def by_folder(published: Sequence[Article], parsed: Iterable[Article], labels: Labels) -> Contents:
    """Return the `published` articles in reading order; an index among those `parsed` is about its folder."""
    positions = dict(labels.positions)
    titles = {folder: title for folder, title in labels.titles.items() if title}
    for article in parsed:
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
