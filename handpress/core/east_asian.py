"""Characters of Chinese and Japanese, which have no spaces between words."""

from __future__ import annotations

import re

# For a class of a regular expression: Han, kana, and their punctuation and forms of full width. Korean has spaces.
CHINESE_JAPANESE = "\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff"
_ONE = re.compile(f"[{CHINESE_JAPANESE}]")


def is_chinese_or_japanese(character: str) -> bool:
    return _ONE.fullmatch(character) is not None
