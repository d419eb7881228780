"""Printed pages: the stylesheet of a printed medium, and the files that the PDF press is given."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence

from handpress.assets.fonts import Face, first_for_han, our_families, text_family
from handpress.core.direction import direction
from handpress.core.files.disk import Asset
from handpress.core.styles import TOKENS
from handpress.layout.css.digits import counter, in_digits, of_series
from handpress.layout.css.rtl import flip
from handpress.layout.css.stylesheet import layered, of_language, quoted, ruled
from handpress.layout.css.two_ways import two_ways
from handpress.layout.html.page_faces import PageFaces, page_faces
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.layout.words import Words

KEYCAP = re.compile(
    "([0-9#*])\N{VARIATION SELECTOR-16}?\N{COMBINING ENCLOSING KEYCAP}(?=([^<>]*<)?)"
)
# The lists of families for text; the others begin with one of these.
TEXT_FAMILIES = ("--sans", "--clear", "--serif", "--narrow")
KEY = '<span style="border: 0.06em solid; border-radius: 0.15em; padding: 0 0.2em">{}</span>'
BESIDE = "beside"  # the class of what is in the language of a translation


def stylesheet(
    layout: Layout,
    medium: str,
    variant: Variant | None = None,
    piece: str = "",
    beside: Layout | None = None,
) -> str:
    """Return the complete stylesheet of a printed medium: faces, words for the margins, layers.

    `piece` is the name of a sheet in `media/` that overrides all of them. `beside` is the layout of a translation on
    the same pages.
    """
    words, way = layout.words, direction(layout.series.language)
    given = {
        **_families(layout, PageFaces()),
        "--page-of": _page_of(words),
        "--see-page": _content(words["see_page"], number="attr(data-page)"),
    }
    if beside:
        given["--page-of-beside"] = _page_of(beside.words)
    parts = layout.sheets.layers(medium, *(variant or Variant("", "")), piece=piece)
    several = [each.series for each in (layout, beside) if each]
    parts["tokens"] += ruled(":root", given) + of_language(words) + of_series(*several)
    if beside:
        parts["tokens"] += ruled(f".{BESIDE}", {"--full-stop": quoted(beside.words["full_stop"])})
    if beside and direction(beside.series.language) != way:
        sheet = two_ways(layered(parts), way)
    else:
        sheet = flip(layered(parts), way)
    sheet = in_digits(sheet, layout.series.language, *several)
    return "".join(face.css(face_name(face)) for face in layout.faces) + sheet


def _page_of(words: Words) -> str:
    counters = {name: counter(name, words["numerals"]) for name in ("page", "pages")}
    return _content(words["page_of"], number=counters["page"], total=counters["pages"])


def _content(text: str, **blanks: str) -> str:
    """Return `text` as CSS content, its blanks filled by the press."""
    pieces = []
    for before, name, _, _ in string.Formatter().parse(text):
        pieces += [quoted(before)] if before else []
        pieces += [blanks[name]] if name else []
    return " ".join(pieces)


def _families(layout: Layout, chosen: PageFaces) -> dict[str, str]:
    """Return the tokens for the families after those that a stylesheet names."""
    own = sorted({face.family for face in layout.faces} - our_families())
    return {
        "--others": chosen.families(own, "serif"),
        "--others-for-sans": _first(chosen.sans),
        "--others-for-code": _first(chosen.code),
    }


def _text_family(layout: Layout, chosen: PageFaces) -> str:
    family = text_family(layout.series.language)
    return family if family in {face.family for face in chosen.all} else ""


def _text_families(layout: Layout, chosen: PageFaces) -> dict[str, str]:
    """Return our lists of families with that of the language's script first, if it sets all text of the language."""
    family = _text_family(layout, chosen)
    if not family:
        return {}
    tokens = layout.sheets.tokens_in(layout.sheets.text(TOKENS))
    return {name: f"{quoted(family)}, {tokens[name]}" for name in TEXT_FAMILIES if name in tokens}


def _first(faces: Sequence[Face]) -> str:
    """Return the family of `faces`; without any, the one that comes next in every list."""
    return quoted(faces[0].family if faces else "Literata")


def _key(found: re.Match[str]) -> str:
    """Return a digit in a frame; in an attribute, the digit."""
    return KEY.format(found[1]) if found[2] else found[1]


def face_name(face: Face) -> str:
    return f"fonts/{face.name.rpartition('/')[2]}"


def page_files(
    layout: Layout,
    html: str,
    sheet: str,
    assets: Mapping[str, Asset],
    beside: Layout | None = None,
) -> dict[str, Asset]:
    """Return the files of a recipe for the PDF press. `beside` is the layout of a translation on the same pages.

    Few fonts have the hyphen that does not break, and none a digit that fits into the emoji of a key.
    """
    head, start, body = html.partition("<body")  # what is in the head is not drawn
    drawn = KEYCAP.sub(_key, body.replace("\N{NON-BREAKING HYPHEN}", "-\N{WORD JOINER}"))
    han = beside if beside and first_for_han(beside.series.language) else layout
    chosen = page_faces(han.faces, han.series.language, drawn, sheet, assets)
    if chosen.all:
        rules = "".join(face.css(face_name(face)) for face in chosen.all)
        tokens = _families(layout, chosen) | _text_families(layout, chosen)
        sheet = f"{rules}{sheet}@layer tokens {{{ruled(':root', tokens)}}}\n"
        if beside and (family := _text_family(beside, chosen)):
            families = {"font-family": f"{quoted(family)}, var(--text-face)"}
            sheet += f"@layer tokens {{{ruled(f'.{BESIDE}', families)}}}\n"
    if chosen.missing:
        drawn, sheet = chosen.printable(drawn), chosen.in_sheet(sheet)
        assets = {
            name: chosen.drawable(asset) if name.endswith(".svg") else asset
            for name, asset in assets.items()
        }
    return {
        "index.html": Asset.of(f"{head}{start}{drawn}".encode()),
        "style.css": Asset.of(sheet.encode()),
        **{face_name(face): face.asset for face in (*layout.faces, *chosen.all)},
        **assets,
    }
