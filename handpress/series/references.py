"""Cross-references: check that the target of each link within the series is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handpress.core.problem import Problem, nearest, problem
from handpress.series.article import Article, Reference


def dangling(articles: Iterable[Article], parsed: Mapping[str, Article]) -> Iterator[Problem]:
    """Yield a problem for each reference in the published `articles` whose target is not published.

    The other `parsed` articles only help to explain it.
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
    """Return the problem of a reference, or None if its target is published."""
    file, _, anchor = reference.written.partition("#")
    target = published.get(reference.slug)
    if target is None:
        hidden = parsed.get(reference.slug)
        if hidden is not None and hidden.draft:
            return problem("draft-article", reference.place, file=file)
        # Also files that `articles:` does not list: a renamed file is usually fixed there first.
        there = {slug: a for slug, a in parsed.items() if not a.draft}
        guess = nearest(reference.slug, there)
        mark = f"#{anchor}" if anchor else ""
        meant = f"{there[guess].file}{mark}" if guess else None
        return problem("unknown-article", reference.place, meant=meant, file=file)
    # An unreadable article has no anchors, and its problem is reported already.
    if reference.id is None or not target.body or any(a.id == reference.id for a in target.anchors):
        return None
    locals_ = {a.id.partition("--")[2] for a in target.anchors if a.title or a.level == 0}
    guess = nearest(anchor, [name for name in locals_ if not name.startswith("fnref-")])
    meant = f"{file}#{guess}" if guess else None
    shown = file or article.file
    return problem("unknown-anchor", reference.place, meant=meant, anchor=anchor, file=shown)
