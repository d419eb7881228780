"""Complex text: scripts with glyphs that are joined, reordered or put together from several letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

# A glyph has not one letter, so the text of all of them is written beside them. Also marks of any script.
# Readers put text from right to left into order by its glyphs; some would turn round what is written beside them.
COMPLEX = re.compile(
    "[\u0300-\u036f\u0900-\u109f\u1780-\u18af\u1a00-\u1cff\u200d\u20d0-\u20ff\ua800-\uabff]"
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


class _Whole(str):
    """A text that is one letter to a loop over its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def drawn_whole(draw: Callable[..., None]) -> Callable[..., None]:
    """Let WeasyPrint's function for the text of drawings shape complex text as a whole.

    It lays out each letter alone, with a place of its own if the drawing gives one. Arabic letters would stand
    apart and in the wrong order, and Indic vowels without their consonants.
    """

    def drawing(svg: Any, node: Any, font_size: float) -> None:
        if node.text and (COMPLEX.search(node.text) or RIGHT_TO_LEFT.search(node.text)):
            node._etree_node.text = _Whole(node.text)
        draw(svg, node, font_size)

    return drawing
