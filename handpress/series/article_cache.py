"""The cache of articles: a parsed one is kept while it, its pictures and the program stay the same."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from handpress.assets.formula import Drawn
from handpress.assets.picture import Picture
from handpress.core.caches.cache import Cache
from handpress.core.caches.code_hash import code, version
from handpress.core.files.disk import Asset, Disk, digest
from handpress.core.files.source import Copied, Source, read_source
from handpress.core.problems.problem import Place, Problem
from handpress.series.anchors import Anchor
from handpress.series.article import Article, Reference
from handpress.series.formulas import Formula
from handpress.series.illustrations.pictures import WITHIN
from handpress.series.includes import has_includes, with_includes
from handpress.series.links.files import find_file
from handpress.series.names import Name
from handpress.series.parse import parse
from handpress.series.settings.people import Person
from handpress.series.settings.schema import ARTICLE
from handpress.series.settings.values import Reader
from handpress.series.settings.yaml_reader import Settings

# The codes of problems that may be gone although the text is the same.
PASSING = frozenset(
    {"guessed-picture", "missing-picture", "outside-picture", "broken-picture", "huge-picture", "incomplete-picture",
     "unreadable-file", "too-slow", "too-much", "too-deep"}
)  # fmt: skip


class Parsed(Struct, frozen=True):
    """An article with the problems in its text."""

    article: Article
    problems: tuple[Problem, ...]


# The classes that an article in the cache is made of.
KEPT = (
    Article,
    Anchor,
    Reference,
    Settings,
    Source,
    Copied,
    Place,
    Picture,
    Formula,
    Drawn,
    Asset,
    Person,
    Problem,
    Parsed,
)


@lru_cache(maxsize=1)
def parser() -> str:
    """The hash of the code that parses, and of the versions of its tools."""
    tools = [
        version(tool)
        for tool in ("markdown", "tinyhtml5", "pillow", "pyyaml", "latex2mathml", "ziamath")
    ]
    return digest(
        " ".join(
            (code(f"{__package__}.parse"), code(Cache.__module__), *tools, sys.version)
        ).encode()
    )


def parse_cached(
    cache: Cache,
    disk: Disk,
    path: str,
    name: Name | None = None,
    keys: Mapping[str, Reader] = ARTICLE,
    owner: str = "an article",
    language: str = "en",
    original: str = "",
) -> tuple[Article, list[Problem]]:
    """The article at `path`: from the cache if it is there and its pictures are as they were.

    The rest is as for :func:`.parse.parse`. The article is kept with its problems, unless one depends on other files
    or on the time that reading took.
    """
    try:
        data = disk.read(path)
    except (OSError, ValueError):
        return parse(disk, path, name, keys, owner, language, original=original)
    text = _whole(disk, path, data)
    depends = (parser(), str(disk.root), path, repr(name), owner, language, digest(text))
    of = "\n".join((*depends, original) if original else depends)
    key = digest(of.encode("utf-8", "surrogateescape"))
    kept = cache.get(key)
    if isinstance(kept, Parsed) and _has_same_pictures(disk, kept.article):
        return kept.article, list(kept.problems)
    article, problems = parse(disk, path, name, keys, owner, language, data=data, original=original)
    if not any(p.code in PASSING for p in problems):
        cache.put(key, Parsed(article, tuple(problems)))
    return article, problems


def _whole(disk: Disk, path: str, data: bytes) -> bytes:
    """Return the text of an article with the files that it includes."""
    if not has_includes(data.decode("utf-8", "replace")):
        return data
    source, _ = with_includes(disk, read_source(disk, path, data=data)[0])
    return data + source.text.encode("utf-8", "surrogateescape")


def _has_same_pictures(disk: Disk, article: Article) -> bool:
    """Return whether each address of an article from the cache still means the same picture."""
    try:
        found = {
            w: find_file(disk, article.path, w, article.original)[0] for w in article.looked_up
        }
    except (OSError, ValueError):
        return False
    files = (p for p in article.pictures.values() if not p.path.startswith(WITHIN))
    return found == article.looked_up and all(_is_same(disk, p) for p in files)


def _is_same(disk: Disk, picture: Picture) -> bool:
    """Whether a picture out of the cache is the file at its path: that one, and with its bytes."""
    try:
        if picture.asset.path not in (None, disk.at(picture.path)):
            return False
        return digest(disk.read(picture.path)) == picture.origin
    except OSError:
        return False
