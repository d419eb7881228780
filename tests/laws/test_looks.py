"""Looks: every style on every paper, measured in the finished PDF of the sample's handouts.

The promises of a style (sizes, leading, contrast, margins) are checked where a reader meets them: on
the page. Points are measured, not asked of the stylesheet, so that a style cannot rot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypdfium2
import pytest
from msgspec import Struct
from msgspec.structs import replace
from PIL import ImageOps
from PIL.Image import Image

from handpress.core.media import PAPERS
from handpress.core.styles import styles
from helpers import printed
from helpers.finished import wrong_in
from helpers.printed import MM, Letter
from helpers.workspaces import publish


class Look(Struct, frozen=True):
    """The promises of a style, in points: its text, its leading, and the smallest size on the page.

    `pages` is the most that a handout of the sample takes on A4 and Letter, `bound` the margin where sheets are
    bound, in millimetres.
    """

    text: float
    leading: float
    smallest: float
    pages: int
    columns: int = 1
    bound: float = 20
    italics: bool = True


SHEET = Look(12, 15, 9, pages=2, columns=2, bound=16)
LOOKS = {
    "standard": SHEET,
    "ink-saving": SHEET,
    "compact": Look(11, 13.5, 9, pages=2, columns=2, bound=16),
    "one-column": Look(12, 16, 9, pages=4),
    "with-margin": Look(12, 16, 9, pages=4),
    "clear-print": Look(14, 21, 10, pages=5),
    "large-print": Look(18, 24, 16, pages=7, italics=False),
    "large-print-acb": Look(18, 25, 18, pages=9, italics=False),
}
# Half a sheet has one column, and its text is a point smaller where the style has no size of its own.
HALF = Look(11, 15, 9, pages=6, bound=15)
A5 = dict.fromkeys(("standard", "ink-saving"), HALF) | {
    "compact": replace(HALF, leading=13.5),
    "one-column": replace(HALF, text=11, leading=16),
    "with-margin": replace(HALF, text=11, leading=16),
}
STYLES = styles()
EVERY = [(style, paper) for style in STYLES for paper in PAPERS]


def look(style: str, paper: str) -> Look:
    return A5.get(style, LOOKS[style]) if paper == "a5" else LOOKS[style]


@pytest.fixture(scope="session")
def sheets(published: Path) -> Path:
    """The sample's handouts in every style on every paper."""
    styles = [option for style in STYLES for option in ("--style", style)]
    papers = [option for paper in PAPERS for option in ("--paper", paper)]
    folder = published.parent / "looks"
    ran = publish(published, "--only", "handout", *styles, *papers, "--output", str(folder))
    assert ran.code == 0, ran
    return folder / "fascia-remedy" / "handouts"


def files(sheets: Path, style: str, paper: str) -> list[Path]:
    folder = sheets if style == "standard" else sheets / style
    found = sorted((folder if paper == "a4" else folder / paper).glob("*.pdf"))
    assert len(found) == 3
    return found


@cache
def letters(file: Path) -> list[list[Letter]]:
    """Every visible character, page by page."""
    with pypdfium2.PdfDocument(file) as document:
        return [list(printed.letters(document, page)) for page in range(1, len(document) + 1)]


def above(found: list[Letter]) -> list[Letter]:
    """The letters of a page above its footer, whose height grows with its type."""
    large = max(a.size for a in found[-20:]) > 17
    foot = min(a.y for a in found) + (60 if large else 40) * MM
    return [a for a in found if a.y > foot]


def body(file: Path, size: float) -> list[list[Letter]]:
    """The lines that are set in the text's size, in reading order, without the footer's."""
    lines = []
    for found in letters(file):
        line: list[Letter] = []
        for letter in (a for a in above(found) if abs(a.size - size) < 0.05):
            if line and abs(letter.y - line[-1].y) > 0.5:
                lines.append(line)
                line = []
            line.append(letter)
        lines.append(line)
    return [line for line in lines if line]


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_nothing_is_smaller_than_the_style_allows(style: str, paper: str, sheets: Path) -> None:
    for file in files(sheets, style, paper):
        sizes = Counter(letter.size for found in letters(file) for letter in found)
        assert min(sizes) >= look(style, paper).smallest - 0.05, (file.name, sorted(sizes))


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_the_text_has_its_size_and_leading(style: str, paper: str, sheets: Path) -> None:
    """Most letters are of the text's size, and lines of it are a leading apart at least."""
    wanted = look(style, paper)
    for file in files(sheets, style, paper):
        sizes = Counter(letter.size for found in letters(file) for letter in above(found))
        assert sizes.most_common(1)[0][0] == pytest.approx(wanted.text, abs=0.05), file.name
        lines = body(file, wanted.text)
        steps = Counter(round(one[0].y - two[0].y, 1) for one, two in pairwise(lines))
        # Items of a list are a little farther apart.
        step = min(step for step, found in steps.items() if step > 5 and found >= len(lines) / 10)
        assert step == pytest.approx(wanted.leading, abs=0.15), (file.name, steps)


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_the_sheet_is_the_unit(style: str, paper: str, sheets: Path) -> None:
    """Each article of the sample is on one sheet of paper in two columns, and on no more than promised in others.

    No handout has a last page that is nearly empty, nor a last sheet for less than a third of a page.
    """
    for file in files(sheets, style, paper):
        pages = letters(file)
        if paper != "a5":
            assert len(pages) <= look(style, paper).pages, file
        least = 1 / 3 if len(pages) % 2 else 0.1
        assert len(pages[-1]) > least * max(map(len, pages)), file


@pytest.mark.parametrize("style", [s for s in STYLES if LOOKS[s].columns == 2])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_columns_are_filled(style: str, paper: str, sheets: Path) -> None:
    """Of all columns but the last, at most a fifth is empty: a card or a box that goes to the next one whole."""
    size = PAPERS[paper]
    for file in files(sheets, style, paper):
        ends = [end for page in pictures(file) for end in _ends(page, size.width, size.height)]
        assert max(1 - end for end in ends[:-1]) <= 0.2, (file.name, ends)


def pictures(file: Path) -> Iterator[Image]:
    """The pages in grey, two dots a millimetre."""
    with pypdfium2.PdfDocument(file) as document:
        for number in range(len(document)):
            yield document[number].render(scale=2 / MM).to_pil().convert("L")


def _ends(page: Image, width: float, height: float) -> Iterator[float]:
    """The end of each column of a page, as a share of the height above the footer, which takes 23 mm."""
    foot = height - 23
    for left in (0, width / 2):
        column = page.crop(tuple(int(2 * n) for n in (left, 5, left + width / 2, foot)))
        drawn = ImageOps.invert(column).point(lambda dot: 255 * (dot > 40)).getbbox()
        yield drawn[3] / column.height if drawn else 0


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_lines_are_neither_short_nor_long(style: str, paper: str, sheets: Path) -> None:
    """38 to 75 characters, spaces among them. Large print on half a sheet has no room for so many."""
    least = 28 if paper == "a5" and look(style, paper).text >= 14 else 38
    for file in files(sheets, style, paper):
        lines = [len(line) for line in body(file, look(style, paper).text)]
        full = sorted(lines)[len(lines) // 2 :]  # the rest are last lines, cells, questions
        assert least <= median(full) * 6 / 5 <= 75, (file.name, median(full))  # a space in six


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_text_is_dark_on_white(style: str, paper: str, sheets: Path) -> None:
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3), and 7 to 1 for what is not small print."""
    for file in files(sheets, style, paper):
        for found in letters(file):
            for letter in found:
                contrast = 1.05 / (luminance(letter.colour) + 0.05)
                assert contrast >= 4.5, (file.name, letter)
                assert contrast >= 7 or letter.size < 12, (file.name, letter)


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_margins_clear_the_punch_and_the_printer(style: str, paper: str, sheets: Path) -> None:
    """20 mm and more where a sheet is bound (16 in two columns, 15 on A5), 5 mm everywhere else."""
    size = PAPERS[paper]
    bound = 15 if paper == "a5" else look(style, paper).bound
    for file in files(sheets, style, paper):
        for number, found in enumerate(letters(file)):
            left = min(a.x for a in found) / MM
            right = size.width - max(a.x + a.size / 2 for a in found) / MM
            inner, outer = (left, right) if number % 2 == 0 else (right, left)
            assert inner >= bound - 2, (file.name, number + 1, inner)
            assert outer >= 5, (file.name, number + 1, outer)
            assert min(a.y for a in found) / MM >= 5, (file.name, number + 1)
            assert size.height - max(a.y + a.size for a in found) / MM >= 5, (file.name, number + 1)


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_fonts_are_the_styles(style: str, paper: str, sheets: Path) -> None:
    """Every face is one of ours; large print has none that slants, and hyphenates nothing."""
    for file in files(sheets, style, paper):
        names = {letter.font for found in letters(file) for letter in found}
        ours = ("Atkinson", "Literata", "Source-Sans")
        assert all(any(family in name for family in ours) for name in names), names
        if not look(style, paper).italics:
            assert not [n for n in names if "Italic" in n], names
        ends = [line[-1].text for line in body(file, look(style, paper).text)]
        assert "\N{HYPHEN}" not in ends


@pytest.mark.parametrize(("style", "paper"), EVERY)
def test_every_look_is_accessible(style: str, paper: str, sheets: Path) -> None:
    """PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), by a validator that knows nothing of us."""
    for file in files(sheets, style, paper):
        assert wrong_in(file.read_bytes()) == [], file


def test_letter_differs_from_a4_in_the_paper_alone(sheets: Path) -> None:
    """The same sizes, leading and measure, within a few characters a line."""
    for style in STYLES:
        for one, two in zip(
            files(sheets, style, "a4"), files(sheets, style, "letter"), strict=True
        ):
            sizes = [sorted({a.size for found in letters(f) for a in found}) for f in (one, two)]
            assert sizes[0] == sizes[1], (style, one.name)
            full = [
                median(sorted(len(n) for n in body(f, LOOKS[style].text))[-20:]) for f in (one, two)
            ]
            assert abs(full[0] - full[1]) <= 5, (style, one.name, full)
