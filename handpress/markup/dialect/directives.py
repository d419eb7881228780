"""Directives: a fence with a name in braces, as MyST writes boxes and pictures: ```` ```{note} ````."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.blocks.note import known_name
from handpress.markup.dialect.boxes import Written, close_box, open_box, picture
from handpress.markup.dialect.lines import indented_as_code, line_at, read_inside
from handpress.markup.dialect.spans import push_name
from handpress.markup.dialect.unread import DIRECTIVE, Unread

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*\{([\w-]+)\}[ \t]*(.*?)[ \t]*")
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
_IN_YAML = re.compile(r"([\w-]+):[ \t]*(.*?)[ \t]*")
_NAMES = ("name", "label")  # options by which roles find a directive
_NAME = re.compile(r"[^\s()<>\"&]{1,200}")

# Directives that are code, and those whose content is for another program.
_CODE = frozenset(
    ["code-block", "code", "sourcecode", "code-cell", "mermaid", "prompt", "parsed-literal"]
)
_UNREAD = frozenset(
    ["toctree", "contents", "bibliography", "eval-rst", "include", "literalinclude", "list-table", "csv-table", "tab-set", "tab-item", "grid", "card", "glossary", "embed", "video", "iframe", "raw", "jupyter-execute"]
)  # fmt: skip


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a directive that is a box, a picture, code or a formula. Others are code, in braces their language."""
    if state.src[state.bMarks[start] + state.tShift[start]] not in "`~":
        return False
    found = _FENCE.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    lines = range(start + 1, end)
    closed = next((n for n in lines if _closes(state, n, found[1])), None)
    kind, argument = found[2], found[3]
    name = known_name(kind) or ("details" if kind == "dropdown" else None)
    if closed is None or not (
        name or kind in ("figure", "image", "math") or kind in _CODE | _UNREAD
    ):
        return False
    if silent:
        return True
    first, options = _options(state, start + 1, closed)
    if label := next(filter(_NAME.fullmatch, (options.get(key, "") for key in _NAMES)), ""):
        push_name(state, start, label)
    if name:
        opened = open_box(state, start, Written(options.get("class", "")).kind() or name, argument)
        read_inside(state, first, closed, "box", state.blkIndent)
        close_box(state, opened)
        opened.map = [start, closed + 1]
    elif kind in ("figure", "image"):
        words = state.getLines(first, closed, state.sCount[start], keepLastLF=False).strip()
        picture(state, start, argument, options.get("alt", ""), words.replace("\n", " "))
    else:
        token = state.push("formula" if kind == "math" else "fence", "code", 0)
        token.map, token.info = [start, closed + 1], argument
        token.content = state.getLines(first, closed, state.sCount[start], keepLastLF=True)
        if kind in _UNREAD:
            state.env["notices"].append(Unread(DIRECTIVE, start, "", line_at(state, start).strip()))
    state.line = closed + 1
    return True


def _options(state: StateBlock, first: int, closed: int) -> tuple[int, dict[str, str]]:
    """Return the line after the options that begin a directive, and these: `:name: x`, or YAML between two rules."""
    last = next((n for n in range(first + 1, closed) if _is_rule(state, n)), first)
    pattern = _IN_YAML if last > first and _is_rule(state, first) else _OPTION
    line = first + (pattern is _IN_YAML)
    options = {}
    while line < closed and (option := pattern.fullmatch(line_at(state, line))):
        options[option[1]] = option[2].strip("\"'") if pattern is _IN_YAML else option[2]
        line += 1
    return (last + 1 if pattern is _IN_YAML else line), options


def _is_rule(state: StateBlock, line: int) -> bool:
    return line_at(state, line).rstrip() == "---"


def _closes(state: StateBlock, line: int, fence: str) -> bool:
    text = line_at(state, line).rstrip()
    return text.startswith(fence) and not text.strip(fence[0])
