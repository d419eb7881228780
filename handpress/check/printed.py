"""Printed sizes: how wide the media of a series print a picture, by the tokens of their stylesheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from handpress.core.media import TABLE
from handpress.markup.tree import Element, classes, parse_tree
from handpress.series.article import Article

if TYPE_CHECKING:
    from handpress.layout.layout import Layout

INCH = 25.4  # mm
PIXEL = INCH / 96  # of CSS: no picture is enlarged beyond it, except in a card
_BOOK = 111.0  # mm of its text; its paper is always A5
_UNITS = {"mm": 1.0, "cm": 10.0, "in": INCH, "pt": INCH / 72}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|in|pt)")


class Room(Struct, frozen=True):
    """The largest pictures of one medium, in mm: of the text, and of a card."""

    medium: str
    column: float
    height: float
    card: float
    card_height: float


def rooms(layout: Layout, slug: str) -> tuple[Room, ...]:
    """Return the room in each printed medium and style that has an article."""
    series, found = layout.series, []
    if series.number_in(TABLE["handout"], slug):
        for style in series.styles:
            tokens = layout.sheets.tokens("handout", style, series.paper)
            height = _mm(tokens, "--figure")
            found.append(
                Room(
                    f"handout ({style})",
                    _column(tokens),
                    height,
                    _mm(tokens, "--card-figure"),
                    height,
                )
            )
    if series.number_in(TABLE["book"], slug):
        tokens = layout.sheets.tokens("book")
        card = _mm(tokens, "--picture")
        found.append(Room("book", _BOOK, _mm(tokens, "--figure"), card, 0.8 * card))
    return tuple(found)


def _column(tokens: Mapping[str, str]) -> float:
    paper = _mm(tokens, "--paper-size")
    text = paper - _mm(tokens, "--inner") - _mm(tokens, "--outer")
    return (text - _mm(tokens, "--gutter")) / 2 if tokens.get("--columns") == "2" else text


def _mm(tokens: Mapping[str, str], name: str) -> float:
    """Return the first length of a token in mm, by way of other tokens as well."""
    value = tokens.get(name, "")
    for _ in tokens:
        if not (other := re.fullmatch(r"var\(\s*(--[\w-]+)\s*\)", value)):
            break
        value = tokens.get(other[1], "")
    found = _LENGTH.search(value)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


class Shown(Struct, frozen=True):
    """A picture in an article: its path, whether it is that of a card, and the width that its author gave it, in pixels."""

    path: str
    card: bool
    width: int | None


def shown(article: Article) -> Iterator[Shown]:
    """Yield the pictures in the body of an article."""
    if "<img" not in article.body:
        return
    root = parse_tree(article.body)
    parents: dict[Element, Element] = {child: parent for parent in root.iter() for child in parent}
    for image in root.iter("img"):
        path = image.get("src", "").removeprefix("picture:")
        figure = parents[image]
        around = parents.get(figure, root)
        card = figure.tag == "figure" and "exercise" in classes(around)
        width = image.get("width", "")
        yield Shown(path, card, int(width) if width.isdigit() else None)


def printed_width(picture: Shown, pixels: tuple[int, int], room: Room) -> float:
    """Return the width of a picture of some `pixels` in mm."""
    width, height = pixels
    if picture.card:
        return min(room.card, room.card_height * width / height)
    own = (picture.width or width) * PIXEL
    return min(own, room.column, room.height * width / height)
