"""Glyphs: find the characters that no font can print, which the press would drop silently."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Set

from handpress.assets.fonts import Face, missing, name_of
from handpress.assets.picture import Picture
from handpress.assets.svg import letters_of
from handpress.core.escaping import escaped
from handpress.core.problem import Place, Problem, problem
from handpress.core.source import MOST, Source


def missing_in_text(
    texts: Iterable[tuple[Source, Set[str]]], having: tuple[Face, ...]
) -> Iterator[Problem]:
    """Yield a problem for each of the characters of a source that no face has."""
    for source, characters in texts:
        for character in missing(characters, having)[:MOST]:
            yield _missing(character, source.find(character), name_of(character))


def missing_in_drawings(
    drawings: Iterable[tuple[Picture, Place]], having: tuple[Face, ...]
) -> Iterator[Problem]:
    """Yield a problem for each letter of a drawing that no face has, at the place that names the drawing."""
    for picture, place in drawings:
        for character in missing(letters_of(picture.asset), having)[:MOST]:
            name = f"{name_of(character)}, in `{escaped(posixpath.basename(picture.path))}`"
            yield _missing(character, place, name)


def _missing(character: str, place: Place, name: str) -> Problem:
    return problem("missing-glyph", place, code=f"{ord(character):04X}", name=name)
