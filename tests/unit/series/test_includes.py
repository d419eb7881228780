"""Commands of other programs that a file takes the place of."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.caches.cache import Cache
from handpress.core.files.disk import Disk
from handpress.core.files.source import Source
from handpress.core.problems.problem import Problem
from handpress.series.article import Article
from handpress.series.article_cache import parse_cached
from handpress.series.includes import with_includes
from handpress.series.parse import parse


def write(root: Path, **files: str) -> Disk:
    """Write files, with `__` for a slash and `_` for the point before `md` in their names."""
    for name, text in files.items():
        file = root / name.replace("__", "/").replace("_md", ".md").replace("_py", ".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return Disk(root)


def included(root: Path, text: str, **files: str) -> str:
    disk = write(root, **{"docs__a_md": text, **files})
    return with_includes(disk, Source("docs/a.md", text))[0].text


@pytest.mark.parametrize(
    "command",
    [
        '--8<-- "parts/stop.md"',
        "-8<- 'stop.md'",
        '{% include "parts/stop.md" %}',
        "{% include stop.md %}",
        "{%- include_relative parts/stop.md -%}",
        '{% include-markdown "./parts/stop.md" heading-offset=1 %}',
        "{!parts/stop.md!}",
        "{!> ../docs/parts/stop.md !}",
        "!!!include(parts/stop.md)!!!",
        "{{#include parts/stop.md}}",
        "{{< include parts/stop.md >}}",
        '{{% readfile file="/docs/parts/stop.md" %}}',
        "<!--@include: ./parts/stop.md-->",
        "<!-- @include: @/docs/parts/stop.md -->",
        "[!INCLUDE [stop](parts/stop.md)]",
        "[stop](parts/stop.md ':include')",
        "::include{file=parts/stop.md}",
        "!include parts/stop.md",
        "<<[parts/stop.md]",
        "```{include} parts/stop.md\n:start-line: 0\n```",
        ":::{include} parts/stop.md\n:::",
        "```{r stop, child='parts/stop.md'}\n```",
    ],
)
def test_a_file_takes_the_place_of_a_command(tmp_path: Path, command: str) -> None:
    stop = "---\ntitle: Stop\n---\n\nStop if it hurts.\n"
    files = {"docs__parts__stop_md": stop, "docs__snippets__stop_md": stop}
    assert included(tmp_path, f"# Knee\n\n{command}\n\nEnd.\n", **files) == (
        "# Knee\n\nStop if it hurts.\n\nEnd.\n"
    )


def test_a_piece_of_mdx_is_included_where_its_name_is(tmp_path: Path) -> None:
    text = "import Stop from './_stop.md';\nimport Quiz from './quiz.js';\n\n<Stop />\n\n<Quiz />\n"
    made = included(tmp_path, text, docs___stop_md="Stop.\n")
    assert made == text.replace("<Stop />", "Stop.")


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('--8<-- "p.md:two"', "Two.\n"),
        ("{{#include p.md:three}}", "Three.\n"),
        ("<!--@include: ./p.md#four-->", "Four.\n"),
        ('--8<-- "p.md:1:1"', "One.\n"),
        ("{{#include p.md:1}}", "One.\n"),
        ("{{#include p.md:1:}}", None),
        ("<!-- @include: ./p.md{1,1} -->", "One.\n"),
        ('{% include "p.md" start="# -8<- [start:two] -->" end="<!-- # -8<- [end" %}', "Two.\n"),
        ('--8<-- "p.md:gone"', '--8<-- "p.md:gone"\n'),
        ('--8<-- "p.md:0:1"', "One.\n"),
        # A number that no text has as many lines as: Python refuses to read it.
        (f'--8<-- "p.md:{"9" * 5000}"', f'--8<-- "p.md:{"9" * 5000}"\n'),
    ],
)
def test_a_part_of_a_file_is_included(tmp_path: Path, command: str, expected: str | None) -> None:
    parts = """One.
<!-- # -8<- [start:two] -->
Two.
<!-- # -8<- [end:two] -->
<!-- ANCHOR: three -->
Three.
<!-- ANCHOR_END: three -->
<!-- #region four -->
Four.
<!-- #endregion four -->
"""
    made = included(tmp_path, f"{command}\n", docs__p_md=parts)
    assert made == (expected or "One.\nTwo.\nThree.\nFour.\n")


def test_files_include_others_but_not_without_end(tmp_path: Path) -> None:
    files = {"docs__b__c_md": "C.\n\n!include d.md\n", "docs__b__d_md": "D.\n\n!include c.md\n"}
    assert included(tmp_path, "!include b/c.md\n", **files) == "C.\n\nD.\n\n!include c.md\n"
    itself = included(tmp_path, "!include a.md\n")
    assert itself == "!include a.md\n"
    many = {f"docs__m{n}_md": f"{n}\n\n!include m{n + 1}.md\n" for n in range(20)}
    assert "!include m8.md" in included(tmp_path, "!include m0.md\n", **many)


def test_code_is_included_as_it_is(tmp_path: Path) -> None:
    text = '- Run\n\n    ```python\n    --8<-- "run.py"\n    ```\n\n--8<-- "run.py"\n'
    made = included(tmp_path, text, docs__run_py="if 1:\n    go()\n")
    assert made == '- Run\n\n    ```python\n    if 1:\n        go()\n    ```\n\n--8<-- "run.py"\n'
    example = "```\n{% include stop.md %}\n```\n"
    assert included(tmp_path, example, docs__stop_md="Stop.\n") == example


def test_no_file_outside_of_the_folder_is_included(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.\n")
    disk = write(tmp_path / "site", a_md="!include ../secret.md\n")
    text = "!include ../secret.md\n\n!include /secret.md\n"
    assert with_includes(disk, Source("a.md", text))[0].text == text


def read(root: Path, cache: Cache | None = None) -> tuple[Article, list[Problem]]:
    return parse_cached(cache or Cache(None), Disk(root), "a.md")


def test_what_is_wrong_has_the_place_of_the_command(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_md="# A\n\n> !include b.md\n\n![](gone.png)\n",
        b_md="One.\n\n![](no.png)\n\nTwo.\n",
    )
    article, problems = parse(Disk(tmp_path), "a.md")
    assert "<blockquote>" in article.body
    found = {(p.code, p.place.line, p.place.text) for p in problems}
    assert found == {
        (code, *place)
        for code in ("missing-alt", "missing-picture")
        for place in ((3, "> !include b.md"), (5, "![](gone.png)"))
    }


def test_a_command_without_a_file_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, a_md="# A\n\n!include b.md\n\n<!-- @include: ./c.md -->\n")
    _, problems = parse(Disk(tmp_path), "a.md")
    assert [(p.code, p.place.line) for p in problems] == [("html-removed", 5), ("unread-markup", 3)]


def test_a_change_of_an_included_file_is_seen(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "output", (), "cache")
    write(tmp_path, a_md="# A\n\n!include b.md\n")
    before, _ = read(tmp_path, cache)
    write(tmp_path, b_md="Rest.\n")
    there, problems = read(tmp_path, cache)
    write(tmp_path, b_md="Move.\n")
    after, _ = read(tmp_path, cache)
    assert ["!include" in before.body, "Rest." in there.body, "Move." in after.body] == [True] * 3
    assert problems == []
    assert len({before.digest, there.digest, after.digest}) == 3
