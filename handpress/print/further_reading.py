"""Further reading: the links that close a handout, with page numbers of the book."""

from __future__ import annotations

import re

from msgspec import Struct

from handpress.compose.document import Document, Unreachable
from handpress.compose.resolve import resolve
from handpress.core.media import TABLE
from handpress.layout.html.page_references import page_of
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels
from handpress.series.released import anchor_of, present

ONLY = re.compile(r'<\w+(?: [\w:-]+="[^"]*")* only="([^"]*)"')


class FurtherReading(Struct, frozen=True):
    """A source for readers of paper, printed after its mark, with its address and QR code if it has one."""

    title: str
    url: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""
    # Of the printed edition on the page: not printed, but in the link and the code.
    anchor: str = ""

    @property
    def address(self) -> str:
        """The address that a link or the code leads to."""
        return f"{self.url}#{self.anchor}" if self.anchor else self.url


def further_reading(layout: Layout, document: Document, labels: Labels) -> list[FurtherReading]:
    """Return the sources that close a handout.

    These are the handout and its series on the web, the handouts that it refers to, its neighbours, and the
    addresses of its links with their numbers in the text.
    """
    series, words = layout.series, layout.words
    more = document.article is not None and _has_more(document.article.body)
    found = []
    if document.url:
        found.append(_on_the_web(layout, document, words["in_full" if more else "this_handout"]))
    elif more:
        found.append(FurtherReading(words["more_elsewhere"]))
    on_screen_first = sorted(map(TABLE.__getitem__, series.media), key=lambda m: m.paper)
    whole = next((m.offer for m in on_screen_first if m.offer and m.offer.whole), None)
    if series.site and whole:
        found.append(FurtherReading(words[whole.whole], f"{series.site}{series.id}.{whole.ending}"))
    targets = series.targets[document.article.path] if document.article else ()
    others = {target.slug for target in targets if target and target.slug}
    beside = {n.slug: key for key in ("previous", "next") if (n := getattr(document, key))}
    for slug in sorted((others | beside.keys()) - {document.name}, key=series.number):
        way = resolve(series, TABLE["handout"], document.name, slug, None)
        if not isinstance(way, Unreachable):
            raise TypeError(f"a handout cannot contain or open another article: {slug}")
        page = page_of(way.ids, labels)
        notes = (
            words["handout_short"].format(number=way.number) if way.number else "",
            words["page_of_book"].format(number=page) if page else "",
        )
        mark = words[beside[slug]] + words["colon"] if slug in beside else ""
        entry = FurtherReading(way.title, way.url or "", tuple(filter(None, notes)), mark)
        if entry.url or entry.notes:  # else readers could not find it
            found.append(entry)
    listed = (
        FurtherReading(a.title, a.url or "", mark=f"[{a.number}] ") for a in document.addresses
    )
    return [*found, *listed]


def _on_the_web(layout: Layout, document: Document, title: str) -> FurtherReading:
    """Return the page of a handout; for a released edition, the place there that is about this copy."""
    series, url = layout.series, document.url or ""
    edition = present(series)
    # Only our own pages have such places.
    if edition is None or "web" not in series.media or not url.startswith(series.site or "\0"):
        return FurtherReading(title, url)
    title = layout.words["copy_scan"].format(title=title)
    return FurtherReading(title, url, anchor=anchor_of(edition))


def _has_more(body: str) -> bool:
    """Return whether the book has parts of an article that its handout leaves out."""
    only = (found.split() for found in ONLY.findall(body))
    return any("book" in media and "handout" not in media for media in only)
