"""Text for media that do not have its article: readers of no medium would see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.core.media import TABLE
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.article import Article
from handpress.series.model import Series

ONLY = re.compile(r'<[a-z][^<>]*? only="([^"]*)"')  # in a tag, and not in text


def unshown(series: Series) -> Iterator[Problem]:
    """Yield a problem for each block that is only for media from which the series leaves its article out."""
    for article in series.articles:
        having = {m for m in series.media if series.number_in(TABLE[m], article.slug)}
        without = set(series.media) - having
        texts = (article.body, *article.notes.values()) if without else ()
        for written in dict.fromkeys(only for text in texts for only in ONLY.findall(text)):
            media = set(written.split())
            if media & without and not media & having:
                names = "` and `".join(sorted(media & without))
                yield problem("unshown-text", _place(article, written), media=f"`{names}`")


def _place(article: Article, written: str) -> Place:
    source = article.source
    found = re.compile(rf"\bonly=[\"']?{re.escape(written)}\b").search(source.text, article.start)
    return source.place(found.start(), len(found[0])) if found else source.place(article.start)
