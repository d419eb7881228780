"""Translations: the folders and files that are translated editions of a series, by their names.

A folder `bowls.es/` beside `bowls/` is its Spanish edition. So are files `02-name.es.md` and `series.es.yaml` beside
those of the original. Both notations give the same, and the folder wins where both have a file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from handpress.core.files.file_names import bare, is_markdown, stem_of
from handpress.core.files.markdown_files import settings_file
from handpress.core.files.source import read_source
from handpress.core.files.workspace import Workspace
from handpress.series.selection import select
from handpress.series.settings.schema import SERIES
from handpress.series.settings.values import language as in_form
from handpress.series.settings.yaml_reader import read_settings

# A language, perhaps with its script and its region (RFC 5646, section 2.1).
TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?", re.I)


@dataclass(frozen=True)
class Translation:
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
    workspace: Workspace, original: str, paths: Iterable[str] | None = None
) -> tuple[Translation, ...]:
    """Return the translated editions of the series in the folder `original`, by their tags.

    `paths` are those of all Markdown files of the folder, if they are known already.
    """
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
    paths = tuple(workspace.markdown(original).articles if paths is None else paths)
    beside = files_beside(paths)
    if not (folders or settings or beside) or translation_in(workspace, original):
        return ()
    own, listed = _read(workspace, original)
    kept = {posixpath.normpath(posixpath.join(original, name)) for name in listed}
    tags = sorted({*folders.values(), *settings.values(), *beside} - {own})
    taken = {path for tag in tags for path in beside.get(tag, ())} - kept
    originals = tuple(path for path in paths if path not in taken)
    found = []
    for tag in tags:
        files = {path: there for path, there in beside.get(tag, {}).items() if path in taken}
        folder = next((f for f, t in folders.items() if t == tag), "")
        own_settings = [
            posixpath.normpath(f"{original}/{n}") for n, t in settings.items() if t == tag
        ]
        found.append(_translation(workspace, original, tag, folder, files, own_settings, originals))
    return tuple(found)


def files_beside(paths: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the files such as `02-name.es.md` among `paths`, by their tags: each with the path of its original.

    An original that does not exist is "". The tag must then have another file with one.
    """
    every = tuple(paths)
    tagged = [(p, stem, tag) for p in every for stem, tag in [_split(stem_of(p))] if tag]
    if not tagged:
        return {}
    stems = {(posixpath.dirname(p), stem_of(p)): p for p in every}
    found: dict[str, dict[str, str]] = {}
    for path, stem, tag in tagged:
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


def _read(workspace: Workspace, folder: str) -> tuple[str, tuple[str, ...]]:
    """Return the language of a series, and the files that its list of articles names."""
    path, settings = settings_file(workspace.disk, folder), None
    if workspace.disk.has(path):
        source, _ = read_source(workspace.disk, path)
        settings, _ = read_settings(source, SERIES, "a series")
    listed = tuple(written for _, written in settings.get("articles", ())) if settings else ()
    own = settings.get("language") if settings else None
    if own is None:
        order = select(workspace, folder, listed)[0].order
        own = order.settings.get("language") if order else None
    return own or "en", tuple(name for name in listed if is_markdown(name))


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
    if not dot or not TAG.fullmatch(tag):
        return ""
    from babel import localedata  # takes 50 ms, and few series have such a name

    return in_form(tag) if localedata.exists(tag.partition("-")[0].lower()) else ""
