"""Warnings that an artefact carries: in the output of a build, in `list` and in the manifest."""

from __future__ import annotations

import json
import re

import pytest

from helpers.workspaces import Book, Ran

PACKS = "title: Moon\npacks:\n  first: [neap]\n  both: [neap, spring]\n"
UNDESCRIBED = "\n![](images/tide.svg)\n"


def counts(book: Book) -> dict[str, int]:
    """The number of warnings of each artefact in the manifest that has any."""
    artefacts = json.loads(book.read("output/manifest.json"))["artefacts"]
    return {path: entry["warnings"] for path, entry in artefacts.items() if "warnings" in entry}


def printed(ran: Ran) -> dict[str, int]:
    lines = (re.match(r"made (\S+)  .*?(\d+) warnings?\b", line) for line in ran.said)
    return {found[1]: int(found[2]) for found in lines if found}


def add(book: Book, path: str, text: str) -> None:
    book.write(path, book.read(path) + text)


def test_a_sound_series_has_no_number(book: Book) -> None:
    """And its manifest is as it was before there were any numbers."""
    book.build("--only", "handout")
    assert "warnings" not in book.read("output/manifest.json")


def test_each_artefact_carries_what_it_is_made_of(book: Book) -> None:
    """An article's warnings are those of its own files and of all that contain it; settings belong to all."""
    book.write("sources/moon/series.yaml", PACKS)
    add(book, "sources/moon/02-spring.md", UNDESCRIBED + UNDESCRIBED)
    ran = book.build("--booklet")
    assert counts(book) == {
        "moon/articles/spring.html": 2,
        "moon/booklets/moon.pdf": 2,
        "moon/booklets/packs/both.pdf": 2,
        "moon/handouts/spring.pdf": 2,
        "moon/moon.epub": 2,
        "moon/moon.pdf": 2,
        "moon/packs/both.pdf": 2,
    }
    assert printed(ran) == {path.removeprefix("moon/"): n for path, n in counts(book).items()}
    book.write("sources/moon/series.yaml", PACKS + "colour: blue\n")
    book.build("--booklet")
    after = counts(book)
    assert (after["moon/handouts/spring.pdf"], after["moon/packs/both.pdf"]) == (3, 3)
    assert (after["moon/handouts/neap.pdf"], after["moon/packs/first.pdf"]) == (1, 1)
    assert "moon/cover.png" not in after


def test_the_warnings_of_a_draft_belong_to_no_file(book: Book) -> None:
    book.write("sources/moon/03-ebb.md", f"---\ndraft: true\n---\n\n# Ebb\n{UNDESCRIBED}")
    ran = book.build("--only", "epub")
    assert "missing-alt" in ran.err
    assert counts(book) == {}


def test_a_fresh_artefact_keeps_its_number_right(book: Book) -> None:
    """Also if only the number changes: its bytes stay, and it is not made again."""
    add(book, "sources/moon/02-spring.md", UNDESCRIBED)
    book.build()
    before = book.files()
    add(book, "sources/moon/02-spring.md", "\n*[ebb]: Low water.\n\n[^x]: Unused.\n")
    ran = book.build()
    assert "moon/handouts/spring.pdf" not in ran.made
    assert counts(book)["moon/handouts/spring.pdf"] == 2
    assert book.files()["moon/handouts/spring.pdf"] == before["moon/handouts/spring.pdf"]
    listed = next(line for line in book.run("list").said if "handouts/spring.pdf" in line)
    assert "2 warnings" in listed


def test_the_findings_of_its_pages_count(book: Book) -> None:
    """Those of the pieces are the book's, also when it is bound again from stored ones."""
    add(book, "sources/moon/series.yaml", "levels:\n  small-text: warning\n")
    book.write("layouts/theme.css", "p { font-size: 5pt }")
    book.build("--only", "handout", "--only", "book")
    found = counts(book)
    assert found["moon/handouts/spring.pdf"] > 0
    assert found["moon/moon.pdf"] > found["moon/handouts/spring.pdf"]
    (book.output / "moon/moon.pdf").unlink()
    book.build("--only", "book")
    assert counts(book)["moon/moon.pdf"] == found["moon/moon.pdf"]


@pytest.mark.parametrize("form", ["human", "short", "json"])
def test_a_build_with_nothing_to_do_repeats_the_warnings(book: Book, form: str) -> None:
    """From its record, without reading the articles again."""
    add(book, "sources/moon/02-spring.md", UNDESCRIBED + "\n![A](no.png)\n")
    book.build("--message-format", form)
    (book.output / ".handpress/seen.json").rename(book.output / ".handpress/kept")
    whole = book.build("--message-format", form)
    (book.output / ".handpress/kept").replace(book.output / ".handpress/seen.json")
    quick = book.build("--message-format", form)
    assert quick == whole
    assert "missing-picture" in quick.err + quick.out


def test_an_error_is_looked_for_again(book: Book) -> None:
    book.build("--only", "epub")
    (book.output / ".handpress/seen.json").unlink()
    add(book, "sources/moon/series.yaml", "levels:\n  missing-alt: error\n")
    add(book, "sources/moon/02-spring.md", UNDESCRIBED)
    assert book.build("--only", "epub").code == 1
    assert not (book.output / ".handpress/seen.json").exists()
    assert book.build("--only", "epub").code == 1
