"""Boxes of handouts in one column: whole, unless a third of a page would be empty before them; notices always are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.layout.variant import Variant
from handpress.markup.tree import Element, classes, text_of
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes, flow_boxes
from handpress.press.pdf.broken_boxes import THIRD
from handpress.press.pdf.engine import heard
from handpress.press.pdf.render import fitted, lay_out
from handpress.press.preflight.checks import preflight
from handpress.press.preflight.copyfit import taken
from handpress.press.recipe import Recipe
from handpress.print.handout import handouts

LOOKS = [("large-print", "a5"), ("clear-print", "a5"), ("large-print", "letter")]
BEFORE = [0, 2, 5, 8]  # paragraphs before the first exercise
LEG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><path d="M5 5h60l20 50" fill="none" stroke="#000"/></svg>'
LINE = "Sit on a firm chair and stretch one leg until you feel it in the calf, and then let it down.\n\n"
EXERCISE = """!!! exercise "{}"

    ![A leg.](images/leg.svg)

    1. Sit on a firm chair and stretch one leg.
    2. Hold it for a moment, as far as that is pleasant.
    3. Let it down more slowly than it went up.
    4. Rest, and take the other one.

    Sets
    :   2

    Times a day
    :   3

"""
END = """## Get help

!!! urgent "Call us today if:"

    - the leg is swollen, sore, warm or red
    - you have a fever
    - the pain is worse the day after, twice in a row

!!! do

    - Drink enough, and walk a little each day.
    - Write down what hurts.
    - Rest.
"""


def recipe(root: Path, style: str, paper: str, before: int) -> Recipe:
    """The handout of an article with so many paragraphs before three exercises, a notice and a box."""
    exercises = "".join(map(EXERCISE.format, ("Calf", "Knee", "Hip")))
    folder = root / "sources/knee"
    (folder / "images").mkdir(parents=True)
    (folder / "images/leg.svg").write_text(LEG)
    text = f"# Move\n\n{LINE * before}## Three exercises\n\n{exercises}{END}"
    (folder / "01-move.md").write_text(text)
    (folder / "series.yaml").write_text("title: Knee\nmedia: [handout]\nstyles: [large-print]\n")
    found = find(root)
    assert found
    (layout,) = load(found).layouts
    (made,) = handouts(layout, Variant(style, paper), {})
    return made.ready()


def holes(laid: PageBoxes) -> int:
    """How many pages but the last are empty by more than a third."""
    pages = range(1, len(laid.heights))
    return sum(1 - taken(laid, page) / laid.heights[page - 1] > THIRD for page in pages)


@cache
def laid(root: Path, style: str, paper: str, before: int) -> tuple[PageBoxes, PageBoxes]:
    """Such a handout with each box whole, and as it is printed."""
    made = recipe(root / f"{style}-{paper}-{before}", style, paper, before)
    assert isinstance(made.options, RenderOptions)
    with heard():
        whole = flow_boxes(lay_out(made.files))
        printed = flow_boxes(fitted(made.files, made.options)[0])
    assert preflight(printed, made.options) == ()
    return whole, printed


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("knee")


def boxes(shown: PageBoxes, kind: str) -> list[Element]:
    return [e for e in shown.root.iter("section") if kind in classes(e)]


def pages_of(shown: PageBoxes, element: Element) -> list[int]:
    """The pages of its lines and pictures."""
    inside = {id(e) for e in element.iter()}
    kinds = ("line", "picture")
    return [p.page for p in shown.pieces if p.kind in kinds and id(p.block) in inside]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("style", "paper"), LOOKS)
def test_pages_have_fewer_holes_and_are_no_more(
    style: str, paper: str, before: int, root: Path
) -> None:
    whole, printed = laid(root, style, paper, before)
    assert len(printed.heights) <= len(whole.heights)
    assert holes(printed) <= holes(whole)


def test_boxes_are_split_where_pages_were_nearly_empty(root: Path) -> None:
    """Each of these looks is one in which whole boxes leave large holes."""
    both = [laid(root, style, paper, n) for style, paper in LOOKS for n in BEFORE]
    before, after = (sum(holes(pair[n]) for pair in both) for n in (0, 1))
    assert before > 10
    assert after < before / 3
    cards = [set(pages_of(shown, c)) for _, shown in both for c in boxes(shown, "exercise")]
    assert 0 < sum(len(pages) > 1 for pages in cards) < len(cards) / 2


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("style", "paper"), LOOKS)
def test_a_notice_for_safety_is_whole_below_its_heading(
    style: str, paper: str, before: int, root: Path
) -> None:
    _, printed = laid(root, style, paper, before)
    heading = next(e for e in printed.root.iter("h2") if text_of(e) == "Get help")
    (notice,) = boxes(printed, "care")
    assert len({*pages_of(printed, heading), *pages_of(printed, notice)}) == 1


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("style", "paper"), LOOKS)
def test_picture_and_dosage_are_below_their_title_and_the_last_step_is_not_alone(
    style: str, paper: str, before: int, root: Path
) -> None:
    _, printed = laid(root, style, paper, before)
    for card in boxes(printed, "exercise"):
        title, picture, dosage, steps = (
            next(card.iter(tag)) for tag in ("h3", "img", "table", "ol")
        )
        above = [picture, *(e for e in dosage.iter() if e.tag in ("th", "td"))]
        seen = {p.page for p in printed.pieces if p.element in above and p.kind != "text"}
        assert seen == {*pages_of(printed, title)}
        items = [pages_of(printed, step)[0] for step in steps]
        assert items.count(items[-1]) > 1


@pytest.mark.parametrize(("style", "paper"), [("standard", "a4"), ("compact", "letter")])
def test_in_two_columns_no_box_is_marked(style: str, paper: str, tmp_path: Path) -> None:
    page = recipe(tmp_path, style, paper, 2).files["index.html"].read()
    assert b"data-divisible" not in page
    assert b"data-kept" not in page
