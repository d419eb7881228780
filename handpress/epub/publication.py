"""The content of one EPUB: a series, several series as its parts, or a single article.

Several series may have articles, notes and ids of the same name. So in a bundle each has its own prefix,
which all links within it include.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from handpress.compose.compose import compose, matter
from handpress.compose.document import Document, Neighbour, OtherFile
from handpress.core.files.disk import digest
from handpress.core.media import SINGLE_ARTICLE, STANDALONE
from handpress.layout import publication
from handpress.layout.layout import Layout
from handpress.markup.tree import parse_tree, serialize
from handpress.print.page_numbers import BookJob
from handpress.series.article import in_ascii
from handpress.series.model import Series

# A document of a bundle: the number of its part, and its name in the series.
PREFIXED = re.compile(r"part-(\d+)-(.+)")
ID_LISTS = ("headers", "aria-labelledby", "aria-describedby")


class EbookJob(BookJob, Protocol):
    """A job that may ask for more ebooks than those of the series."""

    @property
    def publications(self) -> tuple[Publication, ...]:
        """Bundles and single articles."""


class Publication(Struct, frozen=True):
    """The content of one ebook.

    `layout` is used for the ebook as a whole; each document has the layout of its own series.
    """

    path: str  # below the output folder
    layout: Layout
    documents: tuple[tuple[Layout, Document], ...]
    members: tuple[Layout, ...]  # the series bound into it
    article: str = ""  # the name of its article, if it has only one
    asked: bool = True  # whether an option requested it

    @property
    def cover(self) -> str:
        """Return the path of its cover."""
        if self.asked:
            return f"{self.path.removesuffix('.epub')}.png"
        return f"{self.layout.series.id}/cover.png"

    @property
    def bundled(self) -> tuple[str, ...]:
        """Return the ids of the series in a bundle."""
        return tuple(m.series.id for m in self.members) if len(self.members) > 1 else ()

    def causes(self, sheet: str) -> Mapping[str, str]:
        """Return its sources, in the words that `why` uses."""
        if self.bundled:
            found = ((m.series.id, sorted(m.causes.of(None, "").items())) for m in self.members)
            causes = {f"series {id_}": digest(repr(made_of).encode()) for id_, made_of in found}
            return causes | {"style": digest(sheet.encode())}
        documents = (d for _, d in self.documents if self.article and d.kind == "chapter")
        return self.members[0].causes.of(next(documents, None), sheet)


def whole_series(layout: Layout) -> Publication:
    """Return the ebook of a series."""
    series = layout.series
    documents = tuple((layout, document) for document in layout.documents(STANDALONE))
    path = f"{series.id}/{series.id}.epub"
    return Publication(path, layout, documents, (layout,), asked=False)


# --- Several series ----------------------------------------------------------------------------


def bundle(title: str, members: Sequence[Layout]) -> Publication:
    """Combine several series into one ebook, in the language of the first."""
    first = members[0]
    layout = Layout(first.design, _bound(title, [m.series for m in members]))
    chapters = [
        pair for number, member in enumerate(members, 1) for pair in _part(member, f"part-{number}")
    ]
    path = f"bundles/{in_ascii(title)}.epub"
    return Publication(path, layout, _between_matter(layout, chapters), tuple(members))


def _bound(title: str, several: Sequence[Series]) -> Series:
    """Return the properties of a bundle: those that all of its series share, and all of their authors."""
    identity = "\n".join([title, *map(publication.edition_identity, several)])
    publishers, rights = {s.publisher for s in several}, {s.rights for s in several}
    return replace(
        several[0],
        id="",
        identity=identity,
        theme=several[0].shared_theme,
        title=title,
        subtitle="",
        description="",
        edition=0,
        revision=0,
        editions=(),
        date=max(filter(None, (s.date for s in several)), default=None),
        reviewed=None,
        review_by=min(filter(None, (s.review_by for s in several)), default=None),
        publisher=publishers.pop() if len(publishers) == 1 else "",
        rights=rights.pop() if len(rights) == 1 else "",
        isbn="",
        collection=None,
        site="",
        cover=None,
        authors=tuple({a.name: a for s in several for a in s.authors}.values()),
        languages=tuple(s.language for s in several),
        articles=tuple(a for s in several for a in s.articles),
        parts=(),
        article_authors={
            f"{s.id}/{slug}": authors
            for s in several
            for slug, authors in s.article_authors.items()
        },
        packs={},
        targets={path: targets for s in several for path, targets in s.targets.items()},
        digests={path: value for s in several for path, value in s.digests.items()},
        digits={tag: name for s in reversed(several) for tag, name in s.digits.items()},
    )


def _part(layout: Layout, prefix: str) -> Iterator[tuple[Layout, Document]]:
    """Convert a series to a part: its title page, and its articles with unique names."""
    series = layout.series
    yield layout, Document("part", prefix, series.title, prefix, authors=series.authors)
    for document in layout.documents(STANDALONE):
        if document.kind == "chapter":
            yield layout, renamed(document, prefix)


def renamed(document: Document, prefix: str) -> Document:
    """Add `prefix` to a chapter's file name and to every id, also in its links."""
    tree = parse_tree(document.body)
    for element in tree.iter():
        if id_ := element.get("id"):
            element.set("id", f"{prefix}--{id_}")
        if href := element.get("href"):
            element.set("href", _address(href, prefix))
        for name in ID_LISTS:
            if ids := element.get(name):
                element.set(name, " ".join(f"{prefix}--{id_}" for id_ in ids.split()))
    return replace(
        document,
        name=f"{prefix}-{document.name}",
        part=prefix,
        id=f"{prefix}--{document.id}",
        text=partial(str, serialize(tree)),
        headings=tuple((f"{prefix}--{id_}", title) for id_, title in document.headings),
        previous=_neighbour(document.previous, prefix),
        next=_neighbour(document.next, prefix),
    )


def _neighbour(neighbour: Neighbour | None, prefix: str) -> Neighbour | None:
    if neighbour is None or not isinstance(neighbour.way, OtherFile):
        return None
    return replace(neighbour, way=OtherFile(_address(neighbour.way.address, prefix)))


def _address(href: str, prefix: str) -> str:
    """Convert an address within a series for a bundle; external addresses stay."""
    if urlsplit(href).scheme:
        return href
    file, _, id_ = href.partition("#")
    return (f"{prefix}-{file}" if file else "") + (f"#{prefix}--{id_}" if id_ else "")


# --- One article -------------------------------------------------------------------------------


def single_article(layout: Layout, slug: str) -> Publication:
    """Return the ebook of one article."""
    own = Layout(layout.design, _single(layout.series, slug))
    documents, _ = compose(layout.series, SINGLE_ARTICLE, own.words_of, {slug})
    chapters = [
        (own, replace(d, number=0, previous=None, next=None))
        for d in documents
        if d.kind == "chapter"
    ]
    path = posixpath.join(layout.series.id, "epub", f"{slug}.epub")
    return Publication(path, own, _between_matter(own, chapters), (layout,), article=slug)


def _single(series: Series, slug: str) -> Series:
    """Return the properties of an article that is published alone."""
    article = series.article(slug)
    settings = article.settings
    authors = series.article_authors[slug]
    return replace(
        series,
        identity=f"{publication.edition_identity(series)}/{slug}",
        collection=(series.title, series.number(slug)),
        editions=(),  # their news is that of other articles too
        title=article.title,
        subtitle=settings.get("subtitle", ""),
        description=settings.get("summary", ""),
        language=settings.get("language") or series.language,
        date=settings.get("date") or series.date,
        reviewed=settings.get("reviewed") or series.reviewed,
        review_by=settings.get("review_by") or series.review_by,
        isbn="",
        cover=None,
        authors=authors,
        articles=(article,),
        parts=(),
        article_authors={slug: authors},
        packs={},
    )


def _between_matter(
    layout: Layout, chapters: Sequence[tuple[Layout, Document]]
) -> tuple[tuple[Layout, Document], ...]:
    """Return the chapters with the front and back matter of the ebook."""
    medium = STANDALONE
    front, back = (
        [(layout, d) for d in matter(layout.series, medium, kinds, layout.words)]
        for kinds in (medium.front, medium.back)
    )
    return (*front, *chapters, *back)
