"""Editing `practice.yaml`: new values in the places of the old ones, all comments and other lines as they were.

The YAML parser gives the position of each value, so only that text is replaced. The result is read again: a file that
would not have exactly the new values is not written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from handpress.core.disk import write_file
from handpress.core.workspace import Workspace

BACKUP = ".bak"

Value = str | list[str] | dict[str, str]  # an empty one is left out


class Unwritable(Exception):
    """A file whose form cannot be kept."""


def read_practice(workspace: Workspace) -> dict[str, Any]:
    """Return the content of the file; none without it, or if it cannot be read."""
    try:
        found = yaml.safe_load(_text(workspace))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise Unwritable from None
    if found is not None and not isinstance(found, dict):
        raise Unwritable
    return found or {}


def write_practice(workspace: Workspace, values: Mapping[str, Value]) -> bool:
    """Write `values` to the file, which keeps its other content, and return whether it changed.

    The file as it was is kept beside it. Raises :class:`Unwritable` if its form cannot be kept.
    """
    before = read_practice(workspace)
    text = _text(workspace)
    changed = {key: value for key, value in values.items() if (before.get(key) or "") != value}
    changed = {key: value for key, value in changed.items() if value or before.get(key)}
    after = edited(text, changed)
    if after == text:
        return False
    root, path = workspace.disk.root, workspace.practice
    if text:
        write_file(root, path + BACKUP, text.encode())
    write_file(root, path, after.encode())
    return True


def _text(workspace: Workspace) -> str:
    if not workspace.disk.is_file(workspace.practice):
        return ""
    return workspace.disk.read(workspace.practice).decode("utf-8-sig")


def edited(text: str, values: Mapping[str, Value]) -> str:
    """Return the YAML mapping in `text` with other `values`; an empty one removes its key."""
    try:
        wanted = {**(yaml.safe_load(text) or {})}
        for key, value in values.items():
            wanted.pop(key, None)
            wanted |= {key: value} if value else {}
            text = _with_value(text, key, value)
        if (yaml.safe_load(text) or {}) != wanted:
            raise Unwritable
    except (yaml.YAMLError, TypeError, AttributeError, RecursionError):
        raise Unwritable from None
    return text


def _with_value(text: str, key: str, value: Value) -> str:
    node = yaml.compose(text)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    if node is not None and (not isinstance(node, yaml.MappingNode) or node.flow_style):
        raise Unwritable
    found = next(((name, old) for name, old in pairs if name.value == key), None)
    if found is None:
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
