"""Problems: every code of `handpress.build.kinds.ALL_KINDS` has a folder in `cases/` that shows it.

A case is what differs from the small, sound workspace `cases/_model`, and `expected.txt` is the whole of
what `handpress check` says then, or the command
of `helpers.cases.COMMANDS`; `fix.diff` is what makes it silent. ``pytest --rewrite`` writes those files again: read the changes in them.
"""

from __future__ import annotations

import re
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from handpress.build.kinds import ALL_KINDS
from handpress.core.files.disk import FILE_LIMIT
from handpress.core.files.source import TEXT_LIMIT
from handpress.press import pool
from handpress.series import parse
from helpers.cases import COMMANDS, EXPECTED, FIX, apply, command
from helpers.editions import commit, git
from helpers.workspaces import CASES, ROOT, Book

HOME = "/home/ada/tides"  # the workspace in a message that has the whole path
OF_THE_TEST = shutil.ignore_patterns(EXPECTED, FIX)


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
    """A file over the size limit that takes no space on the disk, because it has a hole."""
    with (root / "sources/moon/02-spring.md").open("r+b") as file:
        file.truncate(FILE_LIMIT + 1)


def brackets(root: Path) -> None:
    with (root / "sources/moon/02-spring.md").open("a") as file:
        file.write("\n" + "![a " * 20_000 + "](\n")


def repeated_words(root: Path) -> None:
    """An abbreviation whose long form is set beside each of its thousand uses: more than a gigabyte."""
    with (root / "sources/moon/02-spring.md").open("a") as file:
        file.write("\nTIDE" + " TIDE" * 1_000 + "\n\n*[TIDE]: " + "high water " * 120_000 + "\n")


def long_name(root: Path) -> None:
    file = root / "sources/moon" / f"03-{'tides-' * 41}.md"
    file.write_text("# Tides\n\nThere are many.\n")


def vast_layout(root: Path) -> None:
    """A skeleton of the book with 1,000 boxes in each other, more than a page can be laid out with on that machine."""
    own = (ROOT / "layouts/book.html").read_text(encoding="utf-8")
    deep = "<div>" * 1_000 + "deep" + "</div>" * 1_000
    (root / "layouts").mkdir()
    (root / "layouts/book.html").write_text(own.replace("</body>", deep + "</body>"))


def file_in_the_way(root: Path) -> None:
    (root / "output/.handpress").mkdir(parents=True)  # the folder is ours
    (root / "output/moon/handouts").mkdir(parents=True)
    (root / "output/moon/handouts/spring.pdf").write_text("my own notes")


def folder_outside(root: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / "output/.handpress").mkdir(parents=True)
    (root / "output/moon").mkdir()
    (root / "output/moon/handouts").symlink_to(root / "elsewhere")


def cut_manifest(root: Path) -> None:
    (root / "output").mkdir()
    (root / "output/manifest.json").write_text('{"artefacts": {"moon/moon.pdf": {')


def committed(root: Path) -> None:
    """A release is made of what git has."""
    git(root, "init", "-q", "-b", "main")
    commit(root, "Write")


# Files that cannot be stored as text are made here.
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
    "press-limit": vast_layout,
    "foreign-file": file_in_the_way,
    "outside-folder": folder_outside,
    "damaged-record": cut_manifest,
    "invalid-pdf": committed,
}


def without_ace(patch: pytest.MonkeyPatch, root: Path) -> None:
    """A machine with Java on its path, and nothing else."""
    java = shutil.which("java")
    assert java is not None
    (root.parent / "bin").mkdir()
    (root.parent / "bin/java").symlink_to(java)
    patch.setenv("PATH", str(root.parent / "bin"))


# The machine on which a case is shown.
MACHINES: dict[str, Callable[[pytest.MonkeyPatch, Path], object]] = {
    "too-slow": lambda patch, _: patch.setattr(parse, "SECONDS", 1),  # without waiting for twenty
    "too-much": lambda patch, _: patch.setattr(parse, "MEMORY", 1_000_000_000),
    "press-limit": lambda patch, _: patch.setattr(pool, "RECURSION", 2_000),
    "dead-link": lambda patch, root: patch.setenv("XDG_CACHE_HOME", str(root.parent / "cache")),
    **dict.fromkeys(("invalid-ebook", "doubtful-ebook", "missing-validator"), without_ace),
}


Prepare = Callable[..., Book]


@pytest.fixture
def prepared(book: Book, monkeypatch: pytest.MonkeyPatch) -> Prepare:
    """Return a maker of the workspace of a code, or of that with its fix."""

    def prepare(code: str, *, fixed: bool = False) -> Book:
        shutil.copytree(CASES / code, book.root, dirs_exist_ok=True, ignore=OF_THE_TEST)
        if fixed:
            apply((CASES / code / FIX).read_text(encoding="utf-8"), book.root)
        if code in MADE:
            MADE[code](book.root)
        if code in MACHINES:
            MACHINES[code](monkeypatch, book.root)
            book.press = None  # whose workers are of another machine
        return book

    return prepare


CODES = sorted(ALL_KINDS)


def test_the_model_is_sound(book: Book) -> None:
    """The workspace from which each case differs has no problem itself."""
    ran = book.run("check")
    assert (ran.code, ran.out, ran.err) == (0, "no problems in 2 articles\n", "")


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    """No code goes unshown, and no case outlives its code."""
    assert sorted(p.name for p in CASES.iterdir() if p.name != "_model") == CODES


@pytest.mark.parametrize("code", CODES)
def test_case(code: str, prepared: Prepare, pytestconfig: pytest.Config) -> None:
    """Its command says exactly what `expected.txt` says, names the code, and fails only for an error."""
    case = prepared(code)
    ran = case.run(*command(code).split())
    said = ran.err.replace(str(case.root), HOME)
    expected = CASES / code / EXPECTED
    if pytestconfig.getoption("rewrite"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert f"[{code}]" in said
    (counted,) = re.findall(r"^\d+ .* in \d+ files?(?:, .*)?$", said, re.M)
    assert (ran.code != 0) == ("error" in counted)
    assert ALL_KINDS[code].severity in counted
    if code not in COMMANDS:
        assert ran.out == ""


@pytest.mark.parametrize("code", CODES)
def test_a_case_shows_its_code_and_no_other(code: str) -> None:
    """One mistake, one message: a case that gave a second code would hide that one follows another."""
    said = (CASES / code / EXPECTED).read_text(encoding="utf-8").splitlines()
    codes = {line.rpartition("[")[2] for line in said if line.endswith("]") and ".md:" in line}
    assert codes <= {f"{code}]"}


@pytest.mark.parametrize("code", sorted(file.parent.name for file in CASES.glob(f"*/{FIX}")))
def test_its_fix(code: str, prepared: Prepare) -> None:
    """With the change that the page of the message shows, the command has nothing to say."""
    ran = prepared(code, fixed=True).run(*command(code).split())
    said = set(re.findall(r"\[([a-z-]+)\]", ran.err)) - {"missing-validator"}
    assert (ran.code, said) == (0, set()), ran.err
