"""The syntax of objects in a PDF (ISO 32000-1, 7.3), as WeasyPrint and QPDF write it: brackets in strings are escaped.

Objects are handled as their text. A value of an array or a dictionary is a text too, and a reference is one value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

STRING: Final = rb"\((?:[^\\()]++|\\.)*+\)|<[0-9A-Fa-f]*+>"
TOKEN = re.compile(STRING + rb"|<<|>>|[\[\]]|/?[^\s/<>\[\]()]+|/", re.S)
# A value in which arrays and dictionaries are nested once, as most are; a bracket alone if there are more.
FLAT: Final = rb"[^\[\]<>()]++|%b" % STRING
ONCE: Final = rb"%b|\[(?:%b)*+\]|<<(?:%b)*+>>" % (FLAT, FLAT, FLAT)
VALUE = re.compile(
    rb"\d++ 0 R\b|%b|\[(?:%b)*+\]|<<(?:%b)*+>>|/?[^\s/<>\[\]()]++|[\[\]<>]" % (STRING, ONCE, ONCE),
    re.S,
)
BRACKETS = frozenset((b"[", b"]", b"<", b">"))
REFERENCE = re.compile(STRING + rb"|(\d+) 0 R", re.S)
OPENING, CLOSING = (b"<<", b"["), (b">>", b"]")
ONE_STRING = re.compile(STRING, re.S)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}  # after a backslash
SPECIAL = re.compile(rb"([\\()])")
UTF_16 = b"\xfe\xff"  # the first bytes of a string of Unicode (7.9.2.2)


def values(text: bytes) -> list[bytes]:
    """Return the values of an array, or the keys and values of a dictionary in turn."""
    inside = text.strip()
    inside = inside[2:-2] if inside.startswith(b"<<") else inside[1:-1]
    found: list[bytes] = VALUE.findall(inside)
    return found if BRACKETS.isdisjoint(found) else _deep_values(text)


def _deep_values(text: bytes) -> list[bytes]:
    found: list[bytes] = []
    depth = start = 0
    for token in TOKEN.finditer(text):
        word = token[0]
        if word in OPENING:
            depth += 1
            if depth == 2:
                start = token.start()
        elif word in CLOSING:
            depth -= 1
            if depth == 1:
                found.append(text[start : token.end()])
        elif depth == 1:
            if word == b"R":
                found[-2:] = [found[-2] + b" 0 R"]
            else:
                found.append(word)
    return found


def entries(text: bytes) -> dict[bytes, bytes]:
    """Return the entries of a dictionary, by their names with the slash."""
    every = values(text)
    return dict(zip(every[::2], every[1::2], strict=True))


def array(found: list[bytes]) -> bytes:
    """Return the text of an array."""
    return b"[%b]" % b" ".join(found)


def dictionary(found: Mapping[bytes, bytes]) -> bytes:
    """Return the text of a dictionary."""
    return b"<<%b>>" % b" ".join(b"%b %b" % pair for pair in found.items())


def reference(number: int) -> bytes:
    """Return a reference to an object."""
    return b"%d 0 R" % number


def number_in(value: bytes) -> bytes:
    """Return the number in a reference."""
    return value[: -len(b" 0 R")]


def replaced(text: bytes, new: Callable[[bytes], bytes]) -> bytes:
    """Return a text whose references are `new` ones, by the number of each as it is written."""
    return REFERENCE.sub(lambda found: new(found[1]) if found[1] else found[0], text)


def replaced_strings(text: bytes, new: Callable[[bytes], bytes]) -> bytes:
    """Return a text with `new` strings."""
    return ONE_STRING.sub(lambda found: new(found[0]), text)


def after(name: bytes, value: bytes) -> re.Pattern[bytes]:
    """Return a pattern that matches a name with a value, which is its group, or a string without: what looks like a
    name in one is none.
    """
    return re.compile(rb"%b|%b ?(%b)" % (STRING, name, value), re.S)


def replaced_after(pattern: re.Pattern[bytes], text: bytes, new: Callable[[bytes], bytes]) -> bytes:
    """Return a text with `new` values :func:`after` a name."""

    def put(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        return found[0][: found.start(1) - found.start()] + new(found[1])

    return pattern.sub(put, text)


def string(text: str) -> bytes:
    """Return a string (7.9.2.2) as WeasyPrint writes it: equal strings have one spelling."""
    if text.isascii():
        return b"(%b)" % SPECIAL.sub(rb"\\\1", text.encode())
    return b"<%b>" % (UTF_16 + text.encode("utf-16-be")).hex().encode()


def content(written: bytes) -> bytes:
    """Return the bytes of a string (7.3.4)."""
    if written.startswith(b"<"):
        return bytes.fromhex(written[1:-1].decode())
    return ESCAPED.sub(_unescaped, written[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1].isdigit():
        return bytes([int(found[1], 8) % 256])
    return LETTERS.get(found[1], found[1])


def characters(written: bytes) -> str:
    """Return the text of a string."""
    data = content(written)
    if data.startswith(UTF_16):
        return data.removeprefix(UTF_16).decode("utf-16-be")
    return data.decode("latin-1")


def listed(value: bytes) -> list[bytes]:
    """Return the values of an array, or the value itself if it is none."""
    return values(value) if value.startswith(b"[") else [value]


def prefixed(written: bytes, mark: str) -> bytes:
    """Return a string with a mark of ASCII characters before it."""
    return string(mark + characters(written))
