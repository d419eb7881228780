"""Reading an outline: find the order file of a folder, and the Markdown files that its entries name."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import groupby, islice
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.disk import Disk
from handpress.core.files.file_names import bare, is_below, is_index, reading_order, stem_of
from handpress.core.files.markdown_files import is_piece
from handpress.core.files.source import Source
from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.article import words_of
from handpress.series.links.addresses import SCHEME
from handpress.series.outlines.labels import Labels, read_labels
from handpress.series.outlines.outline import Broken, Heading, Listed, Outline
from handpress.series.outlines.programs import PROGRAMS, Program
from handpress.series.outlines.project import Project, inside, words

MOST = 20_000  # entries of one outline
SECONDS, MEMORY = 5, 500_000_000
TEXT = (".txt", ".markua")  # text that a list of files makes an article


class Order(Struct, frozen=True):
    """An outline with paths on the disk: the files of the articles in order, and of the parts."""

    source: Source
    root: str
    paths: tuple[str, ...]
    complete: bool
    titles: Mapping[str, str]  # of articles, by path
    parts: tuple[tuple[Heading, tuple[str, ...]], ...]  # the file of a heading is a path
    settings: Mapping[str, Any]
    ignored: frozenset[str]  # paths that its program does not publish by its settings
    consumed: frozenset[str]  # paths that are part of the outline, and not articles

    @property
    def file(self) -> str:
        return posixpath.basename(self.source.path)


Read = tuple[Order | None, list[Problem]]


def read_order(disk: Disk, folder: str, markdown: Iterable[str]) -> Read:
    """Return the order that another program's file gives to the `markdown` files below `folder`, or None.

    A file that cannot be read is a problem, as is each entry without a file.
    """
    known = tuple(markdown)
    for way in _ways(folder, known):
        project = Project(disk, way)
        first: Read | None = None
        for program in PROGRAMS:
            if (mark := project.find(*program.files)) and (
                found := _read(program, project, mark, known)
            ):
                if found[0] is None or found[0].paths:
                    return found
                # A project may have files of a program that it used before. A list tells more than settings.
                first = first or found
        if first:
            return first
    return None, []


def _read(program: Program, project: Project, mark: str, known: tuple[str, ...]) -> Read | None:
    """Return the order that a program's file gives, or problems without one; None if the file is another program's."""
    facts = {"file": posixpath.basename(mark)}
    try:
        with time_limit(SECONDS), memory_limit(MEMORY):
            found = program.read(project, mark)
            order, problems = _Finder(project, found, known).order() if found else (None, [])
    except Broken as broken:
        return None, [
            problem("broken-outline", broken.source.place(), **facts, reason=broken.reason)
        ]
    except (TooSlow, MemoryError, RecursionError):
        reason = "it takes too long to read"
        return None, [problem("broken-outline", Place(project.path(mark)), **facts, reason=reason)]
    return (order, problems) if order else None


def _ways(folder: str, paths: Iterable[str]) -> Iterator[str]:
    """Yield `folder` and the folders down to the one that has all articles."""
    yield folder
    inside = [posixpath.dirname(posixpath.relpath(path, folder)) for path in paths]
    common = posixpath.commonpath(inside) if inside else ""
    for name in filter(None, common.split("/")):
        folder = posixpath.normpath(f"{folder}/{name}")
        yield folder


class _Finder(Struct, dict=True):
    """Finds the files of an outline among the `known` paths."""

    project: Project
    outline: Outline
    known: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def order(self) -> tuple[Order | None, list[Problem]]:
        """Return the order, or None if the outline is not one: it has entries, but no files."""
        outline = self.outline
        found: dict[str, Listed] = {}
        for listed in islice(outline.listed, MOST):
            for path, entry in self.entries(listed):
                found.setdefault(path, entry)
        if outline.listed and not found and outline.files:
            return None, []
        parts = groupby(found, key=lambda path: found[path].part)
        return Order(
            source=outline.source,
            root=self.path(""),
            paths=tuple(found),
            complete=outline.complete and bool(found),
            titles={path: listed.title for path, listed in found.items() if listed.title},
            parts=tuple((self.heading(part), tuple(paths)) for part, paths in parts if part),
            settings=outline.settings,
            ignored=frozenset(p for p in self.known if p not in found and self.is_ignored(p)),
            consumed=frozenset(map(self.project.path, outline.files)),
        ), [*outline.problems, *self.problems]

    def path(self, name: str) -> str:
        return posixpath.normpath(f"{self.project.folder}/{self.outline.root}/{name}")

    def heading(self, part: Heading) -> Heading:
        file = next(iter(self.at(part.file)), "") if part.file else ""
        return Heading(part.title or stem_of(part.file), file)

    def entries(self, listed: Listed) -> Iterator[tuple[str, Listed]]:
        """Yield the paths that an entry means, each with its part."""
        if not listed.folder:
            yield from ((path, listed) for path in self.files(listed.file))
            return
        top = self.path(listed.file)
        inside = [p for p in self.known if is_below(_folded(p), _folded(top))]
        below = [p for p in inside if not is_piece(p.removeprefix(top))]
        if not below:
            self.missing(listed.file)
        labels = self.labels(below)
        for path in reading_order(below, labels.positions):
            names = path.split("/")[top.count("/") + 1 :] if top != "." else path.split("/")
            name, folder = names[0], "/".join(path.split("/")[: 1 - len(names)])
            part = listed.part
            if listed.folder == "parts" and len(names) > 1:
                part = Heading(labels.titles.get(folder) or words_of(bare(name)), folder)
            yield path, replace(listed, part=part)

    def labels(self, paths: Iterable[str]) -> Labels:
        """Return the titles and positions of folders, and the positions of files by their front matter."""
        found = read_labels(self.project.disk, paths)
        positions = dict(found.positions)
        for path in paths:
            header = self.header(path)
            position = header.get("sidebar_position") or inside(header, "sidebar", "order")
            try:
                positions[path] = float(words(position))
            except ValueError:
                continue
            if is_index(path):
                positions.setdefault(posixpath.dirname(path), positions[path])
        return Labels(found.titles, positions)

    def header(self, path: str) -> Mapping[str, Any]:
        return self.project.front_matter(posixpath.relpath(path, self.project.folder))

    def files(self, written: str) -> list[str]:
        """Return the paths that an entry means; a problem reports one without any."""
        name = re.split(r"[#?]", written)[0].strip()
        if not name or SCHEME.match(name):
            return []
        found = self.at(name) or self.at(unquote(name))
        if not found:
            path = self.path(name)
            there = not path.startswith("..") and self.project.disk.is_file(path)
            if there and path.lower().endswith(TEXT):
                return [path]
            self.missing(name, "not-markdown" if there else "missing-entry")
        return found

    def missing(self, name: str, code: str = "missing-entry") -> None:
        source = self.outline.source
        facts = {"file": name, "other": posixpath.basename(source.path)}
        self.problems.append(problem(code, source.find(name), **facts))

    def at(self, name: str) -> list[str]:
        """Return the known path that `name` means: exactly, without ending, as a folder or as a pattern."""
        path = _folded(self.path(name.lstrip("/")))
        in_wiki = path.replace(" ", "-")  # the pages of a wiki have hyphens in their names
        if found := self.exact.get(path) or self.stems.get(path) or self.stems.get(in_wiki):
            return [found]
        if found := self.ids.get(path):
            return [found]
        below = [p for p in self.known if is_below(_folded(p), path)]
        if below:
            index = [p for p in below if is_index(p) and _folded(posixpath.dirname(p)) == path]
            return index[:1] or list(reading_order(below))
        if "*" in name:
            return [p for p in reading_order(self.known) if fnmatchcase(_folded(p), path)]
        stem, ending = posixpath.splitext(path)
        page = self.stems.get(stem) if ending in (".html", ".htm") else None
        return [page] if page else []

    def is_ignored(self, path: str) -> bool:
        """Return whether `path`, or a folder above it, matches a pattern for what is not published."""
        names = posixpath.relpath(path, self.path("")).split("/")
        ways = ["/".join(names[: n + 1]) for n in range(len(names))]
        return any(
            fnmatchcase(way, pattern) or fnmatchcase(f"/{way}", pattern.replace("**/", "*/", 1))
            for pattern in self.ignored
            for way in ways
        )

    @cached_property
    def ignored(self) -> tuple[str, ...]:
        bare = (p.strip().removeprefix("./").removesuffix("/**") for p in self.outline.ignored)
        return tuple(p.strip("/") for p in bare if p.strip("/*."))

    @cached_property
    def exact(self) -> Mapping[str, str]:
        return {_folded(path): path for path in reversed(self.known)}

    @cached_property
    def stems(self) -> Mapping[str, str]:
        stems = {
            path: posixpath.join(posixpath.dirname(path), stem_of(path)) for path in self.known
        }
        return {_folded(stem): path for path, stem in reversed(stems.items())}

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The paths by the ids of the articles: their names without numbers, or what their front matter has instead."""
        key = self.outline.id_key
        if not key:
            return {}
        found: dict[str, str] = {}
        for path in self.known:
            folder = "/".join(map(bare, posixpath.dirname(path).split("/")))
            for name in (bare(stem_of(path)), words(self.header(path).get(key))):
                found.setdefault(_folded(posixpath.join(folder, name)), path)
        return found


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
