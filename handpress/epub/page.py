"""A page of the ebook, with the printed pages that begin on it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from handpress.compose.document import Document
from handpress.layout.layout import Layout
from handpress.markup.tree import Element

LANGUAGE = Markup(' lang="{0}" xml:lang="{0}"')


@dataclass(frozen=True)
class Page:
    """A page of the ebook: its layout, its tree, and the numbers of the printed pages that begin on it."""

    layout: Layout
    document: Document
    tree: Element
    labels: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.document.name}.xhtml"

    @property
    def language(self) -> str:
        settings = self.document.article.settings if self.document.article else None
        return (settings.get("language") if settings else None) or self.layout.series.language
