"""Rules by character: a line is read as if every rule had been tried on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.token import Token

from handpress.markup.dialect import reader

TESTS = Path(__file__).parents[2]
TEXTS = sorted([*TESTS.glob("hostile/*.md"), *TESTS.glob("cases/**/*.md")])


def tokens(text: str) -> list[Token]:
    return reader.blocks_of(text, reader.environment())


@pytest.fixture
def every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within it, every rule is tried on every line."""
    block = reader.reader().block
    rules: Ruler[RuleFuncBlockType] = Ruler()
    rules.__rules__ = block.ruler.__rules__
    monkeypatch.setattr(block, "ruler", rules)


def test_every_text_has_the_same_blocks(request: pytest.FixtureRequest) -> None:
    texts = [path.read_text("utf-8", errors="replace") for path in TEXTS]
    texts += [f"> - {line}\n> more\n" for text in texts for line in text.split("\n")[:40]]
    quick = [tokens(text) for text in texts]
    request.getfixturevalue("every_rule")
    assert len(texts) > 500
    for text, found in zip(texts, quick, strict=True):
        assert found == tokens(text)


def test_each_row_names_a_rule() -> None:
    assert reader.BEGINNINGS.keys() <= set(reader.reader().block.ruler.get_all_rules())


def test_a_text_is_read_once_for_two_readings() -> None:
    """And a third time, or after the block, it is read again."""
    text = "Stand.\n\n*[RPE]: effort\n"
    with reader.reading_twice():
        first = tokens(text)
        env = {"abbreviations": {}, "headings": {}}
        assert reader.blocks_of(text, env) is first
        assert env["abbreviations"] == {"RPE": "effort"}
        third = tokens(text)
    assert third is not first
    assert tokens(text) is not third
