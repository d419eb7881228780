"""Mutated and truncated sources: no rule fails on them, and each problem has a place in its file."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pytest

from handpress.check.run import check
from handpress.core.files.workspace import find
from helpers.workspaces import ROOT

SOURCES = sorted(
    [*(ROOT / "sources/fascia-remedy").glob("*.md"), *(ROOT / "tests/hostile").glob("*.md")]
)
PIECES = (
    "**", "`", "```\n", "[", "](", "](x)", "![", "<div>", "<!--", "-->", "{:", "}", "|", "\n|---|\n", "\n\n", "    ",
    "$$", "&#0;", "\\", "[^a]", "[^a]:", '!!! exercise "x"\n', '!!! urgent "x"\n', "\n# ", "\n---\n", "\x00", "\u2028", "’",
    '"', "%%", "[[", "1. ", "5. ", "- ", "<!-- check: ignore-file", "Term\n:   ", "\N{PILE OF POO}", "(", " ,", "  ",
    "\n\n::: warning\n## Stop\n:::\n", "\nW> ", "\n{: .note }\n", "\n> [!TIP]\n> ", "{{% notice %}}", "\n<<<<<<< HEAD\n", "\n>>>>>>> main\n",
)  # fmt: skip
LENGTH = 3_000
SETTINGS = "kind: health\ncare: required\ncheck:\n  list-of-one: advice\n"


def mutated(seed: int) -> str:
    """A piece of a source with some changes: characters that are added, deleted, repeated or turned around."""
    rng = random.Random(seed)
    text = rng.choice(SOURCES).read_text(encoding="utf-8", errors="replace")
    begin = rng.randrange(max(1, len(text) - LENGTH))
    text = text[begin : begin + LENGTH]
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(text) + 1)
        end = at + rng.randrange(60)
        part = text[at:end]
        changed = (rng.choice(PIECES) + part, "", part * rng.randrange(1, 6), part[::-1])
        text = text[:at] + rng.choice(changed) + text[end:]
    return text


def truncated(seed: int) -> str:
    """A piece of a source that ends anywhere, such as in a word, a tag or a row of a table."""
    rng = random.Random(seed)
    text = rng.choice(SOURCES).read_text(encoding="utf-8", errors="replace")
    begin = rng.choice((0, rng.randrange(max(1, len(text)))))
    return text[begin : begin + rng.randrange(LENGTH)]


@pytest.mark.parametrize("start", range(0, 1000, 250))
def test_every_problem_of_1000_broken_sources_has_a_place(start: int, tmp_path: Path) -> None:
    """No rule fails, no source is too slow to read, and a caret is below the line of each problem."""
    folder = tmp_path / "sources/knees"
    folder.mkdir(parents=True)
    (folder / "series.yaml").write_text(SETTINGS)
    for seed in range(start, start + 250):
        text = truncated(seed) if seed % 3 == 0 else mutated(seed)
        (folder / f"{seed + 1:04}-knee-{seed}.md").write_text(text, encoding="utf-8")
    workspace = find(tmp_path)
    assert workspace
    checked = check(workspace, datetime.date(2026, 11, 22))
    assert checked.articles > 200
    assert len(checked.rules) > 20
    for p in checked.problems:
        assert p.code != "too-slow"
        assert (tmp_path / p.place.path).exists()
        assert min(p.place.line, p.place.column, p.place.length) >= 1
        assert p.place.column + p.place.length <= len(p.place.text) + 2
