"""News: the changes of a series since one of its editions, as its ledger has them, safety corrections first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from msgspec import Struct

from handpress.series.ledger.editions import Edition, EditionArticle, slug_in

WEIGHTS = (
    "safety",
    "corrected",
    "changed",
    "added",
    "removed",
)  # kinds of changes, the gravest first


class Change(Struct, frozen=True):
    """The change of one article, over one or several editions: the gravest of its kinds, and all its notes.

    `date` is that of the last one: copies that were printed before are out of date.
    """

    slug: str
    title: str
    kind: str
    notes: tuple[str, ...]
    date: datetime.date
    safety: bool
    handed_out: bool = True  # whether an earlier edition had a handout of it

    @property
    def outdates(self) -> bool:
        """Whether earlier copies of the handout are out of date."""
        return self.kind != "added" and self.handed_out


class News(Struct, frozen=True):
    """The changes since an edition. `edition` is the newest one, `notes` are those of the editions since."""

    edition: Edition
    notes: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def safety(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.safety)

    @property
    def others(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if not change.safety)

    @property
    def outdated(self) -> tuple[Change, ...]:
        """The changes that put copies of a handout out of date."""
        return tuple(change for change in self.changes if change.outdates)

    def of(self, slug: str) -> Change | None:
        """Return the change of an article, None without one."""
        return next((change for change in self.changes if change.slug == slug), None)


def news_of(editions: Sequence[Edition], number: int) -> News | None:
    """Return the changes that are new in the edition of that `number`, with those of its revisions.

    There are none in a first edition, and none as long as a planned edition is not released.
    """
    here = [e for e in editions if e.number == number]
    earlier = [e for e in editions if e.number < number]
    if not here or not (earlier or here[1:]):
        return None
    news = news_since(editions, earlier[-1] if earlier else here[0])
    return news if news.notes or news.changes else None


def news_since(editions: Sequence[Edition], since: Edition) -> News:
    """Return the changes after the edition `since`. An article whose file was renamed has not changed."""
    later = [edition for edition in editions if edition.position > since.position]
    rows: dict[str, list[tuple[Edition, EditionArticle]]] = {}
    for edition in later:
        for now, was in edition.renamed.items():
            if was in rows:
                rows.setdefault(now, []).extend(rows.pop(was))
        renamed = {*edition.renamed, *edition.renamed.values()}
        for slug, article in edition.articles.items():
            if article.change != "same" and slug not in renamed:
                rows.setdefault(slug, []).append((edition, article))
    found = [change for slug in rows if (change := _joined(slug, rows[slug], editions))]
    newest = editions[-1]
    order = {slug: number for number, slug in enumerate(newest.articles)}
    found.sort(key=lambda c: (not c.safety, c.kind == "removed", order.get(c.slug, len(order))))
    return News(newest, tuple(e.note for e in reversed(later) if e.note), tuple(found))


def _joined(
    slug: str, rows: Sequence[tuple[Edition, EditionArticle]], editions: Sequence[Edition]
) -> Change | None:
    """Return the changes of an article as one; None if it came and went."""
    kinds = [article.change for _, article in rows]
    last, article = rows[-1]
    if kinds[-1] == "removed":
        if kinds[0] == "added":
            return None
        kind, safety = "removed", last.safety
    else:
        # An article that was taken out and put back has changed.
        kinds = ["changed" if kind == "removed" else kind for kind in kinds]
        kind = "added" if kinds[0] == "added" else min(kinds, key=WEIGHTS.index)
        safety = kind == "safety"
    notes = tuple(dict.fromkeys(a.note for _, a in rows if a.note))
    earlier = (e for e in editions if e.position < last.position)
    handed_out = any(e.handed_out(slug_in(e, slug, editions)) for e in earlier)
    return Change(slug, article.title, kind, notes, last.date, safety, handed_out)
