"""Views of the pages that several rules share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from handpress.press.pages.boxes import PIXELS_A_MM, PageBoxes, PlacedBox
from handpress.press.preflight.rule import Found

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ALIKE = 3  # of one kind, so many are reported: the cause is one


def texts(laid: PageBoxes) -> Iterator[PlacedBox]:
    """Yield every visible text."""
    for piece in laid.pieces:
        if piece.kind == "text" and piece.box.text.strip():
            style = piece.box.style
            if style["visibility"] == "visible" and style["font_size"] > 0:
                yield piece


def one_of_few(key: Hashable, seen: dict[Hashable, int]) -> bool:
    """Count `key` in `seen`, and return whether it is among the first of its kind."""
    seen[key] = seen.get(key, 0) + 1
    return seen[key] <= ALIKE


def clipped(
    laid: PageBoxes, pieces: Iterable[PlacedBox], reach: Callable[[PlacedBox], float], most: float
) -> Iterator[Found]:
    """Yield the elements of `pieces` whose `reach` is more than `most` millimetres too far, each once."""
    seen: set[int] = set()
    for piece in pieces:
        amount = reach(piece) / PIXELS_A_MM
        if amount > most and id(piece.element) not in seen:
            seen.add(id(piece.element))
            yield Found(laid.spot(piece.element), {"amount": f"{amount:.0f}"})
