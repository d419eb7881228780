"""The model of a table of contents: articles in order, and the parts that some of them form."""

from __future__ import annotations

from dataclasses import dataclass

from handpress.series.article import Article


@dataclass(frozen=True)
class Part:
    """A part of a series: its title, and the slugs of its articles, which follow each other."""

    title: str
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """The published articles of a series in order, and its parts."""

    articles: tuple[Article, ...]
    parts: tuple[Part, ...] = ()
