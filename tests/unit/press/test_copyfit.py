"""Sheet: how full the last page is, what brings a handout back onto its sheets, and `fit`."""

from __future__ import annotations

import json
import re

import pytest

from handpress.core.styles import styles
from helpers.workspaces import ROOT, Book

SPRING = "sources/moon/02-spring.md"
# A handout that has nothing but its article on it, so that these tests count its lines and no others.
BARE = '<!DOCTYPE html><html lang="en"><head><title>Spring</title></head><body>{{ body }}</body></html>'
# One column of 16 points a line, whatever the style has.
A4 = """:root {
  --paper-size: 210mm 297mm; --top: 18mm; --bottom: 22mm; --inner: 25mm; --outer: 60mm;
  --text-face: var(--sans); --line: 16pt; --half: 8pt;
}"""
# A paragraph whose last line has few words, in the standard style on A4.
LONG = (
    "The sea comes in and the sea goes out, and each day it does so almost an hour later than on the"
    " day before, because the moon has moved on."
)


# Steps that take air alone, so that lines stay as long as they are.
STEPS = """
:root.tight-1 { --saves: 4%; --half: 5pt; }
:root.tight-2 { --saves: 8%; --half: 4pt; }
"""
STYLE = "layouts/styles/styles/standard.css"


def article(book: Book, paragraphs: int, lines: int = 0, front: str = "") -> None:
    """A second article of so many paragraphs, and so many short lines after them."""
    text = "".join(f"{LONG} Day {n}.\n\n" for n in range(1, paragraphs + 1))
    text += "".join(f"Line {n}.  \n" for n in range(1, lines)) + "The end.\n" * (lines > 0)
    book.write("layouts/handout.html", BARE)
    book.write("layouts/styles/papers/a4.css", A4)
    if not (book.root / STYLE).exists():
        book.write(STYLE, STEPS)
    book.write(SPRING, f"---\ntitle: Spring\n{front}---\n\n## When it comes\n\n{text}")
    book.write("sources/moon/01-neap.md", "# Neap\n\nThe sea stays.\n")


def without_steps(book: Book) -> None:
    """Give the workspace a style that nothing tightens."""
    book.write(STYLE, ":root { --half: 8pt }")


def row(book: Book, *options: str, path: str = "handouts/spring.pdf") -> str:
    """The line of a build that names the handout."""
    ran = book.build("--only", "handout", *options)
    return next(line for line in ran.said if f" {path}" in line)


# --- How full ----------------------------------------------------------------------------------


def test_the_made_line_says_how_full_the_last_page_is(book: Book) -> None:
    """Of one page, how full it is; of more, the last. It is in the manifest, and `list` says it too."""
    article(book, 4)
    assert re.fullmatch(r"made handouts/spring.pdf  1 page, \d+ % full  new", row(book))
    article(book, 20)
    line = row(book)
    found = re.fullmatch(
        r"made handouts/spring.pdf  2 pages, the last (\d+) % full  article changed", line
    )
    assert found, line
    listed = next(row for row in book.run("list").said if "handouts/spring.pdf" in row)
    assert listed == f"  fresh  handouts/spring.pdf  2 pages, the last {found[1]} % full"
    entries = json.loads(book.read("output/manifest.json"))["artefacts"]
    assert entries["moon/handouts/spring.pdf"]["full"] == int(found[1])


def test_fuller_by_what_was_added(book: Book) -> None:
    """Five lines of 16 points are a tenth of a page of A4: 297 mm less 40 mm of margins."""

    def full(lines: int) -> int:
        article(book, 2, lines)
        found = re.search(r"(\d+) % full", row(book))
        assert found
        return int(found[1])

    assert full(10) - full(5) == pytest.approx(5 * 16 / ((297 - 40) / 25.4 * 72) * 100, abs=1)


# --- A little over -----------------------------------------------------------------------------


def test_a_little_over_a_sheet(book: Book) -> None:
    """`runs-over`: the paragraphs that end in a few words, until the lines that are too many are won."""
    without_steps(book)
    article(book, 27)
    ran = book.build("--only", "handout")
    assert ran.code == 0
    assert ran.err == (
        f"{SPRING}:1:1: warning: handout runs slightly over its sheets [runs-over]\n"
        "  = why: moon/handouts/spring.pdf is 7 lines too long for 2 pages\n"
        "  = help: shorten the paragraphs at lines 47, 49, 51, 53, 55, 57 and 59 by 4 words, or"
        " write `fit: 2`\n"
        "1 warning in 1 file\n"
    )


def test_following_the_advice_brings_it_back(book: Book) -> None:
    """Four words less in each of the seven paragraphs, and it is one sheet."""
    without_steps(book)
    article(book, 27)
    book.build("--only", "handout")
    lines = book.read(SPRING).split("\n")
    for number in (47, 49, 51, 53, 55, 57, 59):
        lines[number - 1] = lines[number - 1].replace("because the moon has moved on", "as it must")
    book.write(SPRING, "\n".join(lines))
    ran = book.build("--only", "handout")
    assert (ran.code, ran.err) == (0, "")
    assert "made handouts/spring.pdf  2 pages, " in ran.out


def test_more_than_a_little_is_no_accident(book: Book) -> None:
    """A third page that is a third full is a longer article, as is a page that needs no new sheet."""
    without_steps(book)
    article(book, 30)
    assert "3 pages" in row(book)
    assert book.build().err == ""
    article(book, 39)
    assert re.search(r"4 pages, the last \d % full", row(book))
    assert book.build().err == ""


def test_where_no_paragraph_ends_in_a_few_words(book: Book) -> None:
    """Then there is nothing to name: so many lines have to go."""
    without_steps(book)
    article(book, 0, 91)
    assert "help: cut 3 lines, or write `fit: 2`\n" in book.build("--only", "handout").err


# --- Whole sheets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "tight"),
    [
        (26, "2 pages, the last 99 % full, tightened (tight-1)"),  # a third page would cost a sheet
        (13, "1 page, 99 % full, tightened (tight-2)"),  # a last side that is nearly empty
        (10, "1 page, "),
        (20, "2 pages, the last "),  # a side that is half full saves no sheet
        (30, "3 pages, the last "),  # no step saves so much, and air is not given up for nothing
    ],
)
def test_a_style_is_tightened_for_whole_sheets(paragraphs: int, tight: str, book: Book) -> None:
    """Without any setting; a step that is taken is reported, and one that cannot help is not tried."""
    article(book, paragraphs)
    line = row(book)
    found = re.sub(r"\d+(?= % full, tight)", "99", line)
    assert f"  {tight}" in found, line
    assert ("tightened" in line) == ("tightened" in tight)


@pytest.mark.parametrize(
    ("items", "tight"),
    [
        (6, ""),  # it has room
        (9, "tight-1"),  # no page is saved, but the first one is full
        (20, ""),  # no step makes so much room
    ],
)
def test_a_hole_on_the_first_page_is_closed(items: int, tight: str, book: Book) -> None:
    """A box that has no room on the first page would leave more than a fifth of it empty."""
    article(book, 9)
    box = "!!! key-points\n\n" + "".join(f"    - Day {n}\n" for n in range(items))
    book.write(SPRING, f"{book.read(SPRING)}{box}\n{LONG}\n\n" + f"{LONG}\n\n" * 10)
    line = row(book)
    assert re.findall(r"tight-\d", line) == [tight] * bool(tight)


# --- fit ---------------------------------------------------------------------------------------


def test_fit_lets_the_style_tighten(book: Book) -> None:
    """The first of the style's steps that is enough is taken, and said; the bytes are the same each time."""
    article(book, 26, front="fit: 2\n")
    line = row(book)
    assert re.search(r"  2 pages, the last \d+ % full, tightened \(tight-1\)  new$", line), line
    assert book.build("--only", "handout").err == ""
    listed = next(row for row in book.run("list").said if "handouts/spring.pdf" in row)
    assert listed.endswith("tightened (tight-1)")
    before = book.files()
    book.build("--only", "handout", "--rebuild")
    assert book.files() == before
    article(book, 27, front="fit: 2\n")
    assert "tightened (tight-2)" in row(book)


def test_what_fits_is_not_tightened(book: Book) -> None:
    """`fit` changes no byte of a handout that fits as it is."""
    article(book, 10)
    row(book)
    before = (book.output / "moon/handouts/spring.pdf").read_bytes()
    article(book, 10, front="fit: 2\n")
    assert "tightened" not in row(book)
    assert (book.output / "moon/handouts/spring.pdf").read_bytes() == before


def test_does_not_fit(book: Book) -> None:
    """`does-not-fit`: where no step is enough, it is an error at `fit`, by the style as it is."""
    article(book, 30, front="fit: 2\n")
    ran = book.build("--only", "handout")
    assert ran.code == 1
    assert "failed handouts/spring.pdf  handout is too long" in ran.said
    assert ran.err == (
        f"{SPRING}:3:6: handout is too long [does-not-fit]\n"
        "  |\n"
        "3 | fit: 2\n"
        "  |      ^ moon/handouts/spring.pdf is 17 lines too long for 2 pages\n"
        "  = help: shorten the paragraphs at lines 48, 50, 52, 54, 56, 58, 60, 62, 64 and 66 by 4"
        " words, and cut 7 lines more, or raise `fit`\n"
        "1 error in 1 file\n"
    )


def test_the_fit_of_a_series_is_reported_at_its_line(book: Book) -> None:
    article(book, 30)
    settings = book.read("sources/moon/series.yaml")
    book.write("sources/moon/series.yaml", settings + "fit: 2\n")
    line = len(settings.splitlines()) + 1
    ran = book.build("--only", "handout")
    assert ran.err.startswith(f"sources/moon/series.yaml:{line}:6: handout is too long")


def test_fit_is_kept_in_the_first_style_on_the_papers_of_the_series(book: Book) -> None:
    """In large print the same words take more pages: they are tightened where it helps, and made."""
    article(book, 20, front="fit: 2\n")
    options = ("--style", "standard", "--style", "large-print", "--paper", "a4")
    ran = book.build("--only", "handout", *options)
    assert ran.code == 0
    large = next(row for row in ran.said if "large-print/spring" in row)
    assert "3 pages" in large
    assert "tightened" not in large


def test_other_media_take_no_notice_of_fit(book: Book) -> None:
    """A book is as long as it is."""
    article(book, 40, front="fit: 1\n")
    ran = book.build("--only", "book", "--only", "web", "--only", "epub")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("style", styles())
def test_tightening_takes_air_and_no_size(style: str) -> None:
    """No step of ours sets text smaller, or its lines closer. A later one saves more, as it must say."""
    sheet = (ROOT / f"layouts/styles/styles/{style}/style.css").read_text(encoding="utf-8")
    steps = re.findall(r"^:root\.(tight-\d) \{([^}]*)\}", sheet, re.M)
    if base := re.search(r"--base: ([\w-]+)", sheet):
        assert base[1] in styles()
        assert len(steps) in (0, 2, 3)
    if not base or steps:
        assert [name for name, _ in steps] == [f"tight-{n}" for n in range(1, len(steps) + 1)]
        saves = [int(re.search(r"--saves: (\d+)%", text)[1]) for _, text in steps]  # type: ignore[index]
        assert len(saves) >= 2
        assert saves == sorted({*saves})
        assert 0 < saves[0] < saves[-1] < 20
    names = {name for _, text in steps for name in re.findall(r"--[\w-]+", text)}
    edges = {
        f"--{page}{edge}"
        for page in ("", "narrow-", "tight-")
        for edge in ("top", "inner", "outer")
    }
    air = {"--half", "--gutter", "--footer-gap", "--figure", "--card-figure"}
    assert names <= {"--saves", *air, *edges}
    rules = re.findall(r"^:root\.tight-\d [^{]+\{([^}]*)\}", sheet, re.M)
    assert not re.search("font|line|letter|word", "".join(rules))
    sides = re.findall(r"--(?:narrow-)?inner: (\d+)mm", "".join(text for _, text in steps))
    assert all(int(side) >= 16 for side in sides), "two holes reach 16 mm into the sheet"


@pytest.mark.parametrize(("name", "holes"), [("media/handout", 16), ("papers/letter", 17)])
def test_no_margin_is_narrower_than_the_holes(name: str, holes: int) -> None:
    """Two holes reach 16 mm into a sheet of A4, three reach 17 mm into one of Letter."""
    sheet = (ROOT / f"layouts/styles/{name}.css").read_text(encoding="utf-8")
    sides = [int(side) for side in re.findall(r"--[\w-]*inner: (\d+)mm", sheet)]
    assert sides
    assert min(sides) >= holes
