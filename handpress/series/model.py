"""The series model: a series with its authors, its practice and its articles."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field

from handpress.assets.picture import Picture
from handpress.core.files.disk import digest
from handpress.core.media import Medium
from handpress.core.numerals import LATIN, Numerals
from handpress.core.problems.problem import Place
from handpress.series.article import OPEN, Article, Target
from handpress.series.ledger.editions import Edition
from handpress.series.ledger.news import News, news_of
from handpress.series.links.linked_files import LinkedFile
from handpress.series.parts import Part
from handpress.series.settings.theme import OURS, Theme

T = TypeVar("T")


class Author(Struct, frozen=True):
    """An author of an article. `bio` is the parsed body of the author's file, None for a plain name."""

    slug: str | None
    name: str
    credentials: str = ""
    role: str = ""
    short: str = ""
    file_as: str = ""
    links: tuple[tuple[str, str], ...] = ()
    photo: Picture | None = None
    bio: Article | None = None

    @property
    def tells(self) -> bool:
        """Return whether there is more to read than the name, with the letters after it."""
        written = self.bio is not None and (self.credentials or self.bio.body.strip())
        return bool(written) or any((self.short, self.role, self.links, self.photo))


class OwnLevel(Struct, frozen=True):
    """The level that a series sets for a code, with its place; for `check`, also the value of a limit."""

    code: str
    level: str
    place: Place


class Practice(Struct, frozen=True):
    """The clinic on the letterhead of the handouts."""

    name: str
    logo: Picture | None
    address: tuple[str, ...]
    phone: str
    email: str
    web: str
    hours: Mapping[str, tuple[str, ...]]  # by language, as are the next ones; "" for all others
    emergency: Mapping[str, str]
    advice: Mapping[str, str]
    note: Mapping[str, str]
    practitioner: str
    # For the desk: several people to choose from, and the look that it offers first.
    practitioners: tuple[str, ...] = ()
    paper: str = ""
    style: str = ""

    def numbers(self, language: str) -> tuple[str, str]:
        """Return the emergency and the advice number for readers of `language`, "" for a missing one."""
        return _in_language(self.emergency, language) or "", _in_language(
            self.advice, language
        ) or ""

    def hours_in(self, *languages: str) -> dict[str, tuple[str, ...]]:
        """Return the hours for readers of each of the `languages`, the same ones once."""
        return _once({tag: _in_language(self.hours, tag) for tag in languages})

    def note_in(self, *languages: str) -> dict[str, str]:
        """Return the note for readers of each of the `languages`, the same one once."""
        return _once({tag: _in_language(self.note, tag) for tag in languages})

    def characters(self, language: str) -> frozenset[str]:
        """Return the characters of all that may be printed for readers of `language`."""
        ways = (self.name, self.phone, self.email, self.web, self.practitioner)
        said = (*self.numbers(language), *self.note_in(language).values())
        lines = (*self.address, *self.practitioners, *(_in_language(self.hours, language) or ()))
        return frozenset("".join((*ways, *said, *lines)))


def _in_language(texts: Mapping[str, T], language: str) -> T | None:
    """Return the text for readers of `language`: its own, that of the language without a country, or that for all."""
    tags = (language, language.split("-")[0], "")
    return next((texts[tag] for tag in tags if tag in texts), None)


def _once(texts: Mapping[str, T | None]) -> dict[str, T]:
    """Return the texts that are there, each by the first of its languages."""
    found: dict[T, str] = {}
    for tag, text in texts.items():
        if text is not None:
            found.setdefault(text, tag)
    return {tag: text for text, tag in found.items()}


class Counterpart(Struct, frozen=True):
    """A series in another language, as far as links to it need it: its `titles` are by slug, of published articles."""

    id: str
    language: str
    site: str
    media: tuple[str, ...]
    titles: Mapping[str, str]


class Series(Struct, frozen=True, dict=True):
    """Ordered articles with the properties of the series."""

    id: str
    folder: str
    title: str
    subtitle: str
    description: str
    language: str
    edition: int  # 0 without editions of its own
    revision: int  # of the edition, 0 for its first issue
    date: datetime.date | None
    reviewed: datetime.date | None
    review_by: datetime.date | None
    publisher: str
    rights: str
    isbn: str
    site: str
    cover: Picture | None
    media: tuple[str, ...]
    styles: tuple[str, ...]
    paper: str
    fit: int | None  # pages of a handout, unless its article has its own number
    authors: tuple[Author, ...]
    articles: tuple[Article, ...]
    article_authors: Mapping[str, tuple[Author, ...]]
    packs: Mapping[str, tuple[str, ...]]  # by name: the articles whose handouts are bound together
    practice: Practice | None
    # Of the references of each article and bio, by its path; None for an unknown target.
    targets: Mapping[str, tuple[Target | None, ...]]
    digests: Mapping[str, str]  # of the files that it was assembled from, for `why`
    files: Mapping[str, LinkedFile] = field(default_factory=dict)  # that articles link to, by path
    identity: str = ""  # distinguishes it from others with the same id, site and edition
    languages: tuple[str, ...] = ()  # of its parts
    # Its collection, and its number there, 0 without one.
    collection: tuple[str, int] | None = None
    editions: tuple[Edition, ...] = ()  # that were released, the newest last
    levels: tuple[OwnLevel, ...] = ()
    checks: tuple[OwnLevel, ...] = ()  # levels and limits of the rules of `check`
    bilingual: tuple[str, ...] = ()  # the forms of handouts that show its original too
    care: str = ""  # "required", if each article needs a care box; for `check`
    kind: str = ""  # "health", if `check` reads it as a health sheet
    places: Mapping[str, Place] = field(default_factory=dict)  # of its settings, by key
    parts: tuple[Part, ...] = ()
    theme: Theme = OURS
    shared_theme: Theme = OURS  # of all series of the workspace
    print_isbn: str = ""  # of the printed book
    settings: str = ""  # the path of its settings
    original: str = ""  # the id of the series that it is a translation of
    counterparts: tuple[Counterpart, ...] = ()  # itself in its other languages, the original first
    paper_thickness: float = 0.1  # of its paper, in millimetres: 80 g/m², offset
    # By the name of a medium: the articles that this medium does not have.
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # The names of numbering systems, by the languages of its articles; 0 to 9 in others.
    digits: Mapping[str, str] = field(default_factory=dict)

    def numerals(self, language: str) -> Numerals:
        """Return the digits of Handpress's own numbers in text in `language`."""
        return Numerals(self.digits[language]) if language in self.digits else LATIN

    def number(self, slug: str) -> int:
        """Return the position of an article in the series, from 1."""
        return self._numbers[slug]

    def articles_in(self, medium: Medium) -> tuple[Article, ...]:
        """Return the articles that a medium has, in order; none if the series is not published in it."""
        return self._articles_in.get(medium.name, ())

    def number_in(self, medium: Medium, slug: str) -> int:
        """Return the position of an article among those that a medium has, from 1, or 0 if it does not have the article."""
        return self._numbers_in.get(medium.name, {}).get(slug, 0)

    def article(self, slug: str) -> Article:
        return self.articles[self.number(slug) - 1]

    def target(self, article: Article, number: int) -> Target | None:
        """Return the place that a reference of an article or bio leads to, None if there is none."""
        return self.targets[article.path][number]

    def has(self, slug: str) -> bool:
        """Return whether an article of this name is published in it."""
        return slug in self._numbers

    @property
    def first(self) -> Counterpart | None:
        """The series that it is a translation of."""
        return next((c for c in self.counterparts if c.id == self.original), None)

    @cached_property
    def contributors(self) -> tuple[Author, ...]:
        """Return the authors of articles who are not among its authors, in the order of the articles."""
        named = {author.name for author in self.authors}
        several = self.article_authors.values()
        found = {a.name: a for authors in several for a in authors if a.name not in named}
        return tuple(found.values())

    @cached_property
    def introduced(self) -> tuple[Author, ...]:
        """Return its authors and contributors, those with more than a name."""
        everybody = *self.authors, *self.contributors
        return tuple(a for a in everybody if a.tells)

    @cached_property
    def text_version(self) -> str:
        """Return a short name for the present state of its text.

        It changes with each word, link or picture of the authors, independent of the edition, and is the same in
        every layout.
        """
        people = (*self.authors, *self.contributors)
        texts = (*self.articles, *(p.bio for p in people if p.bio))
        pictures = {p.origin for text in texts for p in text.pictures.values()}
        pictures |= {p.photo.origin for p in people if p.photo}
        whole = [
            [self.title, self.subtitle, self.description],
            *(self._text(t) for t in texts),
            sorted(pictures),
        ]
        return digest(json.dumps(whole).encode())[:8]

    def _text(self, article: Article) -> list[object]:
        """Return the text of an article with the target of each link."""

        def closed(markup: str) -> str:
            # It begins with plain text: such patterns are fast.
            return re.sub(
                rf' href="{OPEN}(\d+)(?=")', lambda link: f' href="{target(link)}', markup
            )

        def target(link: re.Match[str]) -> str:
            found = self.target(article, int(link[1]))
            if found and found.file:
                return f"file:{self.files[found.file].asset.digest}"
            if found and found.home:
                return "home:"
            slug = found and (found.slug or f"{self.original}/{found.untranslated}")
            return f"article:{slug}{f'#{found.id}' if found.id else ''}" if found else ""

        notes = sorted((key, closed(note)) for key, note in article.notes.items())
        return [article.title, article.settings.get("summary"), closed(article.body), notes]

    @cached_property
    def news(self) -> News | None:
        """The news of this edition, None without a ledger or in a first edition."""
        return news_of(self.editions, self.edition)

    def part_of(self, slug: str) -> int:
        """Return the number of the part that has an article, from 1, or 0 if none has."""
        return self._parts.get(slug, 0)

    @cached_property
    def _parts(self) -> dict[str, int]:
        return {slug: number for number, part in enumerate(self.parts, 1) for slug in part.slugs}

    @cached_property
    def _articles_in(self) -> dict[str, tuple[Article, ...]]:
        """The articles of each medium, by its name."""

        def without(left_out: Collection[str]) -> tuple[Article, ...]:
            return tuple(article for article in self.articles if article.slug not in left_out)

        return {name: without(self.left_out.get(name, ())) for name in self.media}

    @cached_property
    def _numbers_in(self) -> dict[str, dict[str, int]]:
        """The numbers of the articles of each medium, by its name."""
        return {name: _numbered(articles) for name, articles in self._articles_in.items()}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return _numbered(self.articles)


def _numbered(articles: Sequence[Article]) -> dict[str, int]:
    """Return the numbers of articles from 1, by their names."""
    return {article.slug: number for number, article in enumerate(articles, 1)}
