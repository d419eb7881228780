"""Levels: a series decides how severe a message is, and `--strict` makes each one an error."""

from __future__ import annotations

import pytest

from handpress.build.kinds import ALL_KINDS
from handpress.build.load import load
from handpress.core.files.workspace import find
from helpers.workspaces import Book

UNDESCRIBED = "\n![](images/tide.svg)\n"
SMALL = "p { font-size: 5pt }"


def with_levels(book: Book, *levels: str) -> None:
    rows = "".join(f"  {level}\n" for level in levels)
    book.write(
        "sources/moon/series.yaml", book.read("sources/moon/series.yaml") + "levels:\n" + rows
    )


def undescribed(book: Book) -> None:
    book.write("sources/moon/02-spring.md", book.read("sources/moon/02-spring.md") + UNDESCRIBED)


def test_a_warning_is_published_and_shown(book: Book) -> None:
    undescribed(book)
    ran = book.build("--only", "epub")
    assert ran.code == 0
    assert "warning: missing alternative text" in ran.err
    assert (book.output / "moon/moon.epub").exists()


@pytest.mark.parametrize(
    ("level", "code", "said"),
    [("error", 1, "missing alternative text [missing-alt]"), ("off", 0, "")],
)
def test_a_series_sets_the_level_of_a_code(book: Book, level: str, code: int, said: str) -> None:
    undescribed(book)
    with_levels(book, f"missing-alt: {level}")
    ran = book.run("check")
    assert ran.code == code
    assert (said in ran.err) if said else (ran.err == "")
    assert "warning" not in ran.err


def test_strict_makes_each_warning_an_error(book: Book) -> None:
    """The series is not published, and an earlier file stays as it is."""
    undescribed(book)
    assert book.build("--only", "epub").code == 0
    before = book.files()
    ran = book.build("--only", "epub", "--strict")
    assert ran.code == 1
    assert "warning" not in ran.err
    assert "1 error in 1 file" in ran.err
    assert book.files() == before
    assert book.run("check", "--strict").code == 1
    assert book.run("check").code == 0


def test_off_is_off_in_a_strict_build_too(book: Book) -> None:
    """The author has decided it."""
    undescribed(book)
    with_levels(book, "missing-alt: off")
    assert book.run("check", "--strict").code == 0


def test_an_unknown_code_is_shown_with_a_guess(book: Book) -> None:
    with_levels(book, "mising-alt: off")
    ran = book.run("check")
    assert "no message has the code `mising-alt`" in ran.err
    assert "did you mean `missing-alt`?" in ran.err
    assert book.place("sources/moon/series.yaml", "mising-alt") in ran.err


@pytest.mark.parametrize("level", ["warning", "off"])
def test_a_code_without_a_fallback_stays_an_error(book: Book, level: str) -> None:
    with_levels(book, f"empty-article: {level}", f"clipped: {level}")
    ran = book.run("check")
    assert "`clipped` is always an error" in ran.err


def test_a_finding_of_the_preflight_has_the_level_of_its_series(book: Book) -> None:
    """Neither a file nor a piece of a book is written with an error, and both are with a warning."""
    book.write("layouts/theme.css", SMALL)
    ran = book.build()
    assert ran.code == 1
    assert "failed handouts/spring.pdf  text is too small" in ran.out
    assert not (book.output / "moon/handouts/spring.pdf").exists()
    assert not (book.output / "moon/moon.pdf").exists()
    with_levels(book, "small-text: warning")
    ran = book.build()
    assert ran.code == 0
    assert "warning: text is too small" in ran.err
    assert (book.output / "moon/handouts/spring.pdf").exists()
    assert (book.output / "moon/moon.pdf").exists()
    (book.output / "moon/moon.pdf").unlink()
    ran = book.build("--strict")
    assert ran.code == 1
    assert not (book.output / "moon/moon.pdf").exists()  # not even from its stored pieces
    assert (book.output / "moon/handouts/spring.pdf").exists()


def test_each_series_has_its_own_levels(book: Book) -> None:
    undescribed(book)
    with_levels(book, "missing-alt: error")
    for name in ("01-ebb.md", "02-flow.md"):
        book.write(f"sources/sea/{name}", "# Tide\n\n![](tide.svg)\n")
    book.write("sources/sea/tide.svg", book.read("sources/moon/images/tide.svg"))
    workspace = find(book.root)
    assert workspace is not None
    loaded = load(workspace)
    assert loaded.failed == ("moon",)
    severities = {
        p.place.path.split("/")[1]: p.severity for p in loaded.problems if p.code == "missing-alt"
    }
    assert severities == {"moon": "error", "sea": "warning"}


def test_no_warning_is_without_a_fallback() -> None:
    assert all(kind.lowers for kind in ALL_KINDS.values() if kind.severity == "warning")
