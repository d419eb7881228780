"""Copies: many finished PDFs joined while they come, with what is equal stored once."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.layout.variant import Variant
from handpress.personal import Sheet, Visit, fill
from handpress.press.bindery.book import Unbindable
from handpress.press.bindery.copies import Copies, join_copies
from handpress.press.bindery.faces import MOST
from helpers import printed
from helpers.finished import wrong_in
from helpers.workspaces import ROOT

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉÇŁŞabcdefghijklmnopqrstuvwxyz"
COUNT = MOST + 9  # faces are merged on the way, and at the end


@pytest.fixture(scope="module")
def sheets() -> list[bytes]:
    """Sheets of a handout of two pages, each with a name in other letters."""
    workspace = find(ROOT)
    assert workspace
    layout, *_ = load(workspace).layouts
    sheet = Sheet(layout, "strengthen-your-glutes", Variant("standard", "a4"))
    return [fill(sheet, Visit(client=f"{LETTERS[n : n + 9]} {n:03}")) for n in range(COUNT)]


@pytest.fixture(scope="module")
def joined(sheets: list[bytes]) -> bytes:
    return join_copies(sheets)


def test_each_page_looks_and_reads_as_before(sheets: list[bytes], joined: bytes) -> None:
    assert wrong_in(joined) == []
    every = pypdfium2.PdfDocument(joined)
    assert len(every) == 2 * COUNT
    for number in (0, 1, MOST - 1, MOST, COUNT - 1):
        own = pypdfium2.PdfDocument(sheets[number])
        for page in range(2):
            one, other = own[page], every[2 * number + page]
            assert printed.words(own, page + 1) == printed.words(every, 2 * number + page + 1)
            assert bytes(one.render(scale=0.7).buffer) == bytes(other.render(scale=0.7).buffer)


def test_equal_content_is_stored_once(sheets: list[bytes], joined: bytes) -> None:
    """A hundred kilobytes for all, and less than ten for each."""
    assert len(joined) < 100_000 + 10_000 * COUNT < len(b"".join(sheets)) / 4
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        faces = [
            str(thing.BaseFont)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"
        ]
        assert len(faces) == len({*faces})


def test_trees_are_whole(joined: bytes) -> None:
    """Names are sorted, as viewers expect; links stay on their own copy; the outline goes through all copies."""
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        spelt = [*names]
        assert spelt == sorted(spelt)
        links = 0
        for number, page in enumerate(pdf.pages):
            for annotation in page.obj.get("/Annots", []):
                if "/Dest" in annotation:
                    links += 1
                    there = numbers[names[str(annotation.Dest)][0].objgen]
                    assert there // 2 == number // 2
        assert links
        entries = [pdf.Root.Outlines.First]
        while "/Next" in entries[-1]:
            entries.append(entries[-1].Next)
        assert entries[-1].objgen == pdf.Root.Outlines.Last.objgen
        assert all(b.Prev.objgen == a.objgen for a, b in pairwise(entries))
        assert len(entries) % COUNT == 0


def test_the_same_copies_give_the_same_bytes(sheets: list[bytes]) -> None:
    assert join_copies(sheets[:3]) == join_copies(sheets[:3])


def test_what_would_be_lost_is_refused() -> None:
    untagged = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(untagged)
    with pytest.raises(Unbindable, match="copy 1: is not tagged"):
        Copies(io.BytesIO()).add(untagged.getvalue())
    with pytest.raises(Unbindable, match="nothing"):
        join_copies([])
