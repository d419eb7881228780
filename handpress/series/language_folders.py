"""Language folders: the folders that have a series in other languages, as many programs arrange them.

The main language is at the top, `docs/rest.md` beside `docs/de/rest.md`, or has a folder like the others,
`content/en/rest.md` beside `content/de/rest.md`. Names such as `it` and `no` are words too. So a folder counts only
if most of its files have counterparts in the main language, and its texts are in the language of its name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from handpress.core.files.disk import Disk
from handpress.core.files.file_names import bare, is_below, is_index, stem_of
from handpress.series.settings.values import LANGUAGES
from handpress.series.settings.values import language as in_form
from handpress.series.written_in import KNOWN, written_in

# A language, perhaps with its script and its region (RFC 5646, section 2.1).
TAG = re.compile(r"[a-z]{2,3}([-_][a-z]{4})?([-_]([a-z]{2}|\d{3}))?", re.I)
# The tag of a language behind the name of a folder: `docs-de`.
BEHIND = re.compile(rf"(.+?)[._-]({TAG.pattern})", re.I)
# Folders that have nothing but languages.
ABOVE = {"i18n", "intl", "l10n", "lang", "langs", "languages", "locale", "locales", "localized_docs", "translated",
         "translation", "translations"}  # fmt: skip
# The folders of Docusaurus in `i18n/de/`, and the name of the folder that they translate, `docs` if none is given.
PLUGIN = re.compile(r"docusaurus-plugin-content-docs(?:-([\w-]+))?/current/")
MOST_READ, READ_OF_EACH = 8, 3_000  # texts, and bytes of each, that tell the language of a folder
PART = 4  # of as many texts, one at least is in the language of the folder
NAMED = re.compile(r"\A---\n(?:.+\n)*?lang(?:uage)?:[ \t]*[\"']?([A-Za-z]{2,3})\b")
SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}


class LanguageFolder(Struct, frozen=True):
    """The texts in one language. `bases` are pairs of folders, of the main language and of this one."""

    bases: tuple[tuple[str, str], ...]
    files: Mapping[str, str]  # by the paths of their originals
    unpaired: tuple[str, ...] = ()

    def place_of(self, path: str) -> str:
        """Return the place here of the text at `path` in the main language, "" if it has none."""
        found = (
            posixpath.join(to, _below(path, first))
            for first, to in self.bases
            if is_below(path, first)
        )
        return next(map(posixpath.normpath, found), "")

    def joined(self, other: LanguageFolder) -> LanguageFolder:
        """Return the texts of two folders in one language."""
        files = {**other.files, **self.files}
        return LanguageFolder(self.bases + other.bases, files, self.unpaired + other.unpaired)


class LanguageFolders(Struct, frozen=True):
    """The languages of a series with a folder each, by their tags.

    `main` and `root` are the tag and the folder of the main language, "" if its texts are at the top.
    """

    main: str = ""
    root: str = ""
    others: Mapping[str, LanguageFolder] = field(default_factory=dict)

    @property
    def paths(self) -> frozenset[str]:
        """The texts in all languages but the main one."""
        return frozenset(
            path
            for folder in self.others.values()
            for path in (*folder.files.values(), *folder.unpaired)
        )


def tag_of(name: str) -> str:
    """Return the tag of the language, in its usual form, that a `name` is; "" for another name."""
    if name.casefold() in LANGUAGES:
        return in_form(name)
    if not TAG.fullmatch(name):
        return ""
    from babel import localedata  # takes 50 ms, and few series have such a name

    tag = in_form(name.replace("_", "-"))
    return tag if localedata.exists(tag.partition("-")[0].lower()) else ""


def language_folders(disk: Disk, paths: Iterable[str], own: str, root: str) -> LanguageFolders:
    """Return the folders of languages among the Markdown files at `paths`.

    `own` is the language of the series, if it is known, and `root` the folder of its texts.
    """
    known = tuple(paths)
    folders = dict(_candidates(known))
    if not folders:
        return LanguageFolders()
    return _Finder(disk, known, folders, root).found(own)


def _candidates(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the outermost folders that have the name of a language, each with its tag."""
    folders = {posixpath.dirname(path) for path in paths}
    for folder in sorted(folders):
        names = folder.split("/")
        for depth, name in enumerate(names):
            found = BEHIND.fullmatch(name)
            if tag := tag_of(name) or (tag_of(found[2]) if found else ""):
                yield "/".join(names[: depth + 1]), tag
                break


class _Finder(Struct, frozen=True):
    disk: Disk
    known: tuple[str, ...]
    folders: Mapping[str, str]  # with their tags
    root: str

    def found(self, own: str) -> LanguageFolders:
        """Return the languages beside the texts at the top, or else those beside each other."""
        inside = {f: [p for p in self.known if is_below(p, f)] for f in self.folders}
        texts = {f: paths for f, paths in inside.items() if self.is_written_in(f, paths)}
        others: dict[str, LanguageFolder] = {}
        rest: dict[str, dict[str, str]] = {}
        for folder, paths in texts.items():
            tag = self.folders[folder]
            if pair := self.beside_the_top(folder, paths):
                others[tag] = others[tag].joined(pair) if tag in others else pair
            elif tag_of(posixpath.basename(folder)):
                rest.setdefault(posixpath.dirname(folder), {})[folder] = tag
        if others:
            return LanguageFolders(others=others)
        groups = sorted((g for g in rest.values() if len(g) > 1), key=lambda g: (-len(g), *g))
        return next(
            filter(None, (self.beside_each_other(g, texts, own) for g in groups)), LanguageFolders()
        )

    def beside_the_top(self, folder: str, paths: list[str]) -> LanguageFolder | None:
        """Return a folder whose texts have their originals at the top, or None."""
        found = [
            pair
            for first, to in self.originals(folder, paths)
            if (pair := self.pair(first, to, paths))
        ]
        if not found:
            return None
        best, *more = sorted(found, key=lambda pair: -len(pair.files))
        for pair in more:
            if PLUGIN.search(f"{pair.bases[0][1]}/"):
                best = best.joined(pair)
        return best

    def originals(self, folder: str, paths: list[str]) -> Iterator[tuple[str, str]]:
        """Yield the folders that may have the originals, each with the folder of their translations."""
        above, name = posixpath.split(folder)
        behind = BEHIND.fullmatch(name)
        if behind and not tag_of(name):
            yield posixpath.join(above, behind[1]), folder
            return
        yield above or ".", folder
        if not _is_container(above):
            return
        top = posixpath.dirname(above)
        yield top or ".", folder
        plugins = {found[0]: found[1] for p in paths if (found := PLUGIN.match(_below(p, folder)))}
        for plugin, id_ in plugins.items():
            firsts = (
                (posixpath.join(top, id_),) if id_ else (self.root, posixpath.join(top, "docs"))
            )
            for first in firsts:
                yield first, posixpath.join(folder, plugin.rstrip("/"))

    def beside_each_other(
        self, group: Mapping[str, str], texts: Mapping[str, list[str]], own: str
    ) -> LanguageFolders | None:
        """Return a group of folders with one language each, or None. The main one is `own`, English or the largest."""

        def rank(folder: str) -> tuple[bool, bool, bool, int]:
            tag = group[folder]
            return tag != own, _base(tag) != _base(own), _base(tag) != "en", -len(texts[folder])

        main, *rest = sorted(group, key=rank)
        pairs = {group[f]: pair for f in rest if (pair := self.pair(main, f, texts[f]))}
        return LanguageFolders(group[main], main, pairs) if pairs else None

    def pair(self, first: str, to: str, paths: list[str]) -> LanguageFolder | None:
        """Return the texts below `to` with their originals below `first`, or None if too few have one."""
        there = [p for p in paths if is_below(p, to)]
        originals = self.ways(first)
        files: dict[str, str] = {}
        unpaired = []
        for path in there:
            original = originals.get(_way(path, to), path)
            if original in files or original in paths:
                unpaired.append(path)
            else:
                files[original] = path
        translates_itself = (
            PLUGIN.search(f"{to}/") or posixpath.basename(posixpath.dirname(to)).lower() in ABOVE
        )
        telling = translates_itself or any(not is_index(p) for p in files) or self.is_known(to)
        if not files or not telling or 2 * len(files) < len(there):
            return None
        return LanguageFolder(
            ((first, to),), files, () if PLUGIN.search(f"{to}/") else tuple(unpaired)
        )

    def ways(self, first: str) -> dict[str, str]:
        """Return the texts below a folder of the main language by their ways."""
        return {_way(p, first): p for p in reversed(self.known) if is_below(p, first)}

    def is_known(self, folder: str) -> bool:
        """Return whether it is known which language the texts in a folder are in, or are meant to be."""
        return _base(self.folders[folder]) in KNOWN or _is_container(posixpath.dirname(folder))

    def is_written_in(self, folder: str, paths: list[str]) -> bool:
        """Return whether some of the texts in a folder may be in the language of its name: a part may wait for it."""
        tag = _base(self.folders[folder])
        if tag not in KNOWN or _is_container(posixpath.dirname(folder)):
            return True
        some = [_beginning(self.disk, path) for path in paths[:: len(paths) // MOST_READ + 1]]
        texts = [text for text in some if text.strip()]
        return PART * sum(_language_of(text) == tag for text in texts) >= len(texts)


def _language_of(text: str) -> str:
    """Return the language that a text names above itself, or that it is in."""
    found = NAMED.search(text)
    return _base(found[1]) if found else _base(written_in([text]))


def _beginning(disk: Disk, path: str) -> str:
    try:
        return disk.read(path)[:READ_OF_EACH].decode("utf-8", "replace")
    except OSError:
        return ""


def _is_container(folder: str) -> bool:
    return posixpath.basename(folder).lower() in ABOVE


def _base(tag: str) -> str:
    base = tag.partition("-")[0].lower()
    return SAME.get(base, base)


def _below(path: str, folder: str) -> str:
    return path if folder == "." else path.removeprefix(f"{folder}/")


def _way(path: str, folder: str) -> str:
    """Return a path below `folder` without ending, numbers and capitals."""
    below = _below(path, folder)
    way = posixpath.join(posixpath.dirname(below), stem_of(below))
    return "/".join(map(bare, way.split("/"))).casefold()
