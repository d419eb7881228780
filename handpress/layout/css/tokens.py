"""Tokens: each with its value and the stylesheets that use it, and the contrast of the colours that meet."""

from __future__ import annotations

import re

from msgspec import Struct

from handpress.assets.colour import Colour, contrast
from handpress.layout.css.stylesheet import Sheets

# Words and the grounds that they are on, in all media.
PAIRS = (
    ("--ink", "--page"),
    ("--quiet", "--page"),
    ("--accent", "--page"),
    ("--ink", "--tint"),
    ("--quiet", "--tint"),
    ("--accent", "--tint"),
    ("--on-brand", "--brand"),
    ("--on-cover", "--cover-ground"),
    ("--ink-at-night", "--page-at-night"),
    ("--quiet-at-night", "--page-at-night"),
    ("--accent-at-night", "--page-at-night"),
    ("--ink-at-night", "--tint-at-night"),
    ("--quiet-at-night", "--tint-at-night"),
    ("--accent-at-night", "--tint-at-night"),
)


class Token(Struct, frozen=True):
    """A token: its value, and the names of the stylesheets that use it."""

    name: str
    value: str
    uses: tuple[str, ...]


class Pair(Struct, frozen=True):
    """Two colours that meet: words on a ground."""

    words: str
    ground: str
    colours: tuple[Colour, Colour]

    @property
    def contrast(self) -> float:
        return contrast(*self.colours)


def tokens_of(sheets: Sheets) -> tuple[Token, ...]:
    """Return the tokens of all media in the order of their stylesheet. A medium or style may set them otherwise."""
    users: dict[str, list[str]] = {}
    for name in sheets.names:
        for token in sorted(set(re.findall(r"var\(\s*(--[\w-]+)", sheets.text(name)))):
            users.setdefault(token, []).append(_short(name))
    return tuple(
        Token(name, value, tuple(dict.fromkeys(users.get(name, ()))))
        for name, value in sheets.tokens("").items()
    )


def pairs_of(sheets: Sheets) -> tuple[Pair, ...]:
    """Return the colours that meet, with their contrast."""
    return tuple(
        Pair(words, ground, (sheets.colour(words, ""), sheets.colour(ground, "")))
        for words, ground in PAIRS
    )


def _short(name: str) -> str:
    """Return the name of a stylesheet without what all of them have: ``media/web``, ``blocks/care``."""
    return re.sub(r"^styles/|/style(?=\.css$)|\.css$", "", name)
