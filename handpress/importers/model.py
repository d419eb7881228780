"""The neutral form of an export: posts, authors and pictures, before and after their way to Markdown."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Literal

from msgspec import Struct, field

LossKind = Literal["left out", "changed", "guessed", "suggested", "missing"]


class ImportRefused(Exception):
    """A source that is not imported, with the reason, and how to get a better one."""

    def __init__(self, reason: str, fix: str = "export it again") -> None:
        super().__init__(reason)
        self.reason, self.fix = reason, fix


class Loss(Struct, frozen=True):
    """A difference between a source and its result: its place in the source, its kind, and an excerpt."""

    place: str
    kind: LossKind
    what: str
    excerpt: str = ""


class Writer(Struct, frozen=True):
    """An author as an export has it; `bio` is HTML."""

    name: str
    bio: str = ""
    url: str = ""


class Post(Struct, frozen=True):
    """One article of an export. `html` is its body; `key` is the same at the next import."""

    key: str
    place: str
    title: str
    html: str
    slug: str = ""
    summary: str = ""
    date: datetime.date | None = None
    writers: tuple[Writer, ...] = ()
    tags: tuple[str, ...] = ()
    draft: bool = False
    page: bool = False  # of a site, and not in its blog
    url: str = ""
    image: str = ""
    language: str = ""
    base: str = ""  # the address or path that its relative addresses start from
    others: tuple[str, ...] = ()  # further addresses of it
    before: str = ""  # the addresses of its neighbours
    after: str = ""
    original: str = ""  # HTML, if `html` is only a part of it
    losses: tuple[Loss, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """All its addresses, as links may have them."""
        return tuple(filter(None, (self.url, self.base, *self.others)))


class Export(Struct, frozen=True):
    """All that a format reads from a source, its posts in their order there.

    `picture` returns the bytes of a picture by its address, or None if the export does not have it.
    """

    format: str
    posts: tuple[Post, ...]
    title: str = ""
    description: str = ""
    language: str = ""
    site: str = ""
    picture: Callable[[str], bytes | None] = field(default=lambda address: None)
    web: bool = False  # from pages, which have parts that are not of their articles
    ordered: bool = False  # in reading order already, not by date
    parts: tuple[str, ...] = ()  # other files that were read
    losses: tuple[Loss, ...] = ()


class Result(Struct, frozen=True):
    """A post as Markdown: its text without settings, the addresses of its pictures, and its losses.

    `words` and `kept` count those of its body, before and after.
    """

    post: Post
    text: str
    pictures: tuple[str, ...] = ()
    links: int = 0
    words: int = 0
    kept: int = 0
    losses: tuple[Loss, ...] = ()
    shown: str = ""  # the source and the result as plain HTML, for the report
    read: str = ""
