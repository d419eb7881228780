"""The index of a series: find the article that an author means by a path or a name."""

from __future__ import annotations

import datetime
import posixpath
import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

from msgspec import Struct, field

from handpress.core.files.file_names import ENDINGS, INDEXES, bare, date_in
from handpress.series.article import Article
from handpress.series.links.addresses import candidates

_DATE = re.compile(r"(?<!\d)(\d{4})[/-](\d\d?)[/-](\d\d?)(?!\d)")
PAGES = (".html", ".htm", ".xhtml")  # that another program makes of articles


class Index(Struct):
    """The articles of a series by exact path, by route (a path without ending), and by name."""

    folder: str  # of the series
    paths: dict[str, Article] = field(default_factory=dict)
    routes: dict[str, Article] = field(default_factory=dict)
    loose: dict[str, Article] = field(default_factory=dict)
    names: dict[str, list[Article]] = field(default_factory=dict)
    slugs: dict[str, Article] = field(default_factory=dict)
    aliases: dict[str, Article] = field(default_factory=dict)
    titles: dict[str, list[Article]] = field(default_factory=dict)

    @classmethod
    def of(cls, articles: Iterable[Article], folder: str) -> Index:
        """Return the index of `articles`, of which the first has a name that several have."""
        index = cls(folder)
        for article in articles:
            path = unicodedata.normalize("NFC", article.path)
            index.paths[path] = article
            route = _route(path)
            index.routes.setdefault(route, article)
            index.loose.setdefault(_loose(route), article)
            by_slug = posixpath.join(posixpath.dirname(route), article.slug)
            index.loose.setdefault(_loose(by_slug), article)
            index.names.setdefault(_loose(posixpath.basename(route)), []).append(article)
            index.slugs.setdefault(article.slug, article)
            index.titles.setdefault(_loose(article.title.casefold()), []).append(article)
            for alias in (*article.settings.get("aliases", ()), article.settings.get("permalink")):
                if alias:
                    beside = posixpath.join(posixpath.dirname(path), alias)
                    for way in (alias.lstrip("/"), beside.lstrip("/")):
                        index.aliases.setdefault(_loose(_route(way)), article)
        return index

    def also(self, path: str, article: Article, title: str) -> None:
        """Let an article be found by another path and title as well, if no other has them."""
        path = unicodedata.normalize("NFC", path)
        route = _route(path)
        self.paths.setdefault(path, article)
        self.routes.setdefault(route, article)
        self.loose.setdefault(_loose(route), article)
        for known, name in (
            (self.names, _loose(posixpath.basename(route))),
            (self.titles, _loose(title.casefold())),
        ):
            if article not in (there := known.setdefault(name, [])):
                there.append(article)

    def exactly(self, path: str, reader: str) -> Article | None:
        """Return the article whose file has the `path` that is written in the file `reader`, or None."""
        way = next(candidates(path, reader, self.folder))
        return self.paths.get(unicodedata.normalize("NFC", way))

    def find(self, path: str, reader: str) -> Article | None:
        """Return the article at `path` as the author of the file `reader` writes it, or None."""
        path = unicodedata.normalize("NFC", path)
        for candidate in candidates(path, reader, self.folder):
            if found := self._at(candidate):
                return found
        if "/" in path.strip("/") and not path.startswith("/"):
            return None
        route = _route(path)
        name = posixpath.basename(route)
        named = _most_alike(self.names.get(_loose(name), []), route)
        # A loose name has no number before it: `4-tips` is the slug of `2024-05-01-4-tips.md`.
        found = named[0] if len(named) == 1 else self.slugs.get(name)
        return found or self.aliases.get(_loose(name))  # of Hexo, below any folder

    def find_note(self, path: str, reader: str) -> list[Article]:
        """Return the articles that a wiki in the file `reader` means by `path`, the best first.

        A path may begin at any folder. Of several notes, the one in the same folder is best, then those in the
        fewest folders, which are equal.
        """
        path = unicodedata.normalize("NFC", path)
        route = _route(path.strip("/"))
        loose = _loose(route)
        named = self.names.get(posixpath.basename(loose), [])
        if "/" in loose:
            named = [a for a in named if f"/{_loose(_route(a.path))}".endswith(f"/{loose}")]
        if len(named) > 1:

            def rank(article: Article) -> tuple[bool, bool, int]:
                own = _route(unicodedata.normalize("NFC", article.path))
                beside = posixpath.dirname(article.path) == posixpath.dirname(reader)
                return not f"/{own}".endswith(f"/{route}"), not beside, own.count("/")

            named = sorted(named, key=rank)
            return [a for a in named if rank(a) == rank(named[0])]
        if named:
            return named
        for candidate in candidates(path, reader, self.folder):
            if found := self._at(candidate):
                return [found]
        return self.titles.get(loose, [])

    def _at(self, path: str) -> Article | None:
        route = _route(path)
        loose = _loose(route)
        return (
            self.paths.get(path)
            or self.routes.get(route)
            or self.loose.get(loose)
            or self.aliases.get(loose)
        )


def _most_alike(named: list[Article], route: str) -> list[Article]:
    """Return those of the articles of one name whose folders and dates are most like those in an address."""
    if len(named) < 2:
        return named
    names, date = _loose(route).split("/"), _date(route)

    def rank(article: Article) -> tuple[int, bool]:
        own = _route(unicodedata.normalize("NFC", article.path))
        pairs = zip(reversed(names), reversed(_loose(own).split("/")), strict=False)
        same = takewhile(lambda pair: pair[0] == pair[1], pairs)
        dates = (_date(own), article.settings.get("date"))
        return len(list(same)), date is not None and date in dates

    best = max(map(rank, named))
    return [article for article in named if rank(article) == best]


def _date(route: str) -> datetime.date | None:
    """Return the date in the address of a blog, as `2024/05/01/knee`, or in the name of a file."""
    return date_in(_DATE.search(route))


def _route(path: str) -> str:
    """Return `path` without ending, folded; a folder's own page has the folder's."""
    path = path.rstrip("/").casefold()
    stem, ending = posixpath.splitext(path)
    if ending in ENDINGS or ending in PAGES:
        path = stem
    folder, name = posixpath.split(path)
    return folder if name in INDEXES and folder else path


def _loose(route: str) -> str:
    """Return a route without the numbers before its names and without accents, all separators being hyphens."""
    plain = unicodedata.normalize("NFKD", route)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    names = [bare(name) for name in plain.split("/")]
    return "/".join(re.sub(r"[\s\-_]+", "-", name).strip("-") or name for name in names)
