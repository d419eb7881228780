"""Editing a YAML file: new values in the places of the old ones, all comments and other lines as they were.

The YAML parser gives the position of each value, so only that text is replaced. The result is read again: a text that
would not have exactly the new values is not returned.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

import yaml

# An empty one is left out.
Value = str | int | datetime.date | list[str] | dict[str, str] | dict[str, str | list[str]]


class Unwritable(Exception):
    """A file whose form cannot be kept."""


def edited(text: str, values: Mapping[str, Value], after: str = "") -> str:
    """Return the YAML mapping in `text` with other `values`; an empty one removes its key.

    A new key is added at the end, or below the key `after`.
    """
    try:
        wanted = {**(yaml.safe_load(text) or {})}
        for key, value in values.items():
            wanted.pop(key, None)
            wanted |= {key: value} if value else {}
            text = _with_value(text, key, value, after)
        if (yaml.safe_load(text) or {}) != wanted:
            raise Unwritable
    except (yaml.YAMLError, TypeError, AttributeError, RecursionError):
        raise Unwritable from None
    return text


def _with_value(text: str, key: str, value: Value, after: str) -> str:
    node = yaml.compose(text)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    if node is not None and (not isinstance(node, yaml.MappingNode) or node.flow_style):
        raise Unwritable
    found = next(((name, old) for name, old in pairs if name.value == key), None)
    if found is None:
        if value and (line := _end_of_line(text, pairs, after)):
            return f"{text[:line]}{key}: {_inline(value)}\n{text[line:]}"
        end = "" if not text or text.endswith("\n") else "\n"
        return f"{text}{end}{key}: {_inline(value)}\n" if value else text
    name, old = found
    first, last = old.start_mark.index, _end(old)
    if not value:
        start = text.rfind("\n", 0, name.start_mark.index) + 1
        line_end = text.find("\n", last)
        return text[:start] + (text[line_end + 1 :] if line_end >= 0 else "")
    if first == last:  # nothing after the colon: an empty value is where its key ends
        first = last = name.end_mark.index + 1
        return f"{text[:first]} {_inline(value)}{text[last:]}"
    return text[:first] + _like(old, value) + text[last:]


def _end_of_line(text: str, pairs: list[tuple[yaml.Node, yaml.Node]], key: str) -> int:
    """Return where the line after the value of a key begins, or 0 without the key."""
    ends = [_end(value) for name, value in pairs if name.value == key]
    return text.find("\n", ends[0]) + 1 if ends else 0


def _end(node: yaml.Node) -> int:
    """Return the end of a node's own text: a block ends after its last value, not where the next key begins."""
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False):
        return _trimmed(node)
    return max((_end(child) for child in _children(node)), default=node.end_mark.index)


def _trimmed(node: yaml.Node) -> int:
    # A block of text (| or >) ends where the next key begins.
    if getattr(node, "style", None) in ("|", ">"):
        buffer: str = node.end_mark.buffer or ""
        between = buffer[node.start_mark.index : node.end_mark.index].rstrip("\0")
        return node.start_mark.index + len(between.rstrip())
    return int(node.end_mark.index)


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    for child in node.value:
        yield from child if isinstance(child, tuple) else (child,)


def _like(old: yaml.Node, value: Value) -> str:
    """Return `value` written as the `old` one is: a block of lines, or on one line."""
    if isinstance(old, yaml.SequenceNode | yaml.MappingNode) and not old.flow_style:
        indent = "\n" + " " * old.start_mark.column
        if isinstance(value, list):
            return indent.join(f"- {_inline(item, within=False)}" for item in value)
        if isinstance(value, dict):
            return indent.join(f"{_inline(k)}: {_inline(v)}" for k, v in value.items())
    return _inline(value)


def _inline(value: Value, *, within: bool = True) -> str:
    """Return `value` in YAML on one line."""
    if isinstance(value, str) and not within:
        return yaml.safe_dump([value], allow_unicode=True, width=100_000).strip()[2:]
    dumped = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=100_000, sort_keys=False
    )
    return dumped.strip()[1:-1]
