"""Values in a script in JavaScript or TypeScript, read without running it.

Objects, lists, strings, numbers, and names of such values are read, as people write settings. All else, such as a call, is
`Code` in its place.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from msgspec import Struct, field

STRING = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
COMMENT = re.compile(rf"({STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.S)
SPACE = re.compile(r"\s*")
VALUE = re.compile(rf"(?P<string>{STRING})|(?P<number>-?[\d.]+)|(?P<name>[A-Za-z_$][\w$]*)", re.S)
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
# The address of a file beside the script: that of its one argument.
FILE = re.compile(r"require\.resolve\s*\(\s*(?=[\"'])")
TYPE = re.compile(r"(?:as|satisfies)\b")
EXPORT = re.compile(r"^[ \t]*(?:module\.exports[ \t]*=|export[ \t]+default\b)", re.M)
DEFINITION = (
    r"^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+{}\b[ \t]*(?::[^=\n]*(?:\n[^=\n]*)?)?=(?![=>])"
)
ENDS = frozenset(",;)]}")
DEEPEST = 100  # values in each other
MOST = 1_000  # names in the place of a value; a few lines can name each other a billion times
PAIRS = {"(": ")", "[": "]", "{": "}"}
WORDS = {"true": True, "false": False, "null": None, "undefined": None}


class Code(Struct, frozen=True):
    """Code in the place of a value, with its position in the script."""

    start: int
    text: str


def exported(script: str) -> Any:
    """Return the value that a script exports: of lists, mappings, text, numbers and :class:`Code`; None without one."""
    return _Script(script).exported()


def argument(script: str, *functions: str) -> Any:
    """Return the first value that a script gives to one of the `functions`, None without one; calls in it are `Code`."""
    reader = _Script(script)
    calls = re.finditer(rf"\b(?:{'|'.join(functions)})\s*\(", reader.text)
    values = (reader.value_at(call.end()) for call in calls)
    return next((value for value in values if not isinstance(value, Code)), None)


class _Script(Struct, dict=True):
    written: str
    at: int = 0
    open: set[str] = field(default_factory=set)  # names whose values are being read
    names: int = 0  # that were read
    depth: int = 0  # values around this place

    @cached_property
    def text(self) -> str:
        """The script with spaces in the place of comments."""
        return COMMENT.sub(
            lambda m: m[1] or "".join(c if c == "\n" else " " for c in m[0]), self.written
        )

    def exported(self) -> Any:
        found = EXPORT.search(self.text)
        return self.value_at(found.end()) if found else None

    def value_at(self, start: int) -> Any:
        before, self.at = self.at, start
        try:
            return self.value(statement=True)
        finally:
            self.at = before

    def value(self, statement: bool = False) -> Any:
        """Read a value, up to the sign that ends it; an expression of several is code."""
        self.space()
        start = self.at
        found = self.operand()
        end = self.at
        new_line = "\n" in self.space()
        if TYPE.match(self.text, self.at):
            self.skip()
        elif not (
            self.next in ENDS
            or self.at == len(self.text)
            # A statement may end without a sign.
            or (statement and new_line and re.match(r"\w", self.next))
        ):
            self.at = end
            return self.code(start)
        return self.code(start) if found is Code else found

    def operand(self) -> Any:
        """Read one operand; the class `Code` means that it is not a value."""
        if file := FILE.match(self.text, self.at):
            self.at = file.end()
            return self.in_brackets()
        if read := {"{": self.mapping, "[": self.items, "(": self.in_brackets}.get(self.next):
            if self.depth == DEEPEST:
                return Code
            self.at += 1
            self.depth += 1
            found = read()
            self.depth -= 1
            return found
        if not (word := VALUE.match(self.text, self.at)):
            return Code
        self.at = word.end()
        if word["string"]:
            return Code if word[0][0] == "`" and "${" in word[0] else unescaped(word[0][1:-1])
        return number(word[0]) if word["number"] else self.named(word[0])

    def in_brackets(self) -> Any:
        found = self.value()
        self.space()
        if self.next != ")":
            return Code
        self.at += 1
        return found

    def named(self, name: str) -> Any:
        if name in WORDS:
            return WORDS[name]
        self.names += 1
        if name in self.open or self.names > MOST:
            return Code
        definition = re.search(DEFINITION.format(re.escape(name)), self.text, re.M)
        if definition is None:
            return Code
        self.open.add(name)
        found = self.value_at(definition.end())
        self.open.discard(name)
        return Code if isinstance(found, Code) else found

    def items(self) -> list[Any]:
        found: list[Any] = []
        while self.more("]"):
            start = self.at
            if self.spread():
                value = self.value()
                found += value if isinstance(value, list) else [self.code_from(start)]
            else:
                found.append(self.value())
        return found

    def mapping(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self.more("}"):
            start = self.at
            if self.spread():
                value = self.value()
                found |= (
                    value if isinstance(value, dict) else {f"...{start}": self.code_from(start)}
                )
                continue
            key = VALUE.match(self.text, self.at)
            self.at = key.end() if key else self.at
            self.space()
            if key and self.next == ":":
                self.at += 1
                name = unescaped(key[0][1:-1]) if key["string"] else key[0]
                found[name] = self.value()
            elif key and key["name"] and self.next in ",}":  # the name of the value too
                value = self.named(key[0])
                found[key[0]] = self.code_from(start) if value is Code else value
            else:  # a method, or a key that is computed
                found[f"...{start}"] = self.code(start)
        return found

    def more(self, end: str) -> bool:
        """Go to the next item, and return whether there is one before the sign `end`."""
        self.space()
        while self.next in (",", ";"):
            self.at += 1
            self.space()
        if self.next and self.next not in PAIRS.values():
            return True
        self.at += self.next == end
        return False

    def spread(self) -> bool:
        found = self.text.startswith("...", self.at)
        self.at += 3 * found
        return found

    def code(self, start: int) -> Code:
        """Skip the rest of an expression, and return all of it."""
        self.skip()
        return self.code_from(start)

    def code_from(self, start: int) -> Code:
        return Code(start, self.text[start : self.at].strip())

    def skip(self) -> None:
        """Go to the sign that ends the expression, past those in brackets and text."""
        waiting: list[str] = []
        while self.next and (waiting or self.next not in ENDS):
            if self.next in "\"'`" and (found := VALUE.match(self.text, self.at)):
                self.at = found.end()
                continue
            if self.next in PAIRS:
                waiting.append(PAIRS[self.next])
            elif waiting and self.next == waiting[-1]:
                waiting.pop()
            self.at += 1

    def space(self) -> str:
        found = SPACE.match(self.text, self.at)
        skipped = found[0] if found else ""
        self.at += len(skipped)
        return skipped

    @property
    def next(self) -> str:
        return self.text[self.at : self.at + 1]


def unescaped(written: str) -> str:
    """Return the text of a string."""

    def meant(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code:
            return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else ""
        return ESCAPED.get(found[4], found[4])

    # Two escapes may be the halves of one character.
    halves = ESCAPE.sub(meant, written).encode("utf-16", "surrogatepass")
    return halves.decode("utf-16", "replace")


def number(written: str) -> float | type[Code]:
    try:
        return float(written)
    except ValueError:
        return Code
