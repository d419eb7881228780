"""Docusaurus: the folder of its texts in `docusaurus.config.js`, and their order in `sidebars.js`, with categories as parts.

Both files are scripts. They are read as far as they are settings, and never run.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.source import Source
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.article import words_of
from handpress.series.outlines.javascript import Code, exported
from handpress.series.outlines.outline import Heading, Listed, Outline
from handpress.series.outlines.project import Project, inside, items, pairs, settings_of, words

SIDEBARS = tuple(f"sidebars.{ending}" for ending in ("js", "ts", "json", "mjs", "cjs"))
TITLE = re.compile(r"""^\s*(?:const )?title\s*[:=]\s*(["'])([^"'\n]{1,200})\1""", re.M)
LOCALE = re.compile(r"""^\s*defaultLocale\s*:\s*["']([\w-]{2,20})["']""", re.M)
PIECES = ("**/_*",)  # names of files and folders that are only included in others
OF_A_NEW_SITE = "My Site"  # the title that the program writes
LONGEST = 60  # characters of code in a message


def read(project: Project, mark: str) -> Outline | None:
    source = project.source(mark)
    config = exported(source.text)
    # A script that makes its settings by code may still have these two in lines of their own.
    title, tag = TITLE.search(source.text), LOCALE.search(source.text)
    name = words(inside(config, "title")) or (title[2] if title else "")
    settings = settings_of(
        None if name == OF_A_NEW_SITE else name,
        tag=words(inside(config, "i18n", "defaultLocale")) or (tag and tag[1]),
    )
    beside = posixpath.dirname(mark)
    found = [_Texts(project, beside, options) for options in _options(config) or [None]]
    texts = [t for t in found if not t.root.startswith("..") and project.has_folder(t.root)]
    if not texts:
        return None
    labels = dict(_labels(config))
    if len(texts) > 1:
        return _joined(source, [each.outline(source, labels) for each in texts], texts, settings)
    return replace(texts[0].outline(source, labels), settings=settings)


class _Texts(Struct, frozen=True):
    """The texts that one use of a plugin publishes. Folders of its `options` are relative to `beside`."""

    project: Project
    beside: str
    options: Any

    @property
    def root(self) -> str:
        written = words(inside(self.options, "path")) or "docs"
        return posixpath.normpath(posixpath.join(self.beside, written))

    def title(self, labels: Mapping[str, str]) -> str:
        name = words(inside(self.options, "id"))
        return labels.get(name) or _title(name or posixpath.basename(self.root))

    def outline(self, source: Source, labels: Mapping[str, str]) -> Outline:
        written = words(inside(self.options, "sidebarPath"))
        names = (written, *SIDEBARS) if written else SIDEBARS
        if words(inside(self.options, "id")) and not written:
            names = ()  # the file with the usual name is that of the first use
        ways = (posixpath.normpath(posixpath.join(self.beside, name)) for name in names)
        if sidebar := self.project.find(*ways):
            return _sidebars(self.project, sidebar, self.root, labels)
        return Outline(source, self.root, ignored=PIECES)


def _joined(
    source: Source, outlines: list[Outline], texts: list[_Texts], settings: Mapping[str, Any]
) -> Outline:
    """Return one outline for several uses of the plugin, each a part unless it has parts of its own."""
    labels = dict(_labels(exported(source.text)))
    listed: list[Listed] = []
    for outline, each in zip(outlines, texts, strict=True):
        part = Heading(each.title(labels))
        entries = outline.listed or (Listed(".", "", part, "parts"),)
        listed += (
            replace(e, file=posixpath.join(outline.root, e.file), part=e.part or part)
            for e in entries
        )
    return Outline(
        source,
        ".",
        tuple(listed),
        complete=all(outline.complete for outline in outlines),
        settings=settings,
        ignored=PIECES,
        id_key="id",
        problems=tuple(found for outline in outlines for found in outline.problems),
    )


def _options(config: Any) -> list[Any]:
    """Return the settings of each use of the plugin that publishes articles."""
    found = []
    for entry in items(inside(config, "presets")):
        options = inside(entry[-1] if isinstance(entry, list) else None, "docs")
        found += [options] if isinstance(options, dict) else []
    for entry in items(inside(config, "plugins")):
        if isinstance(entry, list) and "content-docs" in words(entry[0] if entry else ""):
            found.append(entry[-1])
    return found


def _labels(config: Any) -> Iterator[tuple[str, str]]:
    """Yield the names of sidebars and of uses of the plugin, and the words for them in the bar above all pages."""
    for entry in items(inside(config, "themeConfig", "navbar", "items")):
        if inside(entry, "type") == "docSidebar":
            yield words(inside(entry, "sidebarId")), words(inside(entry, "label"))
        if name := words(inside(entry, "docsPluginId")):
            yield name, words(inside(entry, "label"))


def _sidebars(project: Project, mark: str, root: str, labels: Mapping[str, str]) -> Outline:
    if mark.endswith(".json"):
        source, data = project.data(mark)
    else:
        source = project.source(mark)
        data = exported(source.text)
    reader = _Reader(source, labels)
    listed = tuple(reader.sidebars(data))
    # One list of all files has them as their names and positions do.
    alone = len(listed) == 1 and listed[0].folder == "parts" and listed[0].file in (".", "")
    return Outline(
        source,
        root,
        () if alone else listed,
        complete=not reader.problems,
        ignored=PIECES,
        id_key="id",
        problems=tuple(reader.problems),
    )


class _Reader(Struct):
    """Reads sidebars, whose `labels` are by their names."""

    source: Source
    labels: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    references: list[Listed] = field(default_factory=list)

    def sidebars(self, data: Any) -> Iterator[Listed]:
        if not isinstance(data, dict | list):
            facts = {
                "file": posixpath.basename(self.source.path),
                "reason": "code makes its list, and Handpress runs none",
            }
            place = self.place(data) if isinstance(data, Code) else self.source.place()
            self.problems.append(problem("broken-outline", place, **facts))
            return
        several = dict(pairs(data)) if isinstance(data, dict) else {"": data}
        for name, sidebar in several.items():
            title = self.labels.get(name) or _title(name)
            yield from self.entries(sidebar, Heading(title) if len(several) > 1 else None)
        # A reference is to an article that has its place elsewhere, or has none.
        yield from self.references

    def entries(
        self, entries: Any, around: Heading | None, part: Heading | None = None
    ) -> Iterator[Listed]:
        """Yield the articles of `entries` in the category `part`, or outside any in the sidebar `around`."""
        here = part or around
        for entry in items(entries):
            if isinstance(entry, Code):
                self.problems.append(self.unread(entry))
            elif isinstance(entry, str):
                yield Listed(words(entry), "", here)
            elif (kind := inside(entry, "type")) in ("doc", "ref", "autogenerated"):
                if isinstance(code := inside(entry, "id") or inside(entry, "dirName"), Code):
                    self.problems.append(self.unread(code))
                    continue
                title = words(inside(entry, "label"))
                if kind == "autogenerated":
                    yield Listed(words(code), "", here, "one part" if part else "parts")
                elif kind == "doc":
                    yield Listed(words(code), title, here)
                else:
                    self.references.append(Listed(words(code), title))
            elif kind == "category":
                yield from self.category(entry, around, part)
            elif kind is None:  # the short form: categories by their labels
                for label, below in pairs(entry):
                    yield from self.entries(below, around, part or Heading(label))

    def category(
        self, entry: Any, around: Heading | None, part: Heading | None
    ) -> Iterator[Listed]:
        part = part or Heading(words(inside(entry, "label")))
        if inside(entry, "link", "type") == "doc":
            yield Listed(words(inside(entry, "link", "id")), "", part)
        yield from self.entries(inside(entry, "items"), around, part)

    def unread(self, code: Code) -> Problem:
        facts = {"file": posixpath.basename(self.source.path), "written": _short(code)}
        return problem("unread-entry", self.place(code), **facts)

    def place(self, code: Code) -> Place:
        return self.source.place(code.start, len(code.text.partition("\n")[0]))


def _title(name: str) -> str:
    """Return the name of a sidebar in words: ``Getting started`` for `gettingStartedSidebar`."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    return words_of(re.sub(r"-?side-?bars?$", "", apart) or apart)


def _short(code: Code) -> str:
    line, _, rest = code.text.partition("\n")
    return f"{line[:LONGEST].rstrip()} …" if rest or len(line) > LONGEST else line
