"""`SUMMARY.md` of mdBook, GitBook and HonKit, and `_sidebar.md` of docsify: lists of links, with headings of parts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from handpress.core.files.source import Source
from handpress.series.outlines.outline import Heading, Listed, Outline
from handpress.series.outlines.project import Project, inside, settings_of, words

NAME = "SUMMARY.md"
LONGEST = 1000  # characters of a line
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
# An item of a list or a line, with a link or without.
ITEM = re.compile(r"([ \t]*)([-*+][ \t]|\d+[.)][ \t])?[ \t]*(\S.*)$")
LINK = re.compile(
    r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\([ \t]*(<[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
)
WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")
REFERENCE = re.compile(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])?(?![(:])")
DEFINITION = re.compile(r"^ {0,3}\[([^\[\]]+)\]:[ \t]*(\S+)", re.M)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)


def mdbook(project: Project, mark: str) -> Outline | None:
    """Read `book.toml`, and the outline that it names."""
    source, data = project.data(mark)
    book = inside(data, "book")
    settings = settings_of(
        inside(book, "title"),
        inside(book, "authors") or inside(book, "author"),
        inside(book, "language"),
        description=inside(book, "description"),
    )
    root = words(inside(book, "src")) or "src"
    return _outline(project, root, NAME, settings) or Outline(source, root, settings=settings)


def gitbook(project: Project, mark: str) -> Outline | None:
    """Read `.gitbook.yaml` or `book.json`, and the outline that it names."""
    source, data = project.data(mark)
    settings = settings_of(
        inside(data, "title"),
        inside(data, "author") or inside(data, "authors"),
        inside(data, "language"),
        description=inside(data, "description"),
    )
    root = words(inside(data, "root")) or "."
    name = words(inside(data, "structure", "summary")) or NAME
    found = _outline(project, root, name, settings)
    return found or Outline(source, root, settings=settings)


def summary(project: Project, mark: str) -> Outline | None:
    """Read a `SUMMARY.md` without other settings, unless it has no list."""
    return _outline(project, posixpath.dirname(mark) or ".", posixpath.basename(mark), {})


def sidebar(project: Project, mark: str) -> Outline | None:
    """Read the `_sidebar.md` of a docsify site or the `_Sidebar.md` of a wiki."""
    found = _outline(project, ".", mark, {})
    return replace(found, complete=False) if found else None


def _outline(project: Project, root: str, name: str, settings: dict[str, object]) -> Outline | None:
    if not (file := project.find(posixpath.join(root, name))):
        return None
    source = project.source(file)
    listed = tuple(_listed(source))
    path = posixpath.dirname(file) or "."
    return Outline(source, path, listed, settings=settings, files=(file,)) if listed else None


def _listed(source: Source) -> Iterator[Listed]:
    """Yield the links in order. A heading begins a part, as does an item without a link for those below it."""
    part: Heading | None = None
    group: Heading | None = None
    depth = 0  # of the item that is the group
    anything = False
    text = COMMENT.sub("", source.text)
    defined = {label.casefold(): target for label, target in DEFINITION.findall(text)}
    for line in text.split("\n"):
        if heading := HEADING.match(line[:LONGEST]):
            # The first heading of level 1 is the title of the outline.
            if anything or heading[1] != "#":
                part = Heading(plain(heading[2])) if plain(heading[2]) else None
            anything, group = True, None
        elif item := ITEM.match(line[:LONGEST]):
            indent, bullet, rest = item.groups()
            width = len(indent.expandtabs(4))
            if group and width <= depth:
                group = None
            link = _link(rest, defined)
            if link is None and bullet and group is None:
                group, depth = Heading(plain(rest)), width
            elif link is not None:
                if not bullet:  # before or after the parts
                    part = None
                if link[0]:
                    yield Listed(*link, group or part)
            anything = True


def _link(written: str, defined: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the file and the title of the link at the start of a text, or None without one.

    Addresses may be `defined` elsewhere, by the label of a link.
    """
    if found := LINK.match(written):
        return found[2].strip("<>"), plain(found[1])
    if found := WIKI.match(written):
        return found[1], plain(found[2] or found[1])
    found = REFERENCE.match(written)
    target = defined.get((found[2] or found[1]).casefold()) if found else None
    return (target.strip("<>"), plain(found[1])) if found and target else None


def plain(written: str) -> str:
    """Return a text in Markdown without its marks."""
    return words(re.sub(r"\\([^\w\s])|[*`]+|(?<!\w)_+|_+(?!\w)", r"\1", written))
