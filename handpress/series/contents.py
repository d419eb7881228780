"""Contents: the articles of a series in their order, and those of each pack, as the settings list them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from handpress.core.problem import Problem, nearest, problem
from handpress.series.article import Article, slug_of
from handpress.series.yaml_reader import Settings


def ordered(
    settings: Settings, parsed: Mapping[str, Article]
) -> tuple[tuple[Article, ...], list[Problem]]:
    """The articles that are published, in the order of `articles:`, or of their files; drafts are left out."""
    problems: list[Problem] = []
    order = list(parsed)
    if listed := settings.get("articles"):
        order = []
        for index, written in enumerate(listed):
            slug = slug_of(posixpath.basename(written))
            place = settings.place("articles", index)
            if slug not in parsed:
                meant = nearest(slug, parsed)
                problems.append(problem("missing-article", place, meant=meant, article=written))
            elif slug not in order:
                order.append(slug)
        for slug in parsed.keys() - set(order):
            if not parsed[slug].draft:
                file = parsed[slug].file
                place = settings.place("articles")
                problems.append(problem("unlisted-article", place, file=file, slug=slug))
    return tuple(parsed[slug] for slug in order if not parsed[slug].draft), problems


def packs_of(
    settings: Settings, articles: tuple[Article, ...]
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The slugs of the `articles` in each pack, by its name."""
    problems: list[Problem] = []
    published = {a.slug for a in articles}
    packs = {}
    for name, listed in settings.get("packs", {}).items():
        slugs: list[str] = []
        for index, written in enumerate(listed):
            slug = slug_of(posixpath.basename(written))
            place = settings.place(f"packs.{name}", index)
            if slug not in published:
                meant = nearest(slug, published)
                problems.append(problem("missing-handout", place, meant=meant, article=written))
            elif slug in slugs:
                reason = f"`{written}` is already in this pack"
                facts = {"reason": reason, "example": "list each article only once in a pack"}
                problems.append(problem("wrong-value", place, **facts))
            slugs.append(slug)
        packs[name] = tuple(slugs)
    return packs, problems
