"""Recipes: every byte that a press reads to make one artefact, and the fingerprint of them.

An artefact is made again when its recipe's fingerprint differs from the one that it was made by, and
never otherwise. So there is no graph of dependencies that could be wrong. The `causes` only explain.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

from . import __version__
from .source import Asset, digest

# What decides the bytes of an artefact besides our own code, by press.
TOOLS = {
    "pdf": ("weasyprint", "pydyf", "tinycss2", "cssselect2", "pyphen", "fonttools", "pillow", "tinyhtml5"),
    "pixels": ("weasyprint", "pydyf", "pypdfium2", "pillow", "fonttools"),
    "bind": ("pikepdf",),
    "collate": ("pikepdf", "lxml"),
    "impose": ("pikepdf", "lxml"),
    "epub": ("ebooklib", "pillow", "lxml", "fonttools"),
    "copy": (),
}  # fmt: skip
PROOF = ("laid.py", "proof.py", "sheet.py", "fonts.py")
CODE = {
    "pdf": (
        "pdf.py",
        "tagger.py",
        "structure.py",
        "finish.py",
        "srgb.py",
        "pagination.py",
        "picture.py",
        "raster.py",
        "tree.py",
        "press.py",
        *PROOF,
    ),
    "pixels": ("pdf.py", "picture.py", "press.py", "raster.py"),
    "bind": ("bind.py", "subset.py", "press.py"),
    "collate": ("collate.py", "bind.py", "subset.py", "press.py"),
    "impose": ("impose.py",),
    "epub": ("epub.py", "raster.py", "typeface.py"),
    "copy": (),
}
LIBRARIES = {"pdf": ("pango-1.0-0", "harfbuzz-0", "harfbuzz-subset-0"), "pixels": ("pango-1.0-0",)}
# Presses that are another use of the same.
for _press in ("measure", "stamps"):
    TOOLS[_press], CODE[_press], LIBRARIES[_press] = TOOLS["pdf"], CODE["pdf"], LIBRARIES["pdf"]
# One that begins with a page by another.
TOOLS["impose"] += TOOLS["pdf"]
CODE["impose"] += CODE["pdf"]
LIBRARIES["impose"] = LIBRARIES["pdf"]


@dataclass(frozen=True)
class Recipe:
    """What to make, of what. `path` lies below the output folder; `files` are by the name that the
    press knows them by; `options` are the press's own. The rest says what the artefact is.
    """

    path: str
    press: str
    files: Mapping[str, Asset]
    options: Mapping[str, Any] = field(default_factory=dict)
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
            sorted(self.options.items()),
            sorted((name, asset.digest) for name, asset in self.files.items()),
        ]
        return digest(json.dumps(whole, sort_keys=True).encode())


@cache
def program(press: str) -> str:
    """The hash of the tools' versions and of the code of a press."""
    whole = hashlib.sha256(__version__.encode())
    for tool in TOOLS[press]:
        whole.update(f"{tool} {version(tool)}\n".encode())
    for library in LIBRARIES.get(press, ()):
        whole.update(f"{library} {_library_version(library)}\n".encode())
    for module in CODE[press]:
        whole.update((Path(__file__).parent / module).read_bytes())
    return whole.hexdigest()


@cache
def version(tool: str) -> str:
    """The version of a package."""
    return metadata.version(tool)


def _library_version(name: str) -> str:
    """The version of a C library that the press draws with, "" where it does not tell."""
    stem, _, number = name.rpartition("-")
    file = f"lib{stem}.so.{number}" if sys.platform.startswith("linux") else None
    try:
        library = ctypes.CDLL(file or ctypes.util.find_library(stem) or "")
        if "pango" in name:
            return str(library.pango_version())
        function = library.hb_version_string
        function.restype = ctypes.c_char_p
        return str(function())
    except (OSError, AttributeError):
        return ""
