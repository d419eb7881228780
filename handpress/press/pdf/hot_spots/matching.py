"""Matching: elements that selectors cannot tell apart have the same rules, in all documents with a stylesheet.

cssselect2 tests some sixty selectors for each element. Nearly all of them ask for its tag, its classes and attributes, and
those of the elements around it: these are its path. The few that ask for its siblings or for what is in it are tested for
each element.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any, NamedTuple

# The source of cssselect2's tests of siblings, and of the content of an element, has one of these.
BEYOND = re.compile(r"previous|sibling|children|subtree|\.index|\.text|fieldset")

MOST = (
    10_000  # paths, or names, with one list of stylesheets: as many as some hundred documents have
)

# The origin, layer, specificity, pseudo-element and declarations of each rule of an element; a number for them.
Rules = tuple[list[tuple[Any, ...]], int]


class _Entry(NamedTuple):
    """A selector. Those of one stylesheet are in the order of their specificity, then in their own."""

    sheet: int
    specificity: Any
    order: int
    test: Any
    rule: tuple[Any, ...]


class Matching:
    """The rules of some stylesheets, for the elements of any number of documents."""

    numbers = itertools.count()  # of all sets of rules, so that those of two stylesheets differ

    def __init__(self, sheets: Sequence[tuple[Any, str, Any]]) -> None:
        self.sheets = sheets
        tests = (entry[0] for sheet, *_ in sheets for entry in _entries(sheet.matcher))
        self.sources = "\n".join(getattr(test, "source", "") for test in tests).lower()
        self.named: dict[str, bool] = {}
        self.paths: dict[Any, int] = {}
        self.by_path: dict[int, tuple[list[_Entry], list[_Entry]]] = {}
        self.by_matches: dict[tuple[int, tuple[int, ...]], Rules] = {}
        self.known: dict[tuple[Any, ...], Rules] = {}
        # By the number of some rules: their declarations for an element and its pseudo-elements.
        self.cascades: dict[int, dict[Any, dict[str, Any]]] = {}

    @classmethod
    def of(cls, sheets: Sequence[tuple[Any, str, Any]]) -> Matching:
        """Return what is known of these stylesheets, which the last one keeps."""
        keeper = sheets[-1][0].matcher.__dict__
        kept: Matching | None = keeper.get("kept_matching")
        if (
            kept is None
            or max(len(kept.paths), len(kept.named)) > MOST
            or [sheet for sheet, *_ in kept.sheets] != [sheet for sheet, *_ in sheets]
        ):
            kept = keeper["kept_matching"] = cls(sheets)
        return kept

    def rules(self, wrapped: Any) -> Rules:
        """Return the rules of an element. Elements with the same number have the same rules."""
        path = self.path(wrapped)
        if path not in self.by_path:
            self.by_path[path] = self._split(wrapped)
        always, beyond = self.by_path[path]
        matches = tuple(number for number, entry in enumerate(beyond) if entry.test(wrapped))
        if (path, matches) not in self.by_matches:
            entries = sorted([*always, *(beyond[n] for n in matches)], key=lambda e: e[:3])
            rules = [entry.rule for entry in entries]
            alike = tuple((*rest, id(declarations)) for *rest, declarations in rules)
            found = self.known.get(alike) or (rules, next(self.numbers))
            self.by_matches[path, matches] = self.known[alike] = found
        return self.by_matches[path, matches]

    def path(self, wrapped: Any) -> int:
        """Return a number for what selectors can see of an element and those around it."""
        path: int | None = wrapped.__dict__.get("path")
        if path is None:
            element, parent = wrapped.etree_element, wrapped.parent
            # The language of a root may be in its `head`.
            above = wrapped.lang if parent is None else self.path(parent)
            seen = tuple(pair for pair in element.attrib.items() if self._is_seen(*pair))
            key = above, element.tag, seen
            path = wrapped.path = self.paths.setdefault(key, len(self.paths))
        return path

    def _is_seen(self, name: str, value: str) -> bool:
        """Return whether a selector may ask for an attribute; for an id, whether one asks for this id."""
        if name == "class" or name.endswith("lang"):  # also that of XML, which `:lang()` reads
            return True
        asked = value if name == "id" else name
        if asked not in self.named:
            quoted = repr(asked)[1:-1].lower()
            self.named[asked] = quoted in self.sources or "\\" in quoted
        return self.named[asked]

    def _split(self, wrapped: Any) -> tuple[list[_Entry], list[_Entry]]:
        """Return the selectors that match all elements with a path, and those that must be tested for each."""
        always, beyond = [], []
        for number, (sheet, origin, own) in enumerate(self.sheets):
            for test, specificity, order, pseudo, (declarations, layer) in _entries(
                sheet.matcher, wrapped
            ):
                at = inf if layer is None else sheet.layers.index(layer)
                rule = origin, at, own or specificity, pseudo, declarations
                entry = _Entry(number, specificity, order, test, rule)
                source = getattr(test, "source", None)
                if source is None or BEYOND.search(source):
                    beyond.append(entry)
                elif test(wrapped):
                    always.append(entry)
        return always, beyond


def _entries(matcher: Any, wrapped: Any = None) -> Iterator[tuple[Any, ...]]:
    """Yield the selectors of a matcher, or those whose last part may match an element."""
    by_key = (
        (matcher.id_selectors, wrapped and [wrapped.id]),
        (matcher.class_selectors, wrapped and wrapped.classes),
        (matcher.lower_local_name_selectors, wrapped and [wrapped.local_name.lower()]),
        (matcher.namespace_selectors, wrapped and [wrapped.namespace_url]),
    )
    for selectors, keys in by_key:
        for key in selectors if wrapped is None else keys:
            yield from selectors.get(key, ())
    if wrapped is None or "lang" in wrapped.etree_element.attrib:
        yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors
