"""Editions: an original and its translation in one language, text by text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from handpress.core.files.file_names import is_markdown, stem_of
from handpress.core.files.markdown_files import settings_file
from handpress.core.files.source import Source, read_source
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Problem
from handpress.series.assemble import assemble
from handpress.series.contents import title_of
from handpress.series.model import Series
from handpress.series.names import names_of
from handpress.series.reading import Readings
from handpress.series.settings.values import language as in_form
from handpress.series.translations import Translation, files_beside, translations_of
from handpress.translations.files import MISSING, OLDER, TRANSLATED, TranslationRefused
from handpress.translations.pairs import Pair, paired
from handpress.translations.record import NOT_YET, Record, Recorded, read_record
from handpress.translations.settings import settings_of
from handpress.translations.units import ARTICLES, BIOS, Units, units_of

PARTLY = "partly"  # the state of a section with texts that are missing
AUTHORS = "authors/"  # begins the slug of a bio, and its name in the record
SETTINGS = "series.yaml"  # the name of the settings in the record, and its part of an id


class Section(Struct, frozen=True):
    """How far a section of an article is translated, and the line of its heading in the original."""

    title: str
    line: int
    state: str
    texts: int
    missing: int
    older: int


class Translated(Struct, frozen=True):
    """One file of the original with its translation, text by text. `name` is that in the record."""

    name: str
    slug: str
    title: str
    path: str
    file: str
    original: Units
    translation: Units | None
    recorded: Recorded | None
    pairs: tuple[Pair, ...]

    @property
    def is_settings(self) -> bool:
        return self.name == SETTINGS

    @property
    def is_bio(self) -> bool:
        return self.slug.startswith(AUTHORS)

    def read(self, source: Source) -> Units:
        """Return the texts of a file of this kind."""
        return (
            settings_of(source)
            if self.is_settings
            else units_of(source, BIOS if self.is_bio else ARTICLES)
        )

    def count(self, *states: str) -> int:
        return sum(pair.state in states for pair in self.pairs)

    def sections(self) -> Iterator[Section]:
        """Yield the sections that have texts."""
        known = set(self.recorded.sections if self.recorded else ()) - {NOT_YET}
        for number, section in enumerate(self.original.sections):
            states = [pair.state for pair in self.pairs if pair.unit.section == number]
            if not states:
                continue
            line = next(pair.unit.line for pair in self.pairs if pair.unit.section == number)
            title = section.title or ("settings" if self.is_settings else "beginning")
            missing, older = states.count(MISSING), states.count(OLDER)
            # The words may be the same, and a dosage or a picture another.
            changed = bool(known) and section.hash not in known and not missing
            if missing == len(states):
                state = MISSING
            elif older or changed:
                state = OLDER
            else:
                state = PARTLY if missing else TRANSLATED
            yield Section(title, line, state, len(states), missing, older)


class Edition(Struct, frozen=True):
    """The translation of a series into one language, of which perhaps nothing exists."""

    workspace: Workspace
    series: Series
    translation: Translation
    files: tuple[Translated, ...]
    problems: tuple[Problem, ...]

    @property
    def records(self) -> list[str]:
        """The paths of all records."""
        return sorted({self.record_of(file) for file in self.files})

    def record_of(self, file: Translated) -> str:
        """Return the path of the record of a file: that of bios is beside them, for all series."""
        return _bios_record(self.workspace, self.translation.tag) if file.is_bio else self.translation.record  # fmt: skip

    def id_of(self, file: Translated, number: int) -> str:
        """Return the id of a text in files for translators: of its series, its article and itself."""
        hashes = [pair.unit.hash for pair in file.pairs[: number + 1]]
        again = hashes.count(hashes[-1])
        parts = [self.series.id, file.slug or "series.yaml", hashes[-1]]
        return ":".join([*parts, str(again)] if again > 1 else parts)


def tags_of(workspace: Workspace, folder: str) -> tuple[str, ...]:
    """Return the languages into which a series is translated."""
    return tuple(translation.tag for translation in translations_of(workspace, folder))


def edition_of(workspace: Workspace, folder: str, tag: str) -> Edition:
    """Return the translation into the language `tag` of the series in `folder`. Raises :class:`TranslationRefused`."""
    every = translations_of(workspace, folder)
    series, problems = assemble(workspace, folder)
    tag = tag_of(tag)
    if tag.lower() == series.language.lower():
        raise TranslationRefused(
            f"`{tag}` is the language of the original", "choose another with `--to`"
        )
    translation = next((t for t in every if t.tag == tag), None) or _new(folder, tag)
    record = read_record(workspace.disk, translation.record)
    names = names_of([article.path for article in series.articles], folder)[0]
    files = [_settings(workspace, translation, record)]
    for article in series.articles:
        name = posixpath.relpath(article.path, folder)
        file = translation.file_for(article.path)
        found = (name, names[article.path].slug, article.title, article.path, file)
        files.append(_file(workspace, record, found, article.source.alone))
    record = read_record(workspace.disk, _bios_record(workspace, tag))
    for author in series.introduced:
        if author.slug and author.bio:
            path = author.bio.source.path
            file = _bio_beside(workspace, author.slug, tag)
            slug = f"{AUTHORS}{author.slug}"
            found = (f"{slug}.md", slug, author.name, path, file)
            files.append(_file(workspace, record, found, author.bio.source))
    return Edition(workspace, series, translation, tuple(files), tuple(problems))


def tag_of(written: str) -> str:
    """Return the tag of a language in its usual form. Raises :class:`TranslationRefused`."""
    from babel import localedata

    try:
        tag = str(in_form(written.replace("_", "-")))
        known = localedata.exists(tag.partition("-")[0].lower())
    except (ValueError, TypeError):
        known = False
    if not known:
        raise TranslationRefused(
            f"`{written}` is not the tag of a language", "use one such as es or pt-BR"
        )
    return tag


def _bios_record(workspace: Workspace, tag: str) -> str:
    return f"{workspace.authors}/translation.{tag}.yaml"


def _bio_beside(workspace: Workspace, slug: str, tag: str) -> str:
    """Return the path of an author's bio in a language, whether it exists or not."""
    folder = workspace.authors
    beside = files_beside(filter(is_markdown, workspace.disk.names(folder)))
    there = {first: name for name, first in beside.get(tag, {}).items()}
    name = next((there[first] for first in there if stem_of(first) == slug), f"{slug}.{tag}.md")
    return f"{folder}/{name}"


def _names(workspace: Workspace, folder: str, there: Units | None) -> dict[str, str]:
    """Return the names of the parts and packs of a series that its translation does not list itself."""
    first = Readings(workspace).of(folder)
    own = there.settings.values if there else {}
    parts = [] if own.get("articles") else [part.title for part in first.contents.parts]
    packs = {} if "packs" in own else {name: title_of(name) for name in first.packs}
    return dict(zip(parts, parts, strict=True)) | packs


def _settings(workspace: Workspace, translation: Translation, record: Record) -> Translated:
    path = settings_file(workspace.disk, translation.original)
    original, there = (_read(workspace, name) for name in (path, translation.settings))
    translated = settings_of(there) if there else None
    names = _names(workspace, translation.original, translated)
    own = settings_of(original or Source(path, ""), names)
    recorded = record.articles.get(SETTINGS)
    pairs = paired(own, translated, recorded)
    return Translated(SETTINGS, "", "settings", path, translation.settings, own, translated, recorded, pairs)  # fmt: skip


def _file(
    workspace: Workspace, record: Record, found: tuple[str, str, str, str, str], source: Source
) -> Translated:
    kind = BIOS if found[1].startswith(AUTHORS) else ARTICLES
    there = _read(workspace, found[-1])
    original, translated = units_of(source, kind), units_of(there, kind) if there else None
    recorded = record.articles.get(found[0])
    return Translated(
        *found, original, translated, recorded, paired(original, translated, recorded)
    )


def _read(workspace: Workspace, path: str) -> Source | None:
    if not workspace.disk.has(path):
        return None
    source, problems = read_source(workspace.disk, path)
    if any(problem.code in ("unreadable-file", "too-large", "not-utf8") for problem in problems):
        raise TranslationRefused(f"`{path}` cannot be read: {problems[0].what}", "restore the file")
    return source


def _new(folder: str, tag: str) -> Translation:
    """Return the edition that the first import into a language makes: a folder, or files beside the articles."""
    if folder == ".":
        return Translation(".", f".{tag}", tag, {}, f"series.{tag}.yaml", f"translation.{tag}.yaml")
    there = f"{folder}.{tag}"
    return Translation(folder, there, tag, {}, f"{there}/{SETTINGS}", f"{there}/translation.yaml")
