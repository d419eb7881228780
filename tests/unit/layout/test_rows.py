"""Rows: an article and its translation in cells, with all their words, each in its own language."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from handpress.layout.html.rows import Cells, in_rows, with_own_ids
from handpress.markup.tree import Element, classes, new_element, parse_tree, serialize
from handpress.press.marks import UNLESS_HOLE, WHOLE

CELLS = Cells({"class": "cell", "lang": "en"}, {"class": "cell beside", "lang": "es"})
NARROW = Cells(CELLS.original, CELLS.translation, narrow=True)
STACKED = Cells(CELLS.original, CELLS.translation, narrow=True, stacked=True)


def laid(original: str, translation: str, cells: Cells = CELLS) -> Element:
    return new_element("main", in_rows(parse_tree(original), parse_tree(translation), cells))


def cells_of(page: Element) -> list[str]:
    """The text of each cell, in reading order."""
    cells = (e for e in page.iter("div") if "cell" in classes(e))
    return [" ".join("".join(cell.itertext()).split()) for cell in cells]


def test_a_row_has_a_cell_for_each_language() -> None:
    assert serialize(laid("<p>one</p>", "<p>uno</p>")) == (
        '<div class="row of-p"><div class="cell" lang="en"><p>one</p></div>'
        '<div class="cell beside" lang="es"><p>uno</p></div></div>'
    )


def test_items_of_a_list_are_beside_each_other() -> None:
    """Their numbers go on; lists with unlike numbers of items are whole."""
    page = laid("<ol><li>a</li><li>b</li></ol>", "<ol><li>c</li><li>d</li></ol>")
    assert cells_of(page) == ["a", "c", "b", "d"]
    assert [e.get("style", "")[-1] for e in page.iter("ol")] == ["0", "0", "1", "1"]
    assert cells_of(laid("<ul><li>a</li><li>b</li></ul>", "<ul><li>c</li></ul>")) == ["ab", "c"]


def test_a_box_is_around_its_rows() -> None:
    """The level and the title of a care box are one."""
    box = '<section class="care advice" id="{}"><p class="level">{}</p><p class="title">{}</p><p>{}</p></section>'
    page = laid(
        box.format("a", "Advice", "Stop", "if it hurts"),
        box.format("b", "Consejo", "Pare", "si duele"),
    )
    assert [e.tag for e in page] == ["section"]
    assert cells_of(page) == ["AdviceStop", "ConsejoPare", "if it hurts", "si duele"]
    assert {e.get("id") for e in page.iter() if e.get("id")} == {"a", "b"}


def test_a_notice_for_safety_is_whole_above_its_translation() -> None:
    """Its items are not mixed with those of the other language if one cell is above the other."""
    box = '<section class="{}"><p class="title">{}</p><ul><li>{}</li><li>{}</li></ul></section>'
    for kind, cells in (("care", ["Stoppainheat", "Paredolorcalor"]), ("exercise", ["Stop", "Pare", "pain", "dolor", "heat", "calor"])):  # fmt: skip
        sides = (box.format(kind, *words) for words in (("Stop", "pain", "heat"), ("Pare", "dolor", "calor")))  # fmt: skip
        assert cells_of(laid(*sides, STACKED)) == cells


def test_the_last_item_is_beside_a_long_one_or_stays_with_it() -> None:
    """The row of an item of many lines is marked: half a page would be empty if it went along with the last one."""
    long = "Walk to the window and back. " * 4
    item = "<ul><li>{}</li><li>{}</li></ul>"
    page = laid(item.format(long, "Rest."), item.format("Camine.", "Descanse."))
    assert [classes(row)[1:] for row in page] == [["of-item", "long"], ["of-item", "last"]]


def test_every_box_but_a_notice_breaks_unless_it_leaves_no_hole() -> None:
    box = '<section class="{}"><p>{}</p></section>'
    for kind in ("do", "do-not", "key-points", "exercise", "care"):
        (frame,) = laid(box.format(kind, "Rest."), box.format(kind, "Descanse."))
        assert (frame.get(WHOLE) == UNLESS_HOLE) == (kind != "care")


CARD = (
    '<section class="exercise"><h3>{0}</h3><figure class="figure"><img src="a.svg" alt="{0}" /></figure>'
    '<table class="dose in-rows beside"><tbody><tr><th>{1}</th><td>2</td></tr></tbody></table></section>'
)


def test_the_picture_of_an_exercise_is_there_once() -> None:
    """It is between both dosages, or above them where a page has no room; its text alternative has both languages."""
    sides = CARD.format("Bridge", "Sets"), CARD.format("Puente", "Series")
    page = laid(*sides)
    assert [image.get("alt") for image in page.iter("img")] == ["Bridge / Puente"]
    (row,) = (e for e in page.iter("div") if "of-dosage" in classes(e))
    assert [classes(cell)[-1] for cell in row] == ["cell", "picture", "beside"]
    narrow = laid(*sides, NARROW)
    assert [classes(e)[-1] for e in narrow[0]] == ["of-h3", "once", "of-table"]


def test_pictures_that_differ_are_both_there() -> None:
    figure = (
        '<figure class="figure"><img src="{}.svg" alt="" /><figcaption>{}</figcaption></figure>'
    )
    page = laid(figure.format("a", "one"), figure.format("b", "uno"))
    assert [image.get("src") for image in page.iter("img")] == ["a.svg", "b.svg"]
    same = laid(figure.format("a", "one"), figure.format("a", "uno"))
    assert len(list(same.iter("img"))) == 1
    assert cells_of(same) == ["one", "uno"]


def test_a_wide_table_is_above_its_translation() -> None:
    table = '<div class="table"><table><tbody><tr>{}</tr></tbody></table></div>'
    for columns, stacked in ((3, False), (4, True)):
        one = table.format("<td>a</td>" * columns)
        page = laid(one, one.replace("a", "b"))
        assert ("stacked" in classes(page[0])) == stacked


def test_what_is_the_same_in_both_is_there_once() -> None:
    """Not if a link may lead to each."""
    page = laid("<hr/><p>one</p>", "<hr/><p>uno</p>")
    assert [e.tag for e in page] == ["hr", "div"]
    assert cells_of(laid('<hr id="a"/>', '<hr id="b"/>')) == ["", ""]


def test_ids_of_both_sides_differ() -> None:
    tree = parse_tree(
        '<p id="a"><a href="#b">x</a><a href="https://e.org/#b">y</a></p><td headers="a b">z</td>'
    )
    with_own_ids(tree, "es---")
    assert serialize(tree) == (
        '<p id="es---a"><a href="#es---b">x</a><a href="https://e.org/#b">y</a></p>'
        '<td headers="es---a es---b">z</td>'
    )


WORD = st.text("abcdefg", min_size=1, max_size=6)
INSIDE = st.one_of(
    WORD.map("<p>{}</p>".format),
    WORD.map("<h2>{}</h2>".format),
    st.lists(WORD, min_size=1, max_size=3).map(
        lambda words: "<ul>" + "".join(f"<li>{word}</li>" for word in words) + "</ul>"
    ),
    st.tuples(st.sampled_from("ab"), WORD).map(
        lambda f: f'<figure><img src="{f[0]}.svg" alt="" /><figcaption>{f[1]}</figcaption></figure>'
    ),
    WORD,
)
KINDS = st.sampled_from(
    ['section class="exercise"', 'aside class="note"', 'section class="faq"', "div"]
)
BLOCK = st.one_of(
    INSIDE,
    st.tuples(KINDS, st.lists(INSIDE, max_size=4)).map(
        lambda box: f"<{box[0]}>{' '.join(box[1])}</{box[0].split()[0]}>"
    ),
)
ARTICLE = st.lists(BLOCK, max_size=6).map("\n".join)


def words(trees: list[Element]) -> Counter[str]:
    return Counter(chain.from_iterable(text.split() for tree in trees for text in tree.itertext()))


@given(ARTICLE, ARTICLE)
def test_all_words_of_both_are_there(original: str, translation: str) -> None:
    """Law: the words of the page are those of both articles, no more and no fewer."""
    page = laid(original, translation)
    assert words([page]) == words([parse_tree(original), parse_tree(translation)])
