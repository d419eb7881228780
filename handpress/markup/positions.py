"""Source positions: finding where an element of the tree was written.

Python-Markdown keeps no positions, so the n-th match of a kind in the source belongs to the n-th
element of that kind in the tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from handpress.core.files.source import CONTROL, Source
from handpress.core.problems.problem import Place
from handpress.markup.template_addresses import WHERE, target

# A fence of MyST that is a box, whose content is Markdown.
_NO_BOX = r"(?![ \t]*\{(?:note|tip|hint|important|warning|caution|danger|attention|error|admonition|seealso)\})"
# Code in backticks (those within one paragraph), and comments.
_INLINE = (
    rf"(?<![`\\])(?P<tick>`+)(?!`){_NO_BOX}(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`)|<!--.*?-->"
    r"|(?<!\d)%%(?:(?!%%|\n[ \t]*\n).)+%%"
)
# A role of MyST that is a link: its address alone, or behind its words.
_ROLE = (
    r"(?:\{(?:doc|ref|numref|any|download|std:\w+|prf:ref)\}|:(?:doc|ref|numref|any|download):)"
    r"(?P<link>`+)(?!`)(?:[^`<>]*<(?P<behind>[^`<>\n]+)>[ ]*|(?P<address>[^`<>\n]+))(?P=link)(?!`)"
)
# Likewise, and code in fences, also in lists and quotations: as far as it is known before Markdown is read.
CODE = re.compile(
    rf"^[ \t>]*(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)*(?P<fence>```+(?=[^`\n]*$)|~~~+){_NO_BOX}[^\n]*\n"
    r"(?:.*?\n)??[ \t>]*(?P=fence)[`~]*[ \t]*$"
    rf"|{_ROLE}|^[ \t>]*\{{%-?[ ]*(?P<tag>highlight|raw|comment)\b.*?\{{%-?[ ]*end(?P=tag)[ ]*-?%\}}|{_INLINE}",
    re.S | re.M,
)
# The same where the lines of code are known: what looks like a fence is then the beginning or the end of a box.
_IN_TEXT = re.compile(rf"^[ \t>]*(?:```+|~~~+)[^\n]*$|{_ROLE}|{_INLINE}", re.S | re.M)


# Each match of the two begins with one of these, and most articles have none.
_ANY = re.compile(r"`|~~~|<!--|%%|\{%")
_IN_ROLE = "\ufdd6"  # likewise, around the address in a role
_TEXT = "\ufdd5!--"  # in place of `<!--`: a noncharacter, which no source contains


def without_open_comments(text: str) -> str:
    """Return `text`, as long as it was, without the beginnings of comments behind the last end of one.

    `CODE` would look for the end of each of them up to the end of the text.
    """
    last = max(text.rfind("-->"), 0)
    return text[:last] + text[last:].replace("<!--", _TEXT)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Return `text` with the matches of `CODE` or `_IN_TEXT` blanked out at equal length."""
    if not _ANY.search(text):
        return text
    return pattern.sub(_blank, without_open_comments(text)).replace(_TEXT, "<!--")


# Every address of a link or picture in the source: in brackets, by reference, in a tag, alone.
_ADDRESS = re.compile(
    r"\]\([ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\)|[ \t]+(?=[^\s\"'()\[\]]))*))"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*<?([^\s>]+)"
    r"|\b(?:href|src)[ ]*=[ ]*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))"
    r"|<([^\s<>]+)>|\[\[([^\[\]\n]+)\]\]"
    r"|\{%-?\s*(?:post|asset)_link\s+(?:\"([^\"{}]+)\"|'([^'{}]+)'|([^\s{}%]+))"
    rf"|\{{%-?\s*link\s[^{{}}]*?({WHERE})|\{{%-?\s*(?:asset_)?img\s[^{{}}]*?([^\s\"'{{}}]+\.\w{{3,4}})(?=[\s\"'%])"
    r"|\{\{%\s*doc\s*%\}\}\s*([^<>{}]+)|\ufdd6([^\ufdd6\n]+)\ufdd6",
    re.M | re.I,
)


def _as_read(written: str) -> str:
    """Return the `written` address as a parser reads it, with references and escapes resolved."""
    return _squeezed(target(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(written))))


def _squeezed(address: str) -> str:
    """Return `address` without white space: Python-Markdown replaces a tab by a varying number of spaces."""
    return re.sub(r"\s+", "", plain_address(address))


def plain_address(written: str) -> str:
    """Return `written` without the characters that URL parsers skip (WHATWG URL, section 4.4)."""
    return re.sub(r"[\t\n\r]", "", CONTROL.sub("", written)).strip()


def _blank(found: re.Match[str]) -> str:
    blank = re.sub(r"[^\n]", " ", found[0])
    name = "behind" if found["behind"] else "address"
    if not found[name]:
        return blank
    start, end = (at - found.start() for at in found.span(name))
    return f"{blank[: start - 1]}{_IN_ROLE}{found[name]}{_IN_ROLE}{blank[end + 1 :]}"


class Locator:
    """Finds source positions: the n-th element of a kind in the tree is the n-th match in the source.

    Code is blanked out at equal length before the search.
    """

    def __init__(self, source: Source, start: int) -> None:
        self.source, self.start = source, start
        self.text = " " * start + _without(CODE, source.text[start:])
        self._found: dict[str, Iterator[tuple[int, int]]] = {}
        self._last: dict[str, tuple[int, int] | None] = {}
        self._read_to = 0  # the end of the last address without any notation

    def hide(self, code: Iterable[range]) -> None:
        """Blank out the lines that Markdown reads as code, instead of those that look like it."""
        lines = list(self.source.lines)
        first = self.source.line_at(self.start)
        for number in (first + n for found in code for n in found):
            if number < len(lines):
                lines[number] = " " * len(lines[number])
        text = "\n".join(lines)
        self.text = " " * self.start + _without(_IN_TEXT, text[self.start :])
        self._found.clear()
        self._read_to = 0
        self.__dict__.pop("_addresses", None)

    def next(self, pattern: str) -> Place:
        """Return the place of the next match of `pattern` (of its group, if it has one).

        Each call with the same pattern moves on by one match. After the last match, fall back to that one,
        then to a match that looks like code, then to the first line of the body.
        """
        if pattern not in self._found:
            wanted = re.compile(pattern, re.M | re.I)
            there = wanted.search(self.text, self.start)
            matches = wanted.finditer(self.text if there else self.source.text, self.start)
            self._found[pattern] = (m.span(m.lastindex or 0) for m in matches)
        return self._next(pattern) or self.body()

    def target(self, read: str) -> Place:
        """Return the place of the next link or picture whose address a parser reads as `read`."""
        address = _squeezed(target(read))
        key = f"to {address}"
        if key not in self._found:
            self._found[key] = iter(self._addresses.get(address, ()))
        return self._next(key) or self._bare(read)

    def _bare(self, read: str) -> Place:
        """Return the place of the next address without any notation, or else of its last one."""
        at = self.text.find(read, max(self.start, self._read_to))
        if at < 0:
            at = self.text.find(read, self.start)
        if at < 0:
            at = self.source.text.find(read, self.start)
        if at < 0:
            return self.body()
        self._read_to = at + len(read)
        return self.source.place(at, len(read))

    @cached_property
    def _addresses(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for match in _ADDRESS.finditer(self.text, self.start):
            span = match.span(match.lastindex or 0)
            found.setdefault(_as_read(self.text[slice(*span)]), []).append(span)
        return found

    def _next(self, key: str) -> Place | None:
        self._last[key] = span = next(self._found[key], self._last.get(key))
        return self.source.place(span[0], span[1] - span[0]) if span else None

    def text_of(self, written: str) -> Place:
        """Return the place of the next passage of the source that begins with `written`."""
        words = re.findall(r"\w+", written)[:4]
        return self.next(r"\W{1,6}".join(map(re.escape, words))) if words else self.body()

    def in_line(self, number: int, column: int, before: str, written: str) -> Place:
        """Return the place of what is `written` after `before` in a line of the text, of which 0 is the first.

        The line is that of a container, or what is in it: the passage is at `column` (from 0) or later.
        """
        line = min(self.source.line_at(self.start) + number, len(self.source.lines) - 1)
        begin, text = self.source.starts[line], self.source.lines[line]
        after = text.find(before + written, max(column - len(before), 0))
        at = after + len(before) if after >= 0 else max(text.find(written), 0)
        return self.source.place(begin + at, len(written))

    def body(self) -> Place:
        """Return the first line of the article's text."""
        found = re.compile(r"\S").search(self.source.text, self.start)
        return self.source.place(found.start() if found else self.start)


def deepest(source: Source, start: int) -> Place:
    """Return the approximate place of the deepest nesting: the line with most quote marks, indent and tags."""

    def nesting(line: str) -> int:
        lead = re.match(r"[\s>*+\-\d.]*", line)
        return len(lead.group() if lead else "") + 2 * len(re.findall(r"<[a-z]|[\[*_]", line))

    lines = source.text[start:].split("\n")
    number = max(range(len(lines)), key=lambda n: nesting(lines[n]))
    return source.place(start + sum(len(line) + 1 for line in lines[:number]), len(lines[number]))
