"""The manual: it describes every command, option, setting, choice and limit."""

from __future__ import annotations

import argparse
import re

import pytest

from handpress.cli import main
from handpress.core.files import disk, source
from handpress.core.media import MEDIA, PAPERS
from handpress.core.styles import styles
from handpress.press import pool
from handpress.series import parse
from handpress.series.settings.schema import ARTICLE, AUTHOR, PRACTICE, SERIES, THEME
from helpers.workspaces import ROOT

# Not the pages for developers, which have names of many kinds.
PAGES = [
    ROOT / "README.md",
    *(p for p in sorted((ROOT / "docs").glob("*.md")) if not p.name.startswith(("add-a", "arch"))),
]
MANUAL = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
CODE = " ".join(re.findall(r"```.*?```|`[^`\n]+`", MANUAL, re.S))


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (a for a in main.parser()._actions if isinstance(a, argparse._SubParsersAction))
    return found.choices


OPTIONS = sorted(
    {
        option
        for command in subcommands().values()
        for action in command._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_described(option: str) -> None:
    assert option in CODE


@pytest.mark.parametrize("command", sorted(subcommands()))
def test_every_command_is_described(command: str) -> None:
    assert re.search(rf"(publish\.py|handpress) \[?{command}\b", CODE)


@pytest.mark.parametrize(
    ("owner", "key"),
    [
        (owner, key)
        for owner, keys in (
            ("series", SERIES), ("article", ARTICLE), ("author", AUTHOR), ("practice", PRACTICE),
            ("theme", THEME),
        )
        for key in keys
    ],
)  # fmt: skip
def test_every_key_is_described(owner: str, key: str) -> None:
    """Every key that a settings file or a front matter may have."""
    assert re.search(rf"(?<![\w-]){key}(?![\w-])", CODE)


@pytest.mark.parametrize("value", [*MEDIA, *styles(), *PAPERS])
def test_every_choice_is_described(value: str) -> None:
    assert re.search(rf"(?<![\w-]){value}(?![\w-])", CODE)


def test_the_limits_are_those_of_the_program() -> None:
    """Who waits, or is told that something is too large, finds how long and how large it may be."""
    said = (ROOT / "docs/builds.md").read_text(encoding="utf-8").partition("## Limits")[2]
    gigabyte = 1_000_000_000
    for row in (
        f"| reading one article or picture | {parse.SECONDS} s and {parse.MEMORY // gigabyte} GB of memory |",
        f"| making one artefact | {pool.SECONDS:g} s and {pool.MEMORY // 1024**3} GB of memory |",
        f"| one source file | {source.TEXT_LIMIT // 1_000_000} MB of text |",
        f"| one picture | {disk.FILE_LIMIT // 1_000_000} MB |",
    ):
        assert row in said
