"""The bound book: it is the book in one piece, made of pieces that are kept."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import pikepdf
import pytest
from msgspec.structs import replace

from handpress.build.load import compose_layout
from handpress.build.piece_store import PieceStore
from handpress.compose.document import Document
from handpress.core.files import workspace
from handpress.core.files.disk import Asset
from handpress.layout.design import Design
from handpress.layout.html.page_references import GUESS
from handpress.layout.layout import Layout
from handpress.press import pool
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered, StoredPiece
from handpress.print.book import book_recipe
from handpress.print.book_pieces import FindPiece, Piece, book_pieces, render_documents
from handpress.print.page_numbers import (
    STEADY,
    PageNumbers,
    Settling,
    guessed,
    numbered,
    settle_page_numbers,
)
from handpress.series import assemble
from helpers.oracle import in_one_piece, labels_of, name_of
from helpers.workspaces import MODEL, ROOT, Book


def laid_out(root: Path) -> Layout:
    space = workspace.find(root)
    assert space is not None
    found, _ = assemble.assemble(space, space.folders[0])
    layout, _ = compose_layout(Design(space), found)
    return layout


def whole(layout: Layout, find: FindPiece) -> Iterator[Sequence[Recipe]]:
    """Every step to the book, the last of which binds it."""
    book: Settling | PageNumbers = settle_page_numbers(layout, laid_over=True)
    while isinstance(book, Settling):
        yield [*book.wanted]
        book = book.next(find)
    yield [book_recipe(layout, book, find)]


def pressed_here(layout: Layout) -> tuple[Rendered, dict[str, Rendered]]:
    """The bound book of a layout, and its pieces by name, pressed one after the other."""
    made: dict[str, Rendered] = {}
    by_recipe: dict[str, StoredPiece] = {}
    for step in whole(layout, lambda recipe: by_recipe.get(recipe.fingerprint)):
        for recipe in step:
            result = pool.press(recipe)
            assert isinstance(result, Rendered), result
            made[name_of(recipe)] = result
            kept = StoredPiece(
                Asset.of(result.data), result.pages or 0, dict(result.anchors), fill=result.fill
            )
            by_recipe[recipe.fingerprint] = kept
    return made.pop(f"{layout.series.id}/{layout.series.id}.pdf"), made


@pytest.fixture(scope="module")
def pressed_sample() -> tuple[Layout, Rendered, dict[str, Rendered]]:
    """The sample, its bound book, and the pieces of that by name."""
    layout = laid_out(ROOT)
    return layout, *pressed_here(layout)


@pytest.fixture(scope="module")
def both(pressed_sample: tuple[Layout, Rendered, dict[str, Rendered]]) -> tuple[bytes, bytes]:
    """The sample's book, bound and in one piece."""
    layout, book, made = pressed_sample
    return book.data, in_one_piece(layout, labels_of(layout, made)).data


def texts(data: bytes, tmp_path: Path) -> list[str]:
    file = tmp_path / "book.pdf"
    file.write_bytes(data)
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return [" ".join(page.split()) for page in said.stdout.decode().split("\f")]


def outline(data: bytes) -> list[tuple[int, str, int]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = {str(k): v for k, v in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}

        def walk(items: list[pikepdf.OutlineItem], level: int) -> list[tuple[int, str, int]]:
            found = []
            for item in items:
                to = item.destination
                to = names.get(str(to), to)
                to = to.D if isinstance(to, pikepdf.Dictionary) else to
                found.append((level, item.title, numbers[to[0].objgen]))
                found += walk(list(item.children), level + 1)
            return found

        with pdf.open_outline() as tree:
            return walk(list(tree.root), 1)


def links(data: bytes) -> list[tuple[int, str]]:
    """Each link's page, and where it leads."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            (number, str(link.Dest if "/Dest" in link else link.A.URI))
            for number, page in enumerate(pdf.pages, 1)
            for link in page.obj.get("/Annots", [])
        ]


def tags(data: bytes) -> list[str]:
    """The structure elements in reading order."""

    def walk(thing: pikepdf.Object) -> list[str]:
        if not isinstance(thing, pikepdf.Dictionary) or "/S" not in thing:
            return []
        kids = thing.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        return [str(thing.S), *(tag for kid in kids for tag in walk(kid))]

    with pikepdf.open(io.BytesIO(data)) as pdf:
        kids = pdf.Root.StructTreeRoot.K
        return [tag for kid in kids for tag in walk(kid)]


# --- The oracle --------------------------------------------------------------------------------


def test_the_same_text_on_the_same_pages(both: tuple[bytes, bytes], tmp_path: Path) -> None:
    """Heads and folios, notes and page references included."""
    bound_book, oracle = both
    assert texts(bound_book, tmp_path) == texts(oracle, tmp_path)


def places(data: bytes, tmp_path: Path) -> list[list[tuple[float, float, str]]]:
    """The words of each page, with their left edge and their height on the page, in points."""
    file = tmp_path / "book.pdf"
    file.write_bytes(data)
    said = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, check=True)
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*?)</word>')
    pages = said.stdout.decode().split("<page ")[1:]
    return [
        sorted((round(float(x), 1), round(float(y), 1), text) for x, y, text in word.findall(page))
        for page in pages
    ]


def test_every_word_stands_where_the_oracle_has_it(
    both: tuple[bytes, bytes], tmp_path: Path
) -> None:
    """Heads and folios too, to a fifth of a point."""
    bound_book, oracle = (places(data, tmp_path) for data in both)
    for page, wanted in zip(bound_book, oracle, strict=True):
        assert [text for *_, text in page] == [text for *_, text in wanted]
        for (x, y, text), (other_x, other_y, _) in zip(page, wanted, strict=True):
            assert (x, y) == pytest.approx((other_x, other_y), abs=0.2), text


# A theme that moves, colours and words them otherwise; the digits are larger.
THEME = """
:root { --folio-font: bold 14pt / 1 var(--sans) }
@page head-left, chapter:left, opening:left {
  @top-left { content: none }
  @top-right { content: "Left: " var(--head-left); color: #a00; width: 100%; text-align: right }
}
@page folio-right, chapter:right, opening:right {
  @bottom-right { content: none }
  @bottom-left { content: var(--folio) }
}
"""


def test_a_rule_for_heads_and_folios_has_its_effect_once(sample: Book, tmp_path: Path) -> None:
    """A workspace's theme moves them in the bound book as it moves them in the book in one piece."""
    sample.write("layouts/theme.css", THEME)
    layout = laid_out(sample.root)
    book, made = pressed_here(layout)
    whole = in_one_piece(layout, labels_of(layout, made))
    shown = texts(book.data, tmp_path)
    assert shown == texts(whole.data, tmp_path)
    assert sum(page.count("Left:") for page in shown) > 5
    assert all(page.count("Left:") <= 1 for page in shown)
    left = (places(data, tmp_path) for data in (book.data, whole.data))
    for page, wanted in zip(*left, strict=True):
        heads, other = ([w for w in words if w[2] == "Left:"] for words in (page, wanted))
        assert [w[:2] for w in heads] == [pytest.approx(w[:2], abs=0.2) for w in other]


@pytest.mark.parametrize("of", [outline, links, tags])
def test_the_same_outline_links_and_tags(
    of: Callable[[bytes], list[object]], both: tuple[bytes, bytes]
) -> None:
    bound_book, oracle = both
    assert of(bound_book)
    assert of(bound_book) == of(oracle)


def test_the_bytes_are_at_most_twice_the_oracles(both: tuple[bytes, bytes]) -> None:
    bound_book, oracle = both
    assert len(bound_book) <= 2 * len(oracle)


# --- Page numbers ------------------------------------------------------------------------------

COLOPHON = Document("colophon", "colophon", "Colophon", "colophon")
NO_LAYOUT = cast(Layout, None)  # these pieces are not rendered


def chapters(*names: str) -> list[Piece]:
    """Pieces that each show the page number of the next."""
    after = [*names[1:], names[0]]
    return [
        Piece(NO_LAYOUT, name, (Document("chapter", name, name, name, pages=(other,)),))
        for name, other in zip(names, after, strict=True)
    ]


def kept(pages: int, *ids: str) -> StoredPiece:
    return StoredPiece(Asset.of(b""), pages, dict.fromkeys(ids, 1))


def test_a_piece_shows_the_numbers_that_it_is_given(book: Book) -> None:
    """It is another piece only if the number of a page that it shows is another."""
    layout = laid_out(book.root)
    _, (neap, *_) = book_pieces(layout)
    assert neap.refers
    assert f'data-page="{GUESS}"' in neap.page[0]
    there = neap.documents[0].pages[0]
    known = neap.numbered({there: "12", "elsewhere": "7"})
    assert 'data-page="12"' in known.page[0]
    assert known.numbered({there: "12"}) is known


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests/specimen", MODEL])
def test_numbers_are_put_into_a_page_as_it_would_be_rendered(root: Path) -> None:
    """A chapter with other numbers is not rendered again, and is the same as if it were."""
    layout = laid_out(root)
    front, chapters = book_pieces(layout)
    ids = {id_ for piece in chapters for d in piece.documents for id_ in d.pages}
    for number in ("7", "12", "\N{FIGURE SPACE}117"):
        labels = dict.fromkeys(ids, number)
        for piece in (front, *chapters):
            assert piece.page
            filled = piece.numbered(labels).numbered(dict.fromkeys(ids, "1")).numbered(labels)
            other = render_documents(layout, piece.documents, filled.labels)
            assert filled.page == (other.html, other.assets)


def test_chapters_begin_on_right_hand_pages() -> None:
    """So a chapter of three pages is followed by a blank one, and the next begins on page 5."""
    found = numbered(chapters("a", "b"), [kept(3, "a"), kept(2, "b")])
    assert found == {"a": "1", "b": "5"}


def test_a_quiet_piece_begins_on_the_next_page() -> None:
    pieces = [*chapters("a"), Piece(NO_LAYOUT, "colophon", (COLOPHON,))]
    assert numbered(pieces, [kept(3, "a"), kept(1, "colophon")])["colophon"] == "4"


def test_steady_numbers_are_all_as_wide_as_the_widest() -> None:
    found = numbered(chapters("a", "b"), [kept(9, "a"), kept(3, "b")], steady=True)
    assert found == {"a": "\N{FIGURE SPACE}1", "b": "11"}


def test_guesses_have_as_many_digits_as_the_numbers(
    pressed_sample: tuple[Layout, Rendered, dict[str, Rendered]],
) -> None:
    """So a chapter is drawn from the layout that was measured (:mod:`handpress.press.pdf.held`)."""
    layout, _, made = pressed_sample
    labels = labels_of(layout, made)
    guesses = guessed(book_pieces(layout)[1])
    assert len(guesses) > 2
    assert guesses == {id_: "0" * len(labels[id_]) for id_ in guesses}


def test_a_guess_depends_on_the_length_of_the_articles_before(book: Book) -> None:
    _, (neap, spring, *rest) = book_pieces(laid_out(book.root))

    def guess(length: int) -> str:
        (document,) = neap.documents
        assert document.article
        longer = replace(document.article, body="x" * length)
        before = replace(neap, documents=(replace(document, article=longer),))
        found = guessed((before, spring, *rest))
        return next(guess for id_, guess in found.items() if id_.startswith(spring.name))

    assert [guess(length) for length in (1_000, 10_000, 20_000, 200_000)] == ["0", "0", "00", "000"]


class Fickle:
    """A press whose first chapter is a page longer when the number in it has one digit, so that the
    second chapter begins on page 9 when it is shown as 11, and on 11 when it is shown as 9.
    """

    def __init__(self) -> None:
        self.rounds = 0

    def find(self, recipe: object) -> StoredPiece:
        name = name_of(recipe)  # type: ignore[arg-type]
        html = recipe.files["index.html"].read().decode()  # type: ignore[attr-defined]
        if name in ("front", "furniture"):
            return kept(1, name)
        if name == "neap":
            self.rounds += 1
            shown = re.findall(r'class="page"[^>]*data-page="([^"]*)"', html)
            return kept(
                8 if any(len(number) == 2 for number in shown) else 10, "neap", "neap--method"
            )
        return kept(2, *re.findall(r'\bid="([^"]+)"', html))


def test_chapters_that_push_each_other_come_to_rest(book: Book) -> None:
    """Numbers that would keep changing each other get the room of the widest, and settle."""
    press_ = Fickle()
    steps = list(whole(laid_out(book.root), press_.find))  # type: ignore[arg-type]
    last = steps[-1][0]
    assert last.complete
    assert STEADY < press_.rounds <= STEADY + 3
    final = steps[-3]
    neap = next(r for r in final if name_of(r) == "neap").files["index.html"].read().decode()
    assert 'data-page="\N{FIGURE SPACE}9"' in neap or 'data-page="11"' in neap


@pytest.mark.anew
def test_a_book_does_not_depend_on_the_one_before(book: Book) -> None:
    """The rounds begin from the same guess each time: after any edits, the bytes of a clean build."""
    book.build()
    before = (book.output / "moon/moon.pdf").read_bytes()
    text = (book.root / "sources/moon/01-neap.md").read_text()
    book.write("sources/moon/01-neap.md", text + "\n\nThe sea goes out.\n" * 200)
    book.build()
    assert (book.output / "moon/moon.pdf").read_bytes() != before
    book.write("sources/moon/01-neap.md", text)
    book.build()
    assert (book.output / "moon/moon.pdf").read_bytes() == before


# --- Pieces that are kept ----------------------------------------------------------------------


def test_a_piece_that_is_not_whole_is_pressed_again(built: Book) -> None:
    """The store may be damaged or deleted at any time: the book is the same."""
    store = built.output / ".handpress/pieces"
    before = (built.output / "moon/moon.pdf").read_bytes()
    for file in store.glob("*.pdf"):
        file.write_bytes(b"%PDF-1.7 nothing")
    for file in list(store.glob("*.json"))[:1]:
        file.write_text('["not facts"]')
    built.build("--rebuild")
    assert (built.output / "moon/moon.pdf").read_bytes() == before


def test_pieces_that_nothing_asks_for_go(built: Book) -> None:
    store = built.output / ".handpress/pieces"
    built.edit("sources/moon/01-neap.md", "# ", "# Still ")
    built.build()
    first = {file.name for file in store.iterdir()}
    built.build()
    assert {file.name for file in store.iterdir()} == first


def test_a_store_without_a_folder_has_nothing(tmp_path: Path, book: Book) -> None:
    store = PieceStore(tmp_path / "none")
    (recipe, *_) = settle_page_numbers(laid_out(book.root)).wanted
    assert store.get(recipe) is None
