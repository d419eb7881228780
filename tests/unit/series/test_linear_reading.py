"""Long articles: twice the text takes at most little more than twice the work, whatever it consists of."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from types import FrameType

import pytest

from handpress.check.run import check
from handpress.core.files.disk import Disk
from handpress.core.files.workspace import find
from handpress.series import parse as series_parse

# The n-th piece of a text.
KINDS = {
    "items of a list": "- item {n}\n",
    "links in a paragraph": "[link {n}](https://example.org/{n}) ",
    "addresses in a paragraph": "https://example.org/{n} ",
    "footnotes called in a paragraph": "a word[^1] ",
    "footnotes": "A word[^{n}]\n\n[^{n}]: note {n}\n\n",
    "headings": "## Heading {n}\n\n",
    "rows": "| {n} | cell |\n",
    "tables": "| a | b |\n| --- | --- |\n| {n} | cell |\n\n",
    "quotations": "> text {n}\n\n",
    "emphasis": "*text {n}* ",
    "emphasis that is not closed": "*text {n} ",
    "comments": "text <!-- comment {n} --> ",
    "comments that are not closed": "text <!-- comment {n} ",
    "brackets": "[",
    "brackets that are not closed": "[text {n} ",
    "commands": "{{% post_link text {n} %}} ",
    "commands that are not closed": "{{% post_link text {n} ",
    "tags": "<b>text {n}</b> ",
    "tags that are not closed": "<a href='",
    "exercises": '!!! exercise "Lift {n}"\n\n    1. Lift.\n\n    Sets\n    : 3\n\n',
}
BEGINNINGS = {"rows": "| a | b |\n| --- | --- |\n"}
ENDINGS = {"footnotes called in a paragraph": "\n\n[^1]: The note."}


def work(folder: Path, kind: str, count: int) -> int:
    """Return how many calls of Python functions it takes to check an article with `count` pieces of a kind."""
    pieces = "".join(KINDS[kind].format(n=n) for n in range(count))
    text = f"# Long\n\n{BEGINNINGS.get(kind, '')}{pieces}{ENDINGS.get(kind, '')}\n"
    folder.mkdir()
    (folder / "long.md").write_text(text, encoding="utf-8")
    workspace = find(folder)
    assert workspace is not None
    calls = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(called)
    try:
        check(workspace, datetime.date(2026, 11, 29))
    finally:
        sys.setprofile(None)
    return calls


# Texts that once took long: in regular expressions and copies, which no count of calls shows.
LONG = {
    "tags": "<b>abcde</b>" * 40_000,
    "brackets that are not closed": "[a " * 80_000,
    "attributes within text": "word {: .x } " * 16_000,
    "lines of attributes": "{: .x }\n" * 16_000,
    "scripts in a formula": "$" + "x^2" * 60_000 + "$",
    "a long word": "x1" * 80_000,
    "comments that are not closed": "<!-- " * 40_000,
    "missing pictures": "![a](b.png) " * 6_000,
    "template code": "{{ a }} " * 16_000,
    "comments of templates": "{# a " * 40_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_text_is_read_in_time(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within limits of time and memory that each of them broke: the time is that of the process, on any machine."""
    monkeypatch.setattr(series_parse, "SECONDS", 8)
    (tmp_path / "long.md").write_text(f"# Long\n\n{LONG[kind]}\n", encoding="utf-8")
    _, problems = series_parse.parse(Disk(tmp_path), "long.md")
    assert not {p.code for p in problems} & {"too-slow", "too-much", "too-deep", "too-large"}


@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_with_the_text_and_not_with_its_square(kind: str, tmp_path: Path) -> None:
    work(tmp_path / "first", kind, 1)  # imports, and what is read once
    none, some, twice = (work(tmp_path / str(n), kind, n) for n in (1, 60, 120))
    assert twice - none < 2.4 * (some - none)
