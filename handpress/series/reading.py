"""Reading: the settings and the articles of one folder, in order, before any link between them is followed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.caches.cache import Cache
from handpress.core.files.disk import digest
from handpress.core.files.file_names import is_below
from handpress.core.files.markdown_files import SETTINGS, settings_file
from handpress.core.files.source import Source, read_source
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Place, Problem, problem
from handpress.core.styles import styles
from handpress.markup.quotes import typographic
from handpress.series.article import Article, words_of
from handpress.series.article_cache import parse_cached
from handpress.series.contents import ordered, packs_of, with_left_out
from handpress.series.ledger.editions import Ledger, read_ledger, with_newest
from handpress.series.links.references import Originals
from handpress.series.names import id_of, names_of
from handpress.series.outlines.labels import read_labels
from handpress.series.outlines.read import Order
from handpress.series.parts import Contents
from handpress.series.selection import Selection, select
from handpress.series.settings.schema import AUTO, SERIES
from handpress.series.settings.theme import theme_keys
from handpress.series.settings.values import Fields, Many, Reader, one_of
from handpress.series.settings.yaml_reader import Settings, read_settings
from handpress.series.translated import (
    contents_of,
    inherited,
    language_in,
    names_in,
    packs_as,
    parsed_as,
    shared_as,
    site_of,
    untranslated,
)
from handpress.series.translations import Translation, translation_in, translations_of
from handpress.series.typed_digits import digits_of
from handpress.series.written_in import DEFAULT, written_in

Found = TypeVar("Found")

VAULT = (".obsidian", "logseq")  # folders of programs for notes, whose names are their titles
MOST_READ = 24  # articles that tell the language of a series
READ_OF_EACH = 3_000  # characters


class Reading(Struct, frozen=True):
    """The settings and articles of one folder. A translated edition has its `original`."""

    folder: str
    settings: Settings
    ledger: Ledger
    language: str
    parsed: Mapping[str, Article]
    contents: Contents
    packs: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]
    id: str
    title: str
    digits: Mapping[str, str]  # numbering systems by language
    order: Order | None = None
    translations: tuple[Translation, ...] = ()
    translation: Translation | None = None
    original: Reading | None = None

    @property
    def originals(self) -> Originals | None:
        """The articles of the original, to which links of a translated edition may lead."""
        if not (self.translation and self.original):
            return None
        first = self.original.contents.articles
        ways = {a.slug: (a.path, self.translation.place_of(a.path)) for a in first}
        place_of = self.translation.place_of
        opening = [a for a in self.original.parsed.values() if a.only_opens and not a.draft]
        sections = {way: a for a in opening for way in (place_of(a.path), a.path)}
        return Originals(first, self.translation.original, ways, sections)


class Readings(Struct, frozen=True, dict=True):
    """The series of a workspace, each read when it is needed, and once."""

    workspace: Workspace
    cache: Cache = field(default_factory=lambda: Cache(None))
    known: dict[str, Reading] = field(default_factory=dict)

    def of(self, folder: str) -> Reading:
        if folder not in self.known:
            self.known[folder] = _Reader(self, folder).read()
        return self.known[folder]

    def translation_in(self, folder: str) -> Translation | None:
        """Return the translated edition that `folder` identifies, None for an ordinary series."""
        known = (t for reading in self.known.values() for t in reading.translations)
        found = next((t for t in known if t.folder == folder), None)
        return found or translation_in(self.workspace, folder)

    def family(self, folder: str) -> tuple[Reading, ...]:
        """Return a series in all of its languages, the original first; nothing for one without translations."""
        first = self.of(folder).original or self.of(folder)
        if not first.translations:
            return ()
        return first, *(self.of(t.folder) for t in first.translations)

    @cached_property
    def theme_keys(self) -> dict[str, Callable[[str], Any]]:
        return theme_keys(self.workspace)

    @cached_property
    def themed(self) -> dict[str, Reader]:
        """The key `theme`, whose value is a theme or the name of one."""
        return {"theme": Fields(self.theme_keys, "base", "a theme")}

    @cached_property
    def keys(self) -> dict[str, Reader]:
        """The keys of a series."""
        return SERIES | self.themed | {"styles": Many(one_of(*styles(self.workspace)))}


class Collected:
    """The problems and the digests that are found in the files of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.disk = workspace, workspace.disk
        self.problems: list[Problem] = []
        self.digests: dict[str, str] = {}

    def gather(self, found: tuple[Found, list[Problem]]) -> Found:
        """Keep the problems that a step returns with its result, and return the result."""
        self.problems += found[1]
        return found[0]

    def read_settings(self, path: str, keys: Mapping[str, Reader], owner: str) -> Settings:
        path = posixpath.normpath(path)
        if not self.disk.has(path):
            return Settings(Source(path, ""))
        source, found = read_source(self.disk, path)
        self.digests[path] = digest(source.text.encode())
        settings, wrong = read_settings(source, keys, owner)
        self.problems += [*found, *wrong]
        return settings


class _Reader(Collected):
    def __init__(self, readings: Readings, folder: str) -> None:
        super().__init__(readings.workspace)
        self.readings, self.folder = readings, folder

    def read(self) -> Reading:
        translation = self.readings.translation_in(self.folder)
        return self.translated(translation) if translation else self.ordinary()

    def ordinary(self) -> Reading:
        self.two_settings()
        path = settings_file(self.disk, self.folder)
        settings = self.read_settings(path, self.readings.keys, "a series")
        language = settings.get("language")
        listed = [written for _, written in settings.get("articles", ())]
        selection = self.gather(select(self.workspace, self.folder, listed, language or ""))
        translations = translations_of(self.workspace, self.folder, selection)
        selection = self.without(translations, selection)
        settings = self.with_outline(settings, selection.order)
        ledger = self.ledger()
        settings = self.gather(with_newest(settings, ledger.newest))
        language = (
            language or selection.languages.main or self.language_of(selection, settings, path)
        )
        settings = settings.with_marks(language)
        parsed = self.parsed(selection, language)
        labels = read_labels(self.disk, selection.paths)
        contents = self.gather(ordered(settings, parsed, selection, labels))
        contents = self.gather(with_left_out(settings, contents, parsed))
        return Reading(
            self.folder,
            settings,
            ledger,
            language,
            parsed,
            contents,
            self.gather(packs_of(settings, contents)),
            tuple(self.problems),
            self.digests,
            id=settings.get("id") or id_of(self.workspace, self.folder),
            title=settings.get("title") or self.title(contents.articles, parsed, language),
            digits=digits_of(contents.articles, language, settings.get("digits", AUTO)),
            order=selection.order,
            translations=translations,
        )

    def without(self, translations: tuple[Translation, ...], selection: Selection) -> Selection:
        """Return a selection without the translations beside the articles, about which nothing is reported."""
        if not translations:
            return selection
        theirs = {path for t in translations for path in (*t.paths, *t.unused)}
        self.problems = [
            p for p in self.problems if p.code != "left-out" or p.place.path not in theirs
        ]
        return replace(selection, paths=tuple(p for p in selection.paths if p not in theirs))

    def translated(self, translation: Translation) -> Reading:
        first = self.readings.of(translation.original)
        self.unused(translation)
        own = self.read_settings(translation.settings, self.readings.keys, "a series")
        language = self.gather(language_in(own, translation))
        id_ = own.get("id") or f"{first.id}-{translation.tag.lower()}"
        settings = inherited(own, first.settings)
        settings = settings.with_default("site", site_of(first.settings, first.id, id_))
        ledger = self.ledger()
        settings = self.gather(with_newest(settings, ledger.newest)).with_marks(language)
        parsed = self.gather(
            parsed_as(translation, first.parsed, self.disk, self.readings.cache, language)
        )
        digits = digits_of(parsed.values(), language, settings.get("digits", AUTO))
        parsed = self.gather(shared_as(parsed, first.parsed, first.language, language, digits))
        self.digests |= {a.path: a.digest for a in parsed.values()}
        names = names_in(first.parsed, parsed) | (own.get("names") or {})
        contents = self.gather(contents_of(own, first.contents, parsed, names))
        self.problems += untranslated(self.disk, translation, first.contents, parsed)
        contents = self.gather(with_left_out(own, contents, parsed))
        packs = self.gather(packs_of(own, contents))
        return Reading(
            self.folder,
            settings,
            ledger,
            language,
            parsed,
            contents,
            packs if "packs" in own.values else packs_as(own, first.packs, contents),
            tuple(self.problems),
            dict(first.digests) | self.digests,
            id=id_,
            title=own.get("title")
            or names.get(first.title)
            or settings.get("title")
            or (_title_of_one(contents.articles) if len(first.contents.articles) == 1 else "")
            or first.title,
            digits=digits,
            translation=translation,
            original=first,
        )

    def unused(self, translation: Translation) -> None:
        """Report the files of a translation that are there twice."""
        for path, used in translation.unused.items():
            if posixpath.splitext(path)[1] == posixpath.splitext(SETTINGS[0])[1]:
                self.problems.append(problem("two-settings", Place(path), other=used))
            else:
                facts = {
                    "reason": f"`{used}` is used in its place",
                    "example": "delete one of them",
                }
                self.problems.append(problem("left-out", Place(path), **facts))

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

    def language_of(self, selection: Selection, settings: Settings, path: str) -> str:
        """Return the language of a series whose own settings, at `path`, do not name it.

        It is that of another program's file, or the one that the articles are written in. English is what these
        programs write into their files, whatever their users' language is, and therefore tells nothing.
        """
        given: str = settings.get("language", "")
        if given and not given.startswith(DEFAULT):
            return given
        some = selection.paths[:: len(selection.paths) // MOST_READ + 1]
        found = written_in(read_source(self.disk, path)[0].text[:READ_OF_EACH] for path in some)
        if found == DEFAULT:
            return given or DEFAULT
        reason = (
            f"`{selection.order.file}` has `{given}`"
            if given and selection.order
            else "no language is set"
        )
        place = Place(path if self.disk.has(path) else selection.paths[0])
        self.problems.append(problem("guessed-language", place, reason=reason, language=found))
        return found

    def parsed(self, selection: Selection, language: str) -> dict[str, Article]:
        found: dict[str, Article] = {}
        order = selection.order
        root, titles = (order.root, order.titles) if order else (self.folder, {})
        main = selection.languages.root
        root = main if main and is_below(main, root) else root
        titles = {path: typographic(title, language) for path, title in titles.items()}
        names = self.gather(names_of(selection.paths, root, titles, language))
        in_vault = any(self.disk.is_dir(f"{self.folder}/{name}") for name in VAULT)
        for path, name in names.items():
            name = replace(name, in_vault=in_vault)
            article = self.gather(
                parse_cached(self.readings.cache, self.disk, path, name, language=language)
            )
            found[article.slug] = article
            self.digests[path] = article.digest
        return found

    def title(
        self, articles: tuple[Article, ...], parsed: Mapping[str, Article], language: str
    ) -> str:
        """Return the title of a series without one: that of its one article, its `_index.md`, or its folder."""
        section = posixpath.normpath(f"{self.folder}/_index.md")
        titles = [a.title for a in parsed.values() if a.path == section]
        if found := next(iter(titles), _title_of_one(articles)):
            return found
        name = posixpath.basename(self.folder)
        if self.folder in (".", "sources"):
            name = self.disk.root.name
        return typographic(words_of(name), language) or "Series"


def _title_of_one(articles: tuple[Article, ...]) -> str:
    return articles[0].title if len(articles) == 1 else ""
