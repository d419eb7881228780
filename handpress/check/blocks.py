"""Blocks: the runs of text of an article, and the lists, tables and boxes that they are in."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct


class Container(Struct, frozen=True, eq=False, dict=True):
    """A list, table, box or the like: its lines in the source, and the containers around it."""

    kind: str
    first: int  # its first line in the source, from 0
    last: int  # the line after its last
    inside: tuple[Container, ...]
    level: int = 0  # of a heading

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of the containers around it, and its own."""
        return frozenset((self.kind, *(c.kind for c in self.inside)))


NOWHERE = Container("page", 0, 0, ())


class Block(Struct, frozen=True, eq=False):
    """A run of text: a paragraph, a heading, a cell; `first` and `last` are its range in the text of the page."""

    kind: str
    start: int  # in the source
    end: int
    first: int
    last: int
    within: Container
