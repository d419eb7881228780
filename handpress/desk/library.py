"""The library: the handouts of all series of a workspace, as the desk shows them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.build.load import Loaded, load, open_cache
from handpress.compose.document import Document, language_of
from handpress.core.files.disk import FILLED, digest
from handpress.core.files.workspace import Workspace
from handpress.core.media import TABLE
from handpress.desk.kept import FILE
from handpress.layout.layout import Layout
from handpress.markup.tree import parse_tree, text_of
from handpress.personal.article import exercises_of

MEDIUM = TABLE["handout"]


class Handout(Struct, frozen=True):
    """A handout of the library. Its `key` is the id of its series, a slash and its own name."""

    key: str
    title: str
    summary: str
    series: str  # title
    language: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    reviewed: datetime.date | None
    review_by: datetime.date | None
    exercises: tuple[tuple[str, str], ...]  # ids and names
    text: str
    layout: Layout
    document: Document
    others: Mapping[str, Handout] = field(default_factory=dict)
    """The same handout in other languages, by their tags."""

    @property
    def slug(self) -> str:
        return self.document.name

    @property
    def family(self) -> tuple[str, str]:
        """The series that it is from, or that this is a translation of, and its name, which is the same in both."""
        series = self.layout.series
        return series.original or series.id, self.slug

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles that its series is published in."""
        return self.layout.series.styles

    def overdue(self, today: datetime.date) -> bool:
        """Return whether its review is due."""
        return self.review_by is not None and self.review_by < today


class Library(Struct, frozen=True, dict=True):
    """The handouts of a workspace, by key, in the order of their series."""

    handouts: Mapping[str, Handout]
    failed: tuple[str, ...] = ()  # ids of the series with errors

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({h.language for h in self.handouts.values()}))

    @cached_property
    def several_series(self) -> bool:
        return len({h.layout.series.id for h in self.handouts.values()}) > 1

    @cached_property
    def styles(self) -> tuple[str, ...]:
        return tuple(sorted({style for h in self.handouts.values() for style in h.styles}))


def read_library(workspace: Workspace) -> Library:
    """Return the library of a workspace. Of a series with errors, it has the articles without."""
    loaded = load(workspace, keep_going=True, cache=open_cache(workspace.output))
    found = [*_handouts(loaded)]
    families: dict[tuple[str, str], dict[str, Handout]] = {}
    for handout in found:
        families.setdefault(handout.family, {}).setdefault(handout.language, handout)
    handouts = {}
    for handout in found:
        others = {t: h for t, h in families[handout.family].items() if t != handout.language}
        handouts[handout.key] = replace(handout, others=others)
    return Library(handouts, loaded.failed)


def _handouts(loaded: Loaded) -> Iterator[Handout]:
    for layout in (*loaded.layouts, *loaded.partial):
        for document in layout.documents(MEDIUM):
            yield _handout(layout, document)


def _handout(layout: Layout, document: Document) -> Handout:
    article, series = document.article, layout.series
    assert article is not None
    tree = parse_tree(document.body)
    settings = article.settings
    return Handout(
        key=f"{series.id}/{document.name}",
        title=document.title,
        summary=settings.get("summary") or settings.get("subtitle") or "",
        series=series.title,
        language=language_of(series, article),
        tags=tuple(settings.get("tags", ())),
        authors=tuple(author.name for author in document.authors),
        reviewed=settings.get("reviewed") or series.reviewed,
        review_by=settings.get("review_by") or series.review_by,
        exercises=tuple((one.id, one.name) for one in exercises_of(article)),
        text=text_of(tree),
        layout=layout,
        document=document,
    )


def state(workspace: Workspace) -> str:
    """Return a text that changes with every file of a workspace, except output, hidden files and the desk's own."""
    return digest("\n".join(sorted(_files(workspace.disk.root, workspace.output))).encode())


def _files(folder: Path, output: Path) -> Iterator[str]:
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as scan:
            for found in scan:
                apart = found.name in FILLED or found.name == FILE or found.path == str(output)
                if apart or found.name.startswith("."):
                    continue
                if found.is_dir(follow_symlinks=False):
                    waiting.append(found.path)
                elif found.is_file():
                    status = found.stat()
                    yield f"{found.path} {status.st_mtime_ns} {status.st_size}"
