"""Drafts: a document as it is laid out, whose margins are made for the one draft that is kept.

Some documents are laid out more than once, with other marks or steps, and all but one of their drafts are only
measured. Footers, heads and backgrounds move nothing, and cost a tenth of a layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from cssselect2 import ElementWrapper
from weasyprint import DEFAULT_OPTIONS, HTML, _find_base_url
from weasyprint import layout as weasyprint_layout
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.pdf.metadata import DocumentMetadata

if TYPE_CHECKING:
    from handpress.press.pages.boxes import PageBoxes


class Parsed(HTML):  # type: ignore[misc]  # WeasyPrint carries no types
    """A page that is read already; WeasyPrint's own class reads it once more for each draft.

    `matches` has the rules of elements, by number; the others are found (:mod:`.hot_spots.cascade`). `lines` has the
    lines of drafts before it (:mod:`.hot_spots.plain_lines`).
    """

    def __init__(
        self,
        root: Any,
        base: str,
        fetcher: Any,
        matches: dict[int, Any],
        lines: dict[Any, Any],
    ) -> None:
        self.matches, self.lines = matches, lines
        self.base_url, self.url_fetcher = _find_base_url(root, base), fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


DENSEST = 400  # dots per inch of pictures; no printer shows more


class Draft(Document):  # type: ignore[misc]
    """A document whose `sheets` have their text and notes. Its `pages` have all the rest, made when first used."""

    _context: Any = None  # these two as long as it is not laid out
    sheets: Sequence[Any] = ()

    def __init__(self, html: HTML, stylesheet: Any, fonts: Any) -> None:
        metadata = DocumentMetadata(**get_html_metadata(html))
        super().__init__([], metadata, html.url_fetcher, fonts, {}, None)
        self._html = html
        self._images: dict[str, Any] = {}
        sheets = {"stylesheets": [stylesheet], "dpi": DENSEST, "cache": self._images}
        options = {**DEFAULT_OPTIONS, **sheets}
        counters = CounterStyle()
        context = self._build_layout_context(html, fonts, counters, {}, options)
        context.plain_lines = html.lines
        self._context = context
        root = build_formatting_structure(
            html.etree_element, context.style_for, context.get_image_from_uri,
            html.base_url, context.target_collector, counters, context.footnotes,
        )  # fmt: skip
        boxes: Iterator[Any] = weasyprint_layout.layout_document(html, root, context)
        # All pages are laid out before the first one gets its margins.
        self._boxes = chain([next(boxes)], boxes)
        self.sheets = context.sheets
        self.flow: PageBoxes | None = None  # of the sheets, once they are measured

    @property
    def pages(self) -> list[Page]:
        self._pages += map(Page, self._boxes)
        return self._pages

    @pages.setter
    def pages(self, pages: list[Page]) -> None:
        self._pages = pages

    def __del__(self) -> None:
        """Break the circles of references in a draft that nothing uses any more, so that its memory is free at once.

        The garbage collector would have to look at all that is in it, which takes twice as long.
        """
        if self._context is None:
            return
        styles = self._context.style_for._computed_styles  # noqa: SLF001  # nothing else has all of them
        for style in styles.values():
            while (anonymous := style.__dict__.pop("anonymous_style", None)) is not None:
                anonymous.specified = None
                style = anonymous
        for image in self._images.values():
            if svg := getattr(image, "_svg", None):
                svg.__dict__.clear()
                image.__dict__.clear()
        for sheet in self.sheets:
            for part in sheet.children:
                part.__dict__.pop("page", None)  # of an area of notes
        self._context.__dict__.clear()


def keep_sheets() -> None:
    """Let WeasyPrint keep the pages of a layout with its context, before they have margins. Call it once."""
    slowly = weasyprint_layout.make_all_pages

    def make_all_pages(context: Any, *rest: Any) -> Iterator[Any]:
        context.sheets = []
        for sheet in slowly(context, *rest):
            context.sheets.append(sheet)
            yield sheet

    weasyprint_layout.make_all_pages = make_all_pages
