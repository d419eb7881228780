"""Fonts of the ebook: the faces that are embedded, reduced to the characters in it, with their licence."""

from __future__ import annotations

from collections.abc import Iterable

from handpress.assets.fonts import Face, missing
from handpress.core.disk import Asset
from handpress.layout.layout import Layout

FAMILY = "Literata"  # the book's font; a reader may choose another
# Our weights, and those for e-readers, which only have regular and bold.
WEIGHTS = {400: 400, 600: 700}
LICENCE = "OFL.txt"  # the SIL Open Font License, which allows embedding


def chosen(layout: Layout) -> tuple[Face, ...]:
    """Return the faces for the ebook.

    There are none if most letters are of another script, and none without a licence in the same folder.
    """
    own = [f for f in layout.faces if f.family == FAMILY and f.weight in WEIGHTS]
    upright = tuple(f for f in own if not f.italic)
    letters = {c for a in layout.series.articles for c in a.characters if c.isalpha()}
    if (
        not upright
        or not licence(layout, own[0])
        or 2 * len(missing(letters, upright)) > len(letters)
    ):
        return ()
    return tuple(Face(f.family, WEIGHTS[f.weight], f.italic, f.name, f.asset) for f in own)


def licence(layout: Layout, face: Face) -> Asset | None:
    """Return the licence in the folder of a face."""
    folder = face.name.rpartition("/")[0]
    return layout.theme.workspace.overlay("fonts", f"{folder}/{LICENCE}")


def files(layout: Layout, faces: Iterable[Face]) -> dict[str, Asset]:
    """Return the files of the `faces` and their licence, by their names in the ebook."""
    found = {}
    for face in faces:
        found[name(face)] = face.asset
        if (text := licence(layout, face)) is not None:
            found[f"fonts/{face.family}-{LICENCE}"] = text
    return found


def notice(layout: Layout, faces: Iterable[Face]) -> str:
    """Return the copyright of the faces: the first line of their licence, "" without faces."""
    text = next((licence(layout, face) for face in faces), None)
    return text.read().decode().strip().partition("\n")[0] if text is not None else ""


def css(faces: Iterable[Face]) -> str:
    return "".join(face.css(name(face)) for face in faces)


def name(face: Face) -> str:
    return f"fonts/{face.name.rpartition('/')[2]}"
