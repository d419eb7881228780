"""Pages that show a command and what it prints: run in the workspace that `new my-clinic` makes, it prints just that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.workspaces import ROOT, publish

SHOWN = re.compile(r"^```sh\npython3 publish\.py (.*)\n```\n\n```text\n(.*?)^```$", re.M | re.S)
PAGES = ("one-sheet", "book", "booklets", "print-shop", "ebooks")


@pytest.mark.parametrize("name", PAGES)
def test_a_command_prints_what_the_page_shows(name: str, tmp_path: Path) -> None:
    """In any order: what takes longer to make is reported later."""
    text = (ROOT / f"docs/{name}.md").read_text(encoding="utf-8")
    assert publish("new", "my-clinic", cwd=tmp_path).code == 0
    ((command, shown),) = SHOWN.findall(text)
    ran = publish(*command.split(), cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert sorted(ran.said) == sorted(shown.splitlines())
