"""Linked files: a document beside the articles, in each medium."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.build.load import compose_layout
from handpress.core.files.disk import Disk, Outside
from handpress.core.files.workspace import find
from handpress.core.media import TABLE
from handpress.layout.design import Design
from handpress.series.article import Target
from handpress.series.assemble import assemble
from handpress.series.links.linked_files import is_offered, linked_files
from helpers.workspaces import Book

SITE = "site: https://tides.example/\n"
PDF = b"%PDF-1.7\n%%EOF\n"


def spring(book: Book, text: str, site: str = SITE) -> None:
    book.write("sources/moon/forms/Pain diary.PDF", PDF)
    book.write("sources/moon/02-spring.md", f"# Spring\n\n## When it comes\n\n{text}\n")
    book.edit("sources/moon/series.yaml", SITE, site)


def bodies(book: Book) -> tuple[dict[str, str], list[str]]:
    """The body of the second article in each medium, and the codes of all problems."""
    workspace = find(book.root)
    assert workspace
    series, problems = assemble(workspace, "sources/moon")
    layout, more = compose_layout(Design(workspace), series)
    shown = {
        name: next(d.body for d in layout.documents(medium) if d.name == "spring")
        for name, medium in TABLE.items()
    }
    return shown, [p.code for p in (*problems, *more)]


@pytest.mark.parametrize("address", ["forms/Pain%20diary.PDF", "Pain diary.PDF#page=2", "./forms/pain%20diary.pdf"])  # fmt: skip
def test_web_pages_link_to_a_copy(book: Book, address: str) -> None:
    spring(book, f"Fill in [the diary](<{address}>).")
    shown, problems = bodies(book)
    assert '<a href="../files/pain-diary.pdf">the diary</a>' in shown["web"]
    for medium in ("handout", "book", "epub"):
        there = '<a href="https://tides.example/files/pain-diary.pdf">the diary</a>'
        assert there in shown[medium], medium
    assert problems == []


def test_without_an_address_paper_and_ebook_keep_the_words(book: Book) -> None:
    spring(book, "Fill in [the diary](forms/Pain%20diary.PDF).", "")
    shown, problems = bodies(book)
    assert "../files/pain-diary.pdf" in shown["web"]
    assert all("Fill in the diary." in shown[m] for m in ("handout", "book", "epub"))
    assert set(problems) == {"unreachable-file"}


def test_the_copy_is_published_as_it_is(book: Book) -> None:
    spring(book, "[](forms/Pain%20diary.PDF)")
    ran = book.build("--only", "web")
    assert (ran.code, ran.err) == (0, "")
    assert (book.output / "moon/files/pain-diary.pdf").read_bytes() == PDF
    assert ">Pain diary</a>" in book.read("output/moon/articles/spring.html")
    book.write("sources/moon/forms/Pain diary.PDF", PDF + b"\n")
    assert "made files/pain-diary.pdf  file changed" in book.build("--only", "web").out
    book.write("sources/moon/02-spring.md", "# Spring\n\n## When it comes\n\nWords.\n")
    assert book.build("--jobs", "1").code == 0
    assert not (book.output / "moon/files/pain-diary.pdf").exists()


def test_names_are_safe_and_stable(tmp_path: Path) -> None:
    paths = ["a/Form 1.pdf", "b/form-1.pdf", "c/данные.csv", "d/.pdf.pdf"]
    for path in paths:
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_bytes(PDF)
    disk = Disk(tmp_path)
    found = linked_files(disk, [[Target("", file=path), None, Target("x")] for path in paths])
    names = [found[path].name for path in paths]
    assert len(set(names)) == 4
    assert all(name.isascii() and name.strip(".") and "/" not in name for name in names)
    assert names[0].startswith("form-1-")
    alone = linked_files(disk, [[Target("", file=paths[0])]])
    assert alone[paths[0]].name == "form-1.pdf"


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "run.exe", "script.js", "no-ending"])
def test_what_may_run_is_not_copied(book: Book, name: str) -> None:
    book.write(f"sources/moon/{name}", b"x")
    spring(book, f"[words]({name})")
    shown, problems = bodies(book)
    assert "words" in shown["web"]
    assert "files/" not in shown["web"]
    assert problems == ["unpublished-file"]


def test_what_is_outside_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.pdf").write_bytes(PDF)
    (tmp_path / "in/link.pdf").symlink_to(tmp_path / "out.pdf")
    with pytest.raises(Outside):
        is_offered(Disk(tmp_path / "in"), "link.pdf")
