"""``personalise``: a table of clients to sheets, each client on a sheet of paper of their own and nowhere else."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handpress.core.problems.report import many
from helpers import printed
from helpers.finished import wrong_in
from helpers.workspaces import ROOT, Book

NAMES = [
    "<img src=x onerror=alert(1)>", "../../etc/passwd", "=HYPERLINK(1)", "أحمد علي", "Zoë 😀", "{{ client }}",
    "**Bold** [x](y)", "Kwabena" * 1428,
]  # fmt: skip


@pytest.fixture
def moon(book: Book) -> Book:
    """The model workspace, with an exercise."""
    card = '\n!!! exercise "Wade"\n\n    1. Walk in the sea.\n\n    Sets\n    :   2\n'
    book.write("sources/moon/02-spring.md", book.read("sources/moon/02-spring.md") + card)
    return book


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def words(path: Path) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    return [printed.words(document, n) for n in range(1, len(document) + 1)]


def letters(text: str) -> str:
    """The letters of a text in any order: viewers put those of two directions into orders of their own."""
    return "".join(sorted("".join(text.split())))


def test_each_client_has_a_sheet(moon: Book, tmp_path: Path) -> None:
    """Named by number; the right name on it, and none of the others anywhere in the file."""
    write(tmp_path / "c.csv", [["client", "Wade: sets"], *([name, "7"] for name in NAMES)])
    ran = moon.run(
        "personalise",
        str(tmp_path / "c.csv"),
        "--article",
        "spring",
        "--out",
        str(tmp_path / "out"),
    )
    assert (ran.code, ran.said, ran.err) == (0, ["made 8 sheets"], "")
    files = sorted((tmp_path / "out").iterdir())
    assert [f.name for f in files] == [f"{n:04}.pdf" for n in range(1, 9)]
    for number, name in enumerate(NAMES):
        data = files[number].read_bytes()
        assert wrong_in(data) == []
        found = "".join(words(files[number]))
        assert not set(letters(name)) - set(letters(found)), name
        if name.isascii() and len(name) < 100:
            assert name in found
        others = [
            other for other in NAMES if other != name and other.isascii() and len(other) < 100
        ]
        assert not [other for other in others if other in found]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            info = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
        assert name not in info
    long = "".join("".join(words(files[-1])).split())
    assert long.count("Kwabena") > 1400  # a few are cut by the ends of pages


def test_nothing_of_a_client_stays(moon: Book, tmp_path: Path) -> None:
    """Neither in the workspace, nor in its output, nor in temporary folders or on the terminal."""
    assert moon.build().code == 0
    write(
        tmp_path / "c.csv",
        [["client", "note"], *([f"Xylander{n:03}", "Yttrium."] for n in range(3))],
    )
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), "personalise", str(tmp_path / "c.csv"), str(moon.root), "--article", "spring", "--out", str(tmp_path / "out")],
        env={**os.environ, "TMPDIR": str(temporary)}, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 3
    assert b"Xylander" not in done.stdout + done.stderr
    left = [p for folder in (moon.root, temporary) for p in folder.rglob("*")]
    assert left
    for path in left:
        assert "Xylander" not in path.name
        if path.is_file():
            data = path.read_bytes()
            assert b"Xylander" not in data
            assert b"Yttrium" not in data


def test_two_hundred_in_a_batch(moon: Book, tmp_path: Path) -> None:
    """One file: each on a sheet of paper of its own, in the order of the table, with what is equal stored once."""
    write(tmp_path / "c.csv", [["client"], *([f"Client {n:03}"] for n in range(200))])
    ran = moon.run(
        "personalise",
        str(tmp_path / "c.csv"),
        "--article",
        "spring",
        "--out",
        str(tmp_path / "out"),
        "--together",
    )
    assert (ran.code, ran.said) == (0, ["made 200 sheets"])
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == "all.pdf"
    pages = words(file)
    assert len(pages) == 2 * 200
    for number in range(200):
        assert f"Client {number:03}" in pages[2 * number]
        assert sum("Client" in page for page in pages[2 * number : 2 * number + 2]) == 1
    data = file.read_bytes()
    assert wrong_in(data) == []
    assert len(data) < 200 * 8_000  # one alone has 30,000


def test_refused_rows_are_listed(moon: Book, tmp_path: Path) -> None:
    """By the line of the file and the number of the row, with the reason; the others are made."""
    write(
        tmp_path / "c.csv",
        [["client", "date"], ["Ann", "3/4/2026"], ["Bo", "2026-11-28"], ["\U00013000", ""]],
    )
    ran = moon.run(
        "personalise",
        str(tmp_path / "c.csv"),
        "--article",
        "02-spring.md",
        "--out",
        str(tmp_path / "out"),
    )
    assert ran.code == 1
    assert ran.said[-1] == "made 1 sheet, 2 rows refused"
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["0002.pdf"]
    lines = ran.err.splitlines()
    assert ":2:1: row 1 gives no sheet [refused-row]: `date`: its day and month" in lines[0]
    assert ":4:1: row 3 gives no sheet [refused-row]: no font has" in lines[1]
    assert "Ann" not in ran.err + ran.out
    again = moon.run(
        "personalise",
        str(tmp_path / "c.csv"),
        "--article",
        "spring",
        "--out",
        str(tmp_path / "two"),
        "--first",
        "day",
    )
    assert again.said[-1] == "made 2 sheets, 1 row refused"


def test_an_example_can_be_filled_in(moon: Book, tmp_path: Path) -> None:
    path = str(tmp_path / "example.csv")
    assert moon.run("personalise", path, "--article", "spring", "--example").code == 0
    assert "Wade: sets" in Path(path).read_text(encoding="utf-8-sig")
    assert moon.run("personalise", path, "--article", "spring", "--example").code == 2  # it exists
    assert (
        moon.run("personalise", path, "--article", "spring", "--out", str(tmp_path / "out")).code
        == 0
    )


def test_an_article_of_one_of_several_series(moon: Book, tmp_path: Path) -> None:
    moon.write("sources/sun/spring.md", "# Spring in the Sun\n\nIt is warm.\n")
    write(tmp_path / "c.csv", [["client"], ["Ann"]])
    ran = moon.run(
        "personalise", str(tmp_path / "c.csv"), "--article", "spring", "--out", str(tmp_path / "a")
    )
    assert (ran.code, "write the series before it" in ran.err) == (2, True)
    for name in ("sun/spring", "sources/sun/spring.md"):
        out = tmp_path / name.replace("/", "-")
        assert (
            moon.run(
                "personalise", str(tmp_path / "c.csv"), "--article", name, "--out", str(out)
            ).code
            == 0
        )
        assert "Spring in the Sun" in words(out / "0001.pdf")[0]


def test_a_sheet_has_the_page_numbers_of_the_built_handout(moon: Book, tmp_path: Path) -> None:
    assert moon.build().code == 0
    write(tmp_path / "c.csv", [["client"], ["Ann"]])
    assert (
        moon.run(
            "personalise",
            str(tmp_path / "c.csv"),
            "--article",
            "spring",
            "--out",
            str(tmp_path / "out"),
        ).code
        == 0
    )
    (built,) = words(moon.output / "moon/handouts/spring.pdf")
    assert "of the book" in built
    (filled,) = words(tmp_path / "out/0001.pdf")
    assert filled == f"{built} Ann"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["c.csv", "--article", "sprung", "--out", "x"], "did you mean `spring`?"),
        (["c.csv", "--article", "spring"], "add `--out DIR`"),
        (["c.csv", "--article", "spring", "--out", "output/x"], "may be published"),
        (["c.csv", "--article", "spring", "--out", "sources"], "may have sheets of other clients"),
        (["none.csv", "--article", "spring", "--out", "x"], "there is no file"),
        (["c.csv", "--article", "spring", "--out", "x", "--style", "huge"], "unknown style"),
        (["c.csv", "--article", "spring", "--out", "x"], "[private-column]"),
    ],
)
def test_wrong_usage_makes_nothing(arguments: list[str], said: str, moon: Book) -> None:
    moon.write("c.csv", "client,date of birth\nAnn,1999-01-01\n")
    ran = moon.run("personalise", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert not (moon.root / "x").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name != "posix", reason="signals of POSIX")
def test_it_stops_cleanly(moon: Book, tmp_path: Path) -> None:
    """Finished sheets are whole, nothing else is left, and the last line has how many are missing."""
    write(tmp_path / "c.csv", [["client"], *([f"Client {n}"] for n in range(5000))])
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), "personalise", str(tmp_path / "c.csv"), str(moon.root), "--article", "spring", "--out", str(out)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    while not (out / "0001.pdf").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert list(temporary.iterdir()) == []
    made = sorted(out.iterdir())
    assert all(f.suffix == ".pdf" and f.read_bytes().rstrip().endswith(b"%%EOF") for f in made)
    assert (
        f"made {many(len(made), 'sheet')}, stopped before {5000 - len(made)} rows".encode() in said
    )


def test_an_unknown_article_is_reported_with_its_workspace(moon: Book) -> None:
    said = moon.run("personalise", "clients.csv", "--article", "zzz").err
    assert f"unknown article `zzz` in `{moon.root}`" in said
