"""Preflight: checks of the laid-out pages before they are written.

Each check looks at the finished pages, independent of their sources, so it works for every layout,
including a workspace's own. Findings have a page but no source line; :mod:`.build.source_map` adds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from handpress.assets.fonts import COMMON, name_of
from handpress.press.pdf.boxes import (
    PIXELS_A_MM,
    PIXELS_A_POINT,
    PageBoxes,
    PlacedBox,
    Rgb,
    color_of,
    over,
)
from handpress.press.preflight.contrast import contrast
from handpress.press.result import Finding

# Codes of content that a reader would lose: with one of them, the artefact is not made.
# parts that are read, or torn off, as one
FATAL = frozenset(
    {"missing-glyph", "clipped", "clipped-picture", "clipped-line", "moved-footnote", "small-text",
     "low-contrast", "does-not-fit"}
)  # fmt: skip
WHOLE = "data-whole"  # of a card: a block that is read, or torn off, as one
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
# Tolerances in millimetres: the edge of a table or picture is dispensable, and a word in the margin
# is still legible.
CLIPPED = {
    "table": ("clipped", 1.0),
    "picture": ("clipped-picture", 1.0),
    "line": ("clipped-line", 3.0),
}
ALIKE = 3  # the most findings of one kind: they have one cause


def preflight(laid: PageBoxes) -> tuple[Finding, ...]:
    """Yield all findings on the pages, check by check, in reading order."""
    return tuple(found for check in CHECKS for found in check(laid))


def moved_note(laid: PageBoxes) -> bool:
    """Return whether a footnote is on another page than its reference."""
    return next(_notes(laid), None) is not None


# --- What is lost ------------------------------------------------------------------------------


def _glyphs(laid: PageBoxes) -> Iterator[Finding]:
    """Find characters for which the shaper found no font."""
    seen: set[str] = set()
    for piece in _texts(laid):
        if not COMMON.issuperset(piece.box.text):
            for character in _unknown(piece.box):
                if character not in seen:
                    seen.add(character)
                    facts = {"code": f"{ord(character):04X}", "name": name_of(character)}
                    yield Finding("missing-glyph", laid.spot(piece.block), facts)


def _unknown(box: Any) -> Iterator[str]:
    """Return the characters of a text for which Pango found no glyph."""
    from weasyprint.text.ffi import ffi, pango

    box.pango_layout.reactivate(box.style)
    line, _ = box.pango_layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        string, run = run.data.glyphs, run.next
        for info in string.glyphs[0 : string.num_glyphs]:
            if info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                found = info.glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG
                if found <= 0x10FFFF:  # an empty glyph has every bit set
                    yield chr(found)
    box.pango_layout.deactivate()


def _clipped(laid: PageBoxes) -> Iterator[Finding]:
    """Find tables, pictures and lines that extend beyond their page, or beyond a box that clips them."""
    told: set[int] = set()
    for piece in laid.pieces:
        code, most = CLIPPED.get(piece.kind, ("", 0.0))
        if not code or not piece.in_flow or (code == "clipped" and piece.element.tag != "table"):
            continue
        ends = max((part.position_x + part.margin_width() for part in _parts(piece)), default=0.0)
        beyond = ends - piece.right
        if piece.kind != "table":  # a table continues on the next page
            beyond = max(beyond, piece.ends - piece.bottom)
        if beyond / PIXELS_A_MM > most and id(piece.element) not in told:
            told.add(id(piece.element))
            facts = {"amount": f"{beyond / PIXELS_A_MM:.0f}"}
            yield Finding(code, laid.spot(piece.element), facts)


def _parts(piece: PlacedBox) -> list[Any]:
    """Return the parts that determine the width of a piece.

    For a line these are its words, since its pictures and boxes are pieces of their own.
    """
    from weasyprint.formatting_structure import boxes

    if piece.kind != "line":
        return [piece.box]
    return [c for c in piece.box.children if isinstance(c, boxes.TextBox | boxes.InlineBox)]


def _notes(laid: PageBoxes) -> Iterator[Finding]:
    """Find footnotes that do not begin on the page of their reference."""
    called: dict[int, int] = {}
    for piece in laid.pieces:
        tag = piece.box.element_tag or ""
        if piece.kind == "text" and tag.endswith("::footnote-call"):
            called[id(piece.element)] = piece.page
    stands: set[int] = set()
    for piece in laid.pieces:
        page = called.get(id(piece.element))
        if piece.kind == "block" and page and id(piece.element) not in stands:
            stands.add(id(piece.element))
            if piece.page != page:
                facts = {"page": f"{page}", "other": f"{piece.page}"}
                yield Finding("moved-footnote", laid.spot(piece.element), facts)


# --- What cannot be read -----------------------------------------------------------------------


def _sizes(laid: PageBoxes) -> Iterator[Finding]:
    """Find text under the style's smallest size, its token `--smallest`."""
    least = smallest(laid)
    told: dict[object, int] = {}
    for piece in _texts(laid):
        size = piece.box.style["font_size"] / PIXELS_A_POINT
        if size < least - 0.01 and _first((piece.box.element_tag, size), told):
            facts = {"size": f"{size:.1f}", "smallest": f"{least:g}"}
            yield Finding("small-text", laid.spot(piece.block), facts)


def smallest(laid: PageBoxes) -> float:
    """Return the style's smallest text size in points; 0 without the token."""
    tokens = laid.pieces[0].box.style["__smallest"] or ()
    for token in tokens:
        if token.type == "dimension" and token.unit in POINTS:
            return float(token.value * POINTS[token.unit])
    return 0.0


POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}


def _contrasts(laid: PageBoxes) -> Iterator[Finding]:
    """Find text with too little contrast with the colour behind it."""
    told: dict[object, int] = {}
    known: dict[tuple[object, Rgb], float] = {}
    for piece in _texts(laid):
        color = color_of(piece.box, "color")
        pair = (tuple(color), piece.ground)
        if pair not in known:
            known[pair] = contrast(over(piece.ground, color), piece.ground)
        if known[pair] < LEAST_CONTRAST and _first((piece.box.element_tag, pair), told):
            # Rounded down, so that 4.46 is not reported as 4.5.
            facts = {"ratio": f"{int(known[pair] * 10) / 10:.1f}", "least": f"{LEAST_CONTRAST:g}"}
            yield Finding("low-contrast", laid.spot(piece.block), facts)


# --- What is only ugly -------------------------------------------------------------------------


def _headings(laid: PageBoxes) -> Iterator[Finding]:
    """Find headings at the foot of a page whose content begins on the next."""
    before: PlacedBox | None = None
    for piece in laid.pieces:
        if piece.kind not in ("line", "picture") or not piece.in_flow:
            continue
        if before is not None and before.page < piece.page and before.block is not piece.block:
            tag = before.block.tag if before.block is not None else ""
            if tag in HEADINGS:
                yield Finding(
                    "heading-at-foot", laid.spot(before.block), {"page": f"{before.page}"}
                )
        before = piece


def _cards(laid: PageBoxes) -> Iterator[Finding]:
    """Find cards on two pages that would fit on one. Longer ones have to be split."""
    parts: dict[int, list[PlacedBox]] = {}
    for piece in laid.pieces:
        own = piece.kind == "block" and piece.in_flow and piece.box.element_tag == piece.element.tag
        if own and WHOLE in piece.element.attrib:
            parts.setdefault(id(piece.element), []).append(piece)
    for pieces in parts.values():
        first = pieces[0]
        whole = sum(piece.box.border_height() for piece in pieces)
        if pieces[-1].page > first.page and whole <= max(laid.heights):
            facts = {"page": f"{first.page}", "other": f"{pieces[-1].page}"}
            yield Finding("split-card", laid.spot(first.element), facts)


def _texts(laid: PageBoxes) -> Iterator[PlacedBox]:
    """Yield all visible text."""
    for piece in laid.pieces:
        if piece.kind == "text" and piece.box.text.strip():
            style = piece.box.style
            if style["visibility"] == "visible" and style["font_size"] > 0:
                yield piece


def _first(key: object, told: dict[object, int]) -> bool:
    """Return whether this is one of the first of its kind."""
    told[key] = told.get(key, 0) + 1
    return told[key] <= ALIKE


CHECKS: tuple[Callable[[PageBoxes], Iterator[Finding]], ...] = (
    _glyphs,
    _clipped,
    _notes,
    _sizes,
    _contrasts,
    _headings,
    _cards,
)
