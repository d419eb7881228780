"""The table of presses: one row for each, with its function and everything that decides its bytes."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handpress import __version__
from handpress.core.caches.code_hash import code, version

if TYPE_CHECKING:
    from handpress.core.files.disk import Asset
    from handpress.press.options import Options
    from handpress.press.result import Rendered

ENGINE = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "pyphen", "fonttools", "pillow", "tinyhtml5")  # fmt: skip
DRAWING = ("pango-1.0-0", "harfbuzz-0", "harfbuzz-subset-0")


class Press(Struct, frozen=True, kw_only=True):
    """A row of the table: a function, whose module is imported when there is work for it."""

    function: str  # module:name
    tools: tuple[str, ...] = ()  # packages whose versions decide the bytes
    libraries: tuple[str, ...] = ()  # C libraries whose versions decide the bytes
    engine: bool = False  # uses WeasyPrint, which is slow to import and needs much memory
    at_once: bool = False  # too little work to send to a worker
    remembers: bool = False  # is quicker with the last artefact and its memory; see `.result`

    @property
    def module(self) -> str:
        return self.function.partition(":")[0]

    def run(self, files: Mapping[str, Asset], options: Options) -> Rendered:
        """Make an artefact from `files`."""
        module, _, name = self.function.partition(":")
        function: Any = getattr(import_module(module), name)
        rendered: Rendered = function(files, options)
        return rendered


def _engine(function: str, tools: tuple[str, ...] = ENGINE) -> Press:
    return Press(function=function, tools=tools, libraries=DRAWING, engine=True)


PRESSES = {
    "pdf": _engine("handpress.press.pdf.render:render_pdf"),
    "measure": _engine("handpress.press.pdf.render:measure_pages"),
    "furniture": _engine("handpress.press.pdf.render:render_furniture"),
    "pixels": _engine("handpress.press.pdf.raster:render_pixels", (*ENGINE, "pypdfium2")),
    "bind": Press(function="handpress.press.bindery.book:bind_book", remembers=True),
    "collate": Press(function="handpress.press.bindery.pack:collate_pack"),
    # Needs the engine for its first page, which is laid out.
    "impose": _engine(
        "handpress.press.bindery.imposition:impose_booklet", (*ENGINE, "pikepdf", "lxml")
    ),
    # Both lay out a page that bleeds.
    "trim-pages": _engine("handpress.press.bindery.print_shop:trim_pages", (*ENGINE, "pikepdf")),
    "trim-cover": _engine("handpress.press.bindery.print_shop:trim_cover", (*ENGINE, "pikepdf")),
    "fill-in": _engine("handpress.press.bindery.fill_in:fill_in", (*ENGINE, "pikepdf")),
    "epub": Press(
        function="handpress.press.ebook.package:pack_epub",
        tools=("ebooklib", "pillow", "lxml", "uharfbuzz"),
    ),
    "thumbnail": Press(
        function="handpress.press.thumbnail:draw_thumbnail", tools=("pypdfium2", "pillow")
    ),
    "face": Press(
        function="handpress.press.ebook.font_subset:reduce_face", tools=("uharfbuzz",), at_once=True
    ),
    "copy": Press(function="handpress.press.copy:copy_file", at_once=True),
}


def program(name: str) -> str:
    """Return the hash of a press's code and of the versions of its tools."""
    return program_of(PRESSES[name])


@cache
def program_of(press: Press) -> str:
    """Return the hash of a row of the table."""
    whole = hashlib.sha256(__version__.encode())
    for tool in press.tools:
        whole.update(f"{tool} {version(tool)}\n".encode())
    for library in press.libraries:
        whole.update(f"{library} {_library_version(library)}\n".encode())
    whole.update(code(press.module).encode())
    return whole.hexdigest()


def versions() -> list[str]:
    """Return the versions of all tools and C libraries of the presses."""
    rows = PRESSES.values()
    tools = sorted({tool for row in rows for tool in row.tools})
    libraries = sorted({library for row in rows for library in row.libraries})
    known = [f"{tool} {version(tool)}" for tool in tools]
    return [*known, *(f"{library} {_library_version(library)}" for library in libraries)]


def _library_version(name: str) -> str:
    """Return the version of a C library, or "" if the library or its version function is missing."""
    stem, _, number = name.rpartition("-")
    if sys.platform.startswith("linux"):
        file = f"lib{stem}.so.{number}"
    else:
        from ctypes.util import find_library

        file = find_library(stem) or ""
    try:
        library = ctypes.CDLL(file)
        if "pango" in name:
            return str(library.pango_version())
        function = library.hb_version_string
        function.restype = ctypes.c_char_p
        return str(function())
    except (OSError, AttributeError):
        return ""
