"""Resolving: find the document in which the target of a link is."""

from __future__ import annotations

from handpress.compose.document import OtherFile, SamePage, Unreachable, chapter_id, web_address
from handpress.core.media import Medium
from handpress.series.model import Series


def resolve(
    series: Series, medium: Medium, reader: str, slug: str, anchor: str | None
) -> SamePage | OtherFile | Unreachable:
    """The answer for a link in the document of `reader` (an article) to `slug` and `anchor`."""
    # A medium may leave out an article; a link to it is as to one in another document.
    reached = medium.reach == "artefact" and series.number_in(medium, slug) > 0
    if slug == reader or (reached and not medium.address):
        return SamePage(anchor or chapter_id(slug))
    article = series.article(slug)
    if reached:
        file = medium.address.format(slug=slug)
        return OtherFile(f"{file}#{anchor}" if anchor else file)
    url = web_address(series, article)
    if url and anchor and not article.settings.get("url"):  # a page of ours has our anchors
        url += f"#{anchor}"
    ids = tuple(filter(None, (anchor, chapter_id(slug))))
    return Unreachable(article.title, series.number_in(medium, slug), url, ids)
