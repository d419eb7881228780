"""Translations: the folders and files that are translated editions of a series, by their names.

A folder `bowls.es/` beside `bowls/` is its Spanish edition. So are files `02-name.es.md` and `series.es.yaml` beside
those of the original, and a folder `es/` among them. All notations give the same, and the folder outside of the
series wins where two have a file.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.file_names import bare, stem_of
from handpress.core.files.markdown_files import settings_file
from handpress.core.files.source import read_source
from handpress.core.files.workspace import Workspace
from handpress.series.language_folders import LanguageFolder, tag_of
from handpress.series.selection import Selection, select
from handpress.series.settings.schema import SERIES
from handpress.series.settings.yaml_reader import read_settings
from handpress.series.written_in import DEFAULT

LEVELS = 4  # times as many names that end in a dot and another word as in a dot and a language


class Translation(Struct, frozen=True):
    """A translated edition: the names of its files. `folder` identifies it, and exists in one notation alone."""

    original: str  # the folder of the original
    folder: str
    tag: str
    files: Mapping[str, str]  # translated articles, by the paths of their originals
    settings: str  # the path of its `series.yaml`, whether it exists or not
    record: str  # and that of the record of what was translated
    unpaired: tuple[str, ...] = ()  # articles without an original
    unused: Mapping[str, str] = field(
        default_factory=dict
    )  # files that are there twice, by the one that is used
    inside: LanguageFolder | None = None  # among the originals

    @property
    def paths(self) -> tuple[str, ...]:
        """The articles, those without an original last."""
        return (*self.files.values(), *self.unpaired)

    def place_of(self, path: str) -> str:
        """Return the place in the folder of the edition that an article of the original has in its own."""
        return posixpath.join(self.folder, posixpath.relpath(path, self.original))

    def file_for(self, path: str) -> str:
        """Return the path of the translation of the article at `path`, whether it exists or not."""
        if path in self.files:
            return self.files[path]
        if self.inside and (place := self.inside.place_of(path)):
            return place
        if posixpath.dirname(self.record) == self.folder:
            return self.place_of(path)
        name = stem_of(path)
        ending = posixpath.basename(path).removeprefix(name)
        return posixpath.join(posixpath.dirname(path), f"{name}.{self.tag}{ending}")


def translation_in(workspace: Workspace, folder: str) -> Translation | None:
    """Return the translated edition that `folder` identifies, None for an ordinary series."""
    original, tag = _parted(workspace, folder)
    if not tag:
        return None
    every = translations_of(workspace, original)
    return next((t for t in every if t.folder == folder), None)


def translations_of(
    workspace: Workspace, original: str, selection: Selection | None = None
) -> tuple[Translation, ...]:
    """Return the translated editions of the series in the folder `original`, by their tags.

    `selection` has the files of the original, if they are known already.
    """
    if translation_in(workspace, original):
        return ()
    known = (*workspace.folders, *workspace.others)
    folders = {
        f: tag for f in known for stem, tag in [_split(f)] if tag and (stem or ".") == original
    }
    settings = {
        name: tag
        for name in workspace.disk.names(original)
        if name.startswith("series.") and name.endswith((".yaml", ".yml"))
        if (tag := _tag(posixpath.splitext(name)[0]))
    }
    selection = selection or _selected(workspace, original)
    own = selection.language or DEFAULT
    inside = selection.languages.others
    paths = tuple(p for p in selection.found if p not in selection.languages.paths)
    beside = files_beside(paths, own)
    tags = sorted({*folders.values(), *settings.values(), *beside, *inside} - {own})
    kept = {posixpath.normpath(posixpath.join(original, name)) for name in selection.listed}
    taken = {path for tag in tags for path in beside.get(tag, ())} - kept
    originals = tuple(path for path in paths if path not in taken)
    found = []
    for tag in tags:
        files = {path: there for path, there in beside.get(tag, {}).items() if path in taken}
        folder = next((f for f, t in folders.items() if t == tag), "")
        own_settings = [
            posixpath.normpath(f"{original}/{n}") for n, t in settings.items() if t == tag
        ]
        made = _translation(workspace, original, tag, folder, files, own_settings, originals)
        found.append(_with(made, inside[tag]) if tag in inside else made)
    return tuple(found)


def _with(translation: Translation, inside: LanguageFolder) -> Translation:
    """Return an edition with the texts of a folder among the originals."""
    files = {**inside.files, **translation.files}
    twice = {p: files[first] for first, p in inside.files.items() if files[first] != p}
    unpaired = (*translation.unpaired, *inside.unpaired)
    unused = {**translation.unused, **twice}
    return replace(translation, files=files, unpaired=unpaired, unused=unused, inside=inside)


def files_beside(paths: Iterable[str], own: str = "") -> dict[str, dict[str, str]]:
    """Return the files such as `02-name.es.md` among `paths`, by their tags: each with the path of its original.

    An original that does not exist is "". The tag must then have another file with one. The originals may have the tag
    of their `own` language too.
    """
    every = tuple(paths)
    tagged = [(p, stem, tag) for p in every for stem, tag in [_split(stem_of(p))] if tag]
    if not tagged:
        return {}
    stems = {(posixpath.dirname(p), stem): p for p, stem, tag in tagged if tag == own}
    stems |= {(posixpath.dirname(p), stem_of(p)): p for p in every}
    below = {p for p in every if (posixpath.dirname(p), _split(stem_of(p))[0]) in stems}
    languages = below & {p for p, _, _ in tagged}
    if len(below - languages) > LEVELS * len(languages):
        return {}  # the dots are between levels, as in Dendron: `cli.tr.md` beside `cli.grep.md`
    found: dict[str, dict[str, str]] = {}
    for path, stem, tag in tagged:
        if tag != own or (posixpath.dirname(path), stem) in stems:
            there = stems.get((posixpath.dirname(path), stem), "")
            found.setdefault(tag, {})[path] = there
    return {tag: files for tag, files in found.items() if any(files.values())}


def _translation(
    workspace: Workspace,
    original: str,
    tag: str,
    folder: str,
    beside: Mapping[str, str],
    settings: Iterable[str],
    originals: tuple[str, ...],
) -> Translation:
    """Return the edition in one language, from its `folder`, if there is one, and its files beside the originals."""
    inside = workspace.markdown(folder).articles if folder else ()
    files = dict(_paired(inside, folder, originals, original))
    unpaired = [path for path in inside if path not in files.values()]
    unused = {}
    for path, there in beside.items():
        if not there:
            unpaired.append(path)
        elif files.setdefault(there, path) != path:
            unused[path] = files[there]
    own = settings_file(workspace.disk, folder) if folder else f"{original}/series.{tag}.yaml"
    several = [own] if folder and workspace.disk.has(own) else []
    several += sorted(settings)
    used = several[0] if several else posixpath.normpath(own)
    unused |= dict.fromkeys(several[1:], used)
    record = f"{folder}/translation.yaml" if folder else f"{original}/translation.{tag}.yaml"
    return Translation(
        original,
        folder or _named(original, tag),
        tag,
        {path: files[path] for path in originals if path in files},
        used,
        posixpath.normpath(record),
        tuple(unpaired),
        unused,
    )


def _paired(
    inside: Iterable[str], folder: str, originals: Iterable[str], original: str
) -> Iterator[tuple[str, str]]:
    """Yield the path of each original with its translation: the file of the same name, perhaps with another number."""
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for path in inside:
        way = _way(path, folder)
        exact[way] = path
        loose.setdefault(_unnumbered(way), path)
    for path in originals:
        way = _way(path, original)
        if found := exact.get(way) or loose.get(_unnumbered(way)):
            yield path, found


def _way(path: str, folder: str) -> str:
    """Return a path below `folder` without ending."""
    below = posixpath.relpath(path, folder)
    return posixpath.normpath(posixpath.join(posixpath.dirname(below), stem_of(below)))


def _unnumbered(way: str) -> str:
    return "/".join(map(bare, way.split("/"))).casefold()


def _selected(workspace: Workspace, folder: str) -> Selection:
    """Return the files of a series as its settings select them."""
    path, settings = settings_file(workspace.disk, folder), None
    if workspace.disk.has(path):
        source, _ = read_source(workspace.disk, path)
        settings, _ = read_settings(source, SERIES, "a series")
    listed = tuple(written for _, written in settings.get("articles", ())) if settings else ()
    own = settings.get("language", "") if settings else ""
    return select(workspace, folder, listed, own)[0]


def _parted(workspace: Workspace, folder: str) -> tuple[str, str]:
    """Return the folder of the original and the tag in the name of an edition, both "" for another name."""
    stem, tag = _split(folder)
    original = stem or "."
    if not tag or original not in (*workspace.folders, *workspace.others):
        return "", ""
    return original, tag


def _named(original: str, tag: str) -> str:
    """Return the folder that identifies the edition of a series in a language."""
    return f"{'' if original == '.' else original}.{tag}"


def without_tag(file: str, tag: str) -> str:
    """Return the path of a translation as that of its original is, without the tag of its language."""
    stem, own = _split(stem_of(file))
    if own != tag:
        return file
    ending = posixpath.basename(file).removeprefix(stem_of(file))
    return posixpath.join(posixpath.dirname(file), f"{stem}{ending}")


def _split(name: str) -> tuple[str, str]:
    """Return a name without the tag of a language behind it, and the tag, "" if it has none."""
    stem, _, _ = name.rpartition(".")
    return stem, _tag(name)


def _tag(name: str) -> str:
    """Return the tag of a language behind a name, in its usual form, or "" if there is none."""
    _, dot, tag = name.rpartition(".")
    return tag_of(tag) if dot else ""
