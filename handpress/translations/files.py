"""Files: what is in a file for translators, when it leaves and when it returns."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from handpress.translations.inlines import Pieces

MISSING, TRANSLATED, OLDER = "missing", "translated", "older"


class TranslationRefused(Exception):
    """A file that cannot be read, and the way to get one that can."""

    def __init__(
        self, reason: str, fix: str = "export the texts again, and translate that file"
    ) -> None:
        super().__init__(reason)
        self.reason, self.fix = reason, fix


class Entry(Struct, frozen=True):
    """One text for a translator. `markdown` and `translated` are those of a format without codes."""

    id: str
    source: Pieces
    target: Pieces | None
    state: str
    markdown: str
    translated: str
    place: tuple[str, int]
    note: str


class Outgoing(Struct, frozen=True):
    """All texts of a series for the translators of one language."""

    title: str
    language: str
    tag: str
    date: str
    files: Mapping[str, tuple[Entry, ...]]  # by the paths of the originals


class Text(Struct, frozen=True):
    """A text that returned: as pieces with the ids of their codes, or as Markdown.

    `source` has the words of its original in the file. `done` is False if its translator has marked it as unfinished. `started` is True if it still has our mark of a
    translation of an earlier original: it counts if its words have changed.
    """

    pieces: Pieces | None
    markdown: str
    done: bool = True
    started: bool = False
    source: str = ""


class Returned(Struct, frozen=True):
    """The texts of a translator's file by their ids, its language, and the one that it was exported for ("" if unknown)."""

    tag: str
    texts: Mapping[str, Text]
    exported: str = ""
