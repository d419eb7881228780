"""Labels: the places that MyST and Sphinx name once for all files, as ``(knee-care)=`` above a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from handpress.series.anchors import name_of
from handpress.series.article import Article, Target, global_id


class Labels(Struct, dict=True):
    """The places of `articles` by their labels; the first of several has it, as in these programs."""

    articles: Iterable[Article]

    @cached_property
    def places(self) -> dict[str, Target]:
        """The places by the ids that their labels become."""
        found: dict[str, Target] = {}
        for article in self.articles:
            for anchor in article.anchors:
                local = anchor.id.partition("--")[2]
                # A heading has an id without an author's having given it one.
                if not anchor.level and not local.startswith("fnref-"):
                    found.setdefault(local.casefold(), Target(article.slug, anchor.id))
        return found

    @property
    def names(self) -> list[str]:
        return list(self.places)

    @cached_property
    def headings(self) -> dict[str, Target]:
        """The headings by their words, as `{ref}` finds them where no label is written."""
        found: dict[str, Target] = {}
        for article in self.articles:
            for name, id_ in article.names.items():
                found.setdefault(name, Target(article.slug, id_ or None))
        return found

    def find(self, label: str, reader: Article) -> Target | None:
        """Return the place with a `label`, in the article `reader` if it has one."""
        id_ = reader.place_of(label)
        if id_:
            return Target(reader.slug, id_)
        # The name of the file may be before that of a heading.
        words = label.rpartition(":")[2]
        return self._at(label) or self.headings.get(name_of(words))

    def written(self, label: str) -> Target | None:
        """Return the place with a `label` that is written as MyST writes it: for links that have other meanings, too."""
        found = self._at(label)
        if found is None:
            return None
        mark = re.compile(rf"^[ \t>]*\({re.escape(label)}\)=|^[ \t>]*:(?:name|label):[ \t]*{re.escape(label)}[ \t]*$", re.M)  # fmt: skip
        texts = (a.source.text for a in self.articles if a.slug == found.slug)
        return found if any(mark.search(text) for text in texts) else None

    def _at(self, label: str) -> Target | None:
        return self.places.get(global_id("a", label).partition("--")[2].casefold())
