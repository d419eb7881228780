"""Cross-references: find the target of each link within the series.

Articles are parsed alone, so all targets are found here. A link with an unknown target keeps its words in every
medium, and a problem gives the reason.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handpress.core.disk import Disk
from handpress.core.file_names import is_markdown
from handpress.core.problem import Problem, nearest, problem
from handpress.series.addresses import path_and_anchor
from handpress.series.anchors import place_of
from handpress.series.article import Article, Reference, Target
from handpress.series.index import PAGES, Index
from handpress.series.pictures import find_file

# An address on the web without its scheme.
BARE = re.compile(r"(www\.)?[\w\-]+(\.[\w\-]+)*\.[a-z]{2,}(/\S*)?")

Targets = Mapping[str, tuple[Target | None, ...]]
Answer = tuple[Target | None, Problem | None]


def resolve_references(
    articles: Iterable[Article], parsed: Iterable[Article], disk: Disk, folder: str
) -> tuple[dict[str, tuple[Target | None, ...]], list[Problem]]:
    """Return the targets of all references, by the path of the article that has them, and their problems.

    Only the `articles` of the series in `folder` are published; the others that are `parsed` help to explain.
    """
    published = tuple(articles)
    slugs = {a.slug for a in published}
    others = tuple(a for a in parsed if a.slug not in slugs)
    resolver = _Resolver(Index.of(published, folder), Index.of(others, folder), disk)
    targets, problems = {}, []
    for article in published:
        answers = [resolver.answer(r, article) for r in article.references]
        targets[article.path] = tuple(target for target, _ in answers)
        problems += [found for _, found in answers if found]
    return targets, problems


def resolve_in_bio(bio: Article) -> tuple[tuple[Target | None, ...], list[Problem]]:
    """Return the targets of the references in an author's `bio`, which has links to itself alone."""
    answers: list[Answer] = []
    for reference in bio.references:
        if reference.written.startswith("#") and len(reference.written) > 1:
            answers.append(_place_in(bio, reference, bio))
        else:
            found = problem("article-in-bio", reference.place, target=reference.written)
            answers.append((None, found))
    return tuple(target for target, _ in answers), [found for _, found in answers if found]


@dataclass(frozen=True)
class _Resolver:
    published: Index
    others: Index
    disk: Disk

    def answer(self, reference: Reference, article: Article) -> Answer:
        """Return the target of a `reference` in `article`, and its problem."""
        path, anchor = path_and_anchor(reference.written)
        if not path:
            return (
                _place_in(article, reference, article)
                if anchor
                else (None, self.foreign(reference, article, path))
            )
        if found := self.published.find(path, article.path):
            return _place_in(found, reference, article)
        if (hidden := self.others.find(path, article.path)) and hidden.draft:
            return None, problem("draft-article", reference.place, file=path)
        if not is_markdown(path):
            return None, self.other_file(reference, article, path)
        mark = f"#{anchor}" if anchor else ""
        meant = hidden or self.nearest(path)
        guess = f"{_way(meant, article)}{mark}" if meant else None
        return None, problem("unknown-article", reference.place, meant=guess, file=path)

    def nearest(self, path: str) -> Article | None:
        """Return the article that has the most similar name."""
        stem = posixpath.splitext(posixpath.basename(path))[0]
        # Also files that `articles:` does not list: a renamed file is usually fixed there first.
        there = {a.slug: a for index in (self.others, self.published) for a in index.paths.values()}
        guess = nearest(stem, [slug for slug, a in there.items() if not a.draft])
        return there[guess] if guess else None

    def other_file(self, reference: Reference, article: Article, path: str) -> Problem | None:
        """Return the problem of a link to a file that is not Markdown; none for a picture shown in the article."""
        with contextlib.suppress(OSError, ValueError):
            found, _ = find_file(self.disk, article.path, reference.written)
            if found in article.pictures:
                return None
            return problem("unpublished-file", reference.place, file=path)
        return self.foreign(reference, article, path)

    def foreign(self, reference: Reference, article: Article, path: str) -> Problem:
        """Return the problem of an address that is neither an article's nor on the web."""
        meant = None
        if path.lower().endswith(PAGES):
            there = self.nearest(path)
            meant = _way(there, article) if there else None
        elif BARE.fullmatch(reference.written):
            meant = f"https://{reference.written}"
        return problem("foreign-link", reference.place, meant=meant, target=reference.written)


def _way(there: Article, here: Article) -> str:
    """Return the path of an article as another one writes it."""
    return posixpath.relpath(there.path, posixpath.dirname(here.path) or ".")


def _place_in(target: Article, reference: Reference, here: Article) -> Answer:
    """Return the place in `target` that a reference of `here` means, or the article if it has no such place."""
    path, anchor = path_and_anchor(reference.written)
    if not anchor:
        return Target(target.slug), None
    id_ = place_of(target, anchor)
    if id_ is not None:
        return Target(target.slug, id_ or None), None
    whole = None if target is here else Target(target.slug)
    if not target.body:  # unreadable: it has no anchors, and its problem is reported already
        return whole, None
    names = [a.id.partition("--")[2] for a in target.anchors if a.title or a.level == 0]
    guess = nearest(anchor, [name for name in names if not name.startswith("fnref-")])
    meant = f"{path}#{guess}" if guess else None
    shown = path or here.file
    return whole, problem("unknown-anchor", reference.place, meant=meant, anchor=anchor, file=shown)
