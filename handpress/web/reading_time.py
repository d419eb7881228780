"""Reading time: the minutes that an article takes, by the measured speeds of its language.

The speeds are of adults who read standardized texts aloud (IReST, https://doi.org/10.1167/iovs.11-8284). A patient
who reads with care is about as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from handpress.layout.words import counted

WORDS_A_MINUTE = {
    "ar": 138,
    "de": 179,
    "el": 208,
    "en": 228,
    "es": 218,
    "fi": 161,
    "fr": 195,
    "he": 187,
    "it": 188,
    "nl": 202,
    "pl": 166,
    "pt": 181,
    "ru": 184,
    "sl": 180,
    "sv": 199,
    "tr": 166,
}
OF_OTHERS = 184  # the mean of all these languages
# Scripts without spaces are counted in characters. The range has the slowest and the fastest readers of Chinese and
# Japanese; for Thai, Lao, Burmese and Khmer nobody has measured better.
CHARACTERS_A_MINUTE = (226, 413)
WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
WORD = re.compile(r"\w[\w'’.-]*")

Minutes = tuple[float, float]  # of a fast and of a slow reader


def minutes(text: str, language: str) -> Minutes:
    """Return the minutes that a `text` takes. They differ only for scripts without spaces."""
    characters = len(WITHOUT_SPACES.findall(text))
    words = len(WORD.findall(WITHOUT_SPACES.sub(" ", text)))
    spaced = words / WORDS_A_MINUTE.get(language.partition("-")[0].lower(), OF_OTHERS)
    slow, fast = CHARACTERS_A_MINUTE
    return spaced + characters / fast, spaced + characters / slow


def in_words(found: Iterable[Minutes], words: Mapping[str, Any]) -> str:
    """Return the time for all of `found`: ``5 min read``, ``4 to 7 min read``."""
    fast, slow = map(sum, zip(*found, strict=True))
    first, last = max(1, round(fast)), max(1, round(slow))
    if first == last:
        return counted("minutes", last, words)
    return counted("minutes_between", last, words, first=first)
