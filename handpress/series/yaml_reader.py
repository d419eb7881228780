"""Reading settings: YAML by a table of keys, with the place of every value.

Values are read from the author's text, without YAML's own conversion. A title can be ``2026`` or ``no``, and only
a key for dates reads dates (YAML 1.1 would guess). strictyaml checks types as well, but reports only the line
of a mistake, and suggests no key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from handpress.core.disk import SEPARATOR
from handpress.core.problem import Place, Problem, nearest, problem
from handpress.core.source import CONTROL, Source
from handpress.markup.quotes import typographic
from handpress.series.values import (
    PROSE,
    ByLanguage,
    Lists,
    Many,
    Reader,
    Record,
    Wrong,
    language,
    name,
)

NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Settings:
    """The content of one YAML mapping: its valid values, and the place of each."""

    source: Source
    values: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        value = self.values.get(key)
        return default if value is None else value

    def place(self, key: str, index: int = 0) -> Place:
        """Return the place of the value of `key` (its `index`-th, in a list), or line 1 without a value."""
        places = self.places.get(key)
        return places[min(index, len(places) - 1)] if places else self.source.place()

    def with_marks(self, language: str) -> Settings:
        """Return these settings with the quotation marks of `language` in what is printed as text."""
        values = dict(self.values)
        for key in PROSE & values.keys():
            if isinstance(values[key], str):
                values[key] = typographic(values[key], language)
            elif isinstance(values[key], tuple):
                values[key] = tuple(typographic(value, language) for value in values[key])
        return replace(self, values=values)

    def with_default(self, key: str, value: Any) -> Settings:
        """Return these settings, with `value` for `key` if it is not set."""
        return replace(self, values={key: value, **self.values})


FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)(?:^---[ \t]*$|^\.\.\.[ \t]*$)\n?", re.S | re.M)


def split(source: Source) -> tuple[tuple[int, int], int]:
    """Return the span of the front matter of `source`, and the start of its body, as offsets."""
    if found := FRONT_MATTER.match(source.text):
        return found.span(1), found.end()
    return (0, 0), 0


def read_settings(
    source: Source, keys: Mapping[str, Reader], owner: str, span: tuple[int, int] | None = None
) -> tuple[Settings, list[Problem]]:
    """Read the YAML mapping in `source` (or in its `span` of offsets) by the table `keys`.

    `owner` names the owner of the keys in messages: "an article", "a series".
    """
    start, end = span or (0, len(source.text))
    written = SEPARATOR.sub(" ", source.text[start:end])  # YAML would end its line there
    try:
        node = yaml.compose(written, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "it is not valid YAML"
        # PyYAML marks where it noticed an open bracket or quote; its start is a better place.
        opened = "flow" in (error.context or "") or "quoted" in (error.context or "")
        if error.context_mark and opened:
            mark = error.context_mark
        return Settings(source), [_broken(source, start + (mark.index if mark else 0), reason)]
    except RecursionError:
        return Settings(source), [_broken(source, start, "its brackets are nested too deeply")]
    except (yaml.YAMLError, ValueError) as error:
        position = getattr(error, "position", 0)
        reason = str(getattr(error, "reason", error)) or "it is not valid YAML"
        return Settings(source), [_broken(source, start + position, reason)]
    if node is None:
        return Settings(source), []
    if not isinstance(node, yaml.MappingNode):
        return Settings(source), [
            _broken(source, start + node.start_mark.index, "it has no `key: value` lines")
        ]
    return _Mapping(source, start, keys, owner).read(node)


def _broken(source: Source, offset: int, reason: str) -> Problem:
    # An offset at the end of a line shows nothing, so step back to the text.
    while offset > 0 and (offset >= len(source.text) or source.text[offset] in "\n "):
        offset -= 1
    return problem("broken-yaml", source.place(offset), reason=reason)


class _Mapping:
    """Reads one YAML mapping and collects values, places and problems."""

    def __init__(self, source: Source, start: int, keys: Mapping[str, Reader], owner: str) -> None:
        self.source, self.start, self.keys, self.owner = source, start, keys, owner
        self.values: dict[str, Any] = {}
        self.places: dict[str, tuple[Place, ...]] = {}
        self.problems: list[Problem] = []

    def read(self, node: yaml.MappingNode) -> tuple[Settings, list[Problem]]:
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            place = self.place(key_node)
            if key not in self.keys:
                meant, known = nearest(key, self.keys), ", ".join(self.keys)
                facts = {"key": key, "owner": self.owner, "known": known}
                self.problems.append(problem("unknown-key", place, meant=meant, **facts))
            elif key in self.values:
                self.problems.append(problem("duplicate-key", place, key=key))
            elif not _is_empty(value_node):
                self.value(key, self.keys[key], value_node)
        return Settings(self.source, self.values, self.places), self.problems

    def value(self, key: str, reader: Reader, node: yaml.Node) -> None:
        if isinstance(reader, Many):
            self.values[key] = self.many(key, reader.each, node)
        elif isinstance(reader, Lists):
            self.values[key] = self.lists(key, reader.each, node)
            self.places[key] = (self.place(node),)
        elif isinstance(reader, ByLanguage):
            pairs: list[tuple[str | None, yaml.Node]] = [("", node)]
            if isinstance(node, yaml.MappingNode):
                pairs = [(self.scalar(key, language, k), v) for k, v in node.value]
            found_by = {
                tag: self.scalar(key, reader.each, v)
                for tag, v in pairs
                if tag is not None and not _is_empty(v)
            }
            self.values[key] = {tag: value for tag, value in found_by.items() if value is not None}
            self.places[key] = (self.place(node),)
        elif isinstance(reader, Record):
            if not isinstance(node, yaml.MappingNode):
                self.wrong(
                    node, Wrong(f"`{key}` must be a mapping", "write `name: value` lines below it")
                )
                return
            record = {
                str(k.value): self.scalar(key, reader.each, v)
                for k, v in node.value
                if isinstance(k, yaml.ScalarNode) and not _is_empty(v)
            }
            self.values[key] = {k: v for k, v in record.items() if v is not None}
            self.places[key] = (self.place(node),)
            self.places |= {f"{key}.{k.value}": (self.place(k),) for k, _ in node.value}
        else:
            self.values[key] = self.scalar(key, reader, node)
            self.places[key] = (self.place(node),)

    def many(self, key: str, each: Callable[[str], Any], node: yaml.Node) -> tuple[Any, ...]:
        """Return the valid values of a list; record the place of each."""
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = [(self.scalar(key, each, item), self.place(item)) for item in items]
        right = [(value, place) for value, place in found if value is not None]
        self.places[key] = tuple(place for _, place in right) or (self.place(node),)
        return tuple(value for value, _ in right)

    def lists(self, key: str, each: Callable[[str], Any], node: yaml.Node) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            example = "write `name: [first, second]` lines below it"
            self.wrong(node, Wrong(f"`{key}` must be a mapping", example))
            return {}
        found: dict[str, Any] = {}
        for name_node, list_node in node.value:
            known = self.scalar(key, name, name_node)
            if known in found:
                self.problems.append(problem("duplicate-key", self.place(name_node), key=known))
            elif known is not None:
                empty = _is_empty(list_node) or list_node.value == []
                found[known] = () if empty else self.many(f"{key}.{known}", each, list_node)
                if empty:
                    example = f"write `{known}: [first, second]`, or delete the line"
                    self.wrong(name_node, Wrong(f"`{known}` is empty", example))
        return found

    def scalar(self, key: str, read: Callable[[str], Any], node: yaml.Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            kind = "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
            self.wrong(node, Wrong(f"`{key}` takes one value, not {kind}", "write one value"))
            return None
        if found := CONTROL.search(str(node.value)):
            # From an escape such as "\x01", since the text of the file has been checked already.
            code = f"{ord(found.group()):04X}"
            self.problems.append(problem("control-character", self.place(node), code=code))
            return None
        try:
            return read("" if _is_empty(node) else SEPARATOR.sub(" ", str(node.value)))
        except Wrong as wrong:
            self.wrong(node, wrong)
            return None

    def wrong(self, node: yaml.Node, wrong: Wrong) -> None:
        facts = {"reason": wrong.reason, "example": wrong.example}
        self.problems.append(problem("wrong-value", self.place(node), meant=wrong.meant, **facts))

    def place(self, node: yaml.Node) -> Place:
        start, end = node.start_mark.index, node.end_mark.index
        return self.source.place(self.start + start, max(1, end - start))


def _is_empty(node: yaml.Node) -> bool:
    """Return whether a value is missing, or is YAML's null (YAML 1.2, section 10.3.2)."""
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in NULLS
