"""The page of an article on the web. It is made when its text is needed, and remembered by its digest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from handpress.core.files.disk import Asset, digest
from handpress.layout.html.pictures import known_pictures
from handpress.layout.layout import Layout
from handpress.press.recipe import LateFiles
from handpress.web.cards import Card
from handpress.web.editions import copies
from handpress.web.languages import versions


class Facts(Struct, frozen=True):
    """The digest of a page's text, and those of its pictures by their names."""

    text: str
    pictures: Mapping[str, str]


class ArticlePage(Struct, frozen=True, dict=True):
    """The page of an article in its language, with the sheet for that and what all pages have in `common`."""

    layout: Layout
    card: Card
    language: str
    sheet: str
    common: Mapping[str, Any]

    @cached_property
    def facts(self) -> Facts:
        """The facts about the page, from an earlier build or from its text."""
        document, card = self.card.document, self.card
        asked = (
            "web",
            document.name,
            document.targets,
            digest(self.sheet.encode()),
            repr((card.handouts[:1], card.facts[0], self.language)),
        )

        def found() -> Facts:
            html, pictures = self.made
            named = {name: asset.digest for name, asset in pictures.items()}
            return Facts(digest(html), named)

        return self.layout.recall(Facts, document.article, asked, found)

    @property
    def pictures(self) -> Mapping[str, Asset]:
        """Its pictures by their names."""
        known = known_pictures(self.card.document.article, self.facts.pictures)
        return self.made[1] if known is None else known

    @property
    def files(self) -> Mapping[str, Asset]:
        """The file of its recipe."""
        digests = {"index.html": self.facts.text}
        return LateFiles(digests, lambda: {"index.html": Asset.of(self.made[0])})

    @cached_property
    def made(self) -> tuple[bytes, Mapping[str, Asset]]:
        """Its text, and its pictures."""
        layout, document = self.layout, self.card.document
        assert document.article is not None
        settings = document.article.settings
        pictures: dict[str, Asset] = {}
        html = layout.render(
            "article.html",
            pictures,
            document=document,
            settings={k: settings.get(k, "") for k in ("subtitle", "summary")},
            body=layout.body(document, pictures, "../", "web"),
            authors=document.authors,
            description=settings.get("summary", ""),
            keywords=settings.get("tags", ()),
            language=self.language,
            sheet=self.sheet,
            at="../",
            handout=next(iter(self.card.handouts), None),
            reading_time=self.card.facts[0],
            versions=versions(layout, document.article.slug),
            copies=copies(layout, document.article.slug),
            **self.common,
        )
        return html.encode(), pictures
