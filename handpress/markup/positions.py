"""Source positions: finding where an element of the tree was written.

Python-Markdown keeps no positions, so the n-th thing of a kind in the tree is looked for as the n-th in
the source.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cached_property

from handpress.core.problem import Place
from handpress.core.source import CONTROL, Source

# Code in fences and in ticks (these within one paragraph), and comments.
CODE = re.compile(
    r"^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$"
    r"|(?<![`\\])(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`)|<!--.*?-->",
    re.S | re.M,
)


# Every address of a link or picture, as it is written: in brackets, by reference, in a tag, alone.
_ADDRESS = re.compile(
    r"\]\([ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\)|[ \t]+(?=[^\s\"'()\[\]]))*))"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*<?([^\s>]+)"
    r"|\b(?:href|src)[ ]*=[ ]*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))"
    r"|<([^\s<>]+)>",
    re.M | re.I,
)


def _as_read(written: str) -> str:
    """An address as a parser reads what is `written`: references resolved, escapes taken off."""
    return _squeezed(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(written)))


def _squeezed(address: str) -> str:
    """`address` without white space: Python-Markdown makes spaces of a tab, as many as fit."""
    return re.sub(r"\s+", "", plain_address(address))


def plain_address(written: str) -> str:
    """`written` without what URL parsers skip (WHATWG URL, section 4.4): controls, tabs, line ends."""
    return re.sub(r"[\t\n\r]", "", CONTROL.sub("", written)).strip()


class Locator:
    """Finds where things were written. Python-Markdown keeps no positions, so the n-th thing of a
    kind in the tree is looked for as the n-th in the source, with code blanked out at equal length.
    """

    def __init__(self, source: Source, start: int) -> None:
        self.source, self.start = source, start
        body = CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), source.text[start:])
        self.text = " " * start + body
        self._found: dict[str, Iterator[tuple[int, int]]] = {}
        self._last: dict[str, tuple[int, int] | None] = {}

    def next(self, pattern: str) -> Place:
        """The place of the next match of `pattern` (of its group, if it has one): each call with the
        same pattern goes one on. The last match stands in when there are fewer, then one in what
        looks like code, then the first line of the body.
        """
        if pattern not in self._found:
            wanted = re.compile(pattern, re.M | re.I)
            there = wanted.search(self.text, self.start)
            matches = wanted.finditer(self.text if there else self.source.text, self.start)
            self._found[pattern] = (m.span(m.lastindex or 0) for m in matches)
        return self._next(pattern) or self.body()

    def target(self, read: str) -> Place:
        """The place of the next link or picture whose address a parser reads as `read`."""
        address = _squeezed(read)
        key = f"to {address}"
        if key not in self._found:
            self._found[key] = iter(self._addresses.get(address, ()))
        return self._next(key) or self.next(re.escape(read))

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
        """The place of the next stretch of source that begins as `written` does."""
        words = re.findall(r"\w+", written)[:4]
        return self.next(r"\W{1,6}".join(map(re.escape, words))) if words else self.body()

    def body(self) -> Place:
        """The first line of the article's text."""
        found = re.compile(r"\S").search(self.source.text, self.start)
        return self.source.place(found.start() if found else self.start)


def deepest(source: Source, start: int) -> Place:
    """About where `source` is nested most deeply: the line with most quote marks, indent and tags."""

    def nesting(line: str) -> int:
        lead = re.match(r"[\s>*+\-\d.]*", line)
        return len(lead.group() if lead else "") + 2 * len(re.findall(r"<[a-z]|[\[*_]", line))

    lines = source.text[start:].split("\n")
    number = max(range(len(lines)), key=lambda n: nesting(lines[n]))
    return source.place(start + sum(len(line) + 1 for line in lines[:number]), len(lines[number]))
