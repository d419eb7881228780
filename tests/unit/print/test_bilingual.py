"""Bilingual handouts, measured on their pages: an English series with a translation that runs from right to left."""

from __future__ import annotations

import io
from functools import cached_property
from pathlib import Path

import pikepdf
import pytest
from msgspec import Struct

from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.layout.variant import Variant
from handpress.markup.tree import classes
from handpress.press.pages.boxes import PageBoxes, PlacedBox, page_boxes
from handpress.press.pages.tables import MARK
from handpress.press.pdf.engine import heard
from handpress.press.pdf.facing import on_facing_pages
from handpress.press.pdf.render import lay_out, render_pdf
from handpress.press.preflight.checks import preflight
from handpress.press.preflight.copyfit import HOLE, taken
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered
from handpress.print.bilingual import COLUMNS, PAGES, bilingual_handouts
from helpers.finished import pdf_tags, pdf_text, wrong_in
from helpers.workspaces import publish

POINT = 96 / 72  # CSS pixels

ENGLISH = """\
# Move your knee

Knees like to move. Start today.

A second paragraph is longer than the first one, and explains why knees like to be moved a little every day.

!!! key-points

    - Move a little.
    - Rest a little, and begin again when the knee is calm.

## Two exercises

!!! exercise "Stretch"

    ![A leg.](images/leg.svg)

    1. Sit on a chair.
    2. Stretch one leg until it is straight, and hold it there for a while.
    3. Let it down.

    Repetitions
    :   10

![A knee.](images/leg.svg "The knee from the side.")

| Day | Walk |
| --- | --- |
| 1 | 5 minutes |

## When to get help {: #help }

!!! emergency "Call for help if:"

    - you cannot stand on the leg

See [this section](#help) and the note.[^n]

[^n]: A note at the end.
"""
ARABIC = """\
# حرّك ركبتك

الركب تحب الحركة. ابدأ اليوم.

فقرة ثانية أطول من الأولى، وتشرح لماذا تحب الركب

أن تتحرك قليلًا كل يوم.

!!! key-points

    - تحرّك قليلًا.
    - استرح قليلًا.

## تمرينان

!!! exercise "التمدد"

    ![ساق.](images/leg.svg)

    1. اجلس على كرسي.
    2. مدّ ساقًا واحدة.
    3. أنزلها.

    التكرارات
    :   10

![ركبة.](images/leg.svg "الركبة من الجانب.")

| اليوم | المشي |
| --- | --- |
| 1 | 5 دقائق |

## متى تطلب المساعدة {: #help }

!!! emergency "اطلب المساعدة إذا:"

    - لم تستطع الوقوف على الساق

انظر [هذا القسم](#help) والملاحظة.[^n]

[^n]: ملاحظة في النهاية.
"""
LEG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><path d="M5 5h60l20 50" fill="none" stroke="#000"/></svg>'
PRACTICE = 'name: Harbour Street\nphone: "01632 960123"\nemergency: "999"\n'


def workspace(root: Path, original: tuple[str, str], translation: tuple[str, str]) -> Path:
    """A series with a translation, each with its language and its text."""
    for name, (language, text) in (("knee", original), (f"knee.{translation[0]}", translation)):
        folder = root / "sources" / name
        (folder / "images").mkdir(parents=True)
        (folder / "images/leg.svg").write_text(LEG)
        (folder / "01-move.md").write_text(text, encoding="utf-8")
        settings = f"title: Knee\nlanguage: {language}\nmedia: [handout]\n"
        (folder / "series.yaml").write_text(settings)
    (folder / "series.yaml").write_text(f"{settings}bilingual: [columns, pages]\n")
    (root / "sources/practice.yaml").write_text(PRACTICE)
    return root


class Sheet(Struct, dict=True):
    """A bilingual handout: its recipe, its pages as they are laid out, and its PDF."""

    recipe: Recipe

    @cached_property
    def laid(self) -> PageBoxes:
        files = self.recipe.files
        facing = b'class="facing"' in files["index.html"].read()
        with heard():
            return page_boxes(lay_out(on_facing_pages(files) if facing else files))

    @cached_property
    def rendered(self) -> Rendered:
        return render_pdf(self.recipe.files, self.recipe.options)  # type: ignore[arg-type]

    @property
    def cells(self) -> list[PlacedBox]:
        """The pieces of its cells."""
        blocks = (p for p in self.laid.pieces if p.kind == "block" and p.element is not None)
        return [piece for piece in blocks if "cell" in classes(piece.element)]

    @property
    def below(self) -> set[int]:
        """The cells of rows that are one above the other, by their elements."""
        rows = (e for e in self.laid.root.iter("div") if "stacked" in classes(e))
        return {id(cell) for row in rows for cell in row}


def sheets(root: Path, look: Variant) -> dict[str, Sheet]:
    found = find(root)
    assert found
    loaded = load(found)
    assert [p.code for p in loaded.problems] == []
    original, translation = loaded.layouts
    return {
        form: Sheet(recipe.ready())
        for form in (COLUMNS, PAGES)
        for recipe in bilingual_handouts(original, translation, look, ({}, {}), form)
    }


@pytest.fixture(scope="module", params=["standard", "large-print"])
def english(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Sheet]:
    root = workspace(tmp_path_factory.mktemp("knee"), ("en", ENGLISH), ("ar", ARABIC))
    return sheets(root, Variant(request.param, "a4"))


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    root = workspace(tmp_path_factory.mktemp("knee"), ("ar", ARABIC), ("en", ENGLISH))
    return sheets(root, Variant("standard", "letter", grey=True))


def first_lines(sheet: Sheet) -> list[tuple[str, int, float]]:
    """The first line of each cell beside another: its language, its page and its height in points."""
    found = []
    cells = {
        id(e): e
        for e in sheet.laid.root.iter("div")
        if "cell" in classes(e) and id(e) not in sheet.below
    }
    inside = {id(e): cell for cell in cells.values() for e in cell.iter()}
    seen = set()
    for piece in sheet.laid.pieces:
        cell = inside.get(id(piece.block)) if piece.block is not None else None
        if piece.kind == "line" and piece.in_flow and cell is not None and id(cell) not in seen:
            seen.add(id(cell))
            found.append((cell.get("lang"), piece.page, piece.box.position_y / POINT))
    return found


@pytest.mark.parametrize("form", [COLUMNS, PAGES])
def test_nothing_is_clipped_or_lost(english: dict[str, Sheet], form: str) -> None:
    sheet = english[form]
    assert preflight(sheet.laid, sheet.recipe.options) == ()  # type: ignore[arg-type]
    assert wrong_in(sheet.rendered.data) == []


def test_paired_blocks_begin_at_the_same_height(english: dict[str, Sheet]) -> None:
    """The original comes first, on the left, and each first line is as high as that beside it."""
    lines = first_lines(english[COLUMNS])
    assert len(lines) > 20
    for ours, theirs in zip(lines[::2], lines[1::2], strict=True):
        assert (ours[0], theirs[0], ours[1]) == ("en", "ar", theirs[1])
        assert ours[2] == pytest.approx(theirs[2], abs=1)


def test_the_original_is_where_its_readers_begin(
    english: dict[str, Sheet], arabic: dict[str, Sheet]
) -> None:
    """On the left for English, on the right for Arabic."""
    for found, original, left in ((english, "en", True), (arabic, "ar", False)):
        below = found[COLUMNS].below
        cells = [cell for cell in found[COLUMNS].cells if id(cell.element) not in below]
        middle = sum(cell.box.position_x + cell.box.width / 2 for cell in cells[:2]) / 2
        for cell in cells:
            is_left = cell.box.position_x + cell.box.width / 2 < middle
            assert is_left == (left == (cell.element.get("lang") == original))


def test_rows_face_each_other(english: dict[str, Sheet], arabic: dict[str, Sheet]) -> None:
    """The original is on even pages, and the same rows are on both pages of a pair, at the same heights.

    In a sheet that is read from right to left, even pages are the right ones.
    """
    for found, languages in ((english, ("en", "ar")), (arabic, ("ar", "en"))):
        sheet = found[PAGES]
        cells = [
            (cell.page, cell.box.position_y / POINT, cell.element.get("lang"))
            for cell in sheet.cells
            if cell.page > 1
        ]
        pages = sorted({page for page, _, _ in cells})
        assert pages[0] % 2 == 0
        for page in pages[::2]:
            here, there = ([c for c in cells if c[0] == n] for n in (page, page + 1))
            assert {c[2] for c in here} == {languages[0]}
            assert {c[2] for c in there} == {languages[1]}
            assert [c[1] for c in here] == pytest.approx([c[1] for c in there], abs=1)
        with pikepdf.open(io.BytesIO(sheet.rendered.data)) as pdf:
            assert pdf.Root.PageLayout == "/TwoPageRight"
            assert ("/Direction" in pdf.Root.ViewerPreferences) == (languages[0] == "ar")


def test_each_cell_is_read_in_its_language(english: dict[str, Sheet], tmp_path: Path) -> None:
    """A screen reader reads the original of a row, then its translation."""
    file = tmp_path / "knee.pdf"
    file.write_bytes(english[COLUMNS].rendered.data)
    tags = [line.strip().replace("\\xa0", " ") for line in pdf_tags(file)]
    first = tags.index("'Sit on a chair.'")
    other = tags.index("Div Lang=ar", first)
    assert first < other < next(n for n, line in enumerate(tags) if "Stretch one leg" in line)


MOVE = (("en", "# Move\n\nKnees move.\n"), ("es", "# Mueva\n\nSe mueven.\n"))


def test_a_build_makes_them_beside_those_of_the_translation(tmp_path: Path) -> None:
    """They are made again when the original changes, and removed when the setting goes."""
    root = workspace(tmp_path, *MOVE)
    handouts, settings = root / "output/knee-es/handouts", root / "sources/knee.es/series.yaml"
    ran = publish(root)
    assert (ran.code, ran.err) == (0, "")
    made = sorted(path.name for path in handouts.glob("*.pdf"))
    assert made == ["move.bilingual-pages.pdf", "move.bilingual.pdf", "move.pdf"]
    assert not list((root / "output/knee/handouts").glob("*bilingual*"))

    (root / "sources/knee/01-move.md").write_text("# Move\n\nHips move.\n")
    settings.write_text(settings.read_text().replace("[columns, pages]", "columns"))
    assert publish(root).code == 0
    assert "Hips" in pdf_text(handouts / "move.bilingual.pdf")[0]
    assert not (handouts / "move.bilingual-pages.pdf").exists()


def test_a_form_that_was_asked_for_is_kept_up_to_date(tmp_path: Path) -> None:
    """As long as its files exist; the settings do not name it."""
    root = workspace(tmp_path, *MOVE)
    settings = root / "sources/knee.es/series.yaml"
    settings.write_text(settings.read_text().replace("bilingual: [columns, pages]\n", ""))
    file = root / "output/knee-es/handouts/move.bilingual.pdf"
    assert publish(root).code == 0
    assert not file.exists()
    assert publish("--bilingual", "columns", root).code == 0
    (root / "sources/knee/01-move.md").write_text("# Move\n\nHips move.\n")
    assert publish(root).code == 0
    assert "Hips" in pdf_text(file)[0]
    file.unlink()
    assert publish(root).code == 0
    assert not file.exists()


def test_the_page_of_a_translation_offers_them(tmp_path: Path) -> None:
    root = workspace(tmp_path, *MOVE)
    settings = root / "sources/knee.es/series.yaml"
    settings.write_text(settings.read_text().replace("[handout]", "[handout, web]"))
    assert publish(root).code == 0
    page = (root / "output/knee-es/index.html").read_text(encoding="utf-8")
    offered = "<strong>Hoja · English · Español</strong>"
    assert f'href="handouts/move.bilingual.pdf" download>{offered}' in page


# Three long words beside each other, and their translation.
LONG = (
    ("de", "# Knie\n\n| Gleichgewichtsstörung | Wochenlang ruhiggestellt | Mineralstoffhaushalt |\n|---|---|---|\n| a | b | c |\n"),
    ("en", "# Knee\n\n| a | b | c |\n|---|---|---|\n| a | b | c |\n"),
)  # fmt: skip


@pytest.mark.parametrize("wide", ["original", "translation"])
def test_a_table_is_no_wider_than_its_half_of_the_page(tmp_path: Path, wide: str) -> None:
    """On either side: German words are long, and one table over another cannot be read."""
    root = workspace(tmp_path, *(LONG if wide == "original" else LONG[::-1]))
    laid = sheets(root, Variant("standard", "a4"))[COLUMNS].laid
    assert any(table.get(MARK) for table in laid.root.iter("table"))
    assert len({p.page for p in laid.pieces if p.kind == "table"}) == 1
    ours, theirs = (p for p in laid.pieces if p.kind == "table" and p.element.tag == "table")
    assert ours.box.position_x + ours.box.border_width() < theirs.box.position_x
    assert theirs.beyond_right <= 1


TABLES = tuple(
    (language, f"# Move\n\n| {heads} |\n|---|---|---|\n| {cells} |\n")
    for language, heads, cells in (
        ("en", "Part | Held still | Loaded again", "Joint | Stiffens | Loosens as you move it"),
        ("es", "Parte | Semanas sin movimiento | Nuevamente con carga", "Articulación | Se inmoviliza | Se reconstruye despacio"),
    )
)  # fmt: skip


def test_a_table_is_fitted_to_its_own_side(tmp_path: Path) -> None:
    """It has no more room than half the page, also while its marks are chosen."""
    sheet = sheets(workspace(tmp_path, *LONG[::-1]), Variant("standard", "a4"))[COLUMNS]
    assert preflight(sheet.laid, sheet.recipe.options) == ()  # type: ignore[arg-type]
    one, other = (table.get(MARK) for table in sheet.laid.root.iter("table"))
    assert (one, other) == (None, "close below hyphens")


@pytest.mark.parametrize(("style", "paper"), [("large-print", "a4"), ("clear-print", "a5")])
@pytest.mark.parametrize("wide", ["original", "translation"])
def test_a_table_in_large_letters_is_above_its_translation(
    style: str, paper: str, wide: str, tmp_path: Path
) -> None:
    """If words would have to be divided beside it. Both are as wide as the page."""
    root = workspace(tmp_path, *(TABLES if wide == "translation" else TABLES[::-1]))
    sheet = sheets(root, Variant(style, paper))[COLUMNS]
    assert preflight(sheet.laid, sheet.recipe.options) == ()  # type: ignore[arg-type]
    above, below = (p for p in sheet.laid.pieces if p.kind == "table" and p.element.tag == "table")
    assert above.ends + 5 < below.box.position_y
    assert above.box.position_x == below.box.position_x
    assert above.box.width == below.box.width
    words = {w for p in sheet.laid.pieces if p.kind == "text" for w in p.box.text.split()}
    assert {"Articulación", "inmoviliza", "reconstruye", "Loosens"} <= words


@pytest.mark.parametrize("translated", [False, True])
def test_authors_are_told_of_in_each_language_that_has_their_bio(
    tmp_path: Path, translated: bool
) -> None:
    root = workspace(tmp_path, *MOVE)
    authors = root / "sources/authors"
    authors.mkdir()
    (authors / "ada.md").write_text("---\nname: Ada Stone\nshort: She moves.\n---\n\nAda.\n")
    if translated:
        (authors / "ada.es.md").write_text("---\nshort: Se mueve.\n---\n\nAda.\n")
    settings = root / "sources/knee/series.yaml"
    settings.write_text(f"{settings.read_text()}authors: [ada]\n")
    sheet = sheets(root, Variant("standard", "a4"))[COLUMNS]
    words = " ".join(p.box.text for p in sheet.laid.pieces if p.kind == "text")
    assert words.count("Ada Stone") == 1 + translated
    assert words.count("She moves.") == 1
    assert ("Se mueve." in words) == translated


@pytest.mark.parametrize(
    ("hours", "printed"),
    [
        ("Monday to Friday", [("Monday to Friday", None)]),
        ("{en: Monday, es: lunes}", [("Monday", None), ("lunes", "es")]),
        ("{es: lunes}", [("lunes", "es")]),
        ("{en: 8–18, es: 8–18}", [("8–18", None)]),
    ],
)
def test_the_letterhead_has_the_hours_in_both_languages(
    hours: str, printed: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    root = workspace(tmp_path, *MOVE)
    (root / "sources/practice.yaml").write_text(f"{PRACTICE}hours: {hours}\n")
    sheet = sheets(root, Variant("standard", "a4"))[COLUMNS]
    ways = sheet.laid.root.find(".//div[@class='ways']")
    assert ways is not None
    assert [(p.text, p.get("lang")) for p in ways.findall("p")[1:]] == printed


# A note and a picture with a caption are smaller than the text.
SMALL = (
    ("en", "# Move\n\nKnees move.[^n]\n\n![A leg.](images/leg.svg \"A leg.\")\n\n[^n]: A note.\n"),
    ("es", "# Mueva\n\nSe mueven.[^n]\n\n![Una pierna.](images/leg.svg \"Una pierna.\")\n\n[^n]: Una nota.\n"),
)  # fmt: skip


@pytest.mark.parametrize(("style", "paper"), [("standard", "a4"), ("compact", "a4"), ("standard", "a5")])  # fmt: skip
def test_both_languages_have_the_same_sizes(style: str, paper: str, tmp_path: Path) -> None:
    """In the text, in captions and in notes."""
    laid = sheets(workspace(tmp_path, *SMALL), Variant(style, paper))[COLUMNS].laid
    texts = ((p.box.text, p.box.style["font_size"]) for p in laid.pieces if p.kind == "text")
    size = {text.strip(): size for text, size in texts}
    for one, other in (
        ("Knees move.", "Se mueven."),
        ("A leg.", "Una pierna."),
        ("A note.", "Una nota."),
    ):
        assert size[one] == size[other]
    assert size["A note."] < size["Knees move."]


def test_chinese_is_smaller_than_what_it_is_beside(tmp_path: Path) -> None:
    """Its characters fill their square; those of its notes are smaller again. No face of ours has them."""
    chinese = "# Dong\n\nXigai dong.[^n]\n\n[^n]: Zhu.\n"
    laid = sheets(workspace(tmp_path, SMALL[0], ("zh", chinese)), Variant("standard", "a4"))[COLUMNS].laid  # fmt: skip
    texts = ((p.box.text, p.box.style["font_size"]) for p in laid.pieces if p.kind == "text")
    size = {text.strip(): size for text, size in texts}
    assert size["Xigai dong."] == pytest.approx(size["Knees move."] * 0.875)
    assert size["Zhu."] == pytest.approx(size["A note."] * 0.875)


def test_a_spread_whose_rows_fill_it_is_one(tmp_path: Path) -> None:
    """The air below the last row of a page counts for nothing: it would move the row to a page of its own."""
    text = "# Move\n\n" + "".join(f"Line {n}.\n\n" for n in range(1, 60))
    root = workspace(tmp_path, ("en", text), ("es", text))
    sheet = sheets(root, Variant("large-print", "a5"))[PAGES]
    height = sheet.laid.heights[1]
    pages: dict[int, float] = {}
    for cell in sheet.cells:
        if cell.page > 1 and cell.element.get("lang") == "en":
            pages[cell.page] = cell.box.position_y + cell.box.border_height() - sheet.laid.tops[1]
    even = [page for page in sorted(pages) if page % 2 == 0]
    assert len(even) > 3
    assert all(pages[page] > 0.8 * height for page in even[1:-1])


def test_rows_have_less_air_and_break_where_that_saves_a_sheet(tmp_path: Path) -> None:
    """The last step: a row of text begins on the page that it ends the hole of."""
    long = "Knees like to move a little each day, and to rest a little afterwards. " * 9
    text = "# Move\n\n" + f"{long}\n\n" * 18
    root = workspace(tmp_path, ("en", text), ("es", text))
    recipe = sheets(root, Variant("standard", "a4"))[COLUMNS].recipe
    with heard():
        whole, tight = (page_boxes(lay_out(recipe.files, step)) for step in ("", "tight-3"))
    assert len(tight.heights) <= len(whole.heights)
    rows = [
        (piece.page, id(piece.element))
        for piece in tight.pieces
        if piece.kind == "block" and piece.element is not None and "of-p" in classes(piece.element)
    ]
    assert len(rows) > len({row for _, row in rows})
    once = [
        id(piece.element)
        for piece in whole.pieces
        if piece.kind == "block" and piece.element is not None and "of-p" in classes(piece.element)
    ]
    assert len(once) == len(set(once))


LARGE = [
    ("large-print", "a4"),
    ("clear-print", "letter"),
    ("clear-print", "a5"),
    ("large-print", "a5"),
]
POINTS = "    - Move a little each day, and rest a little.\n" * 8


@pytest.mark.parametrize(("style", "paper"), LARGE)
@pytest.mark.parametrize("before", [3, 6, 9])
def test_a_box_in_large_letters_leaves_no_large_hole(
    style: str, paper: str, before: int, tmp_path: Path
) -> None:
    """It breaks between its rows."""
    boxes = "".join(f"{box}\n\n{POINTS}\n" for box in ("!!! key-points", '!!! note "Mind:"'))
    text = f"# Move\n\n{'Line.' * before}\n\n{boxes}" + "Line.\n\n" * 30
    sheet = sheets(workspace(tmp_path, ("en", text), ("es", text)), Variant(style, paper))[COLUMNS]
    laid = sheet.laid
    assert preflight(laid, sheet.recipe.options) == ()  # type: ignore[arg-type]
    for page in range(1, len(laid.heights)):
        assert taken(laid, page) >= (1 - HOLE) * laid.heights[page - 1]


@pytest.mark.parametrize("before", [3, 6, 9])
def test_a_notice_for_safety_is_never_split(before: int, tmp_path: Path) -> None:
    """On the next page, the rest of it would be a list that does not say when to call."""
    text = "# Move\n\n" + "Line.\n\n" * before + f'!!! urgent "Call if:"\n\n{POINTS}\n'
    large = Variant("large-print", "a4")
    sheet = sheets(workspace(tmp_path, ("en", text), ("es", text)), large)[COLUMNS]
    notice = next(e for e in sheet.laid.root.iter() if "care" in classes(e))
    pages = {p.page for p in sheet.laid.pieces if p.element is notice and p.kind == "block"}
    assert len(pages) == 1


@pytest.mark.parametrize(("style", "paper"), [look for look in LARGE if look[1] != "letter"])
@pytest.mark.parametrize("before", [0, 3, 6])
def test_in_large_letters_a_notice_is_whole_in_each_language(
    style: str, paper: str, before: int, tmp_path: Path
) -> None:
    """Both together are taller than a page. The first one is below its heading."""
    points = "".join(POINTS.splitlines(keepends=True)[:4])
    text = (
        "# Move\n\n" + "Line.\n\n" * before + f'## Get help\n\n!!! urgent "Call if:"\n\n{points}\n'
    )
    root = workspace(tmp_path, ("en", text), ("es", text))
    sheet = sheets(root, Variant(style, paper))[COLUMNS]
    assert preflight(sheet.laid, sheet.recipe.options) == ()  # type: ignore[arg-type]
    pages: dict[str, set[int]] = {}
    for piece in sheet.laid.pieces:
        if piece.kind != "block" or piece.element is None:
            continue
        if piece.element.tag == "h2" or "care" in classes(piece.element):
            pages.setdefault(piece.element.get("id", f"{id(piece.element)}"), set()).add(piece.page)
    ours, theirs, notice, translated = pages.values()
    assert ours == theirs == notice
    assert len(notice) == len(translated) == 1


def test_the_rule_above_further_reading_goes_with_what_is_below_it(tmp_path: Path) -> None:
    """Further reading breaks across pages on A5: its rule was alone at the foot of one."""
    root = workspace(tmp_path, *MOVE)
    settings = root / "sources/knee/series.yaml"
    settings.write_text(f"{settings.read_text()}authors: [Ada Stone]\n")
    sheet = sheets(root, Variant("large-print", "a5"))[COLUMNS]
    closing = next(e for e in sheet.laid.root.iter() if "closing" in classes(e))
    blocks = [p for p in sheet.laid.pieces if p.kind == "block"]
    assert {p.box.border_top_width for p in blocks if p.element is closing} == {0}
    assert [p.box.border_top_width > 0 for p in blocks if p.element is closing[0]] == [True]


@pytest.mark.parametrize(("style", "paper"), LARGE[:3])
@pytest.mark.parametrize("before", [3, 6, 9])
def test_an_exercise_that_breaks_begins_with_a_step(
    style: str, paper: str, before: int, tmp_path: Path
) -> None:
    """Its title, its picture and its dosage are on the page of its first step, unless more than a third of a page would be
    empty, and no step is alone.
    """
    steps = "".join(f"    {n}. Sit, stretch one leg, and let it down.\n" for n in range(1, 19))
    exercise = f"    ![A leg.](images/leg.svg)\n\n{steps}\n    Sets\n    :   2\n"
    text = "# Move\n\n" + "Line.\n\n" * before + f'!!! exercise "Stretch"\n\n{exercise}'
    sheet = sheets(workspace(tmp_path, ("en", text), ("es", text)), Variant(style, paper))[COLUMNS]
    assert preflight(sheet.laid, sheet.recipe.options) == ()  # type: ignore[arg-type]
    card = next(e for e in sheet.laid.root.iter() if "exercise" in classes(e))
    inside = {id(element): element for element in card.iter()}
    above: dict[str, PlacedBox] = {}
    items = []
    for piece in sheet.laid.pieces:
        if id(piece.element) in inside and piece.kind == "block":
            if "of-item" in classes(piece.element):
                items.append(piece.page)
            elif kind := {"of-h2", "of-dosage", "of-table", "once"} & set(classes(piece.element)):
                above.setdefault(*kind, piece)
    title = above["of-h2"]
    picture = above.get("once", title)
    bottom = sheet.laid.tops[title.page - 1] + sheet.laid.heights[title.page - 1]
    hole = bottom - title.box.position_y
    assert title.page == picture.page
    assert {piece.page for piece in above.values()} == {
        items[0]
    } or hole > 0.3 * sheet.laid.heights[0]
    assert items.count(items[-1]) > 1
    assert len(items) == 18
