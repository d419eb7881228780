"""The command: its answers to sources and folders that it cannot use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from handpress.importers.model import Export, Post, Result
from handpress.importers.report import summary
from handpress.importers.run import Imported
from helpers.workspaces import ROOT, Book

PAGE = "<title>One</title><article><h1>One</h1><p>Words of one article.</p></article>"


def test_without_the_extra(empty: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    ran = empty.run("import", "page.html")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "handpress: `import` needs packages that are not installed: mammoth",
        f"  = help: install them with `make -C {ROOT} setup`",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.zip",), "`nothing.zip`: No such file or directory"),
        (("page.html", "--to", "page.html"), "`page.html` is a file"),
        (("export.json",), "`export.json` is not an export that is known"),
        (("ghost.json",), "`ghost.json` is not an export of Ghost"),
    ],
)
def test_what_it_cannot_use(empty: Book, arguments: tuple[str, ...], said: str) -> None:
    empty.write("page.html", PAGE)
    empty.write("export.json", "{}")
    empty.write("ghost.json", '{"db": [], "posts": 1}')
    ran = empty.run("import", *arguments)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"handpress: {said}")
    assert not (empty.root / "sources").exists()


def test_a_folder_of_its_own(empty: Book) -> None:
    """A series whose folder is not in `sources/` has its authors beside it."""
    empty.write(
        "page.html",
        PAGE.replace(
            "</article>",
            '<div class="author-box"><h3>Ada Stone</h3><p>Ada knows.</p></div></article>',
        ),
    )
    assert empty.run("import", "page.html", "--to", "knees").code == 0
    made = sorted(
        p.relative_to(empty.root / "knees").as_posix()
        for p in (empty.root / "knees").rglob("*")
        if p.is_file()
    )
    assert made == [
        ".import.json",
        "01-page.md",
        "authors/ada-stone.md",
        "import-report.html",
        "series.yaml",
    ]
    ran = empty.build("knees", "--only", "web", "--output", "out")
    assert (ran.code, ran.err) == (0, "")


def test_new_articles_get_the_next_numbers(empty: Book) -> None:
    empty.write("pages/b.html", PAGE)
    empty.run("import", "pages", "--to", "sources/x")
    empty.write("pages/a.html", PAGE.replace("One", "Zero"))
    empty.run("import", "pages", "--to", "sources/x")
    names = sorted(p.name for p in (empty.root / "sources/x").glob("*.md"))
    assert names == ["01-b.md", "02-a.md"]


def test_a_damaged_record_is_not_guessed(empty: Book) -> None:
    empty.write("page.html", PAGE)
    empty.write("sources/x/.import.json", "{")
    ran = empty.run("import", "page.html", "--to", "sources/x")
    assert (ran.code, "`sources/x/.import.json` is damaged" in ran.err) == (2, True)


def test_an_address_is_not_loaded(empty: Book) -> None:
    ran = empty.run("import", "https://example.org/blog")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "handpress: an import reads files, not the web",
    )


def test_a_second_source_leaves_the_settings_of_the_series(empty: Book) -> None:
    empty.write("one.html", PAGE)
    empty.write("two.html", PAGE.replace("One", "Two"))
    empty.run("import", "one.html", "--to", "sources/x")
    settings = empty.read("sources/x/series.yaml")
    empty.run("import", "two.html", "--to", "sources/x")
    assert empty.read("sources/x/series.yaml") == settings
    assert "title: One\n" in settings


def test_ends_of_lines_are_not_changes(empty: Book) -> None:
    empty.write("page.html", PAGE)
    empty.run("import", "page.html", "--to", "sources/x")
    file = "sources/x/01-page.md"
    empty.write(file, (empty.root / file).read_bytes().replace(b"\n", b"\r\n"))
    empty.write("page.html", PAGE.replace("of one", "of any"))
    ran = empty.run("import", "page.html", "--to", "sources/x")
    assert f"updated {file}" in ran.said
    assert (empty.root / file).read_bytes().endswith(b"Words of any article.\r\n")


def test_the_report_counts_differences_and_folds_many_articles(empty: Book) -> None:
    for n in range(12):
        odd = '<p><font color="red">Red.</font></p>' if n == 3 else ""
        text = f"<p>Words of article {n}, enough for one.</p>{odd}"
        empty.write(
            f"pages/{n:02}.html", f"<title>No {n}</title><article><h1>No {n}</h1>{text}</article>"
        )
    empty.run("import", "pages", "--to", "sources/x")
    report = empty.read("import-report.html")
    row = "<td>colour, size or alignment in 1 place</td><td>1</td>"
    assert f'{row}<td><a href="#a4">No 3</a></td>' in report
    assert '<a href="#a4">No 3</a> <b>1 difference</b>' in report
    assert report.count("<details>") == 12
    assert "<details open>" not in report
    empty.run("import", "pages/03.html", "--to", "sources/y")
    assert "<details open>" in empty.read("import-report.html")


def test_nearly_all_words_are_not_all() -> None:
    post = Post("a", "a", "A", "")
    one = Imported(
        Export("x", (post,)),
        Path(),
        "",
        (Result(post, "", words=20_000, kept=19_999),),
        (),
        {},
        0,
        (),
    )
    assert summary(one) == "x: 1 article, 99.9% of 20000 words, 0 pictures, 0 links, 0 differences"
