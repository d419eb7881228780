"""The model of a table of contents: articles in order, and the parts that some of them form."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from handpress.core.media import Medium
from handpress.series.article import Article


class Part(Struct, frozen=True):
    """A part of a series: its title, and the slugs of its articles, which follow each other."""

    title: str
    slugs: tuple[str, ...]


class Contents(Struct, frozen=True):
    """The published articles of a series in order, its parts, and what single media leave out."""

    articles: tuple[Article, ...]
    parts: tuple[Part, ...] = ()
    # By the name of a medium: the articles that this medium does not have.
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def slugs_in(self, medium: Medium) -> frozenset[str]:
        """Return the slugs of the articles that a medium has."""
        return frozenset(a.slug for a in self.articles) - self.left_out.get(
            medium.name, frozenset()
        )
