"""The text of an article as readers see it, and how much of it changed since another edition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import SequenceMatcher

from msgspec import Struct

from handpress.core.files.disk import digest
from handpress.markup.tree import parse_tree, text_of
from handpress.series.article import OPEN, Article
from handpress.series.model import Series

# Publishers call less than this share of changed words a revision, and more a new edition.
REVISION, EDITION = 15, 20  # per cent


class Text(Struct, frozen=True):
    """An article for readers: its words, and a hash of these with its pictures and links."""

    title: str
    words: tuple[str, ...]
    hash: str


def texts_of(series: Series) -> Mapping[str, Text]:
    """Return the texts of a series by the names of its articles, in reading order."""
    return {article.slug: _text(article) for article in series.articles}


def _text(article: Article) -> Text:
    """Return the text of an article. White space, and the mark-up of this version of Handpress, do not count."""
    trees = [parse_tree(markup) for markup in (article.body, *article.notes.values())]
    settings = (article.settings.get(key, "") for key in ("subtitle", "summary"))
    words = " ".join((article.title, *settings, *map(text_of, trees))).split()
    elements = [element for tree in trees for element in tree.iter()]
    links = [e.get("href", "") for e in elements if e.tag == "a"]
    away = [link for link in links if not link.startswith((OPEN, "#"))]
    described = [e.get("alt", "") for e in elements if e.tag == "img"]
    pictures = sorted(picture.origin for picture in article.pictures.values())
    seen = [words, away, described, pictures]
    return Text(article.title, tuple(words), digest(json.dumps(seen).encode()))


def changed_share(old: Mapping[str, Text], new: Mapping[str, Text]) -> float:
    """Return the share of words that were added, removed or replaced, from 0 to 1."""
    kept = total = 0
    for slug in {**old, **new}:
        before = old[slug].words if slug in old else ()
        after = new[slug].words if slug in new else ()
        total += max(len(before), len(after))
        kept += len(after) if before == after else _kept(before, after)
    return (total - kept) / total if total else 0.0


def _kept(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    if not before or not after:
        return 0
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)
