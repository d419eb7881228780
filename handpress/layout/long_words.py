"""Long words: add places where a line may break, because layout takes quadratic time without them."""

from __future__ import annotations

import re


def breakable(html: str) -> str:
    """`html` with places in very long words at which a line may break.

    A word is laid out whole before it is broken, in time that grows with the square of its length, and
    a table is as wide as the longest word in it. Browsers break words by themselves.
    """
    return LONG_WORD.sub(_broken_up, html) if _may_have_long_words(html) else html


def _may_have_long_words(html: str) -> bool:
    """Return whether any text between tags has a word too long. It is much quicker than the expression."""
    first, *rest = html.split("<")
    texts = (first, *(part.partition(">")[2] for part in rest))
    long = (text for text in texts if len(text) > LONGEST_WORD)
    return any(len(word) > LONGEST_WORD for text in long for word in text.split())


LONGEST_WORD, STEP = (
    100,
    20,
)  # characters: no language has a longer word; a step fits a narrow column
ZERO_WIDTH_SPACE = "\u200b"
LONG_WORD = re.compile(
    rf"<title>.*?</title>|<[^>]*>|(?:&#?\w+;|[^\s<>&{ZERO_WIDTH_SPACE}]){{{LONGEST_WORD + 1},}}",
    re.S,
)


def _broken_up(found: re.Match[str]) -> str:
    if found[0].startswith("<"):
        return found[0]
    characters = re.findall(r"&#?\w+;|.", found[0])
    steps = ("".join(characters[n : n + STEP]) for n in range(0, len(characters), STEP))
    return ZERO_WIDTH_SPACE.join(steps)
