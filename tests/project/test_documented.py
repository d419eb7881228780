"""The manual: it describes every command, choice and limit. `test_generated_tables.py` has settings and options."""

from __future__ import annotations

import re

import pytest

from handpress.core.files import disk, source
from handpress.core.media import MEDIA, PAPERS
from handpress.core.styles import styles
from handpress.press import pool
from handpress.series import parse
from helpers.generated import subcommands
from helpers.workspaces import ROOT

# Not the pages for developers, which have names of many kinds.
PAGES = [
    ROOT / "README.md",
    *(p for p in sorted((ROOT / "docs").glob("*.md")) if not p.name.startswith(("add-a", "arch"))),
]
MANUAL = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
CODE = " ".join(re.findall(r"```.*?```|`[^`\n]+`", MANUAL, re.S))


@pytest.mark.parametrize("command", sorted(subcommands()))
def test_every_command_is_described(command: str) -> None:
    assert re.search(rf"(publish\.py|handpress) \[?{command}\b", CODE)


@pytest.mark.parametrize("value", [*MEDIA, *styles(), *PAPERS])
def test_every_choice_is_described(value: str) -> None:
    assert re.search(rf"(?<![\w-]){value}(?![\w-])", CODE)


def test_the_limits_are_those_of_the_program() -> None:
    """A user who waits, or whose file is too large, finds the limits of time and size."""
    said = (ROOT / "docs/builds.md").read_text(encoding="utf-8").partition("## Limits")[2]
    gigabyte = 1_000_000_000
    for row in (
        f"| reading one article or picture | {parse.SECONDS} s and {parse.MEMORY // gigabyte} GB of memory |",
        f"| making one artefact | {pool.SECONDS:g} s and {pool.MEMORY // 1024**3} GB of memory |",
        f"| one source file | {source.TEXT_LIMIT // 1_000_000} MB of text |",
        f"| one picture | {disk.FILE_LIMIT // 1_000_000} MB |",
    ):
        assert row in said
