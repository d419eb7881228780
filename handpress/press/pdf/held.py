"""Held drafts: a chapter that was measured is drawn from the same layout when its page numbers are known.

A measure has guessed page numbers. Real ones whose glyphs are as wide as those of the guess move nothing, so the
layout stays what it is, and only the texts of the references change. Any other number needs a new layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handpress.core.files.disk import Asset
from handpress.press.pages.boxes import flow_boxes
from handpress.press.pdf.filled_pages import ELEMENT
from handpress.press.result import Fill

if TYPE_CHECKING:
    from handpress.press.pdf.draft import Draft

MOST = 200_000_000  # bytes held by one process: some 100 chapters
PAGE = 400_000  # bytes of a page's boxes

NUMBER = "data-page"
WRITTEN = re.compile(rb'(?<=\bdata-page=")[^"]*')
# Rules by which a number would decide more than a text.
DECIDES = re.compile(rb"\[\s*data-page|(?:string-set|bookmark-label)\s*:[^;}]*-page")

Key = tuple[bytes, tuple[tuple[str, str], ...], Fill]


class _Held(Struct, frozen=True):
    draft: Draft
    numbers: list[bytes]
    size: int


class HeldDrafts:
    """Drafts with guessed page numbers, up to a number of bytes."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.held: dict[Key, _Held] = {}

    def hold(self, files: Mapping[str, Asset], fill: Fill, draft: Draft) -> None:
        """Keep a draft, and let the oldest ones go if they take too much memory."""
        if DECIDES.search(files["style.css"].read()):
            return
        key, numbers = _read(files, fill)
        self.held.pop(key, None)
        self.held[key] = _Held(draft, numbers, _size(files, draft))
        while sum(held.size for held in self.held.values()) > self.most:
            del self.held[next(iter(self.held))]

    def take(self, files: Mapping[str, Asset], fill: Fill) -> Draft | None:
        """Return the draft that was held with the same fill, with the page numbers of `files`; None without one.

        It is no longer held.
        """
        if not self.held:
            return None
        key, numbers = _read(files, fill)
        held = self.held.pop(key, None)
        if held is None or not _renumbered(held.draft, held.numbers, numbers):
            return None
        return held.draft


DRAFTS = HeldDrafts()  # of this process


def _size(files: Mapping[str, Asset], draft: Draft) -> int:
    """Return about how many bytes a draft takes: its boxes, and its pictures as they are in their files."""
    fetched = (asset for name, asset in files.items() if not name.startswith("fonts/"))
    sizes = (a.path.stat().st_size if a.path else len(a.data or b"") for a in fetched)
    return PAGE * len(draft.sheets) + sum(sizes)


def _read(files: Mapping[str, Asset], fill: Fill) -> tuple[Key, list[bytes]]:
    """Return what decides a layout apart from page numbers, and these."""
    page = files["index.html"].read()
    others = sorted((name, asset.digest) for name, asset in files.items() if name != "index.html")
    return (WRITTEN.sub(b"", page), tuple(others), fill), WRITTEN.findall(page)


def _renumbered(draft: Draft, before: list[bytes], after: list[bytes]) -> bool:
    """Give the references of a draft other numbers; return whether all have the room of those before."""
    links = [element for element in flow_boxes(draft).root.iter() if NUMBER in element.attrib]
    links.sort(key=lambda element: int(element.get(ELEMENT, 0)))  # a fill moves some
    old, new = ([number.decode() for number in numbers] for numbers in (before, after))
    if [link.get(NUMBER) for link in links] != old:  # it is also written somewhere else
        return False
    changed = {
        id(link): (link, was, now)
        for link, was, now in zip(links, old, new, strict=True)
        if was != now
    }
    if not all(was.isdecimal() and now.isdecimal() for _, was, now in changed.values()):
        return False
    texts: dict[int, list[Any]] = {number: [] for number in changed}
    for box in _texts_of_rules(draft):
        if id(box.element) in texts:
            texts[id(box.element)].append(box)
    replaced = []
    for number, (_, was, now) in changed.items():
        shown = [box for box in texts[number] for _ in range(box.text.count(was))]
        if len(shown) != 1 or shown[0].pango_layout.text != shown[0].text:
            return False
        text = shown[0].text.replace(was, now)
        if _glyphs(shown[0], shown[0].text) != _glyphs(shown[0], text):
            return False
        replaced.append((shown[0], text))
    for link, _, now in changed.values():
        link.set(NUMBER, now)
    for box, text in replaced:
        box.text = box.pango_layout.text = text
    return True


def _texts_of_rules(draft: Draft) -> Iterator[Any]:
    """Yield the boxes of text that has been written by the stylesheet."""
    from weasyprint.formatting_structure.boxes import TextBox

    for sheet in draft.sheets:
        for box in sheet.descendants(placeholders=True):
            if isinstance(box, TextBox) and "::" in (box.element_tag or ""):
                yield box


def _glyphs(box: Any, text: str) -> list[tuple[Any, ...]]:
    """Return the font, the place and the width of each glyph of a text in a box."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import Layout

    layout = Layout(box.style, box.justification_spacing)
    layout.set_text(text, justify=True)
    line, _ = layout.get_first_line()
    found = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        for glyph in item.glyphs.glyphs[0 : item.glyphs.num_glyphs]:
            at = glyph.geometry
            found.append((item.item.analysis.font, at.width, at.x_offset, at.y_offset))
    return found
