"""Tokens of TOML and JSON: strings, signs and words, with their offsets, in a text that is known to be valid."""

from __future__ import annotations

import re

from msgspec import Struct


class Token(Struct, frozen=True):
    """A piece of a text. `kind` is a group of the pattern that found it, or `end`."""

    kind: str
    text: str
    start: int
    end: int


class Tokens:
    """The tokens of a text; `next` is the first that is not taken."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self.whole = text
        found = (
            Token(m.lastgroup, m[0], m.start(), m.end())
            for m in pattern.finditer(text)
            if m.lastgroup
        )
        self.found = iter(found)
        self.end = Token("end", "", len(text), len(text))
        self.next = next(self.found, self.end)

    def take(self) -> Token:
        """Return the next token, and go to the one after it."""
        taken, self.next = self.next, next(self.found, self.end)
        return taken

    def past(self, kind: str) -> str:
        """Skip all tokens of `kind`, and return the text of the next."""
        while self.next.kind == kind:
            self.take()
        return self.next.text
