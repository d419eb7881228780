"""Decoding: the bytes of a file to text. UTF-8 is expected; text in an older encoding is read if it is clear."""

from __future__ import annotations

import re

from msgspec import Struct

# More bytes in a row are a word in another script: in that encoding, all of the text would be wrong.
MOST = 3
WESTERN = "Windows-1252"
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Decoded(Struct, frozen=True):
    """The text of a file. `encoding` is the name of its encoding if that is not UTF-8.

    `at` is the position in the text of the first byte that is not UTF-8. Without an `encoding`, that byte is not
    text at all.
    """

    text: str
    encoding: str = ""
    at: int | None = None
    byte: int = 0


def decode(data: bytes) -> Decoded:
    """Return the text in `data`, with ``?`` for each byte that cannot be decoded."""
    if encoding := BYTE_ORDER_MARKS.get(data[:2]):
        try:
            return Decoded(data[2:].decode(encoding), "UTF-16", 0, data[0])
        except UnicodeDecodeError:
            pass
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # A byte that is not UTF-8 becomes a lone surrogate.
        escaped = data.decode("utf-8-sig", errors="surrogateescape")
        at = re.search("[\udc80-\udcff]", escaped)
        start = at.start() if at else 0
        text = _western(escaped)
        if text is not None:
            return Decoded(text, WESTERN, start, data[error.start])
        return Decoded(re.sub("[\udc80-\udcff]", "?", escaped), "", start, data[error.start])


def _western(escaped: str) -> str | None:
    """Return the text with its single bytes read as Windows-1252, or None if that cannot be right.

    Western text has few such letters, mostly one at a time.
    """
    runs = re.findall("[\udc80-\udcff]+", escaped)
    if max(map(len, runs)) > MOST or 3 * sum(map(len, runs)) > len(escaped):
        return None
    try:
        return re.sub(
            "[\udc80-\udcff]+",
            lambda found: found[0].encode("ascii", "surrogateescape").decode("cp1252"),
            escaped,
        )
    except UnicodeDecodeError:
        return None
