"""Recipes: every byte that a press reads to make one artefact, and their fingerprint.

An artefact is made again when its recipe's fingerprint differs from the one that it was made by, and
never otherwise. So there is no graph of dependencies that could be wrong. The `causes` only explain.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property

from handpress.core.disk import Asset, digest
from handpress.press.options import Options
from handpress.press.presses import program


@dataclass(frozen=True)
class Recipe:
    """The inputs of one artefact, and its description.

    `path` is below the output folder; `files` have the names that the press uses; `options` are the press's
    own. The other fields describe the artefact.
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
    style: str = ""
    paper: str = ""
    grey: bool = False
    edition: int = 0
    title: str = ""
    source: str = ""  # the file to name when the press fails
    piece: bool = False  # of a book or an ebook: kept for it, no artefact itself
    asked: bool = False  # made only because an option asked for it, now or before
    complete: bool = True  # whether all files are known
    causes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of everything that decides the artefact's bytes."""
        whole = [
            self.press,
            program(self.press),
            asdict(self.options),
            sorted((name, asset.digest) for name, asset in self.files.items()),
        ]
        return digest(json.dumps(whole, sort_keys=True).encode())
