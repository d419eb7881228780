"""Text for terminals: on one line, with control characters escaped."""

from __future__ import annotations

import json
import re

# Characters that a terminal obeys instead of showing: controls, line ends and changes of direction.
# Python's surrogates for undecodable bytes of a file's name are among them.
UNSHOWN = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escaped(text: str) -> str:
    r"""Return `text` with unprintable characters escaped: ``\n``, ``\x1b``, ``\xff``."""

    def written(found: re.Match[str]) -> str:
        code = ord(found.group())
        if 0xDC80 <= code <= 0xDCFF:  # os.fsdecode's surrogate for a byte
            return f"\\x{code - 0xDC00:02x}"
        return found.group().encode("unicode_escape").decode()

    return UNSHOWN.sub(written, text)


def json_line(value: object) -> str:
    """Return `value` as JSON on one line that any terminal can show and any encoding can represent."""
    # In JSON these occur only in strings, where `\uXXXX` has the same meaning.
    text = json.dumps(value, ensure_ascii=False)
    return UNSHOWN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def one_line(text: str, most: int = 120) -> str:
    """Return `text` on one line of at most `most` characters, for a message."""
    text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
