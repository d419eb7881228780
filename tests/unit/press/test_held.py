"""Held drafts: a chapter drawn from the layout that was measured is, byte for byte, the one laid out again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from handpress.core.files.disk import Asset
from handpress.press import pool
from handpress.press.options import RenderOptions
from handpress.press.pdf import render
from handpress.press.pdf.held import DRAFTS, PAGE, HeldDrafts
from handpress.press.pool import Workers, _Worker
from handpress.press.recipe import Recipe
from handpress.press.result import Fill, Rendered
from helpers.pieces import CSS, FACES

RULES = """
html { font-feature-settings: "tnum" }
.page::after { content: " (page\\a0" attr(data-page) ")" }
p { margin: 0 0 14pt }
figure { margin: 0 0 14pt; break-inside: avoid }
figure p { height: 45mm; margin: 0 }
"""
LINE = "<p>A line of text.</p>"


def reference(number: object) -> str:
    return f'<a href="#there" class="crossref">There</a><a href="#there" class="page" data-page="{number}"></a>'


def chapter(*numbers: object, rules: str = RULES, more: str = "") -> dict[str, Asset]:
    said = "".join(
        f"<p>All of this is said in another place{reference(n)} too.</p>" for n in numbers
    )
    body = f'<section class="chapter"><h2 id="there">T</h2>{said}{more}</section>'
    html = f'<!DOCTYPE html><html lang="en"><title>T</title><body>{body}'
    made = {"index.html": Asset.of(html.encode()), "style.css": Asset.of((CSS + rules).encode())}
    return made | {f"fonts/{name}": Asset.file(path) for name, (_, path) in FACES.items()}


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Begin without drafts; the list has an entry for each layout."""
    layouts: list[str] = []
    slowly = render.laid_out

    def counted(*values: Any, **named: Any) -> Any:
        layouts.append("laid out")
        return slowly(*values, **named)

    monkeypatch.setattr(render, "laid_out", counted)
    DRAFTS.held.clear()
    yield layouts
    DRAFTS.held.clear()


def drawn(files: dict[str, Asset], fill: Fill = ()) -> Rendered:
    return render.render_pdf(files, RenderOptions(piece=True, page_starts=True, fill=fill))


def measured(files: dict[str, Asset]) -> Fill:
    return render.measure_pages(files, RenderOptions(piece=True)).fill


def after_measure(
    guessed: dict[str, Asset], known: dict[str, Asset], layouts: list[str]
) -> tuple[Rendered, Rendered, int]:
    """Return a chapter drawn alone and after its measure, and how many layouts the second took."""
    fill = measured(guessed)
    DRAFTS.held.clear()
    alone = drawn(known, fill)
    measured(guessed)
    layouts.clear()
    return alone, drawn(known, fill), len(layouts)


def test_a_measured_chapter_is_drawn_with_its_numbers(nothing_held: list[str]) -> None:
    more = LINE * 5 + "<figure><p>A picture.</p></figure>" + LINE * 12
    alone, again, layouts = after_measure(
        chapter("00", "00", more=more), chapter(12, 47, more=more), nothing_held
    )
    assert again == alone
    assert again.fill  # which moved the picture
    assert layouts == 0
    assert not DRAFTS.held


def test_a_reference_in_a_figure_that_moved_has_its_own_number(nothing_held: list[str]) -> None:
    figure = "<figure><p>A picture {}.</p></figure>"
    text = LINE * 4 + "<p>And here{}.</p>" + LINE * 12

    def files(*numbers: object) -> dict[str, Asset]:
        first, second = map(reference, numbers)
        return chapter(more=LINE * 7 + figure.format(first) + text.format(second))

    alone, again, layouts = after_measure(files("00", "00"), files(11, 22), nothing_held)
    assert any("later-" in words for _, words in again.fill)
    assert (again, layouts) == (alone, 0)


@pytest.mark.parametrize(
    ("known", "rules", "more"),
    [
        pytest.param(7, RULES, "", id="one digit"),
        pytest.param(107, RULES, "", id="three digits"),
        pytest.param("\N{FIGURE SPACE}7", RULES, "", id="a space"),
        pytest.param(11, RULES.replace("tnum", "pnum"), "", id="narrower figures"),
        pytest.param(12, RULES + '[data-page="12"] { color: red }', "", id="a rule for a number"),
        pytest.param(
            12, RULES + "a { string-set: there attr(data-page) }", "", id="kept by a rule"
        ),
        pytest.param(12, RULES, '<pre>data-page="00"</pre>', id="written in the text"),
        pytest.param(12, RULES.replace('")"', 'attr(data-page) ")"'), "", id="shown twice"),
        pytest.param(12, RULES.replace("content:", "x:"), "", id="not shown"),
    ],
)
def test_any_other_number_is_laid_out_anew(
    known: object, rules: str, more: str, nothing_held: list[str]
) -> None:
    guessed = chapter("00", rules=rules, more=more)
    alone, again, layouts = after_measure(
        guessed, chapter(known, rules=rules, more=more), nothing_held
    )
    assert again == alone
    assert layouts == 1


def test_other_text_or_another_fill_is_laid_out_anew(nothing_held: list[str]) -> None:
    measured(chapter("00"))
    drawn(chapter(12, more=LINE))
    drawn(chapter(12), ((3, "close"),))
    assert len(nothing_held) == 3
    drawn(chapter(12))
    assert len(nothing_held) == 3


def test_the_oldest_drafts_go_first() -> None:
    files = [chapter("00", more=f"<p>{n}</p>") for n in range(3)]
    drafts = HeldDrafts(most=2 * PAGE + 20_000)
    for each in files:
        drafts.hold(each, (), render.lay_out(each, piece=True))
    assert [drafts.take(each, ()) is None for each in files] == [True, False, False]


@pytest.mark.parametrize("press", ["measure", "pdf"])
def test_the_memory_of_a_draft_is_free_as_soon_as_it_is_let_go(press: str) -> None:
    """So the garbage collector, which would look at all that has been laid out, has next to nothing to do.

    This also holds for drafts that were held, and frozen since.
    """
    pages = chapter("00", more="<figure><p>In a box</p></figure>" * 8 + LINE * 400)
    recipe = Recipe("a", press, pages, RenderOptions(piece=press == "pdf"))
    pool.press(recipe)
    gc.collect()
    gc.freeze()
    gc.disable()  # as it is in a worker
    try:
        for name in ("measure", press):
            pool.press(Recipe("a", name, pages, RenderOptions(piece=press == "pdf")))
            gc.disable()
        left = gc.collect()
    finally:
        gc.enable()
    assert left < 1000, "circles of references are left in each draft"


def _piece(name: str, press: str) -> Recipe:
    return Recipe(f"book.pdf: {name}", press, chapter("00" if press == "measure" else 12))


def test_a_piece_goes_to_the_worker_that_measured_it() -> None:
    workers = Workers(2)
    mine, other = workers.workers = [_Worker(None, None), _Worker(None, None)]  # type: ignore[arg-type]
    for worker, names in ((mine, "ab"), (other, "cdefg")):
        for name in names:
            workers._note(worker, _piece(name, "measure"))
    waiting = [_piece(name, "pdf") for name in "dcafeb"]
    given = []
    while (at := workers._next_for(mine, waiting)) is not None:
        recipe = waiting.pop(at)
        workers._note(mine, recipe)
        given.append(recipe.path[-1])
    # Its own, the largest first; then the smallest of another's, as long as that one has more than two.
    assert given == ["b", "a", "d", "c"]
    assert workers._next_for(other, waiting) == 1
    assert other.measured == {f"book.pdf: {name}" for name in "efg"}
