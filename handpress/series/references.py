"""Cross-references: check that a link to another place in the series leads to one that is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handpress.core.problem import Problem, nearest, problem
from handpress.series.article import Article, Reference


def dangling(articles: Iterable[Article], parsed: Mapping[str, Article]) -> Iterator[Problem]:
    """Yield a problem for each reference in the published `articles` that leads nowhere.

    Those that are `parsed` but not published only help to say why.
    """
    published = {a.slug: a for a in articles}
    for article in published.values():
        for reference in article.references:
            if found := why_dangling(reference, article, published, parsed):
                yield found


def why_dangling(
    reference: Reference,
    article: Article,
    published: Mapping[str, Article],
    parsed: Mapping[str, Article],
) -> Problem | None:
    """The reason why a reference leads nowhere, or None when it leads to a published place."""
    file, _, anchor = reference.written.partition("#")
    target = published.get(reference.slug)
    if target is None:
        hidden = parsed.get(reference.slug)
        if hidden is not None and hidden.draft:
            return problem("draft-article", reference.place, file=file)
        # Also what `articles:` does not name: a renamed file is mended there first.
        there = {slug: a for slug, a in parsed.items() if not a.draft}
        guess = nearest(reference.slug, there)
        mark = f"#{anchor}" if anchor else ""
        meant = f"{there[guess].file}{mark}" if guess else None
        return problem("unknown-article", reference.place, meant=meant, file=file)
    # An article that could not be read has no anchors: that it could not is said already.
    if reference.id is None or not target.body or any(a.id == reference.id for a in target.anchors):
        return None
    locals_ = {a.id.partition("--")[2] for a in target.anchors if a.title or a.level == 0}
    guess = nearest(anchor, [name for name in locals_ if not name.startswith("fnref-")])
    meant = f"{file}#{guess}" if guess else None
    shown = file or article.file
    return problem("unknown-anchor", reference.place, meant=meant, anchor=anchor, file=shown)
