"""Assembling: the articles of one folder to a series, in order, with the target of every link.

This is the last stage that is independent of the media.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from handpress.assets.fonts import faces
from handpress.assets.picture import Picture
from handpress.core.caches.cache import Cache
from handpress.core.files.disk import digest
from handpress.core.files.markdown_files import SETTINGS, settings_file
from handpress.core.files.source import Source, read_source
from handpress.core.files.workspace import Workspace
from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.core.media import MEDIA, TABLE
from handpress.core.problems.problem import Place, Problem, problem
from handpress.core.styles import styles
from handpress.markup.quotes import typographic
from handpress.series.article import Article, Target, words_of
from handpress.series.article_cache import parse_cached
from handpress.series.authors import Authors
from handpress.series.contents import ordered, packs_of
from handpress.series.folders import read_labels
from handpress.series.illustrations.glyphs import missing_in_drawings, missing_in_text
from handpress.series.illustrations.pictures import find_picture
from handpress.series.ledger.editions import Ledger, read_ledger, with_newest
from handpress.series.links.elsewhere import Elsewhere
from handpress.series.links.linked_files import linked_files
from handpress.series.links.references import resolve_references
from handpress.series.links.reused import with_reused
from handpress.series.model import OwnLevel, Practice, Series, id_of
from handpress.series.names import names_of
from handpress.series.outlines.read import Order
from handpress.series.parse import MEMORY, SECONDS, too_slow
from handpress.series.parts import Contents
from handpress.series.selection import Selection, select
from handpress.series.settings.schema import PRACTICE, SERIES
from handpress.series.settings.theme import Theme, read_theme, theme_keys
from handpress.series.settings.values import Fields, Many, Reader, one_of
from handpress.series.settings.yaml_reader import Settings, read_settings

Found = TypeVar("Found")
NO_SOURCE = Source("", "")


def assemble(
    workspace: Workspace, folder: str, cache: Cache | None = None
) -> tuple[Series, list[Problem]]:
    """Return the series in `folder`, and all problems in it.

    Articles come from `cache` if they, their pictures and the program are unchanged since they were parsed
    without problems.
    """
    return _Assembly(workspace, folder, cache or Cache(None)).assemble()


class _Assembly:
    def __init__(self, workspace: Workspace, folder: str, cache: Cache) -> None:
        self.cache = cache
        self.workspace, self.disk, self.folder = workspace, workspace.disk, folder
        self.problems: list[Problem] = []
        self.language = "en"
        self.digests: dict[str, str] = {}
        self.targets: dict[str, tuple[Target | None, ...]] = {}
        self.bios: tuple[Article, ...] = ()
        self.practice_source: Source | None = None
        self.logo_place: Place | None = None
        self.shown: list[tuple[Picture, Place]] = []  # the pictures that settings name

    def assemble(self) -> tuple[Series, list[Problem]]:
        self.theme_keys = theme_keys(self.workspace)
        themed: dict[str, Reader] = {"theme": Fields(self.theme_keys, "base", "a theme")}
        self.two_settings()
        settings, selection, ledger, parsed, contents = self.contents(themed)
        elsewhere = Elsewhere(self.workspace, self.folder, self.published_in)
        articles = self.gather(with_reused(contents.articles, elsewhere))
        opening = {a.path for a in parsed.values() if a.only_opens and a not in articles}
        self.problems = [
            p for p in self.problems if p.code != "empty-article" or p.place.path not in opening
        ]
        broken = self.broken(self.folder, self.workspace.authors)
        if not articles and not broken:
            self.problems.append(self.nothing(settings, parsed))
        self.targets |= self.gather(
            resolve_references(articles, parsed.values(), self.disk, self.folder)
        )
        people = Authors(self.workspace, self.folder, self.cache, self.language, self.picture_at)
        authors = people.of(settings)
        by_article = {a.slug: people.of(a.settings) or authors for a in articles}
        self.problems += people.problems
        self.targets |= people.targets
        self.digests |= people.digests
        self.bios = tuple(a.bio for a in people.people.values() if a.bio)
        if not authors:
            everybody = {a.name: a for several in by_article.values() for a in several}
            authors = tuple(everybody.values())
        practice_settings = self.settings(self.workspace.practice, PRACTICE | themed, "a practice")
        shared_theme = self.shared_theme(practice_settings)
        theme = shared_theme.under(self.theme(settings.within("theme")))
        title = settings.get("title") or self.title(articles, parsed)
        media = tuple(m for m in MEDIA if m in settings.get("media", MEDIA))
        series = Series(
            id=settings.get("id") or id_of(self.workspace, self.folder),
            folder=self.folder,
            title=title,
            subtitle=settings.get("subtitle", ""),
            description=settings.get("description", ""),
            language=self.language,
            # An edition that cannot be read is not called the first.
            edition=settings.get("edition", 0 if "edition" in settings.values else 1),
            revision=settings.get("revision", 0),
            date=settings.get("date")
            or max(filter(None, (a.settings.get("date") for a in articles)), default=None),
            reviewed=settings.get("reviewed"),
            review_by=settings.get("review_by"),
            publisher=settings.get("publisher", ""),
            rights=settings.get("rights", ""),
            isbn=settings.get("isbn", ""),
            print_isbn=settings.get("print_isbn", ""),
            paper_thickness=settings.get("paper_thickness", 0.1),
            collection=self.collection(settings),
            site=_folder_address(settings.get("site", "")),
            cover=self.picture(settings, "cover") or theme.cover,
            media=media or MEDIA,
            styles=settings.get("styles") or ("standard",),
            paper=settings.get("paper", "a4"),
            fit=settings.get("fit"),
            authors=authors,
            articles=articles,
            article_authors=by_article,
            packs=self.gather(packs_of(settings, articles)),
            practice=self.practice(practice_settings, theme),
            theme=theme,
            shared_theme=shared_theme,
            targets=self.targets,
            digests=self.digests,
            files=linked_files(self.disk, self.targets.values()),
            editions=ledger.editions,
            levels=_own_levels(settings, "levels"),
            checks=_own_levels(settings, "check"),
            kind=settings.get("kind", ""),
            bilingual=tuple(settings.get("bilingual", ())),
            care=settings.get("care", ""),
            places={key: settings.place(key) for key in ("title", *settings.values)},
            parts=tuple(
                replace(part, title=typographic(part.title, self.language))
                for part in contents.parts
            ),
        )
        self.glyphs(series, settings.source, selection.order)
        return series, self.problems

    def contents(
        self, themed: dict[str, Reader]
    ) -> tuple[Settings, Selection, Ledger, dict[str, Article], Contents]:
        """Read the settings and the articles, and put these in order."""
        keys = SERIES | themed | {"styles": Many(one_of(*styles(self.workspace)))}
        settings = self.settings(settings_file(self.disk, self.folder), keys, "a series")
        listed = [written for _, written in settings.get("articles", ())]
        selection = self.gather(select(self.workspace, self.folder, listed))
        settings = self.with_outline(settings, selection.order)
        ledger = self.ledger()
        settings = self.gather(with_newest(settings, ledger.newest))
        self.language = settings.get("language", "en")
        settings = settings.with_marks(self.language)
        parsed = self.parsed(selection)
        labels = read_labels(self.disk, selection.paths)
        contents = self.gather(ordered(settings, parsed, selection, labels))
        return settings, selection, ledger, parsed, contents

    def published_in(self, folder: str) -> tuple[Article, ...]:
        """Return the articles of another series, whose problems it reports itself."""
        other = _Assembly(self.workspace, folder, self.cache)
        *_, contents = other.contents({})
        self.digests |= other.digests
        return contents.articles

    def nothing(self, settings: Settings, parsed: Mapping[str, Article]) -> Problem:
        """Return the reason why the series has no articles."""
        folder = self.disk.root.name if self.folder == "." else self.folder
        if parsed and all(article.draft for article in parsed.values()):
            first = next(iter(parsed.values()))
            return problem("only-drafts", first.source.place(), folder=folder)
        place = settings.place("articles") if parsed else Place(self.folder)
        return problem("no-articles", place, folder=folder)

    def gather(self, found: tuple[Found, list[Problem]]) -> Found:
        """Keep the problems that a step returns with its result, and return the result."""
        self.problems += found[1]
        return found[0]

    def broken(self, *folders: str) -> bool:
        """Return whether one of the `folders` is a broken link, which is a problem."""
        found = [(folder, reason) for folder in folders if (reason := self.disk.broken(folder))]
        self.problems += [
            problem("unreadable-file", Place(f), reason=reason) for f, reason in found
        ]
        return bool(found)

    # Settings

    def settings(self, path: str, keys: Mapping[str, Reader], owner: str) -> Settings:
        path = posixpath.normpath(path)
        if not self.disk.has(path):
            return Settings(Source(path, ""))
        source, found = read_source(self.disk, path)
        self.digests[path] = digest(source.text.encode())
        settings, wrong = read_settings(source, keys, owner)
        self.problems += [*found, *wrong]
        return settings

    def ledger(self) -> Ledger:
        found = self.gather(read_ledger(self.disk, self.folder))
        if found.source.text:
            self.digests[found.source.path] = digest(found.source.text.encode())
        return found

    def two_settings(self) -> None:
        """Report a second file of settings, with the other ending."""
        used = settings_file(self.disk, self.folder)
        paths = [posixpath.join(posixpath.dirname(used), name) for name in SETTINGS]
        ignored = [path for path in paths if path != used and self.disk.has(path)]
        self.problems += [problem("two-settings", Place(path), other=used) for path in ignored]

    def with_outline(self, settings: Settings, order: Order | None) -> Settings:
        """Return `settings` with those of another program's file for keys that are not set."""
        if order is None:
            return settings
        self.digests[order.source.path] = digest(order.source.text.encode())
        for key, value in order.settings.items():
            settings = settings.with_default(key, value, order.source.place())
        return settings

    def collection(self, settings: Settings) -> tuple[str, int] | None:
        title, number = settings.get("collection"), settings.get("volume", 0)
        if number and not title:
            facts = {
                "key": "collection",
                "reason": "`volume` is ignored: it is a number in a collection",
                "example": "write `collection: The name of the set`",
            }
            self.problems.append(problem("missing-value", settings.place("volume"), **facts))
        return (title, number) if title else None

    def picture(self, settings: Settings, key: str) -> Picture | None:
        written = settings.get(key)
        return self.picture_at(written, settings.place(key)) if written else None

    def picture_at(self, written: str, place: Place) -> Picture | None:
        try:
            with time_limit(SECONDS), memory_limit(MEMORY):
                found, problems = find_picture(self.disk, place.path, written, place)
        except (TooSlow, MemoryError) as error:
            found, problems = None, [too_slow(place, error)]
        self.problems += problems
        if found is None:
            return None
        self.shown.append((found, place))
        return found

    def shared_theme(self, practice: Settings) -> Theme:
        """Return the theme of all series: that in `theme.yaml`, under that of the practice."""
        path = self.workspace.theme
        found = self.settings(path, self.theme_keys, "a theme") if path else Settings(NO_SOURCE)
        return self.theme(found).under(self.theme(practice.within("theme")))

    def theme(self, settings: Settings) -> Theme:
        if settings.get("logo"):
            self.logo_place = settings.place("logo")
        return self.gather(read_theme(self.workspace, settings, self.picture_at))

    def practice(self, settings: Settings, theme: Theme) -> Practice | None:
        settings = settings.with_marks(self.language)
        if not self.disk.has(self.workspace.practice):
            if theme.logo and self.logo_place:
                facts = {
                    "key": "name",
                    "reason": "the logo is not shown: only a practice has a letterhead",
                    "example": "write `name: Harbour Street Practice` in `practice.yaml`",
                }
                self.problems.append(problem("missing-value", self.logo_place, **facts))
            return None
        self.practice_source = settings.source
        if not settings.get("name") and settings.values:
            self.problems.append(
                problem(
                    "missing-value",
                    settings.place("name"),
                    key="name",
                    reason="the letterhead has no name",
                    example="write `name: Harbour Street Practice`",
                )
            )
        return Practice(
            name=settings.get("name", ""),
            logo=theme.logo or self.picture(settings, "logo"),
            address=settings.get("address", ()),
            hours=settings.get("hours", ()),
            emergency=settings.get("emergency", {}),
            advice=settings.get("advice", {}),
            practitioners=settings.get("practitioners", ()),
            **{
                key: settings.get(key, "")
                for key in ("phone", "email", "web", "practitioner", "note", "paper", "style")
            },
        )

    # Articles

    def parsed(self, selection: Selection) -> dict[str, Article]:
        found: dict[str, Article] = {}
        order = selection.order
        root, titles = (order.root, order.titles) if order else (self.folder, {})
        titles = {path: typographic(title, self.language) for path, title in titles.items()}
        names = self.gather(names_of(selection.paths, root, titles))
        for path, name in names.items():
            article = self.gather(
                parse_cached(self.cache, self.disk, path, name, language=self.language)
            )
            found[article.slug] = article
            self.digests[path] = article.digest
        return found

    def title(self, articles: tuple[Article, ...], parsed: Mapping[str, Article]) -> str:
        """Return the title of a series without one: that of its one article, its `_index.md`, or its folder."""
        section = posixpath.normpath(f"{self.folder}/_index.md")
        titles = [a.title for a in parsed.values() if a.path == section]
        if len(articles) == 1 or titles:
            return titles[0] if titles else articles[0].title
        name = posixpath.basename(self.folder)
        if self.folder in (".", "sources"):
            name = self.disk.root.name
        return typographic(words_of(name), self.language) or "Series"

    # Characters

    def glyphs(self, series: Series, source: Source, order: Order | None) -> None:
        """Find what no font can print, on paper and on the ebook's cover, which the press draws as well."""
        having = faces(self.workspace)
        paper = any(TABLE[name].paper for name in series.media)
        articles = [*series.articles, *self.bios]
        if paper:
            texts = [(a.source, a.characters) for a in articles]
            texts += [(s, frozenset(s.text)) for s in (source, self.practice_source) if s]
            if order:
                titles = (series.title, series.subtitle, *(part.title for part in series.parts))
                texts.append((order.source, frozenset("".join(titles))))
            self.problems += missing_in_text(texts, having)
        pictures = list(self.shown)
        for article in articles:
            pictures += [
                (p, article.places[f"picture:{p.path}"]) for p in article.pictures.values()
            ]
        drawings = [
            (picture, place)
            for picture, place in pictures
            if picture.type == "svg" and (paper or picture is series.cover)
        ]
        self.problems += missing_in_drawings(drawings, having)


def _own_levels(settings: Settings, key: str) -> tuple[OwnLevel, ...]:
    return tuple(
        OwnLevel(code, value, settings.place(f"{key}.{code}"))
        for code, value in settings.get(key, {}).items()
    )


def _folder_address(site: str) -> str:
    return site if not site or site.endswith("/") else f"{site}/"
