"""Words in are words out: HTML of any kind, written as Markdown and read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handpress.importers.html import parse_fragment, words_of
from handpress.importers.markdown.write import plain_text, words_read, write
from handpress.importers.simplify import Simplifier
from handpress.markup.markdown import to_tree
from handpress.markup.tree import serialize
from helpers.workspaces import ROOT

EXAMPLES = json.loads((ROOT / "tests/specifications/commonmark.json").read_text(encoding="utf-8"))
SECTIONS = sorted({section for _, section, _, _ in EXAMPLES})
HOSTILE = sorted((ROOT / "tests/hostile").glob("*.md"))


@pytest.mark.parametrize("section", SECTIONS)
def test_the_pages_of_commonmark(section: str) -> None:
    """Each example's HTML, and what CommonMark's own notation makes of it."""
    changed = []
    for number, _, _, html in (e for e in EXAMPLES if e[1] == section):
        tree = Simplifier("page").simplify(parse_fragment(html))
        text, _ = write(tree, {})
        if words_read(text) != words_of(tree):
            changed.append((number, words_of(tree), text))
    assert changed == []


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.stem)
def test_hostile_articles_as_pages(file: Path) -> None:
    """Handpress reads them as pages that another program might have exported."""
    try:
        page = serialize(to_tree(file.read_text(encoding="utf-8", errors="replace")))
    except RecursionError:  # refused by the reader itself
        return
    tree = Simplifier("page").simplify(parse_fragment(page))
    text, _ = write(tree, {})
    assert words_read(text) == words_of(tree)
    assert plain_text(tree) or not text.strip()
