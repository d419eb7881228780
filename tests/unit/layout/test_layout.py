"""Layout: whose mistake a template that fails is, and words that are too long for a line."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from handpress.layout.html.line_breaks import (
    before_punctuation,
    breakable,
    within_names,
    without_blanks,
)
from helpers.finished import Ebook, pdf_text
from helpers.workspaces import ROOT, Book, Ran, publish, timeless

BARE = "layouts/parts/footer.html"  # in every handout


def build(book: Book, before: str) -> Ran:
    """The command in a process of its own, in which the line `before` is run first."""
    script = f"from handpress.layout.html.filters import FILTERS\n{before}\nfrom handpress.cli.main import main\nsys.exit(main())"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\n{script}",
            "build",
            "--only",
            "handout",
            "--jobs",
            "1",
        ],
        cwd=book.root,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return Ran(done.returncode, timeless(done.stdout), timeless(done.stderr))


@pytest.mark.parametrize(
    ("template", "line", "reason"),
    [
        ("<p>\n{{ nobody }}\n", 2, "'nobody' is undefined"),
        ("<p>\n{{ nobody | bare }}\n", 2, "'nobody' is undefined"),
        ("<p>\n{{ document.nothing.at.all }}\n", 2, "has no attribute 'nothing'"),
        ("<p>\n{% if %}\n", 2, "Expected an expression"),
        ("<p>\n{% endif %}\n", 2, "Encountered unknown tag 'endif'"),
        ('<p>\n{% include "parts/none.html" %}\n', 2, "parts/none.html"),
        ("<p>\n{{ 1 / 0 }}\n", 2, "ZeroDivisionError: division by zero"),
        ("<p>\n{{ 1 + 'a' }}\n", 2, "TypeError: unsupported operand"),
        ("<p>\n{{ 'a' | bare(1, 2) }}\n", 2, "too many positional arguments"),
        ("<p>\n{{ 'a'.__class__ }}\n", 2, "access to attribute '__class__'"),
        ("<p>\n{% include 'parts/footer.html' %}\n", 2, "RecursionError"),
    ],
)
def test_a_mistake_in_a_template_of_ones_own_is_told_at_its_line(
    template: str, line: int, reason: str, book: Book
) -> None:
    book.write(BARE, template)
    ran = book.build("--only", "handout")
    assert ran.code == 1, ran.err
    assert ran.err.startswith(f"{BARE}:{line}:1: layout cannot be used [broken-layout]\n"), ran.err
    assert reason in ran.err
    assert "Traceback" not in ran.err


def test_a_template_that_is_no_text_is_told(book: Book) -> None:
    book.write(BARE, b"<p>\xff</p>")
    ran = book.build("--only", "handout")
    assert ran.code == 1
    assert ran.err.startswith(f"{BARE}:1:1: layout cannot be used [broken-layout]\n")


# A real bug of ours, planted where a template asks for it.
PLANTED = "FILTERS['head'] = FILTERS['bare'] = lambda *_: {}['planted']"


def test_a_fault_of_ours_is_ours(book: Book) -> None:
    """Words, a stylesheet or another template of the workspace's own do not make it the author's."""
    book.write("layouts/words/en.yaml", "contents: Inside\n")
    book.write("layouts/theme.css", "p { margin: 0 }")
    book.write("layouts/handout.html", (ROOT / "layouts/handout.html").read_bytes())
    ran = build(book, PLANTED)
    assert ran.code == 70, ran.err
    assert "KeyError: 'planted'" in ran.err
    assert "broken-layout" not in ran.err


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("pages: {other: '{number:q}'}", "a blank {number:q} that nothing fills"),
        ("handout_number: '{number!r} of {total}'", "a blank {number!r} that nothing fills"),
        ("handout_number: '{number.real} of {total}'", "a blank {number.real} that nothing fills"),
        ("handout_number: '{number[0]} of {total}'", "a blank {number[0]} that nothing fills"),
        ("handout_number: '{} of {total}'", "a blank {} that nothing fills"),
        ("handout_number: '{number of {total}'", "unexpected '{'"),
        ("months: [a, b, c, d, e, f, g, h, i, j, k, 12]", "`months`"),
        ("pages: {other: 5}", "`pages`"),
        ("5: page", "`5`"),
    ],
)
def test_words_that_cannot_be_filled_in_are_told(word: str, why: str, book: Book) -> None:
    """Not by a template of ours that fails on them."""
    book.write("layouts/words/en.yaml", word)
    ran = book.run("check")
    assert ran.code == 1
    assert ran.err.startswith("layouts/words/en.yaml:1:1: layout cannot be used"), ran.err
    assert why in ran.err


# --- Very long words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "broken"),
    [
        ("<p>read .md files</p>", "<p>read |.md files</p>"),
        (
            "<p><code>.md</code> <code>.mdx</code>, <a href=' /x'><code>/usr/bin</code></a></p>",
            "<p><code>.md</code> |<code>.mdx</code>, |<a href=' /x'><code>/usr/bin</code></a></p>",
        ),
        # A mark alone belongs to the word before it.
        ("<p>Vraiment ? Oui ! 3 / 4 : fin .</p>", "<p>Vraiment ? Oui ! 3 / 4 : fin .</p>"),
        # Between blocks, and in code that readers copy, nothing is added.
        ("<p>x</p>\n<p>.md</p>", "<p>x</p>\n<p>.md</p>"),
        ("<pre>cp .md .mdx</pre><p>a .b</p>", "<pre>cp .md .mdx</pre><p>a |.b</p>"),
    ],
)
def test_lines_break_before_words_such_as_a_file_ending(html: str, broken: str) -> None:
    """As in a browser. Pango has no break there (UAX 14, LB13), and ten such words were wider than a page."""
    broken = broken.replace("|", "\u200b")
    assert before_punctuation(html) == broken
    assert before_punctuation(broken) == broken


@pytest.mark.parametrize(
    ("html", "broken"),
    [
        ("<p>short words stay</p>", "<p>short words stay</p>"),
        (f"<p>{'a' * 100}</p>", f"<p>{'a' * 100}</p>"),
        (f"<p>{'a' * 101}</p>", "<p>" + "\u200b".join(["a" * 20] * 5 + ["a"]) + "</p>"),
        # An entity is one character.
        (f"<p>{'&amp;' * 101}</p>", "<p>" + "\u200b".join(["&amp;" * 20] * 5 + ["&amp;"]) + "</p>"),
        # Only text is: no address, no title of a window, and nothing twice.
        (f'<a href="{"a" * 200}">x</a>', f'<a href="{"a" * 200}">x</a>'),
        (f"<title>{'a' * 200}</title>", f"<title>{'a' * 200}</title>"),
        # Many short words are none, whatever is between them.
        (f"{'a b<br>&amp;' * 60}", f"{'a b<br>&amp;' * 60}"),
        # Scripts without spaces have places of their own, which keep a full stop on its line.
        ("足が痛い。" * 30, "足が痛い。" * 30),
        ("ปวดเข่า" * 30, "ปวดเข่า" * 30),
        # Of several elements, one may be between them; no mark that ends a sentence is alone on a line.
        (f"<p><b>{'a' * 20}</b>{'b' * 21}</p>", f"<p><b>{'a' * 20}</b>\u200b{'b' * 21}</p>"),
        (f"<p><b>{'a' * 20}</b>{'b' * 20}</p>", f"<p><b>{'a' * 20}</b>{'b' * 20}</p>"),
        (f"<p>“<b>{'a' * 40}</b>.” aa</p>", f"<p>“<b>{'a' * 40}</b>.” aa</p>"),
        (f"<pre><b>{'a' * 20}</b>{'b' * 21}</pre>", f"<pre><b>{'a' * 20}</b>{'b' * 21}</pre>"),
        (f"x {'a' * 101}", "x " + "\u200b".join(["a" * 20] * 5 + ["a"])),
    ],
)
def test_long_words_can_be_broken(html: str, broken: str) -> None:
    assert breakable(html) == broken
    assert breakable(broken) == broken


@pytest.mark.parametrize(
    ("html", "broken"),
    [
        ("(<code>vm_memory.high_watermark</code>)", "(<code>vm_|memory.|high_|watermark</code>)"),
        (f"(<code>{'a' * 25}</code>)", f"(<code>{'a' * 20}|{'a' * 5}</code>)"),
        ("(<b>vm_memory.high_watermark</b>)", "(<b>vm_|memory.|high_|watermark</b>)"),
        (f"“<b>{'a' * 25}</b>”", f"“<b>{'a' * 25}</b>”"),  # a word, which has hyphens
        # A line may begin with it, it is short, or people copy it.
        ("( <code>vm_memory.high_watermark</code>)", "( <code>vm_memory.high_watermark</code>)"),
        ("(<code>vm_memory</code>)", "(<code>vm_memory</code>)"),
        (
            "<pre>(<b>vm_memory.high_watermark</b></pre>",
            "<pre>(<b>vm_memory.high_watermark</b></pre>",
        ),
    ],
)
def test_long_names_break_behind_a_parenthesis(html: str, broken: str) -> None:
    """WeasyPrint breaks a word anywhere only at the beginning of a line: the names were wider than a column."""
    broken = broken.replace("|", "\u200b")
    assert within_names(html) == broken
    assert within_names(broken) == broken


def test_lines_of_code_end_without_blanks() -> None:
    html = "<p>a \n</p><pre><code>a <b>b\t</b> \n  c<i> </i></code></pre>"
    assert without_blanks(html) == "<p>a \n</p><pre><code>a <b>b</b>\n  c<i></i></code></pre>"


def test_a_very_long_word_is_printed_whole(tmp_path: Path) -> None:
    """In a paragraph, a heading, a cell, code and an address; the layout is done in seconds, and no letter
    is lost in any medium.
    """
    word = {key: key * 5_000 for key in "QXZJV"}
    (tmp_path / "long.md").write_text(
        f"# Long\n\nText {word['Q']} end.\n\n## {word['X'][:300]}\n\n| a | b |\n|---|---|\n"
        f"| {word['Z']} | c |\n\n`{word['J']}`\n\n<https://example.org/{word['V']}>\n"
    )
    ran = publish(cwd=tmp_path)
    assert ran.code == 0, ran.err
    (folder,) = (p for p in (tmp_path / "output").iterdir() if (p / "index.html").is_file())
    ebook = Ebook(folder / f"{folder.name}.epub")
    media = {
        "handout": "".join(pdf_text(folder / "handouts/long.pdf")),
        "book": "".join(pdf_text(folder / f"{folder.name}.pdf")),
        "epub": re.sub("<[^>]*>", "", "".join(ebook.files[name].decode() for name in ebook.spine)),
        "web": re.sub("<[^>]*>", "", (folder / "articles/long.html").read_text(encoding="utf-8")),
    }
    for medium, text in media.items():
        assert [text.count(key) >= 5_000 for key in "QZJV"] == [True] * 4, medium
        assert text.count("X") >= 300, medium
