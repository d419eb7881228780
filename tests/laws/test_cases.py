"""Problems: every code of `handpress.build.kinds.ALL_KINDS` has a folder in `cases/` that shows it.

A case is what differs from the small, sound workspace `cases/_model`, and `expected.txt` is the whole of
what `handpress check` says then. ``pytest --rewrite`` writes those files anew: read what changed in them.
"""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from handpress.build.kinds import ALL_KINDS
from handpress.core.files.disk import FILE_LIMIT
from handpress.core.files.source import TEXT_LIMIT
from handpress.series import parse
from helpers.cases import OF_THE_PRESS
from helpers.workspaces import CASES, Book


def vast_picture(root: Path) -> None:
    """A PNG whose header says 20,000 by 20,000 pixels: a kilobyte of file, a gigabyte of memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b""))
    (root / "sources/moon/images/tide.svg").write_bytes(data + chunk(b"IEND", b""))


def long_article(root: Path) -> None:
    with (root / "sources/moon/02-spring.md").open("a") as file:
        file.write("The sea comes in.\n" * (TEXT_LIMIT // 18 + 1))


def greek(root: Path) -> None:
    with (root / "sources/moon/02-spring.md").open("ab") as file:
        file.write("\nΗ θάλασσα έρχεται.\n".encode("iso-8859-7"))


def latin_1(root: Path) -> None:
    with (root / "sources/moon/02-spring.md").open("ab") as file:
        file.write("\nThe flood of São Vicente.\n".encode("latin-1"))


def form_feed(root: Path) -> None:
    with (root / "sources/moon/02-spring.md").open("a") as file:
        file.write("\nThe sea\x0ccomes in.\n")


def vast_file(root: Path) -> None:
    """Larger than any file that is read; it takes no room, for it has a hole in it."""
    with (root / "sources/moon/02-spring.md").open("r+b") as file:
        file.truncate(FILE_LIMIT + 1)


def brackets(root: Path) -> None:
    with (root / "sources/moon/02-spring.md").open("a") as file:
        file.write("\n" + "![" * 20_000 + "\n")


def repeated_words(root: Path) -> None:
    """An abbreviation whose long form is set beside each of its thousand uses: more than a gigabyte."""
    with (root / "sources/moon/02-spring.md").open("a") as file:
        file.write("\nTIDE" + " TIDE" * 1_000 + "\n\n*[TIDE]: " + "high water " * 120_000 + "\n")


def long_name(root: Path) -> None:
    file = root / "sources/moon" / f"03-{'tides-' * 41}.md"
    file.write_text("# Tides\n\nThere are many.\n")


# What no folder of text files can hold is made on the spot.
MADE: dict[str, Callable[[Path], None]] = {
    "huge-picture": vast_picture,
    "too-large": long_article,
    "not-utf8": greek,
    "old-encoding": latin_1,
    "control-character": form_feed,
    "unreadable-file": vast_file,
    "too-slow": brackets,
    "too-much": repeated_words,
    "long-name": long_name,
}


def checked(code: str, book: Book) -> tuple[int, str]:
    """What `check` says of the case `code`."""
    shutil.copytree(CASES / code, book.root, dirs_exist_ok=True)
    (book.root / "expected.txt").unlink(missing_ok=True)
    if code in MADE:
        MADE[code](book.root)
    ran = book.run("check")
    assert ran.out == ""
    return ran.code, ran.err


CODES = sorted(set(ALL_KINDS) - set(OF_THE_PRESS))


def test_the_model_is_sound(book: Book) -> None:
    """What each case differs from has no problem itself."""
    ran = book.run("check")
    assert (ran.code, ran.out, ran.err) == (0, "no problems in 2 articles\n", "")


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    """No code goes unshown, and no case outlives its code."""
    assert sorted(p.name for p in CASES.iterdir() if p.name != "_model") == CODES


@pytest.mark.parametrize("code", CODES)
def test_case(
    code: str, book: Book, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """`check` says exactly what `expected.txt` says, names the code, and ends with 1 only for an error."""
    if code == "too-slow":  # without waiting for twenty seconds
        monkeypatch.setattr(parse, "SECONDS", 1)
    if code == "too-much":
        monkeypatch.setattr(parse, "MEMORY", 1_000_000_000)
    exit_code, said = checked(code, book)
    expected = CASES / code / "expected.txt"
    if pytestconfig.getoption("rewrite"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert f"[{code}]\n" in said
    assert exit_code == (1 if "error" in said.splitlines()[-1] else 0)
    assert ALL_KINDS[code].severity in said.splitlines()[-1]


@pytest.mark.parametrize("code", CODES)
def test_a_case_shows_its_code_and_no_other(code: str) -> None:
    """One mistake, one message: a case that gave a second code would hide that one follows another."""
    said = (CASES / code / "expected.txt").read_text(encoding="utf-8").splitlines()
    codes = {line.rpartition("[")[2] for line in said if line.endswith("]") and ".md:" in line}
    assert codes <= {f"{code}]"}
