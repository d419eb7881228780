"""Pages: an article as the rules see it, with its blocks, its visible text and the place of each character."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from markdown_it.token import Token

from handpress.check.blocks import NOWHERE, Block, Container
from handpress.check.prose.sentences import Sentence, running, sentences
from handpress.check.visible import Visible, visible
from handpress.core.files.disk import Disk
from handpress.core.problems.problem import Place
from handpress.markup.dialect.reader import blocks_of, environment
from handpress.series.article import Article

if TYPE_CHECKING:
    from handpress.layout.layout import Layout

# The names of containers in `Block.inside`, by the tokens that open them. A box has the name of its kind.
_CONTAINERS = {
    "blockquote_open": "quote",
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
    "dl_open": "definitions",
    "dt_open": "term",
    "dd_open": "meaning",
    "table_open": "table",
    "thead_open": "head",
    "tr_open": "row",
    "th_open": "cell",
    "td_open": "cell",
    "note_open": "note",
    "heading_open": "heading",
    "title_open": "title",
    "box_open": "box",
}
_KINDS = frozenset({"heading", "title", "term", "meaning", "cell", "item"})
_CODE = frozenset({"fence", "code_block", "html_block", "formula", "drawn_table", "comment"})


TICK = re.compile(
    r"^[ \t>]*[-*+][ \t]+\[[ xX]\]", re.M
)  # a box to tick, at the beginning of an item


class Page:
    """One article, read for the rules. Offsets in `source` are those of the file, those in `text` of the visible words."""

    def __init__(
        self,
        article: Article,
        layout: Layout,
        disk: Disk,
        limits: Mapping[str, int],
        today: datetime.date,
    ) -> None:
        self.article, self.layout, self.series, self.disk = article, layout, layout.series, disk
        self.limits, self.today = limits, today
        self.source = article.source.text
        self.language = article.settings.get("language") or layout.series.language
        self.containers: list[Container] = []
        self.blocks: list[Block] = []
        self.code: list[Token] = []  # code, comments, raw HTML
        self.env = environment()
        self._starts = article.source.starts
        self._first_line = article.source.line_at(article.start)
        self._read()

    @cached_property
    def tongue(self) -> str:
        """Return the language without its region."""
        return self.language.partition("-")[0].lower()

    def place(self, start: int, end: int) -> Place:
        """Return the place of a range of the source."""
        return self.article.source.place(start, end - start)

    def at(self, start: int, end: int) -> Place:
        """Return the place of a range of the text, on its first line."""
        begin = self.offset(start)
        return self.place(begin, max(begin + 1, self.offset(end - 1) + 1))

    def offset(self, at: int) -> int:
        """Return the offset in the source of the character `at` in the text."""
        found = bisect_right(self._places, (at, len(self.source))) - 1
        if found < 0:
            return self.article.start
        begin, offset = self._places[found]
        return offset + at - begin

    def line(self, number: int) -> str:
        """Return a line of the source, from 0."""
        return self.article.source.lines[number]

    def start_of(self, number: int) -> int:
        """Return the offset of a line of the source, from 0."""
        return self._starts[min(number, len(self._starts) - 1)]

    def lines_of(self, token: Token) -> range:
        """Return the lines of a token in the source, from 0."""
        first, last = token.map or (0, 0)
        return range(first + self._first_line, last + self._first_line)

    def blocks_in(self, container: Container) -> Sequence[Block]:
        return self._blocks_in.get(container, ())

    def containers_of(self, *kinds: str) -> list[Container]:
        """Return the containers of some kinds, in their order."""
        return [c for c in self.containers if c.kind in kinds]

    def containers_in(self, container: Container, kind: str) -> list[Container]:
        """Return the containers of a kind in `container`, also within others."""
        return [c for c in self._containers_in.get(container, ()) if c.kind == kind]

    # The content of every container is found at once: an article may have a thousand tables.

    @cached_property
    def _blocks_in(self) -> Mapping[Container, list[Block]]:
        found: dict[Container, list[Block]] = {}
        for block in self.blocks:
            for around in (*block.within.inside, block.within):
                found.setdefault(around, []).append(block)
        return found

    @cached_property
    def _containers_in(self) -> Mapping[Container, list[Container]]:
        found: dict[Container, list[Container]] = {}
        for container in self.containers:
            for around in container.inside:
                found.setdefault(around, []).append(container)
        return found

    def words_of(self, block: Block) -> str:
        return self.text[block.first : block.last]

    def block_at(self, at: int) -> Block:
        """Return the block of a character of the text."""
        return self.blocks[max(0, bisect_right(self._firsts, at) - 1)]

    @cached_property
    def headings(self) -> list[Block]:
        return [b for b in self.blocks if b.kind == "heading"]

    @cached_property
    def running(self) -> list[Block]:
        """The blocks of its running text."""
        return list(running(self.blocks, self.text))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of its running text."""
        return list(sentences(self.running, self.text, self.tongue))

    @cached_property
    def written(self) -> str:
        """The source with the front matter, code and comments blanked out at equal length."""
        lines = self.source.split("\n")
        for token in self.code:
            for number in self.lines_of(token) if token.type != "html_block" else ():
                if number < len(lines):
                    lines[number] = " " * len(lines[number])
        text = "\n".join(lines)
        start = self.article.start
        return re.sub(r"[^\n]", " ", text[:start]) + _HIDDEN.sub(_blank, text[start:])

    def head(self) -> Place:
        """Return the place of the title: its setting, or the first heading, or the first line."""
        if "title" in self.article.settings.places:
            return self.setting("title")
        first = self.headings[0] if self.headings else None
        if first and first is self.blocks[0]:
            return self.at(first.first, first.last)
        return self.place(self.article.start, self.article.start + 1)

    def find(self, pattern: re.Pattern[str], *kinds: str) -> Iterator[re.Match[str]]:
        """Yield the matches of `pattern` in the text, all or those in blocks of these `kinds`."""
        for found in pattern.finditer(self.text):
            if not kinds or self.block_at(found.start()).kind in kinds:
                yield found

    def setting(self, key: str) -> Place:
        """Return the place of a setting in the front matter, or the first line of the file."""
        return self.article.settings.place(key)

    # Reading

    def _read(self) -> None:
        text = self.source[self.article.start :]
        try:
            tokens = blocks_of(text, self.env)
        except RecursionError:  # the build has reported it
            tokens = []
        written: list[str] = []
        self._places: list[tuple[int, int]] = []
        self._length = 0
        self._cursor: dict[int, int] = {}  # by line: the end of the last cell in it
        stack: list[Container] = [NOWHERE]
        last_map = (0, 0)
        for token in tokens:
            if token.map:
                lines = self.lines_of(token)
                last_map = (lines.start, lines.stop)
            if token.type == "inline":
                self._add(token.content, last_map[0], stack[-1], written)
            elif token.type in _CODE:
                self.code.append(token)
            elif token.nesting > 0:
                kind = _CONTAINERS.get(token.type)
                if kind is None:
                    stack.append(stack[-1])
                    continue
                if kind == "box":
                    kind = str(token.attrs.get("class", "box")).split()[-1]
                if kind == "heading" and token.tag == "p":  # it begins a box, as its title
                    kind = "title"
                level = int(token.tag[1]) if kind == "heading" else 0
                inside = (
                    stack[-1].inside if stack[-1] is NOWHERE else (*stack[-1].inside, stack[-1])
                )
                stack.append(Container(kind, *last_map, inside, level))
                self.containers.append(stack[-1])
            elif token.nesting < 0 and len(stack) > 1:
                stack.pop()
        self.tokens = tokens
        self.text = "".join(written)
        self._firsts = [block.first for block in self.blocks]

    def _add(self, content: str, line: int, within: Container, written: list[str]) -> None:
        """Add a block with its visible text."""
        offsets: list[tuple[int, int]] = []  # of the lines of the content, and of the source
        at = 0
        for number, part in enumerate(content.split("\n"), line):
            offsets.append((at, self._locate(part, number, within)))
            at += len(part) + 1
        shown: Visible = visible(content)
        first = self._length
        for begin, inner in shown.places:
            # A run of visible characters may continue on the next lines, each with its own place.
            index = bisect_right(offsets, (inner, len(self.source))) - 1
            self._places.append((first + begin, offsets[index][1] + inner - offsets[index][0]))
        written += (shown.text, "\n")
        self._length += len(shown.text) + 1
        kind = within.kind if within.kind in _KINDS else "paragraph"
        kind = "item" if kind == "paragraph" and "item" in within.kinds else kind
        start = offsets[0][1]
        end = offsets[-1][1] + len(content) - offsets[-1][0]
        self.blocks.append(Block(kind, start, end, first, first + len(shown.text), within))

    def _locate(self, part: str, number: int, within: Container) -> int:
        """Return the offset in the source of one line of a block's content."""
        number = min(number, len(self._starts) - 1)
        start, line = self._starts[number], self.line(number)
        written = part.rstrip()
        if within.kind != "cell" and line.rstrip().endswith(written):
            return start + len(line.rstrip()) - len(written)
        found = line.find(written, self._cursor.get(number, 0))
        if found < 0:
            found = len(line) - len(line.lstrip())
        elif within.kind == "cell":
            self._cursor[number] = found + len(written)
        return start + found


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


_HIDDEN = re.compile(
    r"(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n)(?s:.))+?(?<!`)(?P=tick)(?!`)|<!--(?s:.*?)-->"
)
WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
