"""TOML to nodes. tomllib validates it, but keeps no positions."""

from __future__ import annotations

import re
import tomllib

import yaml

from handpress.series.frontmatter.tokens import Tokens
from handpress.series.settings.nodes import Broken, mark, scalar

TOKEN = re.compile(
    r"""(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |\#[^\n]*|(?P<newline>\n)|(?P<sign>[\[\]{},=])|(?P<word>[^\s\[\]{},=\#"']+)""",
    re.S | re.X,
)


def read_toml(text: str) -> yaml.Node | None:
    """Return the node of a TOML document."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        starts = [0, *(m.end() for m in re.finditer("\n", text))]
        offset = starts[int(found[1]) - 1] + int(found[2]) - 1 if found else len(text)
        raise Broken(str(error).partition(" (at ")[0], offset) from None
    except RecursionError:
        raise Broken("its brackets are nested too deeply", 0) from None
    tokens = Tokens(text, TOKEN)
    root = table = _table(0, len(text))
    while tokens.next.kind != "end":
        if tokens.next.kind == "newline":
            tokens.take()
        elif tokens.next.text == "[":
            table = _header(tokens, root)
        else:
            _statement(tokens, table)
    return root


def _table(start: int, end: int) -> yaml.MappingNode:
    return yaml.MappingNode("", [], mark(start), mark(end))


def _header(tokens: Tokens, root: yaml.MappingNode) -> yaml.MappingNode:
    """Return the table that a line ``[name]`` or ``[[name]]`` begins."""
    start = tokens.take().start
    many = tokens.next.text == "["
    if many:
        tokens.take()
    *path, last = _path(tokens, "]")
    end = tokens.take().end
    parent = _inside(root, path)
    if not many:
        return _inside(parent, [last])
    tokens.take()
    made = _table(start, end)
    for key, value in parent.value:
        if key.value == last.value:
            value.value.append(made)
            return made
    parent.value.append((last, yaml.SequenceNode("", [made], mark(start), mark(end))))
    return made


def _statement(tokens: Tokens, table: yaml.MappingNode) -> None:
    """Add the value of ``key = value`` to `table`; a dotted key makes tables in it."""
    *path, last = _path(tokens, "=")
    tokens.take()
    _inside(table, path).value.append((last, _value(tokens)))


def _path(tokens: Tokens, end: str) -> list[yaml.ScalarNode]:
    """Return the parts of a key before the sign `end`."""
    parts = []
    while tokens.next.text != end:
        token = tokens.take()
        if token.kind == "string":
            parts.append(scalar(_text(token.text), token.start, token.end))
            continue
        for found in re.finditer(r"[^.]+", token.text):
            parts.append(scalar(found[0], token.start + found.start(), token.start + found.end()))
    return parts


def _inside(table: yaml.MappingNode, path: list[yaml.ScalarNode]) -> yaml.MappingNode:
    """Return the table at `path` below `table`, new if need be; of an array of tables, the last."""
    for part in path:
        below = next((v for k, v in table.value if k.value == part.value), None)
        if below is None:
            below = _table(part.start_mark.index, part.end_mark.index)
            table.value.append((part, below))
        table = below.value[-1] if isinstance(below, yaml.SequenceNode) else below
    return table


def _value(tokens: Tokens) -> yaml.Node:
    token = tokens.take()
    if token.text == "[":
        items = []
        while tokens.past("newline") != "]":
            items.append(_value(tokens))
            if tokens.past("newline") == ",":
                tokens.take()
        return yaml.SequenceNode("", items, mark(token.start), mark(tokens.take().end))
    if token.text == "{":
        inline = _table(token.start, token.end)
        while tokens.past("newline") != "}":
            _statement(tokens, inline)
            if tokens.past("newline") == ",":
                tokens.take()
        inline.end_mark = mark(tokens.take().end)
        return inline
    if token.kind == "string":
        return scalar(_text(token.text), token.start, token.end, '"')
    end = token.end
    while tokens.next.kind == "word":  # a date and a time may have a space between them
        end = tokens.take().end
    return scalar(tokens.whole[token.start : end], token.start, end)


def _text(written: str) -> str:
    return str(tomllib.loads(f"x={written}")["x"])
