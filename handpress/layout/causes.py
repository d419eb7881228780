"""Causes: the digests of all that an artefact is made from, by the words that `why` uses.

They explain why an artefact is made again, and never decide it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property, lru_cache

from msgspec import Struct

from handpress.compose.document import Document
from handpress.core.files.disk import digest
from handpress.series.model import Series


class Causes(Struct, frozen=True, dict=True):
    """The causes of one series: its articles by path, and what every artefact is made from."""

    articles: Mapping[str, tuple[str, str]]  # slug and digest
    common: dict[str, str]

    @classmethod
    def of_series(cls, series: Series, authors: str) -> Causes:
        """Return the causes of a series whose authors' folder is `authors`."""
        articles = {a.path: (a.slug, a.digest) for a in series.articles}
        common: dict[str, str] = {}
        for path, value in series.digests.items():
            if path in articles:
                continue
            folder, _, name = path.rpartition("/")
            label = "author" if folder == authors else posixpath.splitext(name)[0]
            label = {"series": "series settings", "practice": "practice"}.get(label, label)
            common[label] = digest((common.get(label, "") + value).encode())
        return cls(articles, common)

    def of(self, document: Document | None, css: str) -> dict[str, str]:
        """Return the causes of an artefact that shows one document, or the whole series, styled by `css`."""
        own = document.article.path if document and document.article else ""
        found = {"article": self.articles[own][1]} if own else {}
        if document is None:
            found |= {f"article {slug}": value for slug, value in self.articles.values()}
        else:
            # A sum: to hash all others for each article would take time that grows with the square of their number.
            others = self._whole - (_number(own, self.articles[own][1]) if own else 0)
            found["another article"] = f"{others % 2**256:064x}"
        return found | self.common | {"style": _digest_of_sheet(css)}

    @cached_property
    def _whole(self) -> int:
        return sum(_number(path, value) for path, (_, value) in self.articles.items())


def _number(path: str, value: str) -> int:
    return int(digest(f"{path} {value}".encode("utf-8", "surrogateescape")), 16)


@lru_cache(maxsize=64)
def _digest_of_sheet(css: str) -> str:
    return digest(css.encode())
