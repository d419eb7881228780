"""Source texts: the text of a file with its lines, and the place of each character."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from handpress.core.disk import Disk, why_unread
from handpress.core.problem import Place, Problem, problem

TEXT_LIMIT = 2_000_000  # bytes of one source file: a novel has half of that
MOST = 20  # problems of one kind that are told of one file: a file of null bytes has no end of them
# What XML 1.0 (section 2.2) and with it EPUB cannot carry, and what only hides in text.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True)
class Source:
    """The text of one file, with ``\\n`` line ends, and the way from an offset to a place."""

    path: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def place(self, offset: int = 0, length: int = 1) -> Place:
        """The place of `length` characters from `offset`, cut off at the end of the line."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        end = self.text.find("\n", start)
        text = self.text[start : end if end >= 0 else len(self.text)]
        column = offset - start + 1
        return Place(self.path, line, column, max(1, min(length, len(text) - column + 1)), text)

    def find(self, wanted: str) -> Place:
        """The place of the first `wanted`, written as it is or by reference (``&rarr;``, ``&#8594;``);
        of the first line if it is not there.
        """
        if (at := self.text.find(wanted)) >= 0:
            return self.place(at, len(wanted))
        for found in re.finditer(r"&#?\w+;?", self.text):
            if wanted in html.unescape(found.group()):
                return self.place(found.start(), len(found.group()))
        return self.place()


def read_source(disk: Disk, path: str, shown: str | None = None) -> tuple[Source, list[Problem]]:
    """The text file `path`, and what is wrong with its bytes; `shown` is its name in messages.

    A byte that is no UTF-8 and a control character are problems and are replaced, so that the rest
    of the file can still be read for its problems.
    """
    shown = shown or path
    try:
        data = disk.read(path)
    except OSError as error:
        reason = why_unread(disk, path, error)
        return Source(shown, ""), [problem("unreadable-file", Place(shown), reason=reason)]
    if len(data) > TEXT_LIMIT:
        size, limit = f"{len(data) / 1e6:.1f} MB", f"{TEXT_LIMIT / 1e6:.0f} MB"
        return Source(shown, ""), [problem("too-large", Place(shown), size=size, limit=limit)]
    try:
        text = _with_line_feeds(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # What stands in for it is not to be a second problem, so it is a character that all fonts have.
        text = _with_line_feeds(data.decode("utf-8-sig", errors="replace").replace("\ufffd", "?"))
        before = _with_line_feeds(data[: error.start].decode("utf-8-sig"))
        byte = f"0x{data[error.start]:02x}"
        return Source(shown, CONTROL.sub("?", text)), [
            problem("not-utf8", Source(shown, text).place(len(before)), byte=byte)
        ]
    source = Source(shown, text)
    problems = [
        problem("control-character", source.place(found.start()), code=f"{ord(found.group()):04X}")
        for found in islice(CONTROL.finditer(text), MOST)
    ]
    return Source(shown, CONTROL.sub("?", text)) if problems else source, problems


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
