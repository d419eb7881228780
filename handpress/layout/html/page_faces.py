"""Faces of one page: the spare faces that its characters need, and a visible sign for those that no face has."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from unicodedata import east_asian_width

from msgspec import Struct

from handpress.assets.fonts import (
    COMMON,
    DRAWN_ANYHOW,
    EMOJI_FORM,
    REPLACEMENT,
    Face,
    code_faces,
    lacking,
    missing,
    sans_faces,
    spare_faces,
)
from handpress.assets.svg import letters_of
from handpress.core.files.disk import Asset
from handpress.layout.css.stylesheet import quoted
from handpress.layout.html.line_breaks import ZERO_WIDTH_SPACE

CODE = re.compile(r"<(code|pre|kbd|samp)\b[^>]*>(.*?)</\1>", re.S)
# Places that a page shows text from: between tags, and in the attributes that stylesheets print.
SHOWN = re.compile(r'(?<=>)[^<]+|(?<= )data-[a-z]+="[^"]*"')
ORDINARY = (COMMON | DRAWN_ANYHOW) - {EMOJI_FORM}


class PageFaces(Struct, frozen=True):
    """Faces beyond those of every page, those for code in it, and the characters that none has."""

    spare: tuple[Face, ...] = ()
    sans: tuple[Face, ...] = ()
    code: tuple[Face, ...] = ()
    missing: frozenset[str] = frozenset()

    @property
    def all(self) -> tuple[Face, ...]:
        return tuple(dict.fromkeys((*self.spare, *self.sans, *self.code)))

    def families(self, own: Iterable[str], last: str) -> str:
        """Return the value of `--others`: the families in `own`, then the spare ones, then `last`."""
        spare = dict.fromkeys(face.family for face in self.spare)
        return ", ".join([*map(quoted, (*own, *spare)), last])

    def printable(self, page: str) -> str:
        """Return the HTML `page` with a sign for each missing character that it shows."""
        # Of characters that are written without spaces, each may end a line.
        signs = {
            c: sign + ZERO_WIDTH_SPACE if east_asian_width(chr(c)) in "WF" else sign
            for c, sign in self._signs.items()
        }
        return SHOWN.sub(lambda found: found[0].translate(signs), page)

    def in_sheet(self, sheet: str) -> str:
        """Return a stylesheet with a sign for each missing character that it adds to pages."""
        return sheet.translate(self._signs) if self.missing else sheet

    def drawable(self, asset: Asset) -> Asset:
        """Return a drawing with a sign for each of its missing letters."""
        if self.missing.isdisjoint(letters_of(asset)):
            return asset
        return Asset.of(asset.read().decode().translate(self._signs).encode())

    @property
    def _signs(self) -> dict[int, str]:
        return {ord(character): REPLACEMENT for character in self.missing}


def page_faces(
    faces: Sequence[Face], language: str, page: str, sheet: str, drawings: Mapping[str, Asset]
) -> PageFaces:
    """Return the faces beside `faces` for a page in `language`, its stylesheet and its drawings. An ordinary page needs none."""
    rare = (set(page) | _characters(sheet)) - ORDINARY
    for name, asset in drawings.items():
        if name.endswith(".svg"):
            rare.update(letters_of(asset))
    if not rare:
        return PageFaces()
    code = "".join(found[2] for found in CODE.finditer(page))
    return chosen_faces(faces, language, rare, code)


def chosen_faces(
    faces: Sequence[Face], language: str, characters: Iterable[str], code: str = ""
) -> PageFaces:
    """Return the spare faces beside `faces` for `characters`, and for those of the `code` among them."""
    characters = set(characters)
    rare = set(lacking(characters, faces))
    none = frozenset(missing(rare, ()))
    wanted = rare - none | ({REPLACEMENT} if none else set())
    wanted |= {EMOJI_FORM} & characters
    return PageFaces(
        spare_faces(wanted, language),
        sans_faces(characters, faces),
        code_faces(html.unescape(code)),
        none,
    )


@lru_cache(maxsize=64)
def _characters(sheet: str) -> frozenset[str]:
    return frozenset(sheet)
