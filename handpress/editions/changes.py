"""The changes of an edition: which articles, of what kind, and how much of their words."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from handpress.editions.texts import EDITION, REVISION, Text, changed_share
from handpress.series.ledger.editions import Edition, EditionArticle


class Marks(Struct, frozen=True):
    """The author's words about an edition: how its changed articles are called, and the notes of some of them.

    `dangerous` are articles that could have harmed a reader before.
    """

    kind: str = "changed"  # or "corrected"
    dangerous: frozenset[str] = frozenset()
    notes: Mapping[str, str] | None = None


class Size(Struct, frozen=True):
    """The share of words that changed since the edition before; an upper limit if its texts are not in git."""

    share: float
    exact: bool = True

    @property
    def worth(self) -> str:
        """Return how publishers call such a change."""
        per_cent = self.share * 100
        if per_cent < REVISION:
            return "a revision"
        return "a new edition" if per_cent > EDITION else "a revision or a new edition"


def articles_of(
    before: Edition | None, texts: Mapping[str, Text], marks: Marks
) -> dict[str, EditionArticle]:
    """Return the articles of an edition, each with its change since the one `before`; the removed ones last."""
    old = present(before)
    notes = marks.notes or {}
    found = {}
    for slug, text in texts.items():
        if slug not in old:
            change = "added"
        elif old[slug].hash == text.hash:
            change = "same"
        else:
            change = marks.kind
        if slug in marks.dangerous and change != "added":
            change = "safety"
        found[slug] = EditionArticle(
            text.title, change, len(text.words), text.hash, notes.get(slug, "")
        )
    for slug, article in old.items():
        if slug not in texts:
            note = notes.get(slug, "")
            found[slug] = EditionArticle(
                article.title, "removed", article.words, article.hash, note
            )
    return found


def present(edition: Edition | None) -> dict[str, EditionArticle]:
    """Return the articles that an edition has, without those that it removed."""
    articles = edition.articles.items() if edition else ()
    return {slug: article for slug, article in articles if article.change != "removed"}


def changed_slugs(articles: Mapping[str, EditionArticle]) -> list[str]:
    return [slug for slug, article in articles.items() if article.change != "same"]


def is_reordered(before: Edition | None, articles: Mapping[str, EditionArticle]) -> bool:
    """Return whether the articles that both editions have are in another order."""
    old, new = list(present(before)), [s for s, a in articles.items() if a.change != "removed"]
    return [s for s in old if s in new] != [s for s in new if s in old]


def size_of(
    before: Edition,
    old: Mapping[str, Text] | None,
    new: Mapping[str, Text],
    renamed: Mapping[str, str],
) -> Size:
    """Return how much changed. Without the `old` texts, each changed article counts with all its words.

    `renamed` has the old slugs of articles by their new ones.
    """
    names = {was: now for now, was in renamed.items()}
    if old is not None:
        return Size(changed_share({names.get(slug, slug): old[slug] for slug in old}, new))
    was = {names.get(slug, slug): article for slug, article in present(before).items()}
    total = changed = 0
    for slug in {**was, **new}:
        words = max(
            was[slug].words if slug in was else 0, len(new[slug].words) if slug in new else 0
        )
        total += words
        same = slug in was and slug in new and was[slug].hash == new[slug].hash
        changed += 0 if same else words
    return Size(changed / total if total else 0.0, exact=False)
