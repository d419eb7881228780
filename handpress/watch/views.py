"""Views: the artefacts of one article, as the page shows them.

A view stays as it is until there is a newer artefact, so that the last good page is never lost.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from handpress.build.plan import open_store
from handpress.core.files.disk import digest, digest_below, plain_file
from handpress.core.media import TABLE
from handpress.layout.variant import Variant
from handpress.series.article import Article
from handpress.series.model import Series
from handpress.watch.sheets import Sheets, Spot

OPEN = 6  # PDFs that are kept open


class View(Struct, frozen=True):
    """One medium of an article: the version of its artefact, the address or the pages, and the place that changed.

    `follows` is the version before, if a page waits for a picture of this one without knowing it.
    """

    article: str
    version: str
    address: str = ""
    pages: tuple[dict[str, Any], ...] = ()
    spot: Spot | None = None
    follows: str = ""

    def as_json(self) -> dict[str, Any]:
        spot = {"page": self.spot.page, "box": self.spot.box} if self.spot else None
        return {
            "article": self.article,
            "version": self.version,
            "address": self.address,
            "pages": self.pages,
            "spot": spot,
            "follows": self.follows,
        }


class Views:
    """The views of the article on the page, by medium."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.views: dict[str, View] = {}
        self.open: dict[str, Sheets] = {}
        self.early: tuple[str, bytes] = ("", b"")  # a handout that no build has written yet
        # The width and the form of the last picture of a handout that the page asked for.
        self.asked: tuple[int, str] | None = None
        # The versions of handouts of which the next one is waited for, with the form of its picture; and the last that
        # had a next one, with that.
        self.awaited: list[tuple[str, str]] = []
        self.followed: tuple[str, str] = ("", "")

    def show_handout(self, article: Article, path: str, data: bytes) -> None:
        """Show a handout from memory, with the place of the one before it."""
        self.early = path, data
        found, old = self.opened(path), self.views.get("handout")
        if found:
            version, sheets = found
            pages = _pages(sheets, range(len(sheets.sizes)))
            spot = old.spot if old and old.article == article.path else None
            spot = spot if spot and spot.page < len(pages) else None
            before = old.version if old and old.version in dict(self.awaited) else ""
            new = View(article.path, version, pages=pages, spot=spot, follows=before)
            self.views["handout"] = new

    def update(
        self, series: Series, article: Article, words: tuple[str, ...], only: str = ""
    ) -> None:
        """Look for newer artefacts of an article, of all media or of `only` one."""
        for medium, find in VIEWS.items():
            if not series.number_in(TABLE[medium], article.slug):
                self.views.pop(medium, None)
            elif not only or only == medium:
                old = self.views.get(medium)
                new = find(self, series, article, words)
                if new is not None or (old and old.article != article.path):
                    self.views[medium] = new or View(article.path, "")

    def as_json(self) -> dict[str, Any]:
        return {medium: view.as_json() for medium, view in self.views.items()}

    def version(self, medium: str) -> str:
        """Return the version of a medium that is shown, or "" without one."""
        view = self.views.get(medium)
        return view.version if view else ""

    def picture(self, version: str, number: int, width: int, form: str) -> bytes | None:
        """Return a page of a PDF as :meth:`.Sheets.picture` does, or None without it."""
        sheets = self.open.get(version)
        if sheets is None or number >= len(sheets.sizes):
            return None
        if version == self.version("handout"):
            self.asked = width, form
        try:
            return sheets.picture(number, width, form)
        except LookupError:
            return None

    def draw_handout(self) -> None:
        """Draw the page of the handout that changed, before the browser knows of it and asks."""
        view = self.views.get("handout")
        if view and view.spot and self.asked and (sheets := self.open.get(view.version)):
            width, form = self.asked
            with contextlib.suppress(LookupError):
                sheets.draw(view.spot.page, width, dict(self.awaited).get(view.follows, form))
        if view and view.follows:
            self.followed = view.follows, view.version

    @contextlib.contextmanager
    def awaiting(self, version: str, form: str) -> Iterator[None]:
        """Let :meth:`show_handout` know that a picture of the handout after a `version` is waited for."""
        self.awaited.append((version, form))
        try:
            yield
        finally:
            self.awaited.remove((version, form))

    def after(self, version: str) -> str:
        """Return the version of the handout after a `version`, or "" before it is drawn."""
        before, after = self.followed
        return after if before == version else ""

    def sheets(self, version: str) -> Sheets | None:
        """Return the pages of a PDF that a view shows, or showed a moment ago."""
        return self.open.get(version)

    def opened(self, path: str) -> tuple[str, Sheets] | None:
        """Return the PDF at a path of the output folder with its version, or None without one."""
        early, data = self.early
        if early == path:
            version = digest(data)
            if digest_below(self.output, path) == version:
                self.early = ("", b"")  # it is on disk now
        else:
            file = plain_file(self.output, path)
            version = digest_below(self.output, path) or ""
            if file is None:
                return None
            data = b"" if version in self.open else file.read_bytes()
        # In use again, so that the oldest is the one that nobody looks at.
        self.open[version] = self.open.pop(version) if version in self.open else Sheets(data)
        while len(self.open) > OPEN:
            self.open.pop(next(iter(self.open))).close()
        return version, self.open[version]

    def handout(self, series: Series, article: Article, words: tuple[str, ...]) -> View | None:
        folder = Variant(series.styles[0], series.paper).folder(series)
        found = self.opened(f"{series.id}/{folder}{article.slug}.pdf")
        if found is None:
            return None
        version, sheets = found
        pages = _pages(sheets, range(len(sheets.sizes)))
        return View(article.path, version, pages=pages, spot=sheets.find(words))

    def book(self, series: Series, article: Article, words: tuple[str, ...]) -> View | None:
        found = self.opened(f"{series.id}/{series.id}.pdf")
        if found is None:
            return None
        version, sheets = found
        labels = open_store(self.output).labels(series.id)
        starts = [
            sheets.labels.index(label)
            for a in series.articles
            if (label := labels.get(a.slug)) in sheets.labels and label
        ]
        own = labels.get(article.slug)
        if own not in sheets.labels:
            return None
        first = sheets.labels.index(own)
        end = min((s for s in starts if s > first), default=min(len(sheets.sizes), first + 40))
        # Whole spreads: even numbers, counted from 0, are right-hand pages.
        pages = range(first - 1 + first % 2, end + (end + 1) % 2)
        pages = range(max(0, pages.start), min(len(sheets.sizes), pages.stop))
        return View(
            article.path,
            version,
            pages=_pages(sheets, pages),
            spot=sheets.find(words, range(first, end)),
        )

    def epub(self, series: Series, article: Article, words: tuple[str, ...]) -> View | None:
        version = digest_below(self.output, f"{series.id}/{series.id}.epub")
        if version is None:
            return None
        return View(
            article.path, version, f"/ebook/{series.id}/EPUB/{article.slug}.xhtml?{version}"
        )

    def web(self, series: Series, article: Article, words: tuple[str, ...]) -> View | None:
        path = f"{series.id}/articles/{article.slug}.html"
        version = digest_below(self.output, path)
        return View(article.path, version, f"/made/{path}?{version}") if version else None


VIEWS = {
    "handout": Views.handout,
    "book": Views.book,
    "epub": Views.epub,
    "web": Views.web,
}


def _pages(sheets: Sheets, pages: range) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "number": n,
            "width": sheets.sizes[n][0],
            "height": sheets.sizes[n][1],
            "label": sheets.labels[n],
        }
        for n in pages
    )
