"""Formats: one module for each kind of export, and the table that finds the right one.

In: the files of a source.
Out: an `Export` with neutral posts.
Not here: cleaning, Markdown and files, which are common to all formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.problems.report import many
from handpress.importers.formats import (
    blogger,
    docx,
    epub,
    ghost,
    google_docs,
    joplin,
    medium,
    notion,
    odt,
    saved_page,
    substack,
    wordpress,
)
from handpress.importers.model import Export, ImportRefused, Loss
from handpress.importers.source import Source


class Format(Struct, frozen=True):
    """A kind of export: whether a source is one, and how to read it."""

    name: str
    detect: Callable[[Source], bool]
    read: Callable[[Source], Export]


# The more particular first: a page of another program is also a page.
FORMATS = (
    Format("EPUB", epub.detect, epub.read),
    Format("Word", docx.detect, docx.read),
    Format("OpenDocument", odt.detect, odt.read),
    Format("WordPress or Squarespace", wordpress.detect, wordpress.read),
    Format("Blogger", blogger.detect, blogger.read),
    Format("Ghost", ghost.detect, ghost.read),
    Format("Substack", substack.detect, substack.read),
    Format("Medium", medium.detect, medium.read),
    Format("Joplin", joplin.detect, joplin.read),
    Format("Notion", notion.detect, notion.read),
    Format("Google Docs", google_docs.detect, google_docs.read),
    Format("saved pages", saved_page.detect, saved_page.read),
)


# Endings of what may be an article.
SHOWN = 12  # names of files in one line
DOCUMENTS = (".html", ".htm", ".xhtml", ".mhtml", ".md", ".docx", ".doc", ".odt", ".fodt", ".rtf", ".pdf", ".epub", ".pages")  # fmt: skip
PARCELS = ("EPUB", "Word", "OpenDocument")  # one document each, if they are a zip


def _unread(source: Source, name: str, export: Export) -> Iterator[Loss]:
    """Yield the documents beside those that were read."""
    if source.kind == "zip" and name in PARCELS:
        return
    known = {
        file for post in export.posts for file in (post.key, post.place, post.base, *post.others)
    }
    known |= {*export.parts, *(loss.place for loss in export.losses)}
    unread = [
        file
        for file in source.ending(*DOCUMENTS)
        if file not in known and not saved_page.PARTS.search(file)
    ]
    if unread:
        what = f"{many(len(unread), 'document')} beside the articles"
        yield Loss(
            "the export",
            "left out",
            what,
            ", ".join(unread[:SHOWN]) + (" …" if len(unread) > SHOWN else ""),
        )


def read_source(source: Source) -> Export:
    """Return the content of `source` by the first format that it is. Raises :class:`ImportRefused`."""
    for form in FORMATS:
        if form.detect(source):
            export = form.read(source)
            return replace(export, losses=(*export.losses, *_unread(source, form.name, export)))
    known = ", ".join(form.name for form in FORMATS)
    raise ImportRefused(
        f"`{source.name}` is not an export that is known", f"choose one of: {known}"
    )
