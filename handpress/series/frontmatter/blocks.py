"""Blocks of front matter: where one begins and ends, its format, and what is read in it."""

from __future__ import annotations

import json
import re

from msgspec import Struct, field

from handpress.core.problems.problem import Problem
from handpress.series.settings.nodes import Pair


class Block(Struct, frozen=True):
    """Front matter in a text, as offsets: its settings from `start` to `end`, the body from `body`.

    `format` is a key of FORMATS. `first` is its first character, a fence's or a brace.
    """

    format: str
    first: int
    start: int
    end: int
    body: int
    closed: bool = True


class FrontMatter(Struct):
    """The settings of a text: keys and values with offsets from `start`, the start of the body, and the problems.

    `lost` has what could not be read, by its offset in the text.
    """

    start: int
    body: int
    pairs: list[Pair] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


# Blank lines and comments, which may be above it.
LEAD = re.compile(
    r"(?:[ \t\ufeff\u200b]*\n|[\ufeff\u200b]+|[ \t]*<!--(?:(?!-->).)*-->[ \t]*)*", re.S
)
FENCE = re.compile(r"(---|\+\+\+|;;;)[ \t]*(yaml|yml|toml|json|)[ \t]*(?:\n|\Z)", re.I)
FORMATS = {"---": "yaml", "+++": "toml", ";;;": "json", "yml": "yaml"}
CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.M),
    "+++": re.compile(r"^\+\+\+[ \t]*$\n?", re.M),
    ";;;": re.compile(r"^;;;[ \t]*$\n?", re.M),
}
# A first line that can only be a setting, below an opening fence without a closing one.
SETTING = re.compile(
    r"""(?:[ \t]*(?:\#[^\n]*)?\n)*[ \t]*["']?[A-Za-z_][\w \-.]*["']?[ \t]*[:=](?:[ \t]|$)""", re.M
)
# A heading between blank lines, which YAML would take for a comment, without a setting below it.
HEADING = re.compile(
    r"\n[ \t]*\n#{1,6} [^\n]*\n(?:[ \t]*\n)+(?![\w\"'][\w\- ]*[\"']?[ \t]*:|#)(?=\S)"
)
OBJECT = re.compile(r'\{\s*"[^"\n]*"\s*:')
BRACE = re.compile(r"^\}[ \t]*$\n?", re.M)
LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")


def find_block(text: str) -> Block | None:
    """Return the front matter of `text`, or None without any."""
    lead = LEAD.match(text)
    first = lead.end() if lead else 0
    if first and text[first - 1] not in "\n\ufeff\u200b":
        return None
    if found := FENCE.match(text, first):
        return _fenced(text, found)
    return _braced(text, first) if OBJECT.match(text, first) else None


def _fenced(text: str, opening: re.Match[str]) -> Block | None:
    fence, named = opening[1], opening[2].lower()
    form = FORMATS.get(named or fence, named)
    start = opening.end()
    if closing := CLOSING[fence].search(text, start):
        # A rule of the text may look like the missing end.
        closed = form != "yaml" or not HEADING.search(text, start, closing.start())
        return Block(form, opening.start(), start, closing.start(), closing.end(), closed)
    if SETTING.match(text, start):
        return Block(form, opening.start(), start, len(text), len(text), closed=False)
    return None


def _braced(text: str, first: int) -> Block | None:
    """Return the object that begins at `first`, as Hugo has it. A broken one ends at its last brace."""
    try:
        _, end = json.JSONDecoder().raw_decode(text, first)
        if after := LINE_END.match(text, end):
            return Block("json", first, first, end, after.end())
        if "\n" not in text[first:end]:
            return None  # text that begins with an object
    except (ValueError, RecursionError):
        pass
    if closing := BRACE.search(text, first):
        return Block("json", first, first, closing.start() + 1, closing.end())
    line = text.find("\n", first)
    if text[first:line].rstrip().endswith("}"):
        return Block("json", first, first, line, line + 1)
    return Block("json", first, first, len(text), len(text), closed=False)
