"""Unclosed tags: print a `<table>` that an author forgot to quote, and keep the text after it.

In HTML, an unclosed tag contains the rest of the article, which is then removed with the tag or
published as typed. So the source is searched for such tags before Markdown reads it. A tag within a
sentence becomes the text that the author typed; one that opens a block is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from msgspec import Struct

from handpress.core.files.source import MOST
from handpress.core.problems.problem import Problem, in_order, problem
from handpress.markup.markdown import LESS_THAN
from handpress.markup.positions import CODE, Locator, without_open_comments
from handpress.markup.sanitize import DROPPED, RENAMED
from handpress.markup.tree import CLOSES_PARAGRAPH, PHRASING

VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Elements whose content HTML reads as text (WHATWG HTML, section 13.1.2).
RAW = frozenset(
    ["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"]
)
ENDLESS = frozenset(["plaintext"])  # its end tag is text
# Elements that drop, keep or move the text in them.
SWALLOWS = (DROPPED - VOID) | RAW | frozenset(["frameset", "listing", "table"])
# Elements that end the paragraph before them.
BLOCKS = SWALLOWS | CLOSES_PARAGRAPH
PARAGRAPH = "p"  # HTML lets its end tag be omitted
INLINE = PHRASING
KNOWN = BLOCKS | PHRASING | RENAMED.keys() | {"data", "nobr", "picture", "rb", "rp", "rt", "rtc"}

TOKEN = re.compile(
    # Escaped characters, shortcodes, addresses of links, and bare addresses are not tags.
    r"\\[!-/:-@\[-`{-~]|\{\{<[^\n]*?>\}\}|\{\{%\s*doc\s*%\}\}[^{}]{0,900}|\][ \t]?\([ \t]*<[^<>\n]*>|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*<[^<>\s]*>"
    r"|<[a-z][a-z0-9+.\-]{1,31}:[^\s<>]*>|<[^\s<>@]+@[^\s<>@]+>"
    # Nor is what a formula compares.
    r"|\$\$(?:(?!\$\$|\n[ \t]*\n).){1,4000}\$\$|\$(?![\s$])[^$\n<]*<(?!/)[^$\n]*?(?<!\s)\$(?!\w)"
    r"|\\begin\{(?P<formula>[a-z]+\*?)\}(?:(?!\n[ \t]*\n).){0,4000}?\\end\{(?P=formula)\}"
    r"|<!doctype[^<>]*>"
    r"|(?P<machine><\?[^<]*?\?>|<!\[CDATA\[.*?\]\]>)"
    r"|</(?P<end>[a-z][^\s<>/]*)[^<>]*>"
    r"|<(?P<start>[a-z][^\s<>/\"'`=]*)"
    r"(?:(?:\s|/(?!>))(?:[^\"'<>/]|/(?!>)|\"[^\"]*\"|'[^']*')*+)?(?P<empty>/?)>"
    r"|(?P<loose><(?=[a-z/!?]))",
    re.S | re.M | re.I,
)
TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")


class Tag(Struct, frozen=True):
    """A start tag. `indented` marks one in a code block, or in the continuation of a list item."""

    name: str
    start: int
    end: int
    indented: bool

    @property
    def is_text(self) -> bool:
        """Return whether to print the tag as typed.

        It is printed if its element would affect the text after it, or is unknown in HTML, as in ``Option<T>``.
        """
        return self.name in SWALLOWS or self.name not in KNOWN


def without_unclosed_tags(locate: Locator) -> tuple[str, list[Problem]]:
    """Return an article's text in which each unclosed tag is text or left out, and a problem for each."""
    if "<" not in locate.source.text:
        return locate.source.text[locate.start :], []
    reader = _Reader(locate)
    reader.read()
    source, at, pieces = locate.source.text, locate.start, []
    for start, end, text in sorted(reader.edits):
        pieces += [source[at:start], text or "\n" * source.count("\n", start, end)]
        at = end
    return "".join([*pieces, source[at:]]), in_order(reader.problems)[:MOST]


class _Open:
    """The elements that are open, outermost first.

    It keeps the indexes of each sort of tag, so that ten thousand tags within one another cost no more
    than ten thousand in a row.
    """

    def __init__(self) -> None:
        self.tags: list[Tag] = []
        self._indexes: dict[str, list[int]] = defaultdict(list)

    def add(self, tag: Tag) -> None:
        for sort in self._sorts(tag):
            self._indexes[sort].append(len(self.tags))
        self.tags.append(tag)

    def first(self, sort: str) -> int | None:
        """Return the index of the outermost tag of a name, or of the `sort` "indented", "plain" or "block"."""
        return next(iter(self._indexes[sort]), None)

    def last(self, sort: str) -> int:
        """Return the index of the innermost tag of a name or a `sort`, or -1."""
        return next(reversed(self._indexes[sort]), -1)

    def remove(self, first: int) -> list[Tag]:
        """Remove the tags from index `first` on, and return them."""
        removed = self.tags[first:]
        del self.tags[first:]
        for tag in removed:
            for sort in self._sorts(tag):
                self._indexes[sort].pop()
        return removed

    def _sorts(self, tag: Tag) -> list[str]:
        if tag.indented:
            return [f"<{tag.name}>", "indented"]
        return [f"<{tag.name}>", "plain"] + ["block"] * (tag.name in BLOCKS)


class _Reader:
    def __init__(self, locate: Locator) -> None:
        self.locate, self.source = locate, locate.source.text
        self.open = _Open()
        self.edits: list[tuple[int, int, str]] = []
        self.problems: list[Problem] = []

    def read(self) -> None:
        # A tag-like string in code is text, also where Markdown does not read it as code.
        for code in CODE.finditer(without_open_comments(self.source), self.locate.start):
            if not code[0].startswith("<!--"):
                for tag in TAG_LIKE.finditer(self.source, *code.span()):
                    self.make_text(tag.start())
        at, text = self.locate.start, self.locate.text
        while found := TOKEN.search(text, at):
            at = found.end()
            if found["loose"]:
                self.make_text(found.start())
            elif found["machine"]:
                self.leave_out(found.start(), at, found[0][:2])
            elif found["end"]:
                self.close(found, self.is_indented(found.start()))
            elif found["start"]:
                at = self.begin(found, text)
        self.end(0)

    def begin(self, found: re.Match[str], text: str) -> int:
        """Process a start tag; return the offset to continue from."""
        name, at = found["start"].lower(), found.end()
        tag = Tag(name, found.start(), at, self.is_indented(found.start()))
        if not tag.indented:
            self.end_indented()
        if name in VOID:
            return at
        if found["empty"]:
            if name in SWALLOWS:  # HTML would read these as unknown elements and open them
                self.leave_out(tag.start, at, f"<{name}>")
            elif (
                name not in KNOWN and "={" in found[0]
            ):  # a component, which `dialect.unread` names
                self.make_text(tag.start)
            return at
        if name in RAW:
            end = re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.I).search(text, at)
            if end and name not in ENDLESS:
                return end.end()
            self.show(tag)
            return at
        self.open.add(tag)
        return at

    def close(self, found: re.Match[str], indented: bool) -> None:
        """Process an end tag, which also ends the elements within its element.

        One that ends nothing is left out where it begins a line: Markdown would read the lines below as HTML.
        """
        name = found["end"].lower()
        if not indented:
            self.end_indented()
        index = self.open.last(f"<{name}>")
        if indented and self.open.last("plain") >= max(index, 0):
            return
        if index >= 0:
            _, *within = self.open.remove(index)
            for inside in within if name not in SWALLOWS else ():
                if inside.is_text:
                    self.show(inside)
            return
        if not self.source[self.source.rfind("\n", 0, found.start()) + 1 : found.start()].strip():
            self.edits.append((found.start(), found.end(), ""))

    def end_indented(self) -> None:
        first = self.open.first("indented")
        if first is not None:
            self.end(first)

    def end(self, first: int) -> None:
        """Close the open elements, from the `first` on."""
        for tag in self.open.remove(first):
            line = self.source.rfind("\n", 0, tag.start) + 1
            begins_line = not self.source[line : tag.start].strip()
            if tag.is_text:
                self.show(tag)
            elif tag.name == PARAGRAPH:
                if begins_line and not tag.indented:
                    self.edits.append((tag.start, tag.end, ""))
            elif tag.name not in INLINE | BLOCKS or (tag.name in INLINE and self.marks_place(tag)):
                continue
            elif not tag.indented and (tag.name in INLINE or begins_line):
                self.edits.append((tag.start, tag.end, ""))
                self.report(tag, "left out")
            else:
                self.show(tag)

    def marks_place(self, tag: Tag) -> bool:
        return bool(re.search(r"\s(?:id|name)\s*=", self.source[tag.start : tag.end], re.I))

    def show(self, tag: Tag) -> None:
        self.make_text(tag.start)
        if not tag.indented:
            self.report(tag, "printed as it was typed")

    def make_text(self, at: int) -> None:
        self.edits.append((at, at + 1, LESS_THAN))

    def report(self, tag: Tag, done: str) -> None:
        place = self.locate.source.place(tag.start, tag.end - tag.start)
        written = self.source[tag.start + 1 :][: len(tag.name)]
        self.problems.append(problem("unclosed-tag", place, tag=written, done=done))

    def leave_out(self, start: int, end: int, what: str) -> None:
        self.edits.append((start, end, ""))
        place = self.locate.source.place(start, end - start)
        self.problems.append(problem("html-removed", place, what=f"`{what}` is"))

    def is_indented(self, at: int) -> bool:
        """Return whether `at` is in an indented block, and not in an element that opened before it."""
        if self.open.first("block") is not None:
            return False
        return self._indented[self.locate.source.line_at(at)]

    @cached_property
    def _indented(self) -> list[bool]:
        """For each line, whether it is in a block indented like code."""
        found: list[bool] = []
        after_blank, inside = True, False
        for line in self.source.split("\n"):
            blank = not line.strip()
            indented = line.startswith(("    ", "\t"))
            inside = (inside and (blank or indented)) or (indented and after_blank and not blank)
            found.append(inside)
            after_blank = blank
        return found
