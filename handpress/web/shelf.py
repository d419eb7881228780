"""The shelf: a page of all series, and the same list for reading apps (OPDS 1.2, Atom)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handpress.core.files.disk import Asset, digest
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.publication import UNDATED, cover_size, identifier
from handpress.layout.words import counted, edition_line, names, own_name
from handpress.press.options import FaceOptions
from handpress.press.recipe import Recipe
from handpress.press.result import Made
from handpress.web.cards import cards
from handpress.web.downloads import downloads
from handpress.web.opds import opds2
from handpress.web.page import faces, short_description, stylesheet
from handpress.web.reading_time import in_words
from handpress.web.thumbnails import thumbnails

# The characters of names, titles and words in the languages of Europe, and of its punctuation; a face has them and
# those of the articles.
LATIN = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2045), 0x20AC))
)


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the shelf, if it is wanted and not empty."""
    if job.shelf:
        yield from shelf(job.shelf, job.made())


def shelf(layouts: Sequence[Layout], made: Mapping[str, Made]) -> Iterator[Recipe]:
    """Yield the recipes of the shelf: its page, its two catalogues and the faces shared by all pages."""
    first = layouts[0].shared
    entries = [_entry(each, made) for each in layouts]
    html = first.render("shelf.html", {}, entries=entries, sheet=stylesheet(first, ""), kind="web")
    newest = max(str(e["updated"]) for e in entries)
    atom = first.render("opds.xml", {}, entries=entries, updated=newest, kind="web")
    texts = {"index.html": html, "opds.xml": atom, "opds.json": opds2(entries, first)}
    for path, text in texts.items():
        asset = Asset.of(text.encode())
        yield Recipe(path, "copy", {"file": asset}, medium="shelf", causes={"series": asset.digest})
    characters = LATIN.union(*(a.characters for each in layouts for a in each.series.articles))
    options = FaceOptions("".join(sorted(characters)))
    for face in dict.fromkeys(face for each in (first, *layouts) for face in faces(each)):
        path = f"fonts/{face.name.rpartition('/')[2]}"
        causes = {"font": face.asset.digest, "characters": digest(options.characters.encode())}
        yield Recipe(path, "face", {"file": face.asset}, options, medium="shelf", causes=causes)


def _entry(layout: Layout, made: Mapping[str, Made]) -> dict[str, Any]:
    """Return a series as the shelf and its catalogues show it."""
    series, words = layout.series, layout.words
    shown = cards(layout, made) if f"{series.id}/index.html" in made else []
    facts = [
        own_name(series.language) if series.counterparts else "",
        names(series.authors, words),
        counted("articles_number", len(series.articles), words),
        in_words([card.minutes for card in shown], words) if shown else "",
        edition_line(series, words),
    ]
    return {
        "series": series,
        "facts": [*filter(None, facts)],
        "between": words["numerals"].between,
        "description": short_description(series, words),
        "cover": f"{series.id}/cover.png" if f"{series.id}/cover.png" in made else "",
        "cover_size": cover_size(series),
        "thumbnail": thumbnails(layout, made).get(0),
        "whole": [offer for offer in downloads(layout, made) if not offer.number],
        "page": f"{series.id}/index.html" if shown else "",
        "identifier": identifier(layout),
        "updated": f"{series.date or UNDATED}T00:00:00Z",
    }
