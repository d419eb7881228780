"""The table of presses: their functions, and the tools and libraries that decide their bytes."""

from __future__ import annotations

import ctypes.util
import hashlib
import sys
from functools import cache

from handpress import __version__
from handpress.core.code_hash import code, version

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
LIBRARIES = {"pdf": ("pango-1.0-0", "harfbuzz-0", "harfbuzz-subset-0"), "pixels": ("pango-1.0-0",)}
# Presses that are another use of the same.
for _press in ("measure", "stamps"):
    TOOLS[_press], LIBRARIES[_press] = TOOLS["pdf"], LIBRARIES["pdf"]
# One that begins with a page by another.
TOOLS["impose"] += TOOLS["pdf"]
LIBRARIES["impose"] = LIBRARIES["pdf"]
# The function of each press, and the module that it is in. To copy a file takes none.
PRESSES = {
    "pdf": ("handpress.press.pdf.render", "render_pdf"),
    "measure": ("handpress.press.pdf.render", "measure_pages"),
    "stamps": ("handpress.press.pdf.render", "render_furniture"),
    "pixels": ("handpress.press.pdf.raster", "render_pixels"),
    "bind": ("handpress.press.bindery.book", "bind_book"),
    "collate": ("handpress.press.bindery.pack", "collate_pack"),
    "impose": ("handpress.press.bindery.imposition", "impose_booklet"),
    "epub": ("handpress.press.ebook.package", "pack_epub"),
}


@cache
def program(press: str) -> str:
    """The hash of the tools' versions and of the code of a press."""
    whole = hashlib.sha256(__version__.encode())
    for tool in TOOLS[press]:
        whole.update(f"{tool} {version(tool)}\n".encode())
    for library in LIBRARIES.get(press, ()):
        whole.update(f"{library} {_library_version(library)}\n".encode())
    if press in PRESSES:
        whole.update(code(PRESSES[press][0]).encode())
    return whole.hexdigest()


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
