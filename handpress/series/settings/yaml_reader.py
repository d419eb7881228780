"""Reading settings: YAML by a table of keys, with the place of every value.

Values are read from the author's text, without YAML's own conversion. A title can be ``2026`` or ``no``, and only
a key for dates reads dates (YAML 1.1 would guess). strictyaml checks types as well, but reports only the line
of a mistake, and suggests no key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.disk import SEPARATOR
from handpress.core.files.source import CONTROL, Source, without_controls
from handpress.core.problems.problem import Place, Problem, nearest, problem
from handpress.markup.quotes import typographic
from handpress.series.settings.nodes import Broken, Pair, is_empty, name_of, pairs_of, shown
from handpress.series.settings.people import Person, read_people
from handpress.series.settings.values import (
    PROSE,
    TITLES,
    ByLanguage,
    Fields,
    Grouped,
    Lists,
    Many,
    People,
    Reader,
    Record,
    Wrong,
    colour,
    filled,
    language,
    name,
    without_marks,
)
from handpress.series.settings.yaml_format import read_yaml

# Keys that people write for the colour of the practice or the series.
COLOURS = ("colour", "color", "accent")


class Settings(Struct, frozen=True):
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

    def within(self, key: str) -> Settings:
        """Return the settings in the mapping that is the value of `key`."""
        start = f"{key}."
        places = {n.removeprefix(start): p for n, p in self.places.items() if n.startswith(start)}
        return Settings(self.source, self.get(key, {}), places)

    def with_marks(self, language: str) -> Settings:
        """Return these settings with the quotation marks of `language` in text, and titles without those of Markdown."""
        values = dict(self.values)
        for key in TITLES & values.keys():
            if isinstance(values[key], str):
                values[key] = without_marks(values[key])
        for key in PROSE & values.keys():
            values[key] = _marked(values[key], language)
        return replace(self, values=values)

    def with_default(self, key: str, value: Any, place: Place | None = None) -> Settings:
        """Return these settings, with `value`, which is from `place`, for `key` if it is not set."""
        places = {key: (place,), **self.places} if place else self.places
        return replace(self, values={key: value, **self.values}, places=places)


def _marked(value: Any, language: str) -> Any:
    """Return a value with the quotation marks of `language` in its texts; by language, with those of its own."""
    if isinstance(value, Mapping):
        return {tag: _marked(text, tag or language) for tag, text in value.items()}
    if isinstance(value, tuple):
        return tuple(_marked(text, language) for text in value)
    return typographic(value, language) if isinstance(value, str) else value


class Entry(Struct, frozen=True):
    """A setting: one of our own keys, and the nodes of its key and its value as they are written."""

    key: str
    key_node: yaml.Node
    value: yaml.Node


def read_settings(
    source: Source, keys: Mapping[str, Reader], owner: str
) -> tuple[Settings, list[Problem]]:
    """Read the YAML mapping in `source` by the table `keys`.

    `owner` names the owner of the keys in messages: "a series", "a practice".
    """
    try:
        node = read_yaml(source.text)
    except Broken as broken:
        return Settings(source), [_broken(source, broken)]
    if node is None:
        return Settings(source), []
    if not isinstance(node, yaml.MappingNode):
        no_lines = Broken("it has no `key: value` lines", node.start_mark.index)
        return Settings(source), [_broken(source, no_lines)]
    entries, problems = own_entries(source, 0, pairs_of(node), keys, owner)
    settings, found = read_entries(source, 0, entries, keys)
    return settings, [*problems, *found]


def _broken(source: Source, broken: Broken) -> Problem:
    return problem("broken-yaml", shown(source, broken.offset), reason=broken.reason)


def own_entries(
    source: Source, start: int, pairs: Iterable[Pair], keys: Mapping[str, Reader], owner: str
) -> tuple[list[Entry], list[Problem]]:
    """Return the settings with one of `keys`, and a problem for each other key, and for each that is repeated.

    Of two equal keys the last one wins, as in most readers of YAML.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for key_node, value in pairs:
        key = name_of(key_node)
        place = place_of(source, start, key_node)
        if key not in keys:
            meant, known = nearest(key, keys), ", ".join(keys)
            example = f"use one of: {known}"
            if key.casefold() in COLOURS and "theme" in keys:
                meant, example = None, "write `theme: {accent: …}` with your colour"
            facts = {
                "key": f"key `{key}`",
                "reason": f"it is ignored: {owner} has no such key",
                "example": example,
            }
            problems.append(problem("unknown-key", place, meant=meant, **facts))
            continue
        if key in entries:
            problems.append(problem("duplicate-key", place, key=key))
        if keys[key] is colour and is_empty(value):
            value = _after_hash(source, start, key_node) or value
        if not is_empty(value):
            entries[key] = Entry(key, key_node, value)
    return list(entries.values()), problems


def _after_hash(source: Source, start: int, key_node: yaml.Node) -> yaml.Node | None:
    """Return the colour after a key whose value YAML takes for a comment: ``accent: #7a1f3d``."""
    end = start + key_node.end_mark.index
    found = re.match(r"\s*:[ \t]*(#[0-9a-fA-F]{3,8})\b", source.text[end : end + 99])
    if not found:
        return None
    first, last = (yaml.Mark("", end - start + index, 0, 0, None, 0) for index in found.span(1))
    return yaml.ScalarNode("tag:yaml.org,2002:str", found[1], first, last)


def read_entries(
    source: Source, start: int, entries: Iterable[Entry], keys: Mapping[str, Reader]
) -> tuple[Settings, list[Problem]]:
    """Return the valid values of `entries`, with offsets from `start`, and a problem for each other value."""
    mapping = _Mapping(source, start)
    for entry in entries:
        mapping.value(entry.key, keys[entry.key], entry.value)
    return Settings(source, mapping.values, mapping.places), mapping.problems


def place_of(source: Source, start: int, node: yaml.Node) -> Place:
    first, last = node.start_mark.index, node.end_mark.index
    return source.place(start + first, max(1, last - first))


class _Mapping:
    """Reads one mapping and collects values, places and problems."""

    def __init__(self, source: Source, start: int) -> None:
        self.source, self.start = source, start
        self.values: dict[str, Any] = {}
        self.places: dict[str, tuple[Place, ...]] = {}
        self.problems: list[Problem] = []

    def value(self, key: str, reader: Reader, node: yaml.Node) -> None:
        if isinstance(reader, People):
            self.people(key, node)
        elif isinstance(reader, Many):
            self.values[key] = self.many(key, reader.each, node)
        elif isinstance(reader, Grouped):
            self.values[key] = self.grouped(key, reader.each, node)
        elif isinstance(reader, Lists):
            self.values[key] = self.lists(key, reader.each, node)
            self.places[key] = (self.place(node),)
        elif isinstance(reader, ByLanguage):
            pairs: list[tuple[str | None, yaml.Node]] = [("", node)]
            if isinstance(node, yaml.MappingNode):
                pairs = [(self.scalar(key, language, k), v) for k, v in node.value]
            found_by = {
                tag: self.one_or_many(key, reader.each, v)
                for tag, v in pairs
                if tag is not None and not is_empty(v)
            }
            self.values[key] = {tag: v for tag, v in found_by.items() if v not in (None, ())}
            self.places[key] = (self.place(node),)
        elif isinstance(reader, Fields):
            self.fields(key, reader, node)
        elif isinstance(reader, Record):
            if not isinstance(node, yaml.MappingNode):
                self.wrong(
                    node, Wrong(f"`{key}` must be a mapping", "write `name: value` lines below it")
                )
                return
            record = {
                str(k.value): self.scalar(key, reader.each, v)
                for k, v in node.value
                if isinstance(k, yaml.ScalarNode) and not is_empty(v)
            }
            self.values[key] = {k: v for k, v in record.items() if v is not None}
            self.places[key] = (self.place(node),)
            self.places |= {f"{key}.{k.value}": (self.place(k),) for k, _ in node.value}
        else:
            self.values[key] = self.scalar(key, reader, node)
            self.places[key] = (self.place(node),)

    def fields(self, key: str, reader: Fields, node: yaml.Node) -> None:
        """Read a mapping by a table of its own; the place of a value in it is that of `key.name`."""
        self.places[key] = (self.place(node),)
        if not isinstance(node, yaml.MappingNode):
            alone = self.scalar(key, reader.keys[reader.alone], node)
            self.values[key] = {reader.alone: alone}
            self.places[f"{key}.{reader.alone}"] = (self.place(node),)
            return
        entries, problems = own_entries(
            self.source, self.start, pairs_of(node), reader.keys, reader.owner
        )
        inside, wrong = read_entries(self.source, self.start, entries, reader.keys)
        self.problems += [*problems, *wrong]
        self.values[key] = inside.values
        self.places |= {f"{key}.{name}": places for name, places in inside.places.items()}

    def people(self, key: str, node: yaml.Node) -> None:
        found = list(read_people(node))
        for person, where in found:
            if isinstance(person, Wrong):
                self.wrong(where, person)
        people = [(person, where) for person, where in found if isinstance(person, Person)]
        self.values[key] = tuple(person for person, _ in people)
        self.places[key] = tuple(self.place(where) for _, where in people)

    def one_or_many(self, key: str, reader: Callable[[str], Any] | Many, node: yaml.Node) -> Any:
        if isinstance(reader, Many):
            return self.many(key, reader.each, node)
        return self.scalar(key, reader, node)

    def many(self, key: str, each: Callable[[str], Any], node: yaml.Node) -> tuple[Any, ...]:
        """Return the valid values of a list; record the place of each."""
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = [(self.scalar(key, each, item), self.place(item)) for item in items]
        right = [(value, place) for value, place in found if value is not None]
        self.places[key] = tuple(place for _, place in right) or (self.place(node),)
        return tuple(value for value, _ in right)

    def grouped(
        self, key: str, each: Callable[[str], Any], node: yaml.Node
    ) -> tuple[tuple[str, Any], ...]:
        """Return the valid values of a list and of the lists in it, each with its title; record their places."""
        found: list[tuple[str, Any]] = []
        places: list[Place] = []
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            pairs = item.value if isinstance(item, yaml.MappingNode) else [(None, item)]
            for title_node, members in pairs:
                title = self.scalar(key, filled, title_node) if title_node else ""
                for value in self.many(key, each, members):
                    found.append((title or "", value))
                places += self.places[key][: len(found) - len(places)]
        self.places[key] = tuple(places) or (self.place(node),)
        return tuple(found)

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
                empty = is_empty(list_node) or list_node.value == []
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
        try:
            written = SEPARATOR.sub(" ", without_controls(str(node.value)))
            return read("" if is_empty(node) else written)
        except Wrong as wrong:
            self.wrong(node, wrong)
            return None

    def wrong(self, node: yaml.Node, wrong: Wrong) -> None:
        facts = {"reason": wrong.reason, "example": wrong.example}
        self.problems.append(problem("wrong-value", self.place(node), meant=wrong.meant, **facts))

    def place(self, node: yaml.Node) -> Place:
        return place_of(self.source, self.start, node)
