"""Nodes: the tree of settings that every format is read into, with the offset of each key and value.

These are PyYAML's nodes. A scalar keeps the author's text; its `style` is empty if it had no quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from handpress.core.files.source import Source
from handpress.core.problems.problem import Place

Pair = tuple[yaml.Node, yaml.Node]
DEEPEST = 3  # levels of mappings within mappings that are followed, which may go around in a circle


class Broken(ValueError):
    """Settings that a format cannot read: the reason, and the offset."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason, self.offset = reason, offset


def scalar(value: str, start: int, end: int, style: str = "") -> yaml.ScalarNode:
    return yaml.ScalarNode("", value, mark(start), mark(end), style)


def mark(index: int) -> yaml.Mark:
    return yaml.Mark("", index, 0, index, None, 0)


def shifted(node: yaml.Node, by: int) -> yaml.Node:
    """Return `node` with all its offsets moved by `by`."""
    waiting, seen = [node], set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        each.start_mark = mark(each.start_mark.index + by)
        each.end_mark = mark(each.end_mark.index + by)
        if isinstance(each, yaml.MappingNode):
            waiting += [part for pair in each.value for part in pair]
        elif isinstance(each, yaml.SequenceNode):
            waiting += each.value
    return node


def shown(source: Source, offset: int) -> Place:
    """Return the place of `offset`, or of the text before it, since the end of a line shows nothing."""
    while offset > 0 and (offset >= len(source.text) or source.text[offset] in "\n "):
        offset -= 1
    return source.place(offset)


def pairs_of(node: yaml.Node, deep: int = 0) -> Iterator[Pair]:
    """Yield the keys and values of a mapping; first those that ``<<`` merges into it, unless it has its own."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    own = {name_of(key) for key, _ in pairs}
    for key, value in pairs:
        if name_of(key) == "<<" and deep < DEEPEST:
            merged = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for each in merged:
                yield from (
                    pair for pair in pairs_of(each, deep + 1) if name_of(pair[0]) not in own
                )
    yield from ((key, value) for key, value in pairs if name_of(key) != "<<")


def name_of(key: yaml.Node) -> str:
    """Return the text of a key, or `?` if it is a list or a mapping."""
    return str(key.value) if isinstance(key, yaml.ScalarNode) else "?"


def plain(key: str) -> str:
    """Return a key in small letters, without the hyphens, underscores and spaces that programs differ in."""
    return re.sub(r"[-_ .]", "", key).casefold()


def is_empty(node: yaml.Node) -> bool:
    """Return whether a value is missing, or is YAML's null (YAML 1.2, section 10.3.2)."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in NULLS


NULLS = ("", "~", "null", "Null", "NULL")
