"""Source texts: the text of a file with its lines, and the place of each character."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from functools import cached_property

from msgspec import Struct

from handpress.core.files.decoding import decode
from handpress.core.files.disk import Disk, why_unread
from handpress.core.problems.problem import Place, Problem, problem

TEXT_LIMIT = 2_000_000  # bytes of one source file: twice the text of a novel
MOST = 20  # problems of one kind reported for one file: a file of null bytes would have thousands
# Characters that XML 1.0 (section 2.2), and with it EPUB, cannot contain, and invisible ones.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Copied(Struct, frozen=True):
    """A piece of a text that was put together: where it begins, and its offset and length in the file itself.

    The length is 0 for a piece of another file, which has the place of the command that includes it.
    """

    start: int
    offset: int
    length: int


class Source(Struct, frozen=True, dict=True):
    r"""The text of one file, with ``\n`` line ends, and the place of each offset.

    If it includes other files, `written` is the text of the file itself, and `copied` are the pieces of `text`.
    """

    path: str
    text: str
    written: str = ""
    copied: tuple[Copied, ...] = ()

    @property
    def alone(self) -> Source:
        """The text of the file itself, without those that it includes."""
        return Source(self.path, self.written) if self.copied else self

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def line_at(self, offset: int) -> int:
        """Return the number of the line with the character at `offset`. The first line is 0."""
        return bisect_right(self.starts, offset) - 1

    def place(self, offset: int = 0, length: int = 1) -> Place:
        """Return the place of `length` characters from `offset`, at most to the end of the line."""
        if self.copied:
            piece = self.copied[bisect_right(self.copied, offset, key=lambda c: c.start) - 1]
            if not piece.length:
                return self.alone.place(piece.offset, len(self.written))
            return self.alone.place(piece.offset + offset - piece.start, length)
        offset = max(0, min(offset, len(self.text)))
        line = self.line_at(offset)
        text = self.lines[line]
        column = offset - self.starts[line] + 1
        return Place(self.path, line + 1, column, max(1, min(length, len(text) - column + 1)), text)

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


def read_source(
    disk: Disk, path: str, shown: str | None = None, data: bytes | None = None
) -> tuple[Source, list[Problem]]:
    """Return the text of the file `path` and problems with its bytes; `shown` is its name in messages.

    `data` are its bytes, if they were read already.

    Bytes that are not UTF-8 and control characters are problems. The rest of the file can still be checked.
    """
    shown = shown or path
    try:
        data = disk.read(path) if data is None else data
    except OSError as error:
        reason = why_unread(disk, path, error)
        return Source(shown, ""), [problem("unreadable-file", Place(shown), reason=reason)]
    if len(data) > TEXT_LIMIT:
        size, limit = f"{len(data) / 1e6:.1f} MB", f"{TEXT_LIMIT / 1e6:.0f} MB"
        return Source(shown, ""), [problem("too-large", Place(shown), size=size, limit=limit)]
    decoded = decode(data)
    source = Source(shown, _with_line_feeds(decoded.text))
    problems = []
    if decoded.at is not None:
        place = source.place(len(_with_line_feeds(decoded.text[: decoded.at])))
        facts = {"byte": f"0x{decoded.byte:02x}", "encoding": decoded.encoding}
        problems.append(problem("old-encoding" if decoded.encoding else "not-utf8", place, **facts))
    controls = list(CONTROL.finditer(source.text))
    if len(controls) > max(MOST, len(source.text) // 10):
        place, byte = source.place(controls[0].start()), f"0x{ord(controls[0].group()):02x}"
        return Source(shown, ""), [problem("not-utf8", place, byte=byte)]
    problems += [
        problem("control-character", source.place(found.start()), code=f"{ord(found.group()):04X}")
        for found in controls[:MOST]
    ]
    return Source(shown, without_controls(source.text)) if controls else source, problems


def without_controls(text: str) -> str:
    """Return `text` without control characters: a space for a page break, a quotation mark for a misread one."""
    return CONTROL.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    """Return the meaning of a control character, which may be none.

    Those from U+0080 are Windows-1252 that was read as Latin-1, as browsers know
    (HTML, section 13.2.5.80, numeric character references).
    """
    if found[0] in "\x0b\x0c":
        return " "
    if "\x80" <= found[0] <= "\x9f":
        return found[0].encode("latin-1").decode("cp1252", errors="ignore")
    return ""


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
