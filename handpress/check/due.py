"""Due reviews: everything in a workspace that should be reviewed, as of a day."""

from __future__ import annotations

import datetime

from msgspec import Struct

from handpress.build.load import load, open_cache
from handpress.check.reviews import SOON, Review, reviews
from handpress.check.settings import settings_of
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Problem
from handpress.series.article import Article
from handpress.series.model import Series


class Due(Struct, frozen=True):
    """All reviews of a workspace as of a day, the first one first; and the articles without a date of review."""

    today: datetime.date
    overdue: tuple[Review, ...]
    soon: tuple[Review, ...]
    later: tuple[Review, ...]
    undated: tuple[tuple[Series, tuple[Article, ...]], ...]
    problems: tuple[Problem, ...]


def due(workspace: Workspace, today: datetime.date) -> Due:
    """Return the reviews of all series of a workspace as of `today`."""
    loaded = load(workspace, cache=open_cache(workspace.output), to_check=True)
    when: dict[str, list[Review]] = {"overdue": [], "soon": [], "later": []}
    undated = []
    for series in (layout.series for layout in loaded.shown):
        # A wrong limit is a problem of `check`, which uses the usual one instead, as here.
        limit = settings_of(series, strict=False)[0].limits[SOON]
        for review in reviews(series, series.articles):
            days = review.days(today)
            when["overdue" if days < 0 else "soon" if days <= limit else "later"].append(review)
        if not series.review_by:
            rest = tuple(a for a in series.articles if not a.settings.get("review_by"))
            undated += [(series, rest)] if rest else []
    in_order = {
        name: tuple(sorted(found, key=lambda review: (review.date, review.place)))
        for name, found in when.items()
    }
    return Due(today, **in_order, undated=tuple(undated), problems=loaded.problems)
