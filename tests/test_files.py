"""Files: whatever lies where a source is looked for is read, or told of; its name hurts nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Book

MOON = "sources/moon"


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.md")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def outside(path: Path) -> None:
    path.symlink_to(Path(__file__))


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


OTHERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "dangling": (dangling, "it is a link to a file that is not there"),
    "circle": (circle, "it is a link that leads back to itself"),
    "outside": (outside, "it is a link that leads out of the workspace"),
    "device": (device, "it is a link that leads out of the workspace"),
    "pipe": (os.mkfifo, "it is a pipe, not a file"),
    "folder": (Path.mkdir, "it is a folder, not a file"),
}


@pytest.mark.parametrize(
    "path",
    [
        f"{MOON}/03-ebb.md",
        f"{MOON}/series.yaml",
        "sources/practice.yaml",
        "practice.yaml",
        "sources/authors/ada-stone.md",
    ],
)
@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_plain_file_is_told_of_at_its_path(book: Book, path: str, kind: str) -> None:
    make, reason = OTHERS[kind]
    (book.root / path).unlink(missing_ok=True)
    make(book.root / path)
    ran = book.run("check", "--message-format", "short")
    assert ran.code == 1
    assert f"{path}:1:1: file cannot be read [unreadable-file]: {reason};" in ran.err
    assert ran.err.splitlines()[-1] == "1 error in 1 file"


def test_a_series_of_nothing_but_a_broken_link_is_told_of(empty: Book) -> None:
    (empty.root / "01-knee.md").symlink_to("nowhere.md")
    ran = empty.run("check", "--message-format", "short")
    assert ran.code == 1
    assert ran.err.startswith("01-knee.md:1:1: file cannot be read [unreadable-file]: ")


def test_a_link_that_breaks_after_a_build_is_noticed(built: Book) -> None:
    (built.root / "practice.yaml").symlink_to("nowhere.yaml")
    assert built.build().code == 1
    (built.root / "practice.yaml").unlink()
    assert built.build().code == 0
