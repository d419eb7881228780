"""Documents: an article or other matter as one medium shows it, and the answers to where a link leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from handpress.series.article import Article
from handpress.series.model import Author, Series

WordsOf = Callable[[str], Mapping[str, Any]]  # the words of a language


class SamePage(Struct, frozen=True):
    """In the same document: a jump to an id."""

    id: str


class OtherFile(Struct, frozen=True):
    """In another document that a link can open."""

    address: str


class Unreachable(Struct, frozen=True):
    """In a document that this one cannot open: its title, its number in this medium, 0 if that does not have it, its
    web address if any, and the ids by which its page in a book is known, the best first.
    """

    title: str
    number: int
    url: str | None
    ids: tuple[str, ...] = ()


class Address(Struct, frozen=True):
    """A line of the list at the end of a printed document: what a link led to."""

    number: str  # in the digits of the text
    title: str
    note: str
    url: str | None


class Neighbour(Struct, frozen=True):
    """The article before or after, and how to get there from here."""

    slug: str
    title: str
    number: int
    way: SamePage | OtherFile | Unreachable


class Document(Struct, frozen=True, dict=True):
    """A unit that a medium lays out as a whole. `kind` is the name of its template in `layouts/parts/`."""

    kind: str
    name: str
    title: str
    id: str
    number: int = 0
    total: int = 0  # of the articles that its medium has; `number` is one of them
    article: Article | None = None
    authors: tuple[Author, ...] = ()
    text: Callable[[], str] = str  # makes its body when it is needed
    addresses: tuple[Address, ...] = ()
    previous: Neighbour | None = None
    next: Neighbour | None = None
    headings: tuple[tuple[str, str], ...] = ()  # (id, title) of level 2
    url: str | None = None
    pages: tuple[str, ...] = ()  # ids whose page numbers in the book it shows
    bios: Mapping[str, str] = field(default_factory=dict)  # by the author's name
    part: str = ""  # the id of the part that it is in
    targets: str = ""  # a hash of all ids that its links may lead to

    @cached_property
    def body(self) -> str:
        """Its text as mark-up."""
        return self.text()


def part_id(number: int) -> str:
    """The id of a part of a series, from its number. No article has it: it has an underscore."""
    return f"part_{number}"


def chapter_id(slug: str) -> str:
    """The id of an article as a whole. No anchor has it: those carry ``--``."""
    return slug if slug[:1].isalpha() else f"a-{slug}"


def language_of(series: Series, article: Article) -> str:
    return str(article.settings.get("language") or series.language)


def web_address(series: Series, article: Article) -> str | None:
    """Return the web address of an article: its own `url`, or its page below the series' `site`."""
    if own := article.settings.get("url"):
        return str(own)
    return f"{series.site}articles/{article.slug}.html" if series.site else None
