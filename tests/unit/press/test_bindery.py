"""Bind: what the pieces say is in the book, once, where a viewer and a screen reader look for it."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from handpress.core.files.disk import Asset
from handpress.press.bindery import book as bindery
from handpress.press.bindery.book import Chapter, Unbindable
from handpress.press.bindery.font_merge import one_face
from handpress.press.bindery.trees import LEAF
from handpress.press.options import RenderOptions
from handpress.press.pdf import render
from handpress.press.result import ELSEWHERE
from helpers.finished import wrong_in
from helpers.pieces import FACES, FONTS, elements, piece, piece_files, stamps

TABLE = (
    "<table><thead><tr><th>{0} one</th><th>{0} two</th></tr></thead>"
    "<tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
)
FRONT = (
    '<h1 id="front">Contents</h1>'
    f'<p><a href="{ELSEWHERE}one">One</a></p><p><a href="{ELSEWHERE}two">Two</a></p>'
)
ONE = (
    '<h1 id="one">Chapter one</h1><h2 id="one--part">Its part</h2>'
    f'<p>See <a href="{ELSEWHERE}two--part">the other</a> and <a href="#one--part">this</a>.</p>'
    + TABLE.format("first")
    + '<p class="sans">Semicolon; and a</p><img src="dot.png" alt="A dot">'
    '<p class="next">Second page.</p><p class="next">Third page.</p>'
)
TWO = (
    '<h1 id="two">Chapter two</h1><h2 id="two--part">Zwei</h2>'
    f'<p>Back to <a href="{ELSEWHERE}one">one</a>.</p>'
    + TABLE.format("second")
    + '<p class="sans">i: Zwölf; ½</p><img src="dot.png" alt="A dot again">'
    '<p class="next">On the left.</p>'
)
END = '<h1 id="end">Colophon</h1><p>Set in type.</p>'


def chapter(data: bytes, title: str, **more: bool) -> Chapter:
    return Chapter(Asset.of(data), title, **more)


def bind(front: bytes, chapters: Sequence[Chapter], stamps: bytes, cover_label: str) -> bytes:
    """Return the bound book."""
    return bindery.bound(front, chapters, stamps, cover_label=cover_label).save()


@cache
def book() -> bytes:
    chapters = [
        chapter(piece(ONE), "one"),
        chapter(piece(TWO), "two"),
        chapter(piece(END), "end", unnumbered=True),
    ]
    return bind(piece(FRONT), chapters, stamps("Chapter one", "Chapter two"), cover_label="Cover")


def test_a_link_out_of_a_piece_is_one_that_binding_recognises() -> None:
    body = '<h1 id="here">T</h1><p><a href="#there">to another</a> <a href="#here">up</a></p>'
    data = render.render_pdf(piece_files(body), RenderOptions(piece=True)).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out, inside = pdf.pages[0].Annots
        assert str(out.A.URI) == f"{ELSEWHERE}there"
        assert str(inside.Dest) == "here"


@pytest.fixture
def bound() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(book())) as pdf:
        yield pdf


def text(data: bytes) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    )
    return [" ".join(p.split()) for p in done.stdout.decode().removesuffix("\f").split("\f")]


def test_pages_labels_and_blanks(bound: pikepdf.Pdf) -> None:
    # front, blank, three of one, blank, two of two, colophon
    assert [str(p.label) for p in bound.pages] == ["Cover", "ii", "1", "2", "3", "4", "5", "6", "7"]
    assert ["/Contents" in p.obj for p in bound.pages] == [n not in (1, 5) for n in range(9)]
    boxes = {tuple(map(float, p.obj[b])) for p in bound.pages for b in ("/MediaBox", "/TrimBox")}
    assert len(boxes) == 1


def test_labels_in_other_digits_are_those_of_each_page() -> None:
    """PDF counts in 0 to 9 and in Roman numerals alone."""
    chapters = [chapter(piece(ONE), "one"), chapter(piece(TWO), "two")]
    chapters.append(chapter(piece(END), "end", unnumbered=True))
    over, digits = stamps("One", "Two"), "۰۱۲۳۴۵۶۷۸۹"
    made = bindery.bound(piece(FRONT), chapters, over, cover_label="جلد", digits=digits)
    with pikepdf.open(io.BytesIO(made.save())) as pdf:
        labels = [str(p.label) for p in pdf.pages]
    assert labels == ["جلد", "ii", "۱", "۲", "۳", "۴", "۵", "۶", "۷"]


@pytest.mark.parametrize(
    ("digits", "order"), [("٠١٢٣٤٥٦٧٨٩", [b"1", b"0"]), ("߀߁߂߃߄߅߆߇߈߉", [b"0", b"1"])]
)
def test_digits_run_as_their_script_does(digits: str, order: list[bytes]) -> None:
    """Arabic digits from left to right, those of N'Ko from right to left."""
    body = '<h1 id="x">x</h1>' + '<p style="break-before: page">y</p>' * 9
    chapters = [chapter(piece(body), "x")]
    made = bindery.bound(piece(END), chapters, stamps("x"), cover_label="C", digits=digits)
    with pikepdf.open(io.BytesIO(made.save())) as pdf:
        content = pdf.pages[-1].obj.Contents[-1].read_bytes()
    assert re.findall(rb"/Folio(\d) Do", content) == order


def test_folios_and_heads() -> None:
    pages = text(book())
    assert pages[2].startswith("Chapter one Its part")
    assert pages[2].endswith(" 1")
    assert pages[2].count("Chapter one") == 1  # no head above the title
    assert pages[3] == "The series Second page. 2"
    assert pages[4] == "Chapter one Third page. 3"
    assert pages[1] == pages[5] == ""
    assert pages[7] == "The series On the left. 6"
    assert pages[8] == "Colophon Set in type."


def test_folios_and_heads_are_artifacts(bound: pikepdf.Pdf) -> None:
    for number, kinds in {
        2: ["Footer"],
        3: ["Footer", "Header"],
        4: ["Footer", "Header"],
        8: [],
    }.items():
        content = bound.pages[number].obj.Contents
        content = content[-1] if isinstance(content, pikepdf.Array) else content
        found = re.findall(
            rb"/Artifact <</Type /Pagination /Subtype /(\w+) /Attached \[/\w+\]>> BDC",
            content.read_bytes(),
        )
        assert [kind.decode() for kind in found] == kinds


def test_digits_stand_where_the_press_would_set_them() -> None:
    """A number begins on the left, and ends on the right, where the only digit of another would."""
    pressed = book_of_pages(12)
    with pypdfium2.PdfDocument(pressed) as document:
        left, right = (chars(document[2 + n - 1]) for n in (10, 11))
    with pypdfium2.PdfDocument(stamps("x")) as document:
        zero, last = chars(document[0])[0], chars(document[10])[0]
    (one, ten), (_, unit) = left, right
    assert (one[0], ten[0]) == ("1", "0")
    assert one[1] < zero[2]
    assert ten[1] > one[2]
    assert abs(unit[2] - last[2]) < 2  # ends at the other margin, less what is white beside a one


def chars(sheet: Any) -> list[tuple[str, float, float]]:
    found = sheet.get_textpage()
    return [
        (found.get_text_range(n, 1), *found.get_charbox(n)[0:3:2])
        for n in range(found.count_chars())
        if found.get_text_range(n, 1).isdigit()
    ]


def book_of_pages(count: int) -> bytes:
    body = '<h1 id="x">x</h1>' + '<p class="next">.</p>' * (count - 1)
    return bind(piece(END), [chapter(piece(body), "x")], stamps("x"), cover_label="C")


def test_links_between_pieces_arrive(bound: pikepdf.Pdf) -> None:
    names = bound.Root.Names.Dests.Names
    keys = [bytes(name) for name in list(names)[::2]]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys) == 6
    numbers = {p.objgen: n for n, p in enumerate(bound.pages)}
    to = {
        str(k): numbers[v[0].objgen]
        for k, v in zip(list(names)[::2], list(names)[1::2], strict=True)
    }
    found = [
        (n, to[str(a.Dest)]) for n, p in enumerate(bound.pages) for a in p.obj.get("/Annots", [])
    ]
    assert found == [(0, 2), (0, 6), (2, 6), (2, 2), (6, 2)]
    assert ELSEWHERE.encode() not in b"".join(str(o).encode() for o in bound.objects)


def test_trees_of_many_names_have_leaves() -> None:
    """A viewer finds a name by the first and the last one of each leaf."""
    body = "".join(f'<p id="p{n}">{n}</p>' for n in range(5 * LEAF))
    links = "".join(f'<p><a href="{ELSEWHERE}p{n}">{n}</a></p>' for n in range(2 * LEAF))
    chapters = [chapter(piece(f'<h1 id="one">x</h1>{body}'), "one")]
    data = bind(piece(links), chapters, stamps("x"), cover_label="Cover")
    assert wrong_in(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for tree, key in (
            (pdf.Root.Names.Dests, "/Names"),
            (pdf.Root.StructTreeRoot.ParentTree, "/Nums"),
        ):
            every = [list(leaf[key])[::2] for leaf in tree.Kids]
            assert [list(leaf.Limits) for leaf in tree.Kids] == [[x[0], x[-1]] for x in every]
            found = [key if isinstance(key, int) else bytes(key) for leaf in every for key in leaf]
            assert found == sorted(set(found))
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        assert all(f"p{n}" in names for n in range(2 * LEAF))


def test_an_id_outside_ascii_is_found() -> None:
    front = piece(
        f'<h1>C</h1><p><a href="{ELSEWHERE}čaj--été">x</a> <a href="{ELSEWHERE}é">y</a></p>'
    )
    body = piece('<h1 id="čaj--été">Tea</h1><p id="é">Summer</p>')
    data = bind(front, [chapter(body, "tea")], stamps("Tea"), cover_label="Cover")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        dests = [str(a.Dest) for a in pdf.pages[0].obj.Annots]
        assert dests == ["čaj--été", "é"]
        names = [bytes(n) for n in list(pdf.Root.Names.Dests.Names)[::2]]
        assert all(bytes(a.Dest) in names for a in pdf.pages[0].obj.Annots)


@pytest.mark.parametrize(
    ("bodies", "said"),
    [
        ([f'<h1 id="one">x</h1><p><a href="{ELSEWHERE}nowhere">y</a></p>'], "leads to `nowhere`"),
        (['<h1 id="one">x</h1>', '<h1 id="one">y</h1>'], "has the id `one` too"),
    ],
)
def test_what_would_lead_astray_is_refused(bodies: list[str], said: str) -> None:
    chapters = [chapter(piece(body), "it") for body in bodies]
    with pytest.raises(Unbindable, match=said):
        bind(piece(END), chapters, stamps(*("x" for _ in bodies)), cover_label="Cover")


def test_heads_and_chapters_have_to_match() -> None:
    with pytest.raises(Unbindable, match="2 running heads for 1 chapters"):
        bind(piece(FRONT), [chapter(piece(ONE), "one")], stamps("x", "y"), cover_label="Cover")


def test_what_it_does_not_know_it_refuses() -> None:
    with pikepdf.open(io.BytesIO(piece(ONE))) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
        pdf.Root.StructTreeRoot.ClassMap = pikepdf.Dictionary()
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(Unbindable, match="one: cannot bind /AcroForm, /ClassMap"):
        bind(piece(END), [chapter(out.getvalue(), "one")], stamps("x"), cover_label="Cover")


def test_pieces_that_differ_in_their_types_are_refused() -> None:
    """The meaning of our own types is recorded once for the whole book."""
    with pikepdf.open(io.BytesIO(piece(ONE))) as pdf:
        pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Em=pikepdf.Name.P)
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(Unbindable, match="one: takes other types for standard ones than the first"):
        bind(piece(END), [chapter(out.getvalue(), "one")], stamps("x"), cover_label="Cover")


def test_a_piece_without_tags_is_refused() -> None:
    with pytest.raises(Unbindable, match="one: is not tagged"):
        bind(piece(END), [chapter(stamps("x"), "one")], stamps("x"), cover_label="Cover")


def test_one_document_element_and_a_parent_tree_that_fits(bound: pikepdf.Pdf) -> None:
    found = elements(bound)
    assert [str(e.S) for e in found].count("/Document") == 1
    assert [str(e.S) for e in found if str(e.S) == "/H1"] == ["/H1"] * 4
    numbers = list(bound.Root.StructTreeRoot.ParentTree.Nums)
    assert numbers[::2] == sorted(set(numbers[::2]))
    assert bound.Root.StructTreeRoot.ParentTreeNextKey > numbers[-2]
    tree = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for sheet in bound.pages:
        if "/StructParents" in sheet.obj:
            for mark, element in enumerate(tree[sheet.obj.StructParents]):
                assert element.Pg.objgen == sheet.objgen
                assert mark in list(element.K)
        for annotation in sheet.obj.get("/Annots", []):
            kids = tree[annotation.StructParent].K
            assert annotation.objgen in [k.Obj.objgen for k in kids if not isinstance(k, int)]


def test_what_is_seen_through_finds_its_element() -> None:
    """Half-transparent text is in a form, which has its own place in the parent tree."""
    chapters = [
        chapter(
            piece(f'<h1 id="{name}">x</h1><p style="opacity: 0.5">{name}</p>'),
            name,
            unnumbered=True,
        )
        for name in ("one", "two")
    ]
    data = bind(piece('<h1 id="front">x</h1>'), chapters, stamps(), cover_label="Cover")
    assert wrong_in(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        found = [e for e in elements(pdf) if e.S == "/P"]
        assert [tree[int(e.K[0].Stm.StructParents)][0].objgen for e in found] == [
            e.objgen for e in found
        ]


def test_cells_name_the_headers_of_their_own_table(bound: pikepdf.Pdf) -> None:
    found = elements(bound)
    ids = {str(e.ID): e for e in found if "/ID" in e}
    assert len(ids) == len([e for e in found if "/ID" in e]) == 4
    cells = [e for e in found if e.S == "/TD"]
    assert [len(e.A.Headers) for e in cells] == [1] * 4
    for cell in cells:
        assert all(ids[str(h)].Pg.objgen == cell.Pg.objgen for h in cell.A.Headers)
    listed = list(bound.Root.StructTreeRoot.IDTree.Names)
    assert [str(i) for i in listed[::2]] == sorted(ids)


def test_outline(bound: pikepdf.Pdf) -> None:
    numbers = {p.objgen: n for n, p in enumerate(bound.pages)}

    def walk(entry: Any) -> list[Any]:
        found = []
        while entry is not None:
            below = walk(entry.First) if "/First" in entry else []
            found.append((str(entry.Title), numbers[entry.Dest[0].objgen], int(entry.Count), below))
            entry = entry.get("/Next")
        return found

    assert bound.Root.Outlines.Count == 6  # h1 open, their h2 closed but to be seen
    assert walk(bound.Root.Outlines.First) == [
        ("Contents", 0, 0, []),
        ("Chapter one", 2, 1, [("Its part", 2, 0, [])]),
        ("Chapter two", 6, 1, [("Zwei", 6, 0, [])]),
        ("Colophon", 8, 0, []),
    ]
    assert bound.Root.Outlines.Last.Prev.objgen == bound.Root.Outlines.First.Next.Next.objgen


def test_each_face_and_picture_is_there_once(bound: pikepdf.Pdf) -> None:
    names = [str(o.FontName) for o in bound.objects if "FontDescriptor" in kind(o)]
    assert len(names) == len(set(names)) == 2
    pictures = [
        o for o in bound.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
    ]
    assert len(pictures) == 2  # the dot and its mask


def kind(thing: Any) -> str:
    return str(thing.get("/Type", "")) if isinstance(thing, pikepdf.Dictionary) else ""


def test_a_merged_face_draws_what_the_pieces_drew() -> None:
    """Also if a part of a composed glyph comes after all visible glyphs, as in ``;`` and ``i``."""
    with pypdfium2.PdfDocument(book()) as whole:
        for first, body in ((2, ONE), (6, TWO)):
            with pypdfium2.PdfDocument(piece(body)) as alone:
                a, b = (d.render(scale=3).to_pil() for d in (alone[0], whole[first]))
                above = (0, 0, a.width, int(130 / 150 * a.height))  # the folio
                assert a.crop(above).tobytes() == b.crop(above).tobytes()


def test_text_of_a_merged_face_is_the_text_of_the_pieces() -> None:
    for first, body in ((2, ONE), (6, TWO)):
        assert text(book())[first].startswith(text(piece(body))[0])


def test_a_face_that_shows_nothing_in_some_pieces() -> None:
    """A space without width has no glyph, so its piece has the whole face."""
    nothing, words = (f'<p class="sans">{shown}</p>' for shown in ("\u200b", "Words in sans"))
    bodies = {"one": nothing, "two": words, "three": nothing}
    chapters = [
        chapter(piece(f'<h1 id="{name}">{name}</h1>{body}'), name) for name, body in bodies.items()
    ]
    front = piece(f'<h1 id="front">Contents</h1>{nothing}')
    for some in (chapters, chapters[::2]):
        made = bind(front, some, stamps(*(c.title for c in some)), cover_label="Cover")
        assert [name in " ".join(text(made)) for name in bodies] == [
            name in [c.title for c in some] for name in bodies
        ]
    assert "Words in sans" in " ".join(
        text(bind(front, chapters, stamps("one", "two", "three"), cover_label="Cover"))
    )


def test_subsets_of_two_faces_are_not_one() -> None:
    both = [piece_files("")[f"fonts/{name}"].read() for name in FACES]
    with pytest.raises(ValueError, match="not the same in two subsets"):
        one_face([(data, {40, 41, 42}) for data in both])


def test_a_font_file_is_well_formed() -> None:
    data = piece_files("")["fonts/A.ttf"].read()
    whole = TTFont(io.BytesIO(data))
    shown = {whole.getGlyphID(whole.getBestCmap()[ord(c)]) for c in "i;é½"}
    made = one_face([(data, shown), (data, {3})])
    assert sum(struct.unpack(f">{len(made) // 4}I", made)) % 2**32 == 0xB1B0AFBA
    small = TTFont(io.BytesIO(made))
    for number in shown:
        old, new = whole.getGlyphName(number), small.getGlyphName(number)
        assert whole["hmtx"][old] == small["hmtx"][new]
        assert (
            whole["glyf"][old].getCoordinates(whole["glyf"])[0]
            == small["glyf"][new].getCoordinates(small["glyf"])[0]
        )


@pytest.mark.parametrize("name", FACES)
def test_a_merged_face_is_that_of_all_the_words_at_once(name: str) -> None:
    """fontTools subsets the face for each text, and for all of them: what is merged draws what that draws."""
    data, texts = FACES[name][1].read_bytes(), ("ai", "éñ;", "i;½", "ÄßQx")
    wanted = TTFont(io.BytesIO(subset(data, "".join(texts))))
    pieces = [subset(data, text) for text in texts]
    shown = [glyphs(piece, text) for piece, text in zip(pieces, texts, strict=True)]
    merged = TTFont(io.BytesIO(one_face(list(zip(pieces, shown, strict=True)))))
    for number in set().union(*shown):
        assert drawn(merged, number) == drawn(wanted, number), number


def subset(data: bytes, text: str) -> bytes:
    """The face with the glyphs of `text` alone, each under its own number."""
    font, out = TTFont(io.BytesIO(data)), io.BytesIO()
    options = Options(retain_gids=True, hinting=False, layout_features=[], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.save(out)
    return out.getvalue()


def glyphs(data: bytes, text: str) -> set[int]:
    font = TTFont(io.BytesIO(data))
    having = font.getBestCmap()
    return {font.getGlyphID(having[ord(c)]) for c in text if ord(c) in having}


def drawn(font: TTFont, number: int) -> object:
    """The outline of a glyph with its parts put together, and its width."""
    name = font.getGlyphName(number)
    points, ends, flags = font["glyf"][name].getCoordinates(font["glyf"])
    return list(points), list(ends), list(flags), font["hmtx"][name]


def test_it_is_accessible_and_sound(tmp_path: Path) -> None:
    assert wrong_in(book()) == []
    (tmp_path / "book.pdf").write_bytes(book())
    subprocess.run(["qpdf", "--check", tmp_path / "book.pdf"], check=True, capture_output=True)
    with pikepdf.open(io.BytesIO(book())) as pdf, pikepdf.open(io.BytesIO(piece(FRONT))) as front:
        assert pdf.Root.Metadata.read_bytes() == front.Root.Metadata.read_bytes()
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo.Title) == "A book"
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_same_pieces_same_bytes(tmp_path: Path) -> None:
    """In another process with another hash seed too."""
    pieces = {"front": piece(FRONT), "one": piece(ONE), "two": piece(TWO), "end": piece(END),
              "stamps": stamps("Chapter one", "Chapter two")}  # fmt: skip
    for name, data in pieces.items():
        (tmp_path / name).write_bytes(data)
    code = (
        "import sys, pathlib\n"
        "from handpress.core.files.disk import Asset\n"
        "from handpress.press.bindery.book import Chapter, bound\n"
        "d = {p.name: p.read_bytes() for p in pathlib.Path('.').iterdir()}\n"
        "f = {name: Asset.of(data) for name, data in d.items()}\n"
        "c = [Chapter(f['one'], ''), Chapter(f['two'], ''), Chapter(f['end'], '', unnumbered=True)]\n"
        "sys.stdout.buffer.write(bound(d['front'], c, d['stamps'], cover_label='Cover').save())\n"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(FONTS.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert done.stdout == book()
