"""People of a health sheet: its authors, and the reason to trust them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind


def nobody(page: Page) -> Iterator[Found]:
    """Yield articles without an author."""
    if not page.series.article_authors.get(page.article.slug):
        yield Found(page.head())


def unknown(pages: Sequence[Page]) -> Iterator[Found]:
    """Yield authors with neither credentials nor a role, once each."""
    seen: set[str] = set()
    for page in pages:
        for author in page.series.article_authors.get(page.article.slug, ()):
            if author.credentials or author.role or author.name in seen:
                continue
            seen.add(author.name)
            if author.bio:
                place = author.bio.settings.place("name")
            else:
                settings = page.article.settings
                key = next((k for k in ("authors", "author") if k in settings.places), "")
                place = page.setting(key) if key else page.series.places.get("authors", page.head())
            yield Found(place, {"written": author.name})


_HEALTH = "kind: health\n"
_ADA = "sources/authors/ada-stone.md"
RULES = (
    Rule(
        code="no-author",
        kind=Kind(
            "warning",
            "health sheet without an author",
            "nobody signs the advice",
            "write `authors: [NAME]` in `series.yaml`, or `author: NAME` in the article",
        ),
        reason="Readers trust advice by who gives it.",
        source="HONcode, principle 1 (Authoritative); PIF TICK",
        bad=Example("# ⟦Knees⟧\n\nSit.\n", _HEALTH),
        good=Example("# Knees\n\nSit.\n", _HEALTH + "authors: [Ada Stone]\n"),
        find=nobody,
        only_for="health",
    ),
    Rule(
        code="no-credential",
        kind=Kind(
            "warning",
            "author without credentials",
            "the sheet does not show why `{written}` can give this advice",
            "write `credentials` or `role` in the author's file in `sources/authors/`",
        ),
        reason="The name alone does not show who is qualified to give advice.",
        source="HONcode, principle 1 (Authoritative)",
        bad=Example(
            "# Knees\n\nSit.\n",
            _HEALTH + "authors: [ada-stone]\n",
            {_ADA: "---\nname: ⟦Ada Stone⟧\n---\n"},
        ),
        good=Example(
            "# Knees\n\nSit.\n",
            _HEALTH + "authors: [ada-stone]\n",
            {_ADA: "---\nname: Ada Stone\nrole: physiotherapist\n---\n"},
        ),
        across=unknown,
        only_for="health",
    ),
)
