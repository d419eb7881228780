"""Packs: handouts that are given out together are one PDF, in which each begins on a fresh sheet."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
import yaml

from handpress.core.files.disk import Asset
from handpress.core.styles import styles
from handpress.press.bindery import pack as bindery_pack
from handpress.press.options import PackedHandout, PackOptions, RenderOptions
from handpress.press.pdf import render
from handpress.series.contents import title_of
from helpers.finished import pdf_links, pdf_names, pdf_text, wrong_in
from helpers.pieces import elements, piece, piece_files
from helpers.workspaces import CASES, ROOT, UNPRINTABLE, Book, publish_model

MOON = "sources/moon/series.yaml"
PACKS = "packs:\n  both-tides: [spring, neap]\n  neap-only: [neap]\nmedia: [handout, web]\n"
SPRING = "See [why](01-neap.md#why-it-happens), or [it all](01-neap.md).\n"


@pytest.fixture(scope="module")
def packed_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model workspace with two packs, published once. Nobody writes into it."""
    root = tmp_path_factory.mktemp("packs") / "workspace"
    publish_model(root, series=PACKS, spring=f"\n{SPRING}")
    return root


@pytest.fixture
def packed(packed_output: Path, empty: Book) -> Book:
    """A copy of it: all of it is fresh."""
    shutil.copytree(packed_output, empty.root, dirs_exist_ok=True)
    return empty


@pytest.fixture(scope="module")
def pack(packed_output: Path) -> Path:
    return packed_output / "output/moon/packs/both-tides.pdf"


# --- What is in it -----------------------------------------------------------------------------


def test_it_has_the_pages_of_its_handouts(pack: Path) -> None:
    """In the order of the pack, each on a right-hand page and filled up to a sheet by a page that
    carries nothing; the pages' own numbers stay.
    """
    handouts = [pack.parent.with_name("handouts") / f"{n}.pdf" for n in ("spring", "neap")]
    expected = []
    for handout in handouts:
        expected += pdf_text(handout)
        expected += [""] * (len(expected) % 2)
    assert pdf_text(pack) == expected
    assert "Page 1 of 1" in expected[0]
    with pikepdf.open(pack) as pdf:
        assert ["/Contents" in p.obj for p in pdf.pages] == [bool(text) for text in expected]
        assert len({str(p.mediabox) for p in pdf.pages}) == 1


def test_it_is_accessible_and_sound(pack: Path) -> None:
    """PDF/UA-1 and PDF/A-2a like its handouts, with one tree of structure."""
    assert wrong_in(pack.read_bytes()) == []
    subprocess.run(["qpdf", "--check", pack], check=True, capture_output=True)
    with pikepdf.open(pack) as pdf:
        (document,) = [e for e in elements(pdf) if e.S == "/Document"]
        assert [e for e in elements(pdf) if e.S == "/H1"]
        assert document.P.objgen == pdf.Root.StructTreeRoot.objgen


def test_it_says_what_it_is(pack: Path) -> None:
    """Its title and its authors, and nothing that is true of its first handout alone."""
    with pikepdf.open(pack) as pdf:
        assert str(pdf.docinfo.Title) == "Both tides – The Moon and the Sea"
        assert str(pdf.docinfo.Author) == "Ada Stone"
        assert str(pdf.docinfo.CreationDate) == "D:20261122"
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Both tides – The Moon and the Sea"
            assert metadata["pdfuaid:part"] == "1"
            assert "dc:description" not in metadata
        assert "/Subject" not in pdf.docinfo
        assert "/PageLabels" not in pdf.Root


def test_its_outline_has_each_title(pack: Path) -> None:
    with pikepdf.open(pack) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Spring Tides", "Neap Tides"]
        assert outline.root[1].children


def test_links_between_its_handouts_stay_in_it(pack: Path) -> None:
    """To the place, where there is one, else to the handout. The address of a handout itself leads to
    the web, and so does that of one which is not in the pack.
    """
    with pikepdf.open(pack) as pdf:
        names = pdf_names(pdf)
        inside = [(link.page, link.name) for link in pdf_links(pdf) if link.name]
        outside = [(link.page, link.uri) for link in pdf_links(pdf) if link.uri]
    assert (0, "neap--why-it-happens") in inside
    assert (0, "neap") in inside
    assert {names[name] for _, name in inside} == {0, 2}
    assert {(n, uri) for n, uri in outside if "/articles/" in uri} == {
        (0, "https://tides.example/articles/spring.html"),
        (2, "https://tides.example/articles/neap.html"),
    }
    with pikepdf.open(pack.with_name("neap-only.pdf")) as alone:
        assert [link for link in pdf_links(alone) if "spring.html" in (link.uri or "")]


def test_a_handout_keeps_its_language() -> None:
    """A pack is in the language of the series; what is in another one says so (14.9.2)."""
    parts = {
        "0.pdf": Asset.of(piece('<h1 id="a">A</h1>')),
        "1.pdf": Asset.of(foreign(piece('<h1 id="b">B</h1><p>C</p>'))),
    }
    handouts = tuple(PackedHandout(title, title.lower(), "") for title in ("A", "B"))
    options = PackOptions(title="T", authors=(), language="en", handouts=handouts)
    with pikepdf.open(io.BytesIO(bindery_pack.collate_pack(parts, options).data)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        kids = pdf.Root.StructTreeRoot.K[0].K
        assert [str(kid.get("/Lang", "")) for kid in kids][:1] == [""]
        assert {str(kid.get("/Lang", "")) for kid in kids} == {"", "de"}


def test_metadata_of_more_than_one_line_are_replaced_whole() -> None:
    """A summary can have several lines, and a pack no authors."""
    page = '<html lang="en"><head><title>A</title><meta name="author" content="Ada Stone">'
    page += '<meta name="description" content="One line.&#10;Another."></head>'
    files = piece_files("")
    files["index.html"] = Asset.of(f'{page}<body><h1 id="a">A</h1></body></html>'.encode())
    handout = render.render_pdf(files, RenderOptions()).data
    assert b"One line.\nAnother." in handout
    options = PackOptions("Tea & more", (), "en", (PackedHandout("A", "a", ""),))
    made = bindery_pack.collate_pack({"0.pdf": Asset.of(handout)}, options).data
    assert wrong_in(made) == []
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["dc:title"], str(pdf.docinfo.Title)) == ("Tea & more", "Tea & more")
        assert not {"dc:description", "dc:creator"} & {*metadata}
        assert not {"/Author", "/Subject"} & {*pdf.docinfo}
        assert b"Another" not in pdf.Root.Metadata.read_bytes()


def foreign(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.Lang = pikepdf.String("de")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


# --- What it is made of ------------------------------------------------------------------------


def test_it_follows_its_handouts(packed: Book) -> None:
    """A change costs the handout and the packs that it is in; `why` and `list` know it before."""
    assert packed.build().made == []
    packed.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    assert packed.run("why", "packs/both-tides.pdf").out == (
        "packs/both-tides.pdf would be made again: handout spring changed\n"
    )
    assert "is fresh" in packed.run("why", "packs/neap-only.pdf").out
    assert "  stale  packs/both-tides.pdf  4 pages  (handout spring changed)" in (
        packed.run("list").said
    )
    ran = packed.build("--only", "handout")
    assert ran.made == ["handouts/spring.pdf", "packs/both-tides.pdf"]
    assert "made packs/both-tides.pdf  4 pages  handout spring changed" in ran.said


def test_a_handout_that_is_made_again_as_it_was_costs_no_pack(packed: Book) -> None:
    (packed.output / "moon/handouts/neap.pdf").unlink()
    assert "is fresh" in packed.run("why", "packs/neap-only.pdf").out
    assert packed.build().made == ["handouts/neap.pdf"]


@pytest.mark.anew
def test_another_order_is_another_pack(packed: Book) -> None:
    before = (packed.output / "moon/packs/both-tides.pdf").read_bytes()
    packed.edit(MOON, "[spring, neap]", "[01-neap.md, spring]")
    ran = packed.build()
    assert "made packs/both-tides.pdf  4 pages  pack changed" in ran.said
    assert (packed.output / "moon/packs/both-tides.pdf").read_bytes() != before
    packed.edit(MOON, "[01-neap.md, spring]", "[spring, neap]")
    packed.build()
    assert (packed.output / "moon/packs/both-tides.pdf").read_bytes() == before


def test_it_is_made_in_the_styles_and_papers_of_the_handouts(packed: Book) -> None:
    """A variant that was asked for once is kept right, and a pack that is taken out goes."""
    ran = packed.build("--style", "large-print", "--paper", "letter", "--only", "handout")
    large = "packs/large-print/letter/both-tides.pdf"
    assert large in ran.made
    with pikepdf.open(packed.output / "moon" / large) as pdf:
        assert [float(n) for n in pdf.pages[0].mediabox] == pytest.approx([0, 0, 612, 792])
    packed.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    assert large in packed.build().made
    packed.edit(MOON, "  both-tides: [spring, neap]\n", "")
    packed.build()
    assert {p.name for p in (packed.output / "moon/packs").rglob("*.pdf")} == {"neap-only.pdf"}


def test_the_series_page_offers_it(packed: Book) -> None:
    """In each of the series' styles, by a name that people read; the shelf has the whole series only."""
    packed.write(MOON, packed.read(MOON) + "styles: [standard, large-print]\n")
    packed.build()
    shown = packed.read("output/moon/index.html")
    offered = 'href="packs/{}.pdf" download><strong>{}</strong>'
    assert offered.format("both-tides", "Both tides") in shown
    assert offered.format("large-print/neap-only", "Neap only, in large print") in shown
    assert "packs/" not in packed.read("output/index.html") + packed.read("output/opds.xml")


def test_what_fails_leaves_the_pack_of_before(packed: Book) -> None:
    """If a handout cannot be made, its packs stay as they were: no pack has one old sheet among new."""
    before = (packed.output / "moon/packs/both-tides.pdf").read_bytes()
    packed.edit("sources/moon/01-neap.md", "across the moon", "across the moon itself")
    packed.write("layouts/theme.css", UNPRINTABLE)
    packed.write(
        "sources/moon/02-spring.md", packed.read("sources/moon/02-spring.md") + "\n==tiny==\n"
    )
    ran = packed.build()
    assert "[small-text]" in ran.err
    assert (packed.output / "moon/packs/both-tides.pdf").read_bytes() == before
    assert "packs/neap-only.pdf" in ran.made


# --- Messages on mistakes -------------------------------------------------------------


def test_an_article_stands_in_a_pack_once(packed: Book) -> None:
    packed.edit(MOON, "[spring, neap]", "[spring, 02-spring]")
    ran = packed.run("check")
    assert "`02-spring` is already in this pack" in ran.err
    assert "help: list each article only once in a pack" in ran.err


def test_a_draft_is_in_no_pack(packed: Book) -> None:
    packed.edit("sources/moon/01-neap.md", "title: Neap Tides", "title: Neap Tides\ndraft: true")
    packed.edit("sources/moon/02-spring.md", SPRING, "")
    assert "missing handout `neap`" in packed.run("check").err


@pytest.mark.parametrize(
    ("name", "title"), [("first-visit", "First visit"), ("after-a-hip-3", "After a hip 3")]
)
def test_a_name_is_read_as_a_title(name: str, title: str) -> None:
    assert title_of(name) == title


def test_every_style_has_a_word_for_its_packs() -> None:
    for style in styles():
        file = ROOT / f"layouts/styles/styles/{style}/words.yaml"
        assert "{title}" in yaml.safe_load(file.read_text(encoding="utf-8"))["en"]["pack"]


def test_the_case_names_both_ways_to_mend() -> None:
    """One article was meant, and is named; of the other nothing near is known."""
    said = (CASES / "missing-handout/expected.txt").read_text(encoding="utf-8")
    assert "did you mean `spring`?" in said
    assert "list articles of this series in a pack" in said
