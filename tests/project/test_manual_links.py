"""The manual as a code host shows it: each link leads to a file, and to a heading if it names one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from helpers.workspaces import ROOT

FENCE = re.compile(r"^( *)(```+|~~~+).*?^\1\2", re.M | re.S)
LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
PAGES = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "fonts/*.md") for path in ROOT.glob(pattern)
)


def anchors(page: Path) -> Iterator[str]:
    """Yield the anchor of each heading, as GitHub makes it."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for title in re.findall(r"^#{1,6} (.*)$", text, re.M):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title.replace("`", ""))
        yield re.sub(r"[^\w\- ]", "", shown.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_is_dead(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))
    dead = []
    for link in LINK.findall(text):
        path, _, anchor = unquote(link).partition("#")
        if re.match(r"\w+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    """A heading that is not there, and a file that is not there."""
    page = tmp_path / "page.md"
    page.write_text("# One `two`: three\n\n[a](#one-two-three) [b](#one) [c](no.md)\n")
    with pytest.raises(AssertionError, match=re.escape("['#one', 'no.md']")):
        test_no_link_is_dead(page)
