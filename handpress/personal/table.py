"""Tables of clients: a CSV file, also as Excel writes it, read row by row in constant memory."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from msgspec import Struct

from handpress.core.reason import Refused
from handpress.personal.columns import folded

LARGEST = 20_000_000  # bytes of a file: several thousand clients with long notes
SEPARATORS = (",", ";", "\t", "|")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
STEP = 1 << 16  # bytes
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # the first bytes of .xlsx, .ods and .xls


class Unreadable(Refused):
    """A file that is not a table of clients, with the reason."""


class Row(Struct, frozen=True):
    """A row: its number among the clients, its first line in the file, and its cells."""

    number: int
    line: int
    cells: tuple[str, ...]


class Table(Struct, frozen=True):
    """A CSV file with its encoding and separator; `skipped` lines are before the headings."""

    path: Path
    encoding: str
    separator: str
    skipped: int
    headings: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have a text. Raises :class:`Unreadable`."""
        number = 0
        for line, cells in _read(self.path, self.encoding, self.separator, self.skipped):
            if line > self.skipped + 1 and any(cell.strip() for cell in cells):
                number += 1
                yield Row(number, line, tuple(cell.strip() for cell in cells))


def open_table(path: Path, known: Set[str]) -> Table:
    """Return the table in a file, whose separator gives the most of the `known` headings.

    Raises :class:`Unreadable`.
    """
    if path.stat().st_size > LARGEST:
        raise Unreadable("it is larger than {size} MB", size=LARGEST // 1_000_000)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(STEP).strip("\r\n")
    skipped = 0
    separators: Sequence[str] = SEPARATORS
    if first.casefold().startswith("sep=") and len(first) == 5:  # for Excel
        skipped, separators = 1, (first[-1],)
    found = []
    for separator in separators:
        _, cells = next(_read(path, encoding, separator, skipped), (0, []))
        headings = tuple(cell.strip() for cell in cells)
        matches = sum(folded(heading) in known for heading in headings)
        found.append((matches, len(headings), separator, headings))
    _, _, separator, headings = max(found, key=lambda one: one[:2])
    while headings and not headings[-1]:  # Excel keeps empty columns
        headings = headings[:-1]
    if not headings:
        raise Unreadable("it has no headings")
    return Table(path, encoding, separator, skipped, headings)


def _encoding(path: Path) -> str:
    """Return the encoding of a file: by its mark, otherwise UTF-8, otherwise that of Windows."""
    with path.open("rb") as file:
        start = file.read(4)
        if start in WORKBOOKS:
            raise Unreadable(
                "it is a workbook of Excel or another program: there, choose Save As and “CSV UTF-8”"
            )
        for mark, name in MARKS:
            if start.startswith(mark):
                return name
        file.seek(0)
        for encoding in ("utf-8", "cp1252"):
            decoder = codecs.getincrementaldecoder(encoding)()
            file.seek(0)
            try:
                while data := file.read(STEP):
                    decoder.decode(data)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise Unreadable("its encoding is neither UTF-8 nor Windows-1252")


# Words in the errors of Python's reader, and the same errors in words about the table.
REASONS = (
    ("unexpected end", "a cell has a quotation mark at its beginning and none at its end"),
    (
        "expected after",
        "a cell goes on after its quotation mark; one within a cell is written twice",
    ),
    ("field larger", "a cell has more than 131,072 characters"),
)


def _read(
    path: Path, encoding: str, separator: str, skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the cells of each row, the headings first."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            for _ in range(skipped):
                file.readline()
            reader = csv.reader(file, delimiter=separator, strict=True)
            before = 0
            for cells in reader:
                yield skipped + before + 1, cells
                before = reader.line_num
    except UnicodeError:
        raise Unreadable("its encoding is damaged") from None
    except csv.Error as error:
        read = str(error)
        raise Unreadable(next((ours for words, ours in REASONS if words in read), read)) from None


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as Excel opens it in every language: UTF-8 with its mark, and quotation marks where needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()
