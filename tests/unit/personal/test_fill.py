"""Filling in a handout: the right text in the right place, on a layout that is made once."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.personal import Prescribed, Sheet, Unfillable, Visit, fill
from handpress.press.pool import press
from handpress.press.recipe import Recipe
from helpers import printed
from helpers.finished import wrong_in
from helpers.workspaces import ROOT

ARTICLE = "strengthen-your-glutes"
SQUEEZE, BRIDGE, SQUAT = (f"{ARTICLE}--{name}" for name in ("glute-squeeze", "bridge", "chair-squat"))  # fmt: skip
VISIT = Visit(client="Anna Müller", date="28 November 2026", practitioner="Julia Blackwell", next_visit="5 December")  # fmt: skip


@pytest.fixture(scope="module")
def layout() -> Layout:
    """The sample series, laid out up to the press."""
    workspace = find(ROOT)
    assert workspace
    found, *_ = load(workspace).layouts
    return found


@pytest.fixture(scope="module")
def sheet(layout: Layout) -> Sheet:
    return Sheet(layout, ARTICLE, Variant("standard", "a4"))


def words(data: bytes) -> str:
    """All words of a PDF, page by page."""
    document = pypdfium2.PdfDocument(data)
    return "\n".join(printed.words(document, n) for n in range(1, len(document) + 1))


class Presses:
    """Presses recipes, and keeps the name of each press."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def __call__(self, recipe: Recipe) -> object:
        self.used.append(recipe.press)
        return press(recipe)


def test_texts_are_in_their_fields(sheet: Sheet) -> None:
    """Below their labels, and nothing else on the page has moved."""
    plain, filled = words(fill(sheet, Visit())), words(fill(sheet, VISIT))
    row = "For Anna Müller Date 28 November 2026 Practitioner Julia Blackwell Next visit 5 December"
    assert "For Date Practitioner Next visit" in plain
    assert row not in filled  # the order in the file, where texts come last
    first = filled.partition("\n")[0]
    assert first.endswith("Anna Müller 28 November 2026 Julia Blackwell 5 December")
    assert (
        first.removesuffix(" Anna Müller 28 November 2026 Julia Blackwell 5 December")
        == (plain.partition("\n")[0])
    )


def test_a_screen_reader_hears_them_after_their_labels(sheet: Sheet) -> None:
    heard = [*filter(None, spoken(fill(sheet, VISIT)))]
    at = heard.index("For")
    assert heard[at : at + 8] == [
        "For", "Anna Müller", "Date", "28 November 2026", "Practitioner", "Julia Blackwell", "Next visit", "5 December",
    ]  # fmt: skip


def spoken(data: bytes) -> Iterator[str]:
    """The text of each marked content of a PDF, in the order of its tags."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {page.obj.objgen: marked(page) for page in pdf.pages}

        def walk(element: pikepdf.Object, page: object) -> Iterator[str]:
            page = element.Pg.objgen if "/Pg" in element else page
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    yield texts[page].get(kid, "")
                elif "/MCID" in kid:
                    yield texts[kid.Pg.objgen].get(int(kid.MCID), "")
                elif "/S" in kid:
                    yield from walk(kid, page)

        yield from walk(pdf.Root.StructTreeRoot, None)


def marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page."""
    unicode = {name: mapping(font) for name, font in page.Resources.Font.items()}
    found: dict[int, str] = {}
    number, font = None, ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                number = (
                    operands[1].get("/MCID")
                    if isinstance(operands[1], pikepdf.Dictionary)
                    else None
                )
            case "EMC":
                number = None
            case "Tf":
                font = str(operands[0])
            case "TJ" if number is not None:
                glyphs = b"".join(
                    bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)
                )
                codes = (glyphs[n : n + 2].hex() for n in range(0, len(glyphs), 2))
                found[int(number)] = found.get(int(number), "") + "".join(
                    unicode[font].get(c, "?") for c in codes
                )
    return found


def mapping(font: pikepdf.Object) -> dict[str, str]:
    """The text of each glyph of a font, as its table has it."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table)
    return {glyph.lower(): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def test_a_form_is_laid_out_once(layout: Layout) -> None:
    """Two visits, one layout; a visit with another dosage has a form of its own."""
    sheet, presses = Sheet(layout, ARTICLE, Variant("standard", "a4")), Presses()
    fill(sheet, VISIT, presses)
    fill(sheet, Visit(client="Björn Berg"), presses)
    assert presses.used == ["pdf", "fill-in", "fill-in"]
    fill(sheet, Visit(exercises=(Prescribed(BRIDGE, {"sets": "4"}),)), presses)
    assert presses.used[3:] == ["pdf", "fill-in"]


def test_a_filled_sheet_keeps_its_claims(sheet: Sheet) -> None:
    given = (Prescribed(BRIDGE, {"sets": "4", "load": "5 kg"}, side="left"),)
    for visit in (
        VISIT,
        Visit(client="Anna", note="Walk."),
        Visit(client="أحمد علي 😀", exercises=given),
    ):
        data = fill(sheet, visit)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in data
        assert wrong_in(data) == []


def test_the_dosage_is_the_clients_own(sheet: Sheet) -> None:
    """Given values replace the printed ones; the rest stays, and no line asks for another dose."""
    visit = Visit(exercises=(Prescribed(BRIDGE, {"sets": "4"}, side="left"),))
    heard = [*filter(None, spoken(fill(sheet, visit)))]
    at = heard.index("Bridge")
    card = heard[at : heard.index("Chair squat", at)]
    dose = card[card.index("Side") :]
    assert dose[:10] == [
        "Side", "Left", "Sets", "4", "Repetitions", "8 to 10", "Hold", "3 seconds", "Days a week", "3",
    ]  # fmt: skip
    assert "Your dose" not in card
    assert "Your dose" in heard[at:]


def test_a_part_of_the_dosage_is_taken_off(sheet: Sheet) -> None:
    """An emptied part is not printed. Without any part, the card has neither a grid nor a line for another dose."""
    every = dict.fromkeys(next(e for e in sheet.exercises if e.id == SQUAT).dosage, "")
    visit = Visit(
        exercises=(Prescribed(BRIDGE, {"sets": " ", "load": "5 kg"}), Prescribed(SQUAT, every))
    )
    heard = [*filter(None, spoken(fill(sheet, visit)))]
    at, squat = heard.index("Bridge"), heard.index("Chair squat")
    dose = heard[heard.index("Repetitions", at) :]
    assert "Sets" not in heard[at:squat]
    assert dose[:8] == [
        "Repetitions", "8 to 10", "Hold", "3 seconds", "Days a week", "3", "Load", "5 kg",
    ]  # fmt: skip
    card = heard[squat : squat + 12]
    assert not {"Sets", "Repetitions", "Your dose"} & {*card}


def test_a_note_of_an_exercise_is_as_bold_as_its_dosage(sheet: Sheet) -> None:
    """Else readers take it for one more step."""
    given = Prescribed(BRIDGE, {"sets": "77"}, note="Ownwords")
    data = fill(sheet, Visit(exercises=(given,)))
    assert ["Bold" in face(data, word) for word in ("77", "Ownwords", "Lower")] == [
        True,
        True,
        False,
    ]


def face(data: bytes, wanted: str) -> str:
    """The name of the face of a word, which one page has."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage() for page in document]
        (page,) = (page for page in pages if wanted in page.get_text_range())
        name = ctypes.create_string_buffer(100)
        at = page.get_text_range().index(wanted)
        pypdfium2.raw.FPDFText_GetFontInfo(page, at, name, len(name), ctypes.c_int())
        return name.value.decode()


def test_exercises_trade_places_and_are_left_out(sheet: Sheet) -> None:
    visit = Visit(
        exercises=(Prescribed(SQUAT), Prescribed(SQUEEZE), Prescribed(BRIDGE, left_out=True))
    )
    heard = list(spoken(fill(sheet, visit)))
    assert [h for h in heard if h in ("Glute squeeze", "Bridge", "Chair squat")] == [
        "Chair squat",
        "Glute squeeze",
    ]


def test_one_exercise_keeps_its_place(sheet: Sheet) -> None:
    heard = list(spoken(fill(sheet, Visit(exercises=(Prescribed(SQUAT, {"sets": "1"}),)))))
    assert [h for h in heard if h in ("Glute squeeze", "Bridge", "Chair squat")] == [
        "Glute squeeze", "Bridge", "Chair squat",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "&amp; {{ series.title }}",
        "../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "**bold** [a](b)",
        "https://example.org/x",
        "O’Brien–Smythe, Zoë",
    ],
)
def test_a_text_is_never_a_language(name: str, sheet: Sheet) -> None:
    assert name in words(fill(sheet, Visit(client=name)))


def test_a_text_that_does_not_fit_is_laid_out(sheet: Sheet) -> None:
    """First smaller, then in its cell, then on lines of its own."""
    presses = Presses()
    narrow = Visit(date="Saturday 28 November")
    fill(sheet, narrow, presses)
    assert presses.used[-1] == "fill-in"
    long = "Wednesday, the twenty-eighth"
    assert long in words(fill(sheet, Visit(date=long), presses)).replace("\r\n", " ")
    assert presses.used[-1] == "pdf"


def test_ten_thousand_characters(sheet: Sheet) -> None:
    name = "Bartholomew" * 910
    found = re.sub(r"\W", "", words(fill(sheet, Visit(client=name))))
    assert name in re.sub(r"Page\d+of\d+", "", found) or found.count("Bartholomew") >= 900


@pytest.mark.parametrize("style", ["standard", "large-print", "with-margin", "ink-saving"])
def test_every_style_has_places_for_all_fields(style: str, layout: Layout) -> None:
    sheet, presses = Sheet(layout, ARTICLE, Variant(style, "a4", grey=True)), Presses()
    data = fill(sheet, VISIT, presses)
    assert presses.used == ["pdf", "fill-in"]
    assert all(text in words(data) for text in ("Anna Müller", "28 November 2026", "5 December"))


def test_a_character_without_a_face_is_refused(sheet: Sheet) -> None:
    """A sign in place of a letter would lose a name."""
    with pytest.raises(Unfillable) as caught:
        fill(sheet, Visit(client="\U00013000 Ra"))
    assert "no font" in str(caught.value)
    assert "Ra" not in str(caught.value).split()


def test_a_workspace_without_a_place_is_refused(layout: Layout, tmp_path: Path) -> None:
    """The layout of a workspace may lack a field: then a text in it would be lost."""
    (tmp_path / "layouts/parts").mkdir(parents=True)
    (tmp_path / "layouts/parts/write-in.html").write_text("", encoding="utf-8")
    (tmp_path / "a.md").write_text("# Tides\n\nThey turn.\n", encoding="utf-8")
    workspace = find(tmp_path)
    assert workspace
    (own,) = load(workspace).layouts
    sheet = Sheet(own, "a", Variant("standard", "a4"))
    with pytest.raises(Unfillable, match="no place for client"):
        fill(sheet, Visit(client="Anna"))


def test_the_same_visit_has_the_same_bytes(layout: Layout) -> None:
    sheets = [Sheet(layout, ARTICLE, Variant("standard", "a4")) for _ in range(2)]
    fill(sheets[0], Visit(client="Somebody Else"))
    assert fill(sheets[0], VISIT) == fill(sheets[1], VISIT)


def test_nothing_of_one_client_is_on_the_sheet_of_another(sheet: Sheet) -> None:
    """Neither on its pages nor in its metadata; the forms that are kept have no text of either."""
    first = fill(sheet, Visit(client="Quentin Xavier", note="Zymurgy"))
    second = fill(sheet, Visit(client="Wolfgang Yquem"))
    assert "Quentin" in words(first)
    with pikepdf.open(io.BytesIO(second)) as pdf:
        everything = words(second) + str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
    assert "Quentin" not in everything
    assert "Wolfgang" not in everything.replace(words(second), "")
    assert all("Quentin" not in words(form.data) for form in sheet.forms.values())


def test_a_visit_does_not_show_its_values() -> None:
    """A traceback may show the representation of a value."""
    visit = Visit(
        client="Anna", note="Walk.", exercises=(Prescribed("x--y", {"sets": "4"}, note="Slowly."),)
    )
    assert repr(visit) == "Visit(…)"
