"""Finish: what a finished PDF says to those who hear it, and to those who keep it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import outloud
import pikepdf
import pydyf
import pytest
from PIL import Image, ImageCms

from handpress.core.files.disk import Asset
from handpress.press.bindery.saving import saved
from handpress.press.options import RenderOptions
from handpress.press.pdf import engine, render
from handpress.press.pdf.icc import profile
from handpress.press.pdf.structure_tree import Tag, close_grid
from helpers.finished import pdf_tags, wrong_in
from helpers.workspaces import ROOT, Book

SERIES = """\
title: The Sea
authors: [Ann Ebb]
edition: 2
date: 2027-03-01
publisher: Harbour & Press
rights: CC BY 4.0
"""
ARTICLE = """\
---
title: Tides
summary: Why the water comes and goes.
tags: [sea, moon]
---
The *moon* pulls **hard**.[^1] They say <span lang="de">Ebbe und Flut</span>, and `tide()`,
and <abbr title="High Water">HW</abbr>, and ~~LW~~, and [the almanac](https://example.org/almanac).

[^1]: Newton said so.

> It ebbs.

1. Come
2. Go
    - slowly

High water
: The most.

Low water
: The least.

- [ ] watched

![](images/dot.svg){: .decorative }

![A wave](images/dot.svg "How it breaks.")

<table>
<caption>By day</caption>
<thead><tr><th>Day</th><th>Water</th></tr></thead>
<tbody><tr><th>One</th><td>high</td></tr><tr><th>Two</th><td></td></tr></tbody>
</table>
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="9" cy="9" r="5"/></svg>'
LITERATA = ROOT / "fonts/literata/Literata-Regular.ttf"
FACE = "@font-face { font-family: L; src: url(fonts/L.ttf) } html { font-family: L }"
# The article as a screen reader reads it, from the first paragraph on.
HEARD = """\
P
  'The'
  Em
    'moon'
  'pulls'
  Strong
    'hard'
  '.'
  Reference
    Link
      '1'
  Note
    Lbl
      '1.'
    'Newton said so.'
  'They say'
  Span Lang=de
    'Ebbe und Flut'
  ', and'
  Code
    'tide()'
  ', and'
  Span E=High Water
    'HW'
  ', and'
  Span E=struck out: LW
    'LW'
  ', and'
  Link
    'the almanac'
  '[1].'
BlockQuote
  P
    'It ebbs.'
L ListNumbering=/Decimal
  LI
    Lbl
      '1.'
    LBody
      'Come'
  LI
    Lbl
      '2.'
    LBody
      'Go'
      L ListNumbering=/Disc
        LI
          Lbl
            '•'
          LBody
            'slowly'
L ListNumbering=/None
  LI
    Lbl
      'High water'
    LBody
      'The most.'
  LI
    Lbl
      'Low water'
    LBody
      'The least.'
L ListNumbering=/None
  LI
    LBody
      'watched'
Figure Alt=A wave
  Caption
    'How it breaks.'
Div
  Table
    Caption
      'By day'
    THead
      TR
        TH Scope=/Column
          'Day'
        TH Scope=/Column
          'Water'
    TBody
      TR
        TH Scope=/Row
          'One'
        TD
          'high'
      TR
        TH Scope=/Row
          'Two'
        TD
"""


NOTE = """\
  Note
    Lbl
      '1.'
    'Newton said so.'
"""


@pytest.fixture
def sea(empty: Book) -> Book:
    empty.write("series.yaml", SERIES)
    empty.write("tides.md", ARTICLE)
    empty.write("images/dot.svg", DOT)
    return empty


def made(book: Book, medium: str) -> Path:
    """The one PDF of a medium."""
    ran = book.build("--only", medium)
    assert (ran.code, ran.err) == (0, "")
    (path,) = (p for p in book.output.rglob("*.pdf") if ".handpress" not in p.parts)
    return path


def elements(pdf: pikepdf.Pdf, type_: str = "") -> Iterator[pikepdf.Object]:
    for thing in pdf.objects:
        element = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
        if element and type_ in ("", str(thing.S)[1:]):
            yield thing


def indented(text: str, depth: int) -> list[str]:
    return ["  " * depth + line for line in text.splitlines()]


# --- What is heard -----------------------------------------------------------------------------


@pytest.mark.parametrize("medium", ["handout", "book"])
def test_an_article_is_heard_as_it_was_written(medium: str, sea: Book) -> None:
    """In the article's order, each part with its role: a note at its call, terms with their
    definitions, a caption with its picture. Decoration, folios, heads and margins are not heard.
    """
    # A handout's text is in the box of its columns, and its notes are at the end. A line as long as the book's
    # divides no words here.
    said, depth = HEARD, 2
    if medium == "handout":
        sea.write("series.yaml", f"{SERIES}styles: [one-column]\n")
        assert said.count(NOTE) == 1
        said, depth = said.replace(NOTE, ""), 3
    heard = pdf_tags(made(sea, medium))
    wanted = indented(said, depth)
    start = heard.index(wanted[3]) - 3
    assert heard[start : start + len(wanted)] == wanted
    if medium == "handout":
        after = "\n".join(heard[start + len(wanted) :])
        assert after.index("Newton said so.") < after.index("Continue reading")


def test_what_a_page_repeats_is_not_heard(sea: Book) -> None:
    """The footer and the margin of later pages are artifacts; the fields of the first page are not, and
    are heard after the title.
    """
    heard = pdf_tags(made(sea, "handout"))
    assert "Page 1 of 1" not in " ".join(heard)
    assert "Second edition" not in " ".join(heard)
    main = heard.index("  Part")
    opening = heard[main : heard.index("        'The'", main)]
    assert opening.index("          'For'") > opening.index("        'Tides'")
    assert [line.strip() for line in opening].count("Div") > 5
    assert heard[main : main + 8] == [
        "  Part",
        "    Div",
        "      P",
        "        'The Sea'",
        "      H1",
        "        'Tides'",
        "      P",
        "        'Why the water comes and goes.'",
    ]
    with pikepdf.open(made(sea, "handout")) as file:
        kinds = {
            str(step.operands[1])
            for step in pikepdf.parse_content_stream(file.pages[0])
            if str(step.operator) == "BDC" and step.operands[0] == "/Artifact"
        }
    said = " ".join(kinds)
    assert "/Footer" in said
    assert "/Bottom" in said
    assert "/Pagination" in said


def test_what_runs_over_pages_is_one(sea: Book) -> None:
    """A paragraph and a table over two pages are heard as one; the table's head is heard once."""
    rows = "".join(f"| {n} | {n * n} |\n" for n in range(80))
    sea.write("tides.md", f"# Tides\n\n{'It flows. ' * 900}\n\n| n | square |\n|---|---|\n{rows}")
    path = made(sea, "handout")
    heard = pdf_tags(path)
    assert [line.strip() for line in heard].count("Table") == 1
    assert [line.strip() for line in heard].count("'square'") == 1
    assert sum("It flows." in line for line in heard) == 1
    assert wrong_in(path.read_bytes()) == []


def test_what_is_seen_through_is_heard() -> None:
    """Half-transparent text is in a form of its own (ISO 32000-1, 8.10), and is tagged there."""
    html = '<html lang="en"><title>x</title><h1>On</h1><p style="opacity: 0.5">Under <em>water</em>'
    files = {"index.html": Asset.of(html.encode()), "style.css": Asset.of(FACE.encode())}
    files |= {"fonts/L.ttf": Asset.of(LITERATA.read_bytes())}
    data = render.render_pdf(files, RenderOptions()).data
    assert wrong_in(data) == []
    with pikepdf.open(io.BytesIO(data)) as made:
        (paragraph,) = elements(made, "P")
        form = paragraph.K[0].Stm
        assert made.Root.StructTreeRoot.ParentTree.Nums[2 * form.StructParents + 1][0] == paragraph


@pytest.mark.parametrize("medium", ["handout", "book"])
def test_a_note_is_linked_and_named(medium: str, sea: Book) -> None:
    """The call of a note is a link that arrives at the note, which has an id in the file's list.

    One at the foot of the page is heard where it is called, one at the end there.
    """
    with pikepdf.open(made(sea, medium)) as file:
        (note,) = elements(file, "Note")
        (reference,) = (e for e in elements(file, "Reference") if str(e.P.S) != "/TOCI")
        (annotation,) = (kid.Obj for kid in reference.K[0].K if not isinstance(kid, int))
        assert str(annotation.Contents) == "1"
        ids = pikepdf.NameTree(file.Root.StructTreeRoot.IDTree)
        assert ids[str(note.ID)].objgen == note.objgen
        assert str(annotation.Dest) in pikepdf.NameTree(file.Root.Names.Dests)
        assert (note.P.objgen == reference.P.objgen) == (medium == "book")


def test_cells_are_given_their_headers(sea: Book) -> None:
    """By scope, and by ids that are in the file's list."""
    with pikepdf.open(made(sea, "handout")) as file:
        heads = {str(e.ID): str(e.A.Scope) for e in elements(file, "TH")}
        assert list(heads.values()) == ["/Column", "/Column", "/Row", "/Row"]
        _, water, one, two = heads
        named = [[str(name) for name in e.A.Headers] for e in elements(file, "TD")]
        assert named == [[one, water], [two, water]]
        assert set(heads) < set(pikepdf.NameTree(file.Root.StructTreeRoot.IDTree))


def test_a_grid_is_closed() -> None:
    """A cell over several rows and columns heads them all; a row that is too short gets a cell more."""
    table = Tag("Table")
    for kinds in (("TH", "TH"), ("TH", "TD", "TD"), ("TD",), ("TD",)):
        row = table.put("TR")
        for kind in kinds:
            row.put(kind)
    (corner, wide), (side, *first), second, _ = (list(row.tags()) for row in table.tags())
    wide.span, side.span = (2, 1), (1, 2)
    close_grid(table, "t")
    assert [len(list(row.tags())) for row in table.tags()] == [2, 3, 2, 3]
    assert [tag.attributes["Table"]["Scope"] for tag in (corner, wide, side)] == [
        "/Row",
        "/Column",
        "/Row",
    ]
    for cell in (*first, *second):
        names = [name.string for name in cell.attributes["Table"]["Headers"]]
        assert names == [side.entries["ID"].string, wide.entries["ID"].string]


def test_a_link_says_its_words(sea: Book) -> None:
    """The description of a link is its printed text, not the name of its destination."""
    with pikepdf.open(made(sea, "book")) as file:
        said = [str(a.Contents) for sheet in file.pages for a in sheet.obj.get("/Annots", [])]
    assert said == ["Tides", "1", "the almanac", "1", "example.org/almanac"]


def test_an_article_in_another_language_says_so(sea: Book) -> None:
    """The file has the language of the series, an article in the book its own."""
    sea.edit("tides.md", "title: Tides\n", "title: Gezeiten\nlanguage: de\n")
    with pikepdf.open(made(sea, "book")) as file:
        assert str(file.Root.Lang) == "en"
        langs = [(str(e.S), str(e.Lang)) for e in elements(file) if "/Lang" in e]
        assert ("/Sect", "de") in langs


# --- What is kept ------------------------------------------------------------------------------


@pytest.mark.parametrize("medium", ["handout", "book"])
def test_metadata_say_what_the_file_is(medium: str, sea: Book) -> None:
    """Title, author, subject, keywords, edition, publisher, rights and language, for people and for
    programs, with the edition's date; and the two standards.
    """
    with pikepdf.open(made(sea, medium)) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
        with file.open_metadata() as said:
            assert said["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
            assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
            edition = said["{http://prismstandard.org/namespaces/basic/2.0/}edition"]
            assert info["/Edition"] == edition == "Second edition, March 2027"
            assert said["dc:creator"] == [info["/Author"]] == ["Ann Ebb"]
            assert said["dc:title"] == info["/Title"]
            assert said["dc:publisher"] == {"Harbour & Press"}
            assert said["dc:rights"] == "CC BY 4.0"
            assert said["dc:language"] == {"en"}
            assert said["xmp:CreateDate"] == "2027-03-01"
            assert info["/CreationDate"] == "D:20270301"
            if medium == "handout":
                assert said["dc:subject"] == {"sea", "moon"}
                assert said["pdf:Keywords"] == info["/Keywords"] == "sea, moon"
                assert said["dc:description"] == info["/Subject"]
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert "/Filter" not in file.Root.Metadata
        assert len(file.Root.OutputIntents) == 1
        assert file.trailer.ID


def test_colours_are_those_of_screens() -> None:
    """The profile leaves every colour as it is: it is sRGB, as another library has it."""
    ours = ImageCms.ImageCmsProfile(io.BytesIO(profile()))
    change = ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    colours = Image.new("RGB", (16, 256))
    colours.putdata([(n % 256, n // 16, (n * 7) % 256) for n in range(16 * 256)])
    changed = ImageCms.applyTransform(colours, change)
    assert changed is not None
    pairs = zip(colours.tobytes(), changed.tobytes(), strict=True)
    assert max(abs(one - two) for one, two in pairs) <= 1


def test_a_picture_in_printing_inks_is_turned_into_colours_of_screens(sea: Book) -> None:
    """A JPEG in CMYK has no place in a file whose colours are sRGB; it looks the same."""
    out = io.BytesIO()
    Image.new("CMYK", (40, 40), (255, 0, 0, 0)).save(out, "JPEG")
    sea.write("images/cyan.jpg", out.getvalue())
    sea.write("tides.md", "# Tides\n\n![The sea](images/cyan.jpg)\n")
    path = made(sea, "handout")
    assert wrong_in(path.read_bytes()) == []
    with pikepdf.open(path) as file:
        (picture,) = (t for t in file.objects if isinstance(t, pikepdf.Stream) and "/Width" in t)
        assert picture.ColorSpace == "/DeviceRGB"
        red, green, blue = pikepdf.PdfImage(picture).as_pil_image().getpixel((20, 20))
    assert (red < 8, green > 240, blue > 240) == (True, True, True)


def test_no_stream_ends_in_what_may_be_taken_for_an_end_of_line() -> None:
    """A form feed, compressed, ends in CR: it is kept apart from the line's end after it."""
    engine.engine()
    assert zlib.compress(b"\f").endswith(b"\r")
    assert pydyf.Stream([b"\f"], compress=True).data.endswith(b"\r\r\nendstream")
    with pikepdf.Pdf.new() as file:
        file.add_blank_page()
        file.Root.Kept = file.make_stream(b"\f")
        data = saved(file)
    assert b"\r\nendstream" not in data
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.Root.Kept.read_bytes() == b"\f\n"


# --- A second opinion --------------------------------------------------------------------------

# Rules of outloud that misfire on our files, and why.
MISFIRES = {
    "ORD-001": "CSS paints what is positioned after the text that it stands in (CSS 2.2, appendix E):"
    " markers of lists, pictures beside steps. Readers go by the structure (ISO 14289-1, 7.1).",
    "TBL-012": "A diary is a table of empty cells, to be ticked.",
    "TBL-014": "The lines of two exercises' tables are taken for one grid, with the text between them.",
}


def test_outloud_finds_nothing(published: Path) -> None:
    """It looks for what conforms and is poor all the same."""
    for path in published.glob("output/[a-z]*/**/*.pdf"):
        result = outloud.check(str(path), skip=MISFIRES)
        assert result.error is None
        assert [(f.rule, f.message) for f in result.findings if f.severity != "info"] == [], path
