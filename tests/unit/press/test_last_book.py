"""The last book: what did not change is copied from it, and the bytes are those of a book that was bound without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from handpress.core.files.disk import Asset
from handpress.press.bindery import book as bindery
from handpress.press.bindery.book import bind_book
from handpress.press.bindery.last_book import Record
from handpress.press.options import BindOptions
from handpress.press.result import EARLIER, ELSEWHERE, MEMORY, Rendered
from helpers.finished import wrong_in
from helpers.pieces import piece, stamps

FRONT = (
    f'<h1 id="front">Contents</h1><p><a href="{ELSEWHERE}c">Letters of all kinds: abcdefgh</a></p>'
)
TABLE = "<table><tr><th>head</th><th>hand</th></tr><tr><td>a</td><td>b</td></tr></table>"
# Chapters by their names. The last one is back matter, which has no folios.
BODIES = {
    "a": f'<h1 id="a">aaa</h1><p>See <a href="{ELSEWHERE}c">c</a>.</p>{TABLE}<img src="dot.png" alt="dot">',
    "b": f'<h1 id="b">bbb</h1><p class="next">cage</p><p><a href="#b">b</a></p>{TABLE}',
    "c": '<h1 id="c">ccc</h1><h2 id="c--part">Part</h2><p>bead</p><img src="dot.png" alt="dot">',
    "d": '<h1 id="d">ddd</h1><p style="opacity: 0.5">deaf</p>',
    "z": '<h1 id="z">zzz</h1><p>Set in type.</p>',
}
Bodies = Mapping[str, str]


def files(bodies: Bodies = BODIES, heads: Mapping[str, str] | None = None) -> dict[str, Asset]:
    pieces = [piece(FRONT), *map(piece, bodies.values())]
    named = {f"{n:05}.pdf": Asset.of(data) for n, data in enumerate(pieces)}
    numbered = [(heads or {}).get(name, name) for name in bodies if name != "z"]
    return {**named, "stamps.pdf": Asset.of(stamps(*numbered))}


def bound(bodies: Bodies = BODIES, last: Rendered | None = None, **heads: str) -> Rendered:
    """The book of some chapters, quicker with the `last` one."""
    recipe = files(bodies, heads)
    if last:
        recipe |= {EARLIER: Asset.of(last.data), MEMORY: Asset.of(last.memory)}
    back = tuple(n for n, name in enumerate(bodies) if name == "z")
    return bind_book(recipe, BindOptions(cover="C", titles=tuple(bodies), unnumbered=back))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the chapters that were bound, not copied."""
    titles: list[str] = []
    take = bindery._take

    def noted(book: Any, chapter: Any, stamp: Any) -> Any:
        titles.append(chapter.title)
        return take(book, chapter, stamp)

    monkeypatch.setattr(bindery, "_take", noted)
    return titles


def can_be_copied(book: Rendered) -> set[str]:
    """The chapters in the record of a book, each by the id of its title."""
    record = msgspec.msgpack.decode(book.memory, type=Record)
    return {name for copy in record.copies for name in copy.part.names} & BODIES.keys()


def test_what_did_not_change_is_copied(read: list[str]) -> None:
    """A chapter that is the first with some letter is bound again: its font is needed to merge the fonts."""
    first = bound()
    assert wrong_in(first.data) == []
    kept = can_be_copied(first)
    read.clear()
    again = bound(last=first)
    assert again == first
    assert set(read) == BODIES.keys() - kept
    assert "d" not in read


CHANGES: dict[str, Bodies] = {
    "a word of the same length": {**BODIES, "b": BODIES["b"].replace("cage", "gage")},
    "a letter that no chapter had": {**BODIES, "b": BODIES["b"].replace("cage", "cake")},
    "a letter that later chapters took from here": {
        **BODIES,
        "a": BODIES["a"].replace("See", "Sie"),
    },
    "another page": {**BODIES, "b": BODIES["b"] + '<p class="next">hedge</p>'},
    "a picture gone, which a later chapter has too": {
        **BODIES,
        "a": BODIES["a"].replace('<img src="dot.png" alt="dot">', ""),
    },
    "another id": {**BODIES, "c": BODIES["c"].replace("c--part", "c--piece")},
    "a chapter gone": {name: body for name, body in BODIES.items() if name != "b"},
    "another order": {name: BODIES[name] for name in "dcbaz"},
    "nothing but one chapter": {"c": BODIES["c"]},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_gives_the_bytes_of_a_book_bound_without_the_last_one(change: str) -> None:
    """Also back again, from a record whose copies were copied themselves."""
    bodies = CHANGES[change]
    changed = bound(bodies, bound())
    assert changed == bound(bodies)
    assert bound(last=changed) == bound()
    assert bound(bodies, bound(last=changed)) == changed


def test_running_heads_are_those_of_today() -> None:
    assert bound(last=bound(), c="see") == bound(c="see")


def test_chapters_after_a_change_of_one_word_are_copied(read: list[str]) -> None:
    first = bound()
    read.clear()
    bound(CHANGES["a word of the same length"], first)
    assert "b" in read
    assert "d" not in read


@pytest.mark.parametrize(
    "last",
    [
        Rendered(b"", memory=b""),
        Rendered(b"%PDF-1.7 another file", memory=b"\x93"),
        Rendered(b"%PDF-1.7 another file", memory=msgspec.msgpack.encode({"a": 1})),
    ],
)
def test_a_record_that_is_not_ours_is_ignored(last: Rendered) -> None:
    assert bound(last=last) == bound()


def test_a_record_of_another_book_is_ignored(read: list[str]) -> None:
    first = bound()
    read.clear()
    assert bound(last=Rendered(first.data + b"\n", memory=first.memory)) == first
    assert read == [*BODIES]
