"""The model of an outline: its entries as written, and with the files that they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from handpress.core.files.source import Source
from handpress.core.problems.problem import Problem


class Heading(Struct, frozen=True):
    """The heading of a part: its title, or the file of the article that has the title."""

    title: str
    file: str = ""


class Listed(Struct, frozen=True):
    """An article as an outline lists it: its file as written, its title if given, and its part.

    One of a `folder` is all articles below `file`, as other files order them: in one part, or in one for
    each folder.
    """

    file: str
    title: str = ""
    part: Heading | None = None
    folder: Literal["", "one part", "parts"] = ""


class Outline(Struct, frozen=True):
    """The content of an order file. Paths are relative to `root`, a folder below that of the series.

    A `complete` one lists all articles. Its program does not publish others, nor files and folders that match a pattern in
    `ignored`: a path below `root`, or `**/` and a name in any folder.
    """

    source: Source
    root: str = "."
    listed: tuple[Listed, ...] = ()
    complete: bool = True
    settings: Mapping[str, Any] = field(
        default_factory=dict
    )  # of the series: title, authors, language
    ignored: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # that are part of the outline, and not articles
    id_key: str = ""  # the key of the front matter with a name that replaces that of the file
    problems: tuple[Problem, ...] = ()


class Broken(Exception):
    """An order file that cannot be read, with the reason."""

    def __init__(self, source: Source, reason: str) -> None:
        super().__init__(reason)
        self.source, self.reason = source, reason
