"""Files: anything in the place of a source is read or reported, and no name does harm."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from handpress.assets import fonts
from helpers.workspaces import Book, Ran, publish

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
    "dangling": (dangling, "it is a link to a missing file"),
    "circle": (circle, "it is a link to itself"),
    "outside": (outside, "it is a link to a file outside the workspace"),
    "device": (device, "it is a link to a file outside the workspace"),
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
    if (path, kind) == (f"{MOON}/03-ebb.md", "folder"):
        pytest.skip("a folder may have any name")
    make, reason = OTHERS[kind]
    (book.root / path).unlink(missing_ok=True)
    make(book.root / path)
    ran = book.run("check", "--message-format", "short")
    assert ran.code == 1
    assert f"{path}:1:1: unreadable file [unreadable-file]: {reason};" in ran.err
    assert ran.err.splitlines()[-1] == "1 error in 1 file"


@pytest.mark.parametrize("kind", ["dangling", "circle", "outside"])
@pytest.mark.parametrize("path", ["sources/stars", "sources/authors"])
def test_a_folder_that_cannot_be_followed_is_told_of(book: Book, path: str, kind: str) -> None:
    """The folder of a series or of the authors: they would be left out silently."""
    if path == "sources/authors":
        book.edit(f"{MOON}/series.yaml", "[ada-stone]", "[Ada Stone]")
        shutil.rmtree(book.root / path)
    make, reason = OTHERS[kind]
    make(book.root / path)
    ran = book.run("check", "--message-format", "short")
    assert ran.code == 1
    assert f"{path}:1:1: unreadable file [unreadable-file]: {reason};" in ran.err
    assert ran.err.splitlines()[-1] == "1 error in 1 file"


def test_a_series_whose_link_breaks_after_a_build_is_noticed(built: Book) -> None:
    (built.root / "sources/stars").symlink_to("nowhere")
    assert built.build().code == 1


def test_a_series_of_nothing_but_a_broken_link_is_told_of(empty: Book) -> None:
    (empty.root / "01-knee.md").symlink_to("nowhere.md")
    ran = empty.run("check", "--message-format", "short")
    assert ran.code == 1
    assert ran.err.startswith("01-knee.md:1:1: unreadable file [unreadable-file]: ")


def test_a_link_that_breaks_after_a_build_is_noticed(built: Book) -> None:
    (built.root / "practice.yaml").symlink_to("nowhere.yaml")
    assert built.build().code == 1
    (built.root / "practice.yaml").unlink()
    assert built.build().code == 0


def test_a_pipe_in_place_of_a_picture_is_told_of(empty: Book) -> None:
    empty.write("knee.md", "# Knee\n\n![A knee](knee.png)\n")
    os.mkfifo(empty.root / "knee.png")
    said = empty.run("check", "--message-format", "short").err
    assert said.startswith(
        "knee.md:3:11: warning: unreadable picture [broken-picture]: it is a pipe"
    )


# --- Names -------------------------------------------------------------------------------------

ODD = {
    "no UTF-8": b"01-\xff\xfe.md",
    "half UTF-8": b"02-caf\xe9.md",
    "signs": b"!!!.md",
    "a blank": b" .md",
    "line end": b"03-a\nb.md",
    "escape code": b"04-a\x1b[31mc.md",
    "turned round": "05-a\u202ed.md".encode(),
}


@pytest.fixture
def odd(empty: Book) -> Book:
    """A series of articles with odd names, and without titles of their own."""
    for name in ODD.values():
        Path(os.fsdecode(os.fsencode(empty.root) + b"/" + name)).write_text("Words.\n", "utf-8")
    return empty


def test_every_name_gives_an_address_of_its_own(odd: Book) -> None:
    ran = odd.build("--only", "web")
    assert (ran.code, ran.err) == (0, "")
    pages = {Path(path).stem for path in odd.files() if "/articles/" in path}
    assert len(pages) == len(ODD)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", page) for page in pages), pages
    assert odd.build("--only", "web").made == []


def test_every_name_can_be_linked_to(odd: Book) -> None:
    """Byte for byte, as browsers and editors escape a name in an address."""
    names = "".join(f"[to]({quote(name)}) " for name in ODD.values())
    odd.write("index.md", f"# Index\n\n{names}\n")
    ran = odd.build("--only", "web")
    assert (ran.code, ran.err) == (0, "")
    pages = {Path(path).name for path in odd.files() if "/articles/" in path} - {"index.html"}
    (page,) = odd.output.glob("*/articles/index.html")
    assert set(re.findall(r'<a href="([^"]+)">to</a>', page.read_text("utf-8"))) == pages


def test_a_picture_can_have_any_name(odd: Book) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    names = [name.removesuffix(b".md") + b".svg" for name in ODD.values()]
    for name in names:
        with open(os.path.join(os.fsencode(odd.root), name), "wb") as file:
            file.write(drawing)
    odd.write("index.md", "# Index\n\n" + "\n\n".join(f"![A]({quote(name)})" for name in names))
    ran = odd.build("--only", "web", "--only", "epub")
    assert (ran.code, ran.err) == (0, "")
    (page,) = odd.output.glob("*/articles/index.html")
    assert page.read_text("utf-8").count('alt="A"') == len(ODD)
    assert odd.build("--only", "web", "--only", "epub").made == []


def test_odd_names_reach_every_medium(odd: Book) -> None:
    ran = odd.build()
    assert (ran.code, ran.err) == (0, "")
    assert odd.build().ended == f"{len(odd.files()) - 1} fresh"


@pytest.mark.parametrize("form", ["human", "short", "json"])
@pytest.mark.parametrize("command", ["check", "build", "list", "why"])
def test_no_line_that_is_printed_has_more_of_a_name_than_a_terminal_shows(
    odd: Book, command: str, form: str
) -> None:
    for file in odd.root.iterdir():
        with file.open("a", encoding="utf-8") as article:
            article.write("[a](nowhere.md) [b](05-a%E2%80%AEe.md) ![c](d%0Ae%1B.svg)\n")
    given = {"why": ["articles/a-b.html"], "list": []}
    ran = odd.run(command, *given.get(command, ["--message-format", form]))
    said = ran.out + ran.err
    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", said)
    said.encode()
    if command in ("check", "build"):
        assert ("\\udcff" if form == "json" else "01-\\xff\\xfe.md:2") in said
        if form == "short":
            assert all(
                re.match(r"[^\n]+?\.md:\d+:\d+: |\d+ warnings", x) for x in ran.err.splitlines()
            )
    if command == "list":
        assert "(03-a\\nb.md)" in said


def test_a_name_in_json_is_the_name_on_the_disk(odd: Book) -> None:
    for file in odd.root.iterdir():
        file.write_text("[a](nowhere.md)\n", "utf-8")
    ran = odd.run("check", "--message-format", "json")
    assert {os.fsencode(json.loads(line)["path"]) for line in ran.said} == {*ODD.values()}


def test_a_second_article_of_one_name_is_named_with_its_line_end(empty: Book) -> None:
    for number in (1, 2):
        empty.write(f"{number}-a\nb.md", "# A\n\nWords.\n")
    ran = empty.run("check", "--message-format", "short")
    assert ran.code == 0
    assert "1-a\\nb.md" in ran.err.splitlines()[0].partition("[duplicate-article]")[2]


def test_a_terminal_of_ascii_alone_is_told_all(empty: Book) -> None:
    empty.write("größe.md", "# Größe\n\nWorte.\n")
    ran = publish("list", empty.root, env={"PYTHONIOENCODING": "ascii"})
    assert (ran.code, ran.err) == (0, "")
    assert "Gr\\xf6\\xdfe" in ran.out


# --- Characters --------------------------------------------------------------------------------

HYPHEN, LINE, PARAGRAPH = "\u2011", "\u2028", "\u2029"


def drawing(letters: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">'
        f'<text x="10" y="40" font-size="24">{letters}</text></svg>'
    )


# By name: the text of `knee.md` and of `knee.svg`, and the one problem of both `check` and `build`, if any.
WRITTEN = {
    "a hyphen that does not break": (f"# Low{HYPHEN}back care\n\nlow{HYPHEN}back\n", "knee", ""),
    "that hyphen in code and heads": (
        f"---\ntitle: 'T{HYPHEN}shirt'\n---\n\n## A{HYPHEN}b\n\n`c{HYPHEN}d` **e{HYPHEN}f** *g&#8209;h*\n\n"
        f"| a{HYPHEN}b |\n| --- |\n| c{HYPHEN}d |\n\nText.[^1]\n\n[^1]: i{HYPHEN}j\n",
        f"low{HYPHEN}back",
        "",
    ),
    "separators": (
        f'---\ntitle: "One{LINE}two\\L"\nsubtitle: a{PARAGRAPH}b\n---\n\na{LINE}b{PARAGRAPH}c&#8232;d &#8233; `e{LINE}f`\n\n'
        f"    code{LINE}more\n",
        f"knee{LINE}care{PARAGRAPH}",
        "",
    ),
    "spaces and what is not drawn": (
        "# A\n\n"
        + "".join(f"x{c}y `z{c}z`\n" for c in sorted(fonts.DRAWN_ANYHOW - {LINE, PARAGRAPH})),
        "a\u202fb",
        "",
    ),
    "a letter that no font has": ("# Knee\n\nThe 𒀀.\n", "knee", "knee.md:3:5: missing-glyph"),
    "a letter in a drawing": ("# Knee\n\nWords.\n", "𒀀", "knee.md:{last}:11: missing-glyph"),
    "a scheme with a tab": (
        "# Knee\n\n[a](java\tscript:x)\n",
        "knee",
        "knee.md:3:5: unsafe-link",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_check_finds_is_what_build_finds(empty: Book, name: str) -> None:
    """Apart from advice, which only `check` gives."""
    text, letters, wrong = WRITTEN[name]
    text += "\n![A knee](knee.svg)\n"
    empty.write("knee.md", text)
    empty.write("knee.svg", drawing(letters))
    said = [
        [f"{p['path']}:{p['line']}:{p['column']}: {p['code']}" for p in problems(ran)]
        for ran in (
            empty.run("check", "--message-format", "json"),
            empty.build("--message-format", "json"),
        )
    ]
    right = [wrong.format(last=text.count("\n"))] if wrong else []
    assert said == [right, right]


def problems(ran: Ran) -> list[dict[str, object]]:
    told = [json.loads(line) for line in ran.said if line.startswith("{")]
    return [line for line in told if line["type"] == "problem" and line["severity"] != "advice"]


def test_a_letter_in_a_drawing_is_named_with_its_picture(empty: Book) -> None:
    empty.write("knee.md", "# Knee\n\nWords.\n\n![A knee](knee.svg)\n")
    empty.write("knee.svg", drawing("𒀀"))
    said = empty.run("check", "--message-format", "short").err
    assert "`�` is printed for 𒀀 U+12000 in `knee.svg`" in said


def test_a_hyphen_that_does_not_break_is_read_in_every_medium(empty: Book) -> None:
    empty.write("knee.md", f"# Knee\n\nFor low{HYPHEN}back pain, one{LINE}two.\n")
    assert empty.build().code == 0
    made = empty.files()
    for path in ("workspace/handouts/knee.pdf", "workspace/workspace.pdf"):
        read = shown(empty.output / path)
        assert "low-back pain, one two." in " ".join(read.replace("\u2060", "").split())
    with zipfile.ZipFile(io.BytesIO(made["workspace/workspace.epub"])) as ebook:
        pages = [ebook.read(n).decode() for n in ebook.namelist() if n.endswith("xhtml")]
    pages.append(made["workspace/articles/knee.html"].decode())
    told = [" ".join(page.split()) for page in pages if "back pain" in page]
    assert len(told) == 2
    assert all(f"For low{HYPHEN}back pain, one two." in page for page in told)


def test_the_hyphen_does_not_break_in_print(empty: Book) -> None:
    """A line of such hyphens, each a chance to break, runs off the page without one."""
    word = HYPHEN.join(["abc"] * 6)
    empty.write("knee.md", f"# Knee\n\n{' '.join([word] * 12)}\n")
    assert empty.build("--only", "handout").code == 0
    read = shown(empty.output / "workspace/handouts/knee.pdf").replace("\u2060", "")
    assert read.count(word.replace(HYPHEN, "-")) == 12


def shown(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode()
