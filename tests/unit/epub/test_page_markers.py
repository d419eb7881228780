"""Page markers, as laws: each page of the book has one mark in the ebook, in the order of the pages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.epub.page_markers import mark, mark_id
from handpress.markup.tree import Element, new_element, parse_tree, serialize
from handpress.press.text_positions import blocks
from handpress.print.page_numbers import Opening

WORDS = st.lists(st.sampled_from(["sea", "tide", "moon", "sand"]), min_size=1, max_size=5).map(
    " ".join
)
INLINE = st.builds(lambda a, b, c: f"{a} <em>{b}</em> <a href='#x'>{c}</a>", WORDS, WORDS, WORDS)
BLOCKS = st.one_of(
    st.one_of(WORDS, INLINE).map(lambda text: f"<p>{text}</p>"),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    ),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda cells: "<table><tbody>" + "".join(f"<tr><td>{c}</td></tr>" for c in cells) + "</tbody></table>"
    ),
)  # fmt: skip


def tree(markup: list[str]) -> Element:
    return new_element("body", list(parse_tree("".join(["<h1>Title</h1>", *markup]))))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.tuples(BLOCKS, st.booleans(), st.booleans()), min_size=1, max_size=8), st.data())
def test_every_page_is_marked_once_and_in_order(
    both: list[tuple[str, bool, bool]], data: st.DataObject
) -> None:
    """Also where the book or the ebook has blocks that the other lacks."""
    printed = tree([block for block, in_book, _ in both if in_book])
    shown = tree([block for block, _, in_ebook in both if in_ebook])
    before = "".join(shown.itertext())
    length = sum(len(block.text) for block in blocks(printed)[0])
    at = sorted(data.draw(st.sets(st.integers(1, length - 1), max_size=5)))
    openings = [Opening(str(n), at) for n, at in enumerate([0, *at], 1)]
    mark(shown, printed, openings, "Page {number}")
    marks = [e.get("id") for e in shown.iter() if e.get("epub:type") == "pagebreak"]
    assert marks == [mark_id(opening.label) for opening in openings]
    assert "".join(shown.itertext()) == before, "a mark adds and takes no text"
    assert serialize(shown)


def test_no_mark_is_within_a_formula() -> None:
    """It is a picture in the book, and has parts in the ebook."""
    printed = tree(['<p>sea <img alt="x" /> tide</p>', "<p>moon</p>"])
    math = "<math><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow></math>"
    shown = tree([f"<p>sea {math} tide</p>", "<p>moon</p>"])
    for at in range(5, 17):
        marked = tree([f"<p>sea {math} tide</p>", "<p>moon</p>"])
        mark(marked, printed, [Opening("1", at)], "Page {number}")
        (parent,) = (e for e in marked.iter() for c in e if c.get("epub:type") == "pagebreak")
        assert parent.tag in ("body", "p")
        assert "".join(marked.itertext()) == "".join(shown.itertext())
