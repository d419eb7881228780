"""Alignment: blocks of a translation are beside their counterparts, and none is lost or moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handpress.layout.html.alignment import Block, align
from handpress.markup.tree import parse_tree, text_of


def blocks(markup: str) -> list[Block]:
    return [(element,) for element in parse_tree(markup)]


def rows(original: str, translation: str) -> list[str]:
    """The texts of each row, its two sides apart."""
    return [
        " | ".join(" ".join(text_of(e) for block in side for e in block) or "-" for side in row)
        for row in align(blocks(original), blocks(translation))
    ]


def paragraphs(*lengths: int, word: str = "a") -> str:
    return "".join(f"<p>{word}{n} {word * length}</p>" for n, length in enumerate(lengths))


def test_the_same_outline() -> None:
    """Blocks of the same kinds are beside each other, however long they are."""
    assert rows("<h2>A</h2><p>a</p>", f"<h2>B</h2><p>{'b' * 400}</p>")[0] == "A | B"


def test_a_paragraph_that_was_split() -> None:
    """Both halves are beside the whole, and the paragraphs below it are beside their own."""
    found = align(blocks(paragraphs(80, 200, 80)), blocks(paragraphs(80, 100, 100, 80)))
    assert [(len(ours), len(theirs)) for ours, theirs in found] == [(1, 1), (1, 2), (1, 1)]


def test_headings_are_anchors() -> None:
    """A paragraph without a counterpart does not move what is below the next heading."""
    original = "<h2>A</h2><p>one</p><p>two</p><h2>B</h2><p>three</p>"
    translation = "<h2>C</h2><p>uno</p><h2>D</h2><p>tres</p>"
    assert rows(original, translation) == ["A | C", "one two | uno", "B | D", "three | tres"]


def test_a_section_without_translation() -> None:
    """Pictures decide which of several headings one is beside."""
    picture = '<figure class="figure"><img src="{}.svg" alt="" /></figure>'
    original = "".join(f"<h2>{n}</h2><p>{n}{n}</p>{picture.format(n)}" for n in "abc")
    translation = f"<h2>C</h2><p>CC</p>{picture.format('c')}"
    assert rows(original, translation)[-3:-1] == ["c | C", "cc | CC"]


def test_exercises_by_their_pictures() -> None:
    card = '<section class="exercise"><h3>{0}</h3><figure class="figure"><img src="{1}.svg" alt="" /></figure></section>'
    original = "".join(card.format(n, n) for n in "abc")
    assert rows(original, card.format("B", "b")) == ["a | -", "b | B", "c | -"]


def test_boxes_of_one_level() -> None:
    """A box that is for emergencies is beside the one that is too."""
    box = '<section class="care {0}"><p>{1}</p></section>'
    original = box.format("emergency", "a") + box.format("urgent", "b")
    assert rows(original, box.format("urgent", "B")) == ["a | -", "b | B"]


kinds = st.sampled_from(["p", "h2", "h3", "ul", "blockquote"])
outlines = st.lists(st.tuples(kinds, st.integers(0, 300)), max_size=12)


@given(outlines, outlines)
def test_nothing_is_lost_or_moved(
    original: list[tuple[str, int]], other: list[tuple[str, int]]
) -> None:
    """Law: all blocks of both sides are in the rows, once and in their order."""
    sides = [
        blocks("".join(f"<{tag}>{'x' * length}</{tag}>" for tag, length in outline))
        for outline in (original, other)
    ]
    found = align(*sides)
    assert [block for ours, _ in found for block in ours] == sides[0]
    assert [block for _, theirs in found for block in theirs] == sides[1]
    assert all(ours or theirs for ours, theirs in found)
