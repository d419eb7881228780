"""Text for terminals: on one line, with control characters escaped."""

from __future__ import annotations

import json
import re

# What a terminal would obey, not show: control characters, ends of lines, turns of the writing's direction;
# and a byte of a file's name that is no UTF-8, which Python has as a surrogate.
UNSHOWN = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escaped(text: str) -> str:
    """`text` with what a terminal would not show written out: ``\\n``, ``\\x1b``, ``\\xff``."""

    def written(found: re.Match[str]) -> str:
        code = ord(found.group())
        if 0xDC80 <= code <= 0xDCFF:  # os.fsdecode's stand-in for a byte
            return f"\\x{code - 0xDC00:02x}"
        return found.group().encode("unicode_escape").decode()

    return UNSHOWN.sub(written, text)


def json_line(value: object) -> str:
    """`value` as JSON on one line that any terminal can show and any encoding can carry."""
    # In JSON these stand in strings only, and there `\uXXXX` means the very same.
    text = json.dumps(value, ensure_ascii=False)
    return UNSHOWN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def one_line(text: str, most: int = 120) -> str:
    """`text` on one line and no longer than `most` characters, fit for a message."""
    text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
