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

TEXT_LIMIT = 2_000_000  # bytes of one source file: twice the text of a novel
MOST = 20  # problems of one kind reported for one file: a file of null bytes would have thousands
# Characters that XML 1.0 (section 2.2), and with it EPUB, cannot contain, and invisible ones.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True)
class Source:
    r"""The text of one file, with ``\n`` line ends, and the place of each offset."""

    path: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def place(self, offset: int = 0, length: int = 1) -> Place:
        """Return the place of `length` characters from `offset`, at most to the end of the line."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        end = self.text.find("\n", start)
        text = self.text[start : end if end >= 0 else len(self.text)]
        column = offset - start + 1
        return Place(self.path, line, column, max(1, min(length, len(text) - column + 1)), text)

    def find(self, wanted: str) -> Place:
        """Return the place of the first `wanted`, literal or as a reference (``&rarr;``, ``&#8594;``).

        Without a match, return that of the first line.
        """
        if (at := self.text.find(wanted)) >= 0:
            return self.place(at, len(wanted))
        for found in re.finditer(r"&#?\w+;?", self.text):
            if wanted in html.unescape(found.group()):
                return self.place(found.start(), len(found.group()))
        return self.place()


def read_source(disk: Disk, path: str, shown: str | None = None) -> tuple[Source, list[Problem]]:
    """Return the text of the file `path` and problems with its bytes; `shown` is its name in messages.

    Bytes that are not UTF-8 and control characters are problems. They are replaced, so that the rest of the
    file can still be checked.
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
        # The replacement is a character that all fonts have, so that it does not cause a second problem.
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
