"""Laying out: a series' documents rendered by the templates of a design.

A mistake in a template or a words file of the workspace is a :class:`BrokenLayout` at its line. Any other
exception is a fault of Handpress, and passes through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from markupsafe import Markup
from msgspec import Struct, field
from msgspec.structs import replace

from handpress.assets.colour import Colour
from handpress.assets.cover_art import Page, cover_art
from handpress.assets.fonts import Face
from handpress.compose.composition import Composition
from handpress.compose.document import Document, WordsOf
from handpress.core.caches.cache import Cache
from handpress.core.files.disk import Asset, digest
from handpress.core.in_english import tagged
from handpress.core.media import Medium
from handpress.core.problems.problem import BrokenLayout, problem
from handpress.layout.causes import Causes
from handpress.layout.css.stylesheet import Sheets
from handpress.layout.design import Design
from handpress.layout.html.file_kinds import FILE_KINDS
from handpress.layout.html.filters import context_of
from handpress.layout.html.formulas import show_formulas
from handpress.layout.html.isolation import isolated
from handpress.layout.html.line_breaks import (
    before_punctuation,
    breakable,
    within_names,
    without_blanks,
)
from handpress.layout.html.page_references import Fill
from handpress.layout.html.pictures import picture_name, set_width
from handpress.layout.templates import mistake
from handpress.layout.words import Words, edition_line, edition_name
from handpress.markup.tree import parse_tree, serialize
from handpress.press.recipe import LateFiles
from handpress.series.article import Article
from handpress.series.frame import frame_of
from handpress.series.model import Series

Answer = TypeVar("Answer")


class Layout(Struct, frozen=True, dict=True):
    """One series in one design, as far as it was composed."""

    design: Design
    series: Series
    composition: Composition = field(default_factory=Composition)

    @cached_property
    def words(self) -> Words:
        """The words of the series' language."""
        return self.words_of(self.series.language)

    @property
    def words_of(self) -> WordsOf:
        """A function with the words of a language on the pages of the series."""
        return self.design.words_for(self.series)

    @property
    def faces(self) -> tuple[Face, ...]:
        return self.design.faces

    @cached_property
    def sheets(self) -> Sheets:
        return self.design.sheets.themed(self.series.theme)

    @property
    def cache(self) -> Cache:
        return self.design.cache

    @cached_property
    def causes(self) -> Causes:
        return Causes.of_series(self.series, self.design.workspace.authors)

    @property
    def shared(self) -> Layout:
        """The layout of what belongs to several series: it has the theme that all of them share."""
        return replace(self, series=replace(self.series, theme=self.series.shared_theme))

    @cached_property
    def frame(self) -> str:
        """A hash of everything that a page of an article may depend on, except its article and the program."""
        return digest(f"{self.design.frame} {frame_of(self.series)}".encode())

    def recall(
        self,
        kind: type[Answer],
        article: Article | None,
        asked: Sequence[str],
        make: Callable[[], Answer],
    ) -> Answer:
        """Return the answer that an earlier build found for an article, or `make` it; see :class:`.Recall`.

        Nothing is remembered with templates of the workspace.
        """
        remembered = self.design.remembered
        if remembered.root is None or self.design.has_templates:
            return make()

        own = (article.path, article.digest) if article else ()
        return remembered.answer(kind, (self.frame, *own, *asked), make)

    def recall_files(
        self,
        document: Document,
        asked: Sequence[str],
        make: Callable[[], Mapping[str, Asset]],
    ) -> Mapping[str, Asset]:
        """Return the files of a recipe for a document. Only their digests are remembered."""
        made: list[Mapping[str, Asset]] = []

        def digests() -> dict[str, str]:
            made.append(make())
            return {name: asset.digest for name, asset in made[0].items()}

        asked = (document.name, document.targets, *asked)
        known = self.recall(dict[str, str], document.article, asked, digests)
        return made[0] if made else LateFiles(known, make)

    def colour(self, token: str) -> Colour:
        """Return the colour of a token on covers and in drawings."""
        return self.sheets.colour(token, "cover")

    def cover_art(self, seed: str, width: float, height: float) -> Asset:
        """Return the drawing on a designed cover."""
        colours = (self.colour(token) for token in ("--cover-ground", "--on-cover"))
        return Asset.of(cover_art(seed, Page(width, height, *colours), self.series.theme.art))

    def documents(self, medium: Medium) -> tuple[Document, ...]:
        return self.composition.documents(medium)

    def outline(self, medium: Medium) -> str:
        """Return a hash of all documents of a medium without their text, as a list of contents shows them."""

        def find() -> str:
            listed = [
                (d.kind, d.name, d.title, d.id, d.number, d.part, d.url, d.headings, d.addresses)
                for d in self.documents(medium)
            ]
            bios = [d.bios for d in self.documents(medium)]
            return digest(repr((listed, bios)).encode())

        return self.once(f"outline of {medium.name}", find)

    def once(self, name: str, make: Callable[[], Answer]) -> Answer:
        """Return what `make` returns, which is the same for all articles: it is made once under its `name`."""
        if name not in self._made:
            self._made[name] = make()
        made: Answer = self._made[name]
        return made

    @cached_property
    def _made(self) -> dict[str, Any]:
        return {}

    def render(self, template: str, assets: MutableMapping[str, Asset], **context: Any) -> str:
        """Return the text of a template; the pictures it shows are added to `assets`."""
        series = self.series
        whole = context_of(self) | {
            "series": series,
            "words": self.words,
            "language": series.language,
            "edition": edition_line(series, self.words),
            "edition_name": edition_name(series, self.words),
            "practice": series.practice,
            "authors": series.authors,
            "description": series.description,
            "keywords": (),
            "assets": assets,
            "at": "",
        }
        try:
            html = self.design.templates.get_template(template).render(whole | context)
            language = context.get("language", series.language)
            html = tagged(html, template, language)
            if template.endswith("html"):
                html = isolated(html, language)
            if context.get("kind") == "pdf":
                html = without_blanks(within_names(before_punctuation(html)))
            return html if context.get("kind") == "web" else breakable(html)
        except BrokenLayout:
            raise
        except Exception as error:
            place = mistake(error)
            if place is None:
                raise
            reason = getattr(error, "message", None) or f"{type(error).__name__}: {error}"
            raise BrokenLayout(problem("broken-layout", place, reason=reason)) from error

    def body(
        self,
        document: Document,
        assets: MutableMapping[str, Asset],
        at: str,
        kind: str,
        fill: Fill | None = None,
    ) -> Markup:
        """Return a document's body for one `kind` of file, with its pictures below `at`.

        `fill` is the last to change it: it writes page numbers into it, or marks for the press.
        """
        return self.fitted(document.body, document.article, assets, at, kind, fill)

    def fitted(
        self,
        body: str,
        article: Article | None,
        assets: MutableMapping[str, Asset],
        at: str,
        kind: str,
        fill: Fill | None,
    ) -> Markup:
        tree = parse_tree(body)
        pictures = article.pictures if article else {}
        if article and article.formulas:
            show_formulas(tree, article.formulas, assets, at, FILE_KINDS[kind].mathml)
        FILE_KINDS[kind].fit(tree)
        if fill:
            fill(tree)
        for image in tree.iter():
            if image.get("src", "").startswith("picture:"):
                picture = pictures[image.get("src", "").removeprefix("picture:")]
                name = picture_name(picture, kind, self.faces)
                assets[name] = picture.asset
                image.set("src", at + name)
                set_width(image)
                if FILE_KINDS[kind].sizes and picture.width and picture.height:
                    image.attrib.setdefault("width", str(picture.width))
                    image.attrib.setdefault("height", str(picture.height))
        return Markup(serialize(tree))
