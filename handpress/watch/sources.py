"""Sources: the articles as they are on disk now, and the recipe of one handout without all the others.

A build plans every artefact of every medium. An author waits for one page, so this is the short way to it: the same
functions, for one article in one medium.
"""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handpress.build.places import CACHE
from handpress.build.plan import open_store
from handpress.compose.compose import IDS, compose
from handpress.compose.composition import Composition
from handpress.compose.recall import Answer
from handpress.core.caches.cache import Cache
from handpress.core.files.workspace import Workspace, find
from handpress.core.media import TABLE
from handpress.core.problems.problem import BrokenLayout, Problem, has_errors
from handpress.layout.design import Design
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.press.recipe import Recipe
from handpress.print.handout import handouts
from handpress.series.article import Article
from handpress.series.article_cache import KEPT
from handpress.series.assemble import assemble_all
from handpress.series.links.reused import MARK
from handpress.series.model import Series
from handpress.series.names import Name, name_of
from handpress.series.parse import parse

HANDOUT = TABLE["handout"]


class Known(Struct, frozen=True):
    """An article, its series, and whether a build could make its handout."""

    series: Series
    article: Article
    sound: bool


class Held(Cache):
    """The cache of a build, with what it gave in memory."""

    def __init__(self, output: Path) -> None:
        super().__init__(output, KEPT, CACHE)
        self.held: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        self.asked.add(key)
        if key not in self.held and (found := super().get(key)) is not None:
            self.held[key] = found
        return self.held.get(key)

    def put(self, key: str, value: Any) -> None:
        super().put(key, value)
        self.held[key] = value

    def forget(self) -> None:
        """Let go of what was not asked for since the last time."""
        self.held = {key: value for key, value in self.held.items() if key in self.asked}
        self.asked.clear()


class Sources:
    """The articles of a workspace. `read` brings them up to date."""

    def __init__(self, root: Path, output: Path) -> None:
        self.root, self.output = root, output
        self.workspace: Workspace | None = None
        self.design: Design | None = None
        self.articles: dict[str, Known] = {}  # by their file
        # Of all series, but not those that only a press finds.
        self.problems: tuple[Problem, ...] = ()
        self.cache = Held(output)
        self.ids: dict[str, tuple[Article, Any]] = {}  # those in each article, by its file

    def reread(self, changed: Sequence[str]) -> bool:
        """Read only the one article that `changed`, if that cannot change anything else in its series.

        Its settings, headings and links are what others depend on. Returns whether that was enough.
        """
        known = self.articles.get(changed[0]) if len(changed) == 1 else None
        if known is None or not known.sound or self.workspace is None:
            return False
        old, series = known.article, known.series
        name = Name(old.slug, old.title, name_of(posixpath.basename(old.path)).date)
        new, found = parse(self.workspace.disk, old.path, name, language=series.language)
        if has_errors(found) or _seen_by_others(new) != _seen_by_others(old):
            return False
        if MARK in new.body or any(_reuses(other.article, new) for other in self.articles.values()):
            return False  # its exercises are those of others, or the other way round
        articles = tuple(new if article is old else article for article in series.articles)
        series = replace(series, articles=articles)
        self.articles = {**self.articles, old.path: Known(series, new, sound=True)}
        return True

    def read(self, changed: Iterable[str]) -> None:
        """Read the series again. The design is kept if only Markdown files `changed`."""
        self.workspace = find(self.root, self.output)
        if self.workspace is None:
            self.articles, self.problems = {}, ()
            return
        if self.design is None or not all(path.endswith(".md") for path in changed):
            self.design = Design(self.workspace, self.cache)
        articles: dict[str, Known] = {}
        problems: list[Problem] = []
        for series, found in assemble_all(self.workspace, self.cache):
            problems += found
            wrong = {p.place.path for p in found if p.severity == "error"}
            sound = not wrong & (set(series.digests) - {a.path for a in series.articles})
            for article in series.articles:
                articles[article.path] = Known(series, article, sound and not has_errors(found))
        self.articles, self.problems = articles, tuple(problems)

    def keep(self) -> None:
        """Write what was parsed, so that the build that follows does not parse it again."""
        self.cache.forget()
        if self.output.is_dir():
            self.cache.save()

    def recall(
        self,
        _kind: type[Answer],
        article: Article,
        asked: Sequence[str],
        make: Callable[[], Answer],
    ) -> Answer:
        """Return the ids of an article from memory if it is the same, and all other answers by `make`.

        A save would look for the ids in all articles: see :class:`.Recall`.
        """
        if asked[0] != IDS:
            return make()
        before = self.ids.get(article.path)
        if before is None or before[0] is not article:
            before = self.ids[article.path] = (article, make())
        answer: Answer = before[1]
        return answer

    def handouts(self, path: str) -> Iterator[Recipe]:
        """Yield the recipes of an article's handout in the styles of its series, the first one first."""
        known = self.articles.get(path)
        if known is None or self.design is None or not known.sound:
            return
        series = known.series
        if not series.number_in(HANDOUT, known.article.slug):
            return
        with contextlib.suppress(BrokenLayout):  # the build reports it
            self.design.read(series.language)
            speak, sound = self.design.words_for(series), {known.article.slug}
            documents, _ = compose(series, HANDOUT, speak, sound, self.recall)
            layout = Layout(self.design, series, Composition({HANDOUT.name: documents}))
            labels = open_store(self.output).labels(series.id) if "book" in series.media else {}
            for style in series.styles:
                yield from handouts(layout, Variant(style, series.paper), labels)


def _reuses(article: Article, other: Article) -> bool:
    """Return whether an article may show an exercise of another one."""
    text = article.source.text
    return "from=" in text and other.slug in text


def _seen_by_others(article: Article) -> tuple[object, ...]:
    """Return everything about an article that the rest of its series depends on."""
    links = [(reference.written, reference.notation) for reference in article.references]
    return article.title, article.settings.values, article.anchors, links
