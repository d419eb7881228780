"""Assembling: the articles of one folder to a series, in order, with the target of every link.

This is the last stage that is independent of the media.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from handpress.assets.fonts import faces
from handpress.assets.picture import Picture
from handpress.core.caches.cache import Cache
from handpress.core.files.source import Source
from handpress.core.files.workspace import Workspace
from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.core.media import MEDIA, TABLE
from handpress.core.problems.problem import Place, Problem, problem
from handpress.markup.quotes import typographic
from handpress.series.article import Article, Target
from handpress.series.authors import Authors
from handpress.series.illustrations.glyphs import (
    missing_in_drawings,
    missing_in_text,
    unreadable_in_print,
)
from handpress.series.illustrations.pictures import find_picture
from handpress.series.links.elsewhere import Elsewhere
from handpress.series.links.linked_files import linked_files
from handpress.series.links.references import resolve_references
from handpress.series.links.reused import with_reused
from handpress.series.model import Author, Counterpart, OwnLevel, Practice, Series
from handpress.series.outlines.read import Order
from handpress.series.parse import MEMORY, SECONDS, too_slow
from handpress.series.reading import Collected, Readings
from handpress.series.settings.schema import PRACTICE
from handpress.series.settings.theme import Theme, read_theme
from handpress.series.settings.yaml_reader import Settings
from handpress.series.titles import with_distinct_titles
from handpress.series.unshown import unshown

NO_SOURCE = Source("", "")


def assemble(
    workspace: Workspace, folder: str, cache: Cache | None = None, readings: Readings | None = None
) -> tuple[Series, list[Problem]]:
    """Return the series in `folder`, and all problems in it.

    Articles come from `cache` if they, their pictures and the program are unchanged since they were parsed
    without problems. `readings` have the folders that were read already.
    """
    return _Assembly(readings or Readings(workspace, cache or Cache(None)), folder).assemble()


def assemble_all(
    workspace: Workspace, cache: Cache | None = None
) -> Iterator[tuple[Series, list[Problem]]]:
    """Yield each series of a workspace with its problems, and its translated editions after it."""
    readings = Readings(workspace, cache or Cache(None))
    done: set[str] = set()
    for folder in workspace.folders:
        family = [reading.folder for reading in readings.family(folder)]
        with_original = bool(family) and family[0] in workspace.folders
        for each in family if with_original else [folder]:
            if each not in done:
                done.add(each)
                yield assemble(workspace, each, cache, readings)


class _Assembly(Collected):
    def __init__(self, readings: Readings, folder: str) -> None:
        super().__init__(readings.workspace)
        self.readings, self.folder, self.cache = readings, folder, readings.cache
        self.targets: dict[str, tuple[Target | None, ...]] = {}
        self.bios: tuple[Article, ...] = ()
        self.practice_source: Source | None = None
        self.logo_place: Place | None = None
        self.shown: list[tuple[Picture, Place]] = []  # the pictures that settings name

    def assemble(self) -> tuple[Series, list[Problem]]:
        reading = self.readings.of(self.folder)
        settings, parsed, contents = reading.settings, reading.parsed, reading.contents
        self.language = reading.language
        self.problems += reading.problems
        self.digests |= reading.digests
        elsewhere = Elsewhere(self.workspace, self.folder, self.published_in)
        articles = self.gather(with_reused(contents.articles, elsewhere))
        self.allow_empty({a.path for a in parsed.values() if a.only_opens and a not in articles})
        broken = self.broken(self.folder, self.workspace.authors)
        if not articles and not broken and not reading.translation:
            self.problems.append(self.nothing(settings, parsed))
        self.targets |= self.gather(
            resolve_references(articles, parsed.values(), self.disk, self.folder, reading.originals)
        )
        authors, by_article = self.people(settings, articles)
        keys = PRACTICE | self.readings.themed
        practice_settings = self.read_settings(self.workspace.practice, keys, "a practice")
        shared_theme = self.shared_theme(practice_settings)
        theme = shared_theme.under(self.theme(settings.within("theme")))
        media = tuple(m for m in MEDIA if m in settings.get("media", MEDIA))
        series = Series(
            id=reading.id,
            folder=self.folder,
            title=reading.title,
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
            articles=with_distinct_titles(replace(contents, articles=articles)),
            article_authors=by_article,
            packs=reading.packs,
            left_out=contents.left_out,
            practice=self.practice(practice_settings, theme),
            theme=theme,
            shared_theme=shared_theme,
            targets=self.targets,
            digests=self.digests,
            files=linked_files(self.disk, self.targets.values()),
            editions=reading.ledger.editions,
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
            settings=settings.source.path,
            original=reading.original.id if reading.original else "",
            counterparts=self.counterparts(),
            digits=reading.digits,
        )
        series = self.readable(series)
        self.problems += unshown(series)
        self.glyphs(series, settings.source, reading.order)
        return series, self.problems

    def allow_empty(self, paths: Collection[str]) -> None:
        """Take back the problem that the articles at `paths` are empty: they only open their folders."""
        self.problems = [
            p for p in self.problems if p.code != "empty-article" or p.place.path not in paths
        ]

    def people(
        self, settings: Settings, articles: Iterable[Article]
    ) -> tuple[tuple[Author, ...], dict[str, tuple[Author, ...]]]:
        """Return the authors of the series, all those of its articles if it names none, and of each article by its slug."""
        people = Authors(self.workspace, self.folder, self.cache, self.language, self.picture_at)
        authors = people.of(settings)
        by_article = {a.slug: people.of(a.settings) or authors for a in articles}
        self.problems += people.problems
        self.targets |= people.targets
        self.digests |= people.digests
        self.bios = tuple(a.bio for a in people.people.values() if a.bio)
        everybody = {a.name: a for several in by_article.values() for a in several}
        return authors or tuple(everybody.values()), by_article

    def counterparts(self) -> tuple[Counterpart, ...]:
        """Return the series in its other languages."""
        return tuple(
            Counterpart(
                each.id,
                each.language,
                _folder_address(each.settings.get("site", "")),
                each.settings.get("media") or MEDIA,
                {article.slug: article.title for article in with_distinct_titles(each.contents)},
            )
            for each in self.readings.family(self.folder)
            if each.folder != self.folder and each.contents.articles
        )

    def published_in(self, folder: str) -> tuple[Article, ...]:
        """Return the articles of another series, whose problems it reports itself."""
        other = self.readings.of(folder)
        self.digests |= other.digests
        return other.contents.articles

    def nothing(self, settings: Settings, parsed: Mapping[str, Article]) -> Problem:
        """Return the reason why the series has no articles."""
        folder = self.disk.root.name if self.folder == "." else self.folder
        if parsed and all(article.draft for article in parsed.values()):
            first = next(iter(parsed.values()))
            return problem("only-drafts", first.source.place(), folder=folder)
        place = settings.place("articles") if parsed else Place(self.folder)
        return problem("no-articles", place, folder=folder)

    def broken(self, *folders: str) -> bool:
        """Return whether one of the `folders` is a broken link, which is a problem."""
        found = [(folder, reason) for folder in folders if (reason := self.disk.broken(folder))]
        self.problems += [
            problem("unreadable-file", Place(f), reason=reason) for f, reason in found
        ]
        return bool(found)

    # Settings

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
        keys = self.readings.theme_keys
        found = self.read_settings(path, keys, "a theme") if path else Settings(NO_SOURCE)
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
            hours=settings.get("hours", {}),
            emergency=settings.get("emergency", {}),
            advice=settings.get("advice", {}),
            note=settings.get("note", {}),
            practitioners=settings.get("practitioners", ()),
            **{
                key: settings.get(key, "")
                for key in ("phone", "email", "web", "practitioner", "paper", "style")
            },
        )

    # Characters

    def readable(self, series: Series) -> Series:
        """Return a series without the few articles in print that nobody could read there."""
        on_paper = [m.name for m in TABLE.values() if m.paper and m.name in series.media]
        lowered = any(own.code == "missing-font" for own in series.levels)  # the signs are printed
        if not on_paper or lowered:
            return series
        problems = unreadable_in_print(series.articles, faces(self.workspace))
        self.problems += problems
        paths = {p.place.path for p in problems}
        slugs = frozenset(a.slug for a in series.articles if a.path in paths)
        left_out = {m: series.left_out.get(m, frozenset()) | slugs for m in on_paper}
        return replace(series, left_out={**series.left_out, **left_out}) if slugs else series

    def glyphs(self, series: Series, source: Source, order: Order | None) -> None:
        """Find what no font can print, on paper and on the ebook's cover, which the press draws as well."""
        having = faces(self.workspace)
        on_paper = [medium for medium in TABLE.values() if medium.paper]
        paper = any(medium.name in series.media for medium in on_paper)
        printed = {a.slug for medium in on_paper for a in series.articles_in(medium)}
        articles = [*series.articles, *self.bios]
        if paper:
            texts = [(a.source, a.characters) for a in series.articles if a.slug in printed]
            texts += [(bio.source, bio.characters) for bio in self.bios]
            texts.append((source, frozenset(source.text)))
            if self.practice_source and series.practice:
                texts.append((self.practice_source, series.practice.characters(series.language)))
            if order:
                titles = (series.title, series.subtitle, *(part.title for part in series.parts))
                texts.append((order.source, frozenset("".join(titles))))
            self.problems += missing_in_text(texts, having)
        pictures = list(self.shown)
        for article in articles:
            pictures += [
                (p, article.places[f"picture:{path}"]) for path, p in article.pictures.items()
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
