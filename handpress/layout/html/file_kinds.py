"""Kinds of files: how the tree and the pictures of a page must look in PDF, EPUB and HTML."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from handpress.layout.html import for_pdf as html_for_pdf
from handpress.layout.html.for_web import for_web
from handpress.markup.tree import Element


class FileKind(Struct, frozen=True):
    """The requirements of a kind of file for its pages.

    `fit` adapts a tree. Pictures of the `converted` formats become JPEG, or PNG if they are transparent.
    `rasterizes`: drawings with text and the like become PNG, since readers show them differently. `sizes`:
    pictures have their size in the page, so that it does not jump. `mathml`: formulas are MathML, not pictures.
    """

    fit: Callable[[Element], None]
    converted: frozenset[str] = frozenset()
    rasterizes: bool = False
    sizes: bool = False
    mathml: bool = False


def _plain(tree: Element) -> None:
    """The tree as it is."""


FILE_KINDS = {
    "pdf": FileKind(html_for_pdf.for_pdf),
    "pdf-rows": FileKind(html_for_pdf.for_pdf_in_rows),
    # Older Kindles and e-readers know neither of the two.
    "epub": FileKind(_plain, converted=frozenset(("webp", "avif")), rasterizes=True, mathml=True),
    "web": FileKind(for_web, sizes=True, mathml=True),
}
