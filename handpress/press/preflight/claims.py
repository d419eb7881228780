"""Claims from finished pages: whether a reader who hears them gets everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handpress.core.files.disk import Asset
from handpress.press.claims import Claims
from handpress.press.pages.boxes import PageBoxes
from handpress.press.result import Finding

# Printed for a character without a glyph.
LOST = "\N{REPLACEMENT CHARACTER}".encode()
TEXT = (".html", ".svg", ".css")


def claims_of(pages: PageBoxes, files: Mapping[str, Asset], findings: Iterable[Finding]) -> Claims:
    """Return the standards that pages conform to, made from `files`.

    A picture without words that is not decorative, or a sign for a lost character, cannot be heard.
    """
    silent = any(p.kind == "picture" and _is_silent(p.element) for p in pages.pieces)
    lost = any(LOST in files[name].read() for name in files if name.endswith(TEXT))
    drawn = any(found.code == "missing-glyph" for found in findings)
    return Claims(accessible=not (silent or lost or drawn), archival=not drawn)


def _is_silent(element: Any) -> bool:
    """Return whether an element is a picture without words; a decorative one is an `embed`."""
    return element is not None and element.tag == "img" and not element.get("alt", "").strip()
