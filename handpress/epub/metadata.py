"""Metadata of the ebook, computed from its content, as rows of the package document.

Each claim is verified: a feature is only listed if the pages have it (EPUB 3.3, section 5.5; EPUB
Accessibility 1.1, section 2; schema.org's accessibility vocabulary).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from handpress.core.east_asian import CHINESE_JAPANESE
from handpress.epub.page import Facts
from handpress.layout.layout import Layout
from handpress.layout.publication import identifier
from handpress.layout.words import edition_line
from handpress.press.result import Row
from handpress.series.model import Author
from handpress.series.settings.people import LETTERED

# Kana, Han characters and Hangul.
FAMILY_FIRST = re.compile(f"[{CHINESE_JAPANESE}\uac00-\ud7a3]")
# Particles that sort with the surname (van, de la).
PARTICLES = frozenset(
    [
        "af",
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
    ]
)


class Content(Struct, frozen=True):
    """The features of an ebook that matter to people who cannot see, hear or hold a book."""

    pictures: bool  # that are not decorative, without the cover
    described: bool  # each of them with a text description
    moving: bool  # any of them
    formulas: bool  # as MathML
    headings: bool
    roles: bool
    pages: bool  # the printed book's

    @classmethod
    def of(cls, pages: Sequence[Facts]) -> Content:
        """Return the features of all `pages` together."""
        return cls(
            pictures=any(page.shown for page in pages),
            described=all(page.described for page in pages),
            moving=any(page.moving for page in pages),
            formulas=any(page.formulas for page in pages),
            headings=any(page.headings for page in pages),
            roles=any(page.roles for page in pages),
            pages=any(page.labels for page in pages),
        )


def rows(layout: Layout, content: Content) -> list[Row]:
    """Return all of the ebook's metadata but the date of its last change, in the order of the package."""
    return [*_publication(layout), *_access(layout, content)]


def _publication(layout: Layout) -> Iterator[Row]:
    series, words = layout.series, layout.words
    yield "dc:identifier", identifier(layout), {"id": "pub-id"}
    if series.isbn:
        yield "dc:identifier", f"urn:isbn:{series.isbn}", {"id": "isbn"}
        yield "identifier-type", "15", {"refines": "#isbn", "scheme": "onix:codelist5"}
    yield "dc:title", series.title, {"id": "title"}
    yield "title-type", "main", {"refines": "#title"}
    filed = filed_title(series.title, words["leading_words"])
    if filed != series.title:
        yield "file-as", filed, {"refines": "#title"}
    if series.subtitle:
        yield "dc:title", series.subtitle, {"id": "subtitle"}
        yield "title-type", "subtitle", {"refines": "#subtitle"}
    own = (a.settings.get("language") for a in series.articles)
    for language in dict.fromkeys((series.language, *series.languages, *filter(None, own))):
        yield "dc:language", language, {}
    people = [("dc:creator", author) for author in series.authors]
    people += [("dc:contributor", author) for author in series.contributors]
    for number, (element, author) in enumerate(people, 1):
        yield element, author.name, {"id": f"person-{number}"}
        yield "role", "aut", {"refines": f"#person-{number}", "scheme": "marc:relators"}
        yield "file-as", filed_name(author), {"refines": f"#person-{number}"}
    dates = {"date": str(series.date or "")}
    for key in ("publisher", "rights", "description", "date"):
        if value := dates.get(key) or getattr(series, key, ""):
            yield f"dc:{key}", str(value), {}
    for subject in sorted({t for a in series.articles for t in a.settings.get("tags", ())}):
        yield "dc:subject", subject, {}
    if series.edition:
        yield "schema:bookEdition", edition_line(series, words), {}
    revised = f".{series.revision}" if series.revision else ""
    issue = f"{series.edition}{revised}" if series.edition else ""
    yield "schema:version", "+".join(filter(None, (issue, series.text_version))), {}
    if series.site:
        yield "dc:relation", series.site, {}
    if series.collection:
        title, place = series.collection
        yield "belongs-to-collection", title, {"id": "collection"}
        yield "collection-type", "series", {"refines": "#collection"}
        if place:
            yield "group-position", str(place), {"refines": "#collection"}


def filed_name(author: Author) -> str:
    """Return the sort name of an author: from the author's file, otherwise with the last name first.

    Chinese, Japanese and Korean names already have the family's name first.
    """
    if author.file_as or FAMILY_FIRST.search(author.name):
        return author.file_as or author.name
    lettered = LETTERED.fullmatch(author.name)
    if "," in author.name and not lettered:
        return author.name
    names = (lettered[1] if lettered else author.name).split()
    last = len(names) - 1
    while last > 1 and names[last - 1].casefold() in PARTICLES:
        last -= 1
    return f"{' '.join(names[last:])}, {' '.join(names[:last])}" if last > 0 else author.name


def filed_title(title: str, leading: Iterable[str]) -> str:
    """Return the sort title: ``Fascia Remedy, The``."""
    first, _, rest = title.partition(" ")
    known = {word.casefold() for word in leading}
    return f"{rest}, {first}" if rest and first.casefold() in known else title


def _access(layout: Layout, content: Content) -> Iterator[Row]:
    words = layout.words
    modes = ["textual", *(["visual"] if content.pictures else [])]
    for mode in modes:
        yield "schema:accessMode", mode, {}
    if content.described:
        yield "schema:accessModeSufficient", "textual", {}
    if content.pictures:
        yield "schema:accessModeSufficient", ",".join(modes), {}
    features = {
        "tableOfContents": True,
        "readingOrder": True,
        "structuralNavigation": content.headings,
        "alternativeText": content.pictures and content.described,
        "MathML": content.formulas,
        "displayTransformability": True,  # all text, in sizes relative to the reader's own
        "ARIA": content.roles,
        "pageBreakMarkers": content.pages,
        "pageNavigation": content.pages,
        "unlocked": True,
    }
    for feature in (name for name, there in features.items() if there):
        yield "schema:accessibilityFeature", feature, {}
    yield "schema:accessibilityHazard", "unknown" if content.moving else "none", {}
    if content.pages:
        yield "pageBreakSource", source(layout), {}
    sentences = {
        "access_text": content.headings,
        "access_scalable": True,
        "access_pictures": content.pictures and content.described,
        "access_silent_pictures": content.pictures and not content.described,
        "access_no_pictures": not content.pictures,
        "access_pages": content.pages,
        "access_moving": content.moving,
    }
    summary = " ".join(words[word] for word, true in sentences.items() if true)
    yield "schema:accessibilitySummary", summary, {}


def source(layout: Layout) -> str:
    """Return the source of the page numbers, for people: the printed book has no identifier of its own."""
    series, words = layout.series, layout.words
    edition = edition_line(series, words)
    return str(words["book_source"].format(title=series.title, edition=edition))
