"""Reviews: the days on which somebody should look at a text again, for the rules and for `list --due`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from msgspec import Struct

from handpress.core.problems.problem import Place
from handpress.series.article import Article
from handpress.series.model import Series

SOON = "days-before-review"  # the limit within which a review is due soon


class Review(Struct, frozen=True):
    """The date of a review, and its place. It is an article's own date, or its series', for articles without one."""

    date: datetime.date
    place: Place
    series: Series
    articles: tuple[Article, ...]
    own: bool

    def days(self, today: datetime.date) -> int:
        """Return the days from `today` to the review, negative if it is overdue."""
        return (self.date - today).days


def reviews(series: Series, articles: Sequence[Article]) -> Iterator[Review]:
    """Yield the review of a series, then those of articles with their own dates."""
    if series.review_by and "review_by" in series.places:
        rest = tuple(a for a in articles if not a.settings.get("review_by"))
        yield Review(series.review_by, series.places["review_by"], series, rest, own=False)
    for article in articles:
        if date := article.settings.get("review_by"):
            yield Review(date, article.settings.place("review_by"), series, (article,), own=True)
