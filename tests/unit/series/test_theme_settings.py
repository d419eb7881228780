"""A clinic's theme: `theme.yaml`, the practice and the series, and the messages about what cannot be used."""

from __future__ import annotations

import shutil

import pytest

from handpress.assets.colour import Colour
from handpress.core.files.workspace import find
from handpress.layout.css.stylesheet import Sheets
from handpress.series.assemble import assemble
from handpress.series.model import Series
from handpress.series.settings.theme import Theme
from helpers.pictures import svg
from helpers.workspaces import ROOT, Book

THEME, SERIES, PRACTICE = "sources/theme.yaml", "sources/moon/series.yaml", "sources/practice.yaml"
ROSE = Colour(0x7A, 0x1F, 0x3D)


def series(book: Book) -> Series:
    """The first series of the workspace, which has no problem but those of the model."""
    workspace = find(book.root)
    assert workspace is not None
    return assemble(workspace, "sources/moon")[0]


def said(book: Book) -> str:
    return book.run("check").err


def add(book: Book, path: str, lines: str) -> None:
    """Add lines to a file of settings, which may be new."""
    before = book.read(path) if (book.root / path).is_file() else ""
    book.write(path, f"{before}\n{lines}\n")


# --- The values --------------------------------------------------------------------------------


def test_without_a_theme_all_is_ours(book: Book) -> None:
    found = series(book)
    assert found.theme == found.shared_theme == Theme()


def test_a_theme_has_colours_faces_and_pictures(book: Book) -> None:
    """Names of faces may be written with or without their spaces."""
    book.write("sources/mark.svg", svg(""))
    book.write("sources/front.svg", svg(""))
    book.write(PRACTICE, "name: Harbour Street Practice\n")
    book.write(
        THEME,
        'accent: "#7a1f3d"\ndisplay: atkinson hyperlegible-next\ntext: literata\nbook: Literata\n'
        "art: arcs\nlogo: mark.svg\ncover: front.svg\n",
    )
    assert said(book) == ""
    found = series(book)
    theme = found.theme
    assert theme.accent == ROSE
    assert (theme.display, theme.text) == ("Atkinson Hyperlegible Next", "Literata")
    assert theme.art == "arcs"
    assert theme.logo is not None
    assert found.cover is theme.cover
    assert found.cover is not None


@pytest.mark.parametrize("written", ["#7a1f3d", "'#7a1f3d'", "7a1f3d", "rgb(122, 31, 61)  # ours"])
def test_a_colour_needs_no_quotes(written: str, book: Book) -> None:
    """A hash begins a comment in YAML. The colour after it was meant."""
    book.write(THEME, f"accent: {written}\n")
    assert said(book) == ""
    assert series(book).theme.accent == ROSE


@pytest.mark.parametrize("key", ["colour", "Color", "accent"])
def test_a_colour_outside_the_theme_is_led_into_it(key: str, book: Book) -> None:
    add(book, PRACTICE, f"{key}: plum")
    assert "write `theme: {accent: …}` with your colour" in said(book)


def test_the_nearer_file_wins_value_by_value(book: Book) -> None:
    book.write(THEME, 'accent: "#111111"\ntext: Literata\nart: arcs\n')
    add(book, PRACTICE, 'theme:\n  accent: "#222222"\n  display: Literata')
    add(book, SERIES, 'theme:\n  accent: "#333333"')
    found = series(book)
    assert found.theme == Theme(
        accent=Colour(0x33, 0x33, 0x33), display="Literata", text="Literata", art="arcs"
    )
    assert found.shared_theme.accent == Colour(0x22, 0x22, 0x22)


def test_a_named_theme_is_under_what_is_said_beside_it(book: Book) -> None:
    """A series that names a theme has its colour, whatever the practice's is."""
    book.write(THEME, 'base: copier\naccent: "#111111"\n')
    shared = series(book).theme
    assert (shared.base, shared.accent, shared.art) == ("copier", Colour(17, 17, 17), "stripes")
    add(book, SERIES, "theme: warm")
    own = series(book).theme
    assert (own.base, own.accent, own.art) == ("warm", Colour(0x8A, 0x33, 0x24), "arcs")


def test_a_workspace_may_have_named_themes(book: Book) -> None:
    """A folder makes one, with its values and its rules."""
    book.write("layouts/themes/rose/theme.yaml", 'accent: "#7a1f3d"\n')
    book.write("layouts/themes/rose/theme.css", "h1 { letter-spacing: 0.05em }")
    book.write("layouts/theme.css", "h2 { letter-spacing: 0.04em }")
    add(book, SERIES, "theme: rose")
    assert said(book) == ""
    found = series(book)
    assert found.theme.accent == ROSE
    workspace = find(book.root)
    assert workspace is not None
    layers = Sheets(workspace).themed(found.theme).layers("web")
    assert layers["theme"] == "h1 { letter-spacing: 0.05em }h2 { letter-spacing: 0.04em }"
    assert layers["tokens"].count("--brand: #7a1f3d") == 1


def test_a_face_of_the_workspace_may_be_chosen(book: Book) -> None:
    face = next((ROOT / "fonts").rglob("Literata-Regular.ttf"))
    (book.root / "fonts/own").mkdir(parents=True)
    shutil.copy(face, book.root / "fonts/own/MyOwn2-Regular.ttf")
    book.write(THEME, "text: myown2\n")
    assert said(book) == ""
    assert series(book).theme.text == "My Own2"


# --- What cannot be used -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason", "help_"),
    [
        ("accent: teel", "`teel` is not a colour", 'write it in quotes, such as "#7a1f3d"'),
        ("accent: '#12'", "`#12` is not a colour", "or by its name, such as teal"),
        ("text: Litterata", "there is no face `Litterata`", "did you mean `Literata`?"),
        ("display: Comic", "there is no face `Comic`", "put its files into `fonts/`, or use one"),
        ("art: wavs", "unknown value `wavs`", "did you mean `waves`?"),
        ("base: worm", "unknown value `worm`", "did you mean `warm`?"),
        ("accnt: teal", "it is ignored: a theme has no such key", "did you mean `accent`?"),
        ("logo: gone.svg", "there is no file `gone.svg`", "add the picture"),
        ("accent: [teal]", "`accent` takes one value, not a list", "write one value"),
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_a_value_that_cannot_be_used_is_told_at_its_place(
    line: str, reason: str, help_: str, nested: bool, book: Book
) -> None:
    """A warning: the value of the next file, or ours, is taken."""
    path = SERIES if nested else THEME
    add(book, path, f"theme:\n  {line}" if nested else line)
    ran = book.run("check")
    assert ran.code == 0, ran.err
    key, _, value = line.partition(": ")
    wanted = key if key == "accnt" else value
    where = book.place(path, wanted)
    assert any(text.startswith(f"{where}: warning: ") for text in ran.err.splitlines()), ran.err
    assert reason in ran.err
    assert help_ in ran.err
    assert series(book).theme == Theme()


def test_a_named_theme_is_told_by_its_file(book: Book) -> None:
    book.write("layouts/themes/rose/theme.yaml", "accent: teel\nbase: warm\n")
    add(book, SERIES, "theme: rose")
    err = said(book)
    assert "layouts/themes/rose/theme.yaml:1:9: warning: wrong value" in err
    assert "a named theme has no such key" in err


def test_a_logo_needs_a_practice(book: Book) -> None:
    """Without a letterhead there is no place for it."""
    book.write("sources/mark.svg", svg(""))
    book.write(THEME, "logo: mark.svg\n")
    (book.root / PRACTICE).unlink(missing_ok=True)
    err = said(book)
    assert err.startswith(f"{THEME}:1:7: warning: missing `name` [missing-value]"), err
    assert "the logo is not shown: only a practice has a letterhead" in err
    book.write(PRACTICE, "name: Harbour Street Practice\n")
    assert said(book) == ""
    practice = series(book).practice
    assert practice is not None
    assert practice.logo is not None
