"""Dates of a health sheet: when it was published, and when somebody looks at it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handpress.check.page import Page
from handpress.check.reviews import SOON, Review, reviews
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind


def _reviews(pages: Sequence[Page]) -> Iterator[Review]:
    return reviews(pages[0].series, [page.article for page in pages])


def overdue(pages: Sequence[Page]) -> Iterator[Found]:
    """Yield dates of review in the past."""
    today = pages[0].today
    for review in _reviews(pages):
        if review.days(today) < 0:
            facts = {"written": review.date.isoformat(), "today": today.isoformat()}
            yield Found(review.place, facts)


def due(pages: Sequence[Page]) -> Iterator[Found]:
    """Yield dates of review within the limit."""
    today = pages[0].today
    for review in _reviews(pages):
        days = review.days(today)
        if 0 <= days <= pages[0].limits[SOON]:
            yield Found(review.place, {"written": review.date.isoformat(), "amount": days})


def undated(pages: Sequence[Page]) -> Iterator[Found]:
    """Return a series without a date, if one of its articles has none."""
    return _without(pages, "date")


def never_reviewed(pages: Sequence[Page]) -> Iterator[Found]:
    """Return a series without the date of the last review, if one of its articles has none."""
    return _without(pages, "reviewed")


def unreviewed(pages: Sequence[Page]) -> Iterator[Found]:
    """Return a series without a date of review, if one of its articles has none."""
    return _without(pages, "review_by")


def _without(pages: Sequence[Page], key: str) -> Iterator[Found]:
    series = pages[0].series
    if not getattr(series, key) and not all(p.article.settings.get(key) for p in pages):
        yield Found(series.places["title"])


def old(pages: Sequence[Page]) -> Iterator[Found]:
    """Yield articles that were neither written nor reviewed within the limit."""
    series, today, most = pages[0].series, pages[0].today, pages[0].limits["days-since-review"]
    for page in pages:
        settings = page.article.settings
        dates = [settings.get("date"), settings.get("reviewed"), series.date, series.reviewed]
        last = max(filter(None, dates), default=None)
        if last and (today - last).days > most:
            yield Found(
                page.head(), {"written": last.isoformat(), "amount": (today - last).days // 365}
            )


_HEALTH = "kind: health\n"
RULES = (
    Rule(
        code="review-overdue",
        kind=Kind(
            "error",
            "review is overdue",
            "`{written}` is before {today}",
            "review the text, and write the next date of review",
        ),
        reason="Advice may have changed since, and the date is printed on the sheet that a client takes home.",
        source="PIF TICK (review); NHS England, Standard for creating health content",
        bad=Example("# Knees\n\nSit.\n", "review_by: ⟦2025-11-22⟧\n"),
        good=Example("# Knees\n\nSit.\n", "review_by: 2028-11-22\n"),
        across=overdue,
    ),
    Rule(
        code="review-due",
        kind=Kind(
            "warning",
            "review is due soon",
            "`{written}` is {amount} days away",
            "review the text before a new edition is printed",
        ),
        reason="Paper that is printed now will be handed out after the date on it.",
        source="PIF TICK (review)",
        bad=Example("# Knees\n\nSit.\n", "review_by: ⟦2027-01-10⟧\n"),
        good=Example("# Knees\n\nSit.\n", "review_by: 2028-11-22\n"),
        across=due,
        limits={SOON: 90},
    ),
    Rule(
        code="no-date",
        kind=Kind(
            "warning",
            "health sheet without a date",
            "neither the series nor each article has a `date`",
            "write `date: 2026-11-22` with the day of this edition",
        ),
        reason="Readers and clinicians cannot tell whether the advice is current.",
        source="PIF TICK (review); HONcode, principle 4",
        bad=Example("# Knees\n\nSit.\n", "title: ⟦Knees⟧\n" + _HEALTH),
        good=Example("# Knees\n\nSit.\n", "title: Knees\ndate: 2026-11-22\n" + _HEALTH),
        across=undated,
        only_for="health",
    ),
    Rule(
        code="no-reviewed",
        kind=Kind(
            "warning",
            "health sheet without the date of its last review",
            "neither the series nor each article has a `reviewed`",
            "write `reviewed: 2026-11-22` with the day on which somebody last compared it with its sources",
        ),
        reason="The date of an edition changes with its layout. Readers ask when its advice was last checked.",
        source="PIF TICK (review); HONcode, principle 4",
        bad=Example("# Knees\n\nSit.\n", "title: ⟦Knees⟧\n" + _HEALTH),
        good=Example("# Knees\n\nSit.\n", "title: Knees\nreviewed: 2026-11-22\n" + _HEALTH),
        across=never_reviewed,
        only_for="health",
    ),
    Rule(
        code="no-review-by",
        kind=Kind(
            "warning",
            "health sheet without a date of review",
            "neither the series nor each article has a `review_by`",
            "write `review_by: 2028-11-22`, at most three years ahead",
        ),
        reason="Without a date nobody is reminded to look at the advice again.",
        source="PIF TICK (review at least every three years)",
        bad=Example("# Knees\n\nSit.\n", "title: ⟦Knees⟧\n" + _HEALTH),
        good=Example("# Knees\n\nSit.\n", "title: Knees\nreview_by: 2028-11-22\n" + _HEALTH),
        across=unreviewed,
        only_for="health",
    ),
    Rule(
        code="old-text",
        kind=Kind(
            "warning",
            "article has not been reviewed for long",
            "its last date is `{written}`, {amount} years ago",
            "review it, and write the day as `reviewed`",
        ),
        reason="Advice changes: guidelines are renewed every three to five years.",
        source="PIF TICK (review at least every three years)",
        bad=Example("---\ntitle: ⟦Knees⟧\ndate: 2020-01-10\n---\n\nSit.\n", _HEALTH),
        good=Example(
            "---\ntitle: Knees\ndate: 2020-01-10\nreviewed: 2026-01-10\n---\n\nSit.\n", _HEALTH
        ),
        across=old,
        limits={"days-since-review": 1096},
        only_for="health",
    ),
)
