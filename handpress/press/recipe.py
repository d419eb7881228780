"""Recipes: every byte that a press reads to make one artefact, and their fingerprint.

An artefact is made again if and only if its recipe's fingerprint has changed since it was made. There is
no dependency graph that could be wrong. The `causes` only explain why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.disk import Asset, digest
from handpress.press.options import Options
from handpress.press.presses import program


class LateFiles(Mapping[str, Asset]):
    """Files whose digests are known. They are made when the press needs one."""

    def __init__(self, digests: Mapping[str, str], make: Callable[[], Mapping[str, Asset]]) -> None:
        self.digests, self.make = digests, make

    @cached_property
    def files(self) -> Mapping[str, Asset]:
        return self.make()

    def __getitem__(self, name: str) -> Asset:
        return self.files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


class Recipe(Struct, frozen=True, dict=True):
    """The description of one artefact and of its inputs.

    `path` is relative to the output folder. `files` has the press's name for each input, and `options` are
    those of the press. The other fields describe the artefact.
    """

    path: str
    press: str
    files: Mapping[str, Asset]
    options: Options = field(default_factory=Options)
    medium: str = ""
    series: str = ""
    article: str = ""
    bundle: str = ""  # the title of an ebook of several series
    members: tuple[str, ...] = ()  # the series in it
    made_of: tuple[str, ...] = ()  # the paths of other artefacts that it contains
    style: str = ""
    paper: str = ""
    grey: bool = False
    edition: int = 0
    title: str = ""
    source: str = ""  # the file to name when the press fails
    piece: bool = False  # part of a book or an ebook, stored for it; not an artefact itself
    asked: bool = False  # made only because of an option, of this build or an earlier one
    complete: bool = True  # whether all files are known
    causes: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, Asset] = field(default_factory=dict)  # what makes the press quicker

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of each file by its name."""
        if isinstance(self.files, LateFiles):
            return self.files.digests
        return {name: asset.digest for name, asset in self.files.items()}

    def ready(self) -> Recipe:
        """Return the recipe with all its files, as the press needs it."""
        late = self.files
        return replace(self, files=late.files) if isinstance(late, LateFiles) else self

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that decides the artefact's bytes."""
        whole = [
            self.press,
            program(self.press),
            self.options,
            self.digests,
        ]
        return digest(msgspec.json.encode(whole, enc_hook=_as_text, order="sorted"))


def _as_text(value: object) -> str:
    """Return a text whose class is a subclass of `str` as one of `str`."""
    if isinstance(value, str):
        return str.__str__(value)
    raise NotImplementedError  # which msgspec reports as an unsupported type
