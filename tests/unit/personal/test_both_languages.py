"""Sheets for clients in the language of a translation, and in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.layout.variant import Variant
from handpress.personal import Other, Prescribed, Sheet, Unfillable, Visit, fill
from helpers.bilingual import FILES
from helpers.finished import pdf_tags, pdf_text, wrong_in
from helpers.workspaces import Book

TABLE = """\
client,date,Pendulum: sets,Pendulum: hold,Pendulum: side,Wall walk: load,Wall walk: note
Amira,2026-11-29,4,12 seconds,left,,
Bella,2026-11-29,6,,,until tired,Only as far as is easy.
"""


@pytest.fixture
def clinic(empty: Book) -> Book:
    for path, text in FILES.items():
        empty.write(path, text)
    empty.write("c.csv", TABLE)
    return empty


def text_of(path: Path) -> str:
    return " ".join(" ".join(pdf_text(path)).split())


def sheets(clinic: Book, *options: str) -> list[Path]:
    ran = clinic.run("personalise", "c.csv", "--article", "swing", "--out", "out", *options)
    assert (ran.code, ran.said) == (0, ["made 2 sheets"]), ran
    return [clinic.root / "out" / name for name in ("0001.pdf", "0002.pdf")]


@pytest.mark.parametrize("form", ["columns", "pages"])
def test_a_sheet_in_both_languages(clinic: Book, form: str) -> None:
    """Dosage and side are in the words of each language; the name is there once."""
    first, second = sheets(clinic, "--bilingual", form)
    text = text_of(first)
    assert text.count("Amira") == 1
    for words in ("12 seconds", "ثانية", "Side", "الجانب", "Sets", "المجموعات", "Pendulum"):
        assert words in text, words
    assert text.count("29 November 2026") == 1
    assert "5 seconds" not in text
    text = text_of(second)
    assert text.count("Only as far as is easy.") == (1 if form == "columns" else 2)
    assert text.count("until tired") == 2  # nobody translates it
    assert "5 seconds" in text
    assert "Bella" not in text_of(first)
    for path in (first, second):
        assert wrong_in(path.read_bytes()) == []


def test_a_sheet_in_the_language_of_a_translation(clinic: Book) -> None:
    """The table has the words of the original, and the sheet those of the translation."""
    first, _ = sheets(clinic, "--language", "ar")
    text = text_of(first)
    assert "Amira" in text
    assert "ثانية" in text
    assert "November" not in text
    assert "Pendulum" not in text
    assert "Swing" not in text
    assert wrong_in(first.read_bytes()) == []


def test_the_original_comes_first(clinic: Book) -> None:
    """Also if the table has the words of the translation."""
    clinic.write("c.csv", "client,البندول: hold\nAmira,12 ثانية\nBella,3\n")
    ran = clinic.run(
        "personalise", "c.csv", "--article", "shoulder-ar/swing", "--bilingual", "columns", "--out", "out"
    )  # fmt: skip
    assert ran.code == 0, ran
    text = text_of(clinic.root / "out/0001.pdf")
    assert text.index("Swing your arm") < text.index("12 seconds")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--article", "swing", "--language", "es"), "`swing` is not translated into `es`"),
        (("--article", "swing", "--language", "en", "--bilingual", "pages"), "into `en`"),
        (("--article", "rest", "--bilingual", "columns"), "`rest` is not translated"),
    ],
)
def test_a_language_that_is_not_there(clinic: Book, options: tuple[str, ...], reason: str) -> None:
    ran = clinic.run("personalise", "c.csv", "--out", "out", *options)
    assert ran.code == 2
    assert reason in ran.err
    assert not (clinic.root / "out").exists()


def test_other_exercises_in_the_translation(clinic: Book) -> None:
    """None gets the dosage of another."""
    there = "sources/shoulder.ar/01-swing.md"
    clinic.write(there, clinic.read(there).partition('!!! exercise "المشي')[0])
    ran = clinic.run(
        "personalise", "c.csv", "--article", "swing", "--language", "ar", "--out", "out"
    )
    assert ran.code == 1
    assert "the handout has 2 exercises, and 1 in the other language" in ran.err
    assert ran.said == ["made 0 sheets, 2 rows refused"]


def test_an_exercise_is_left_out_in_both(clinic: Book) -> None:
    workspace = find(clinic.root)
    assert workspace is not None
    english, arabic = load(workspace).layouts
    sheet = Sheet(english, "swing", Variant("standard", "a4"), other=Other(arabic, form="columns"))
    one, two = (exercise.id for exercise in sheet.exercises)
    visit = Visit("Amira", exercises=(Prescribed(two), Prescribed(one, left_out=True)))
    text = text_of(clinic.write("left.pdf", fill(sheet, visit)))
    assert "Wall walk" in text
    assert "Pendulum" not in text
    assert "البندول" not in text
    with pytest.raises(Unfillable):
        fill(sheet, Visit(exercises=(Prescribed("no-such"),)))


def test_screen_readers_hear_each_language(clinic: Book) -> None:
    first, _ = sheets(clinic, "--bilingual", "columns")
    tags = " ".join(pdf_tags(first))
    assert tags.index("12 seconds") < tags.rindex("Lang=ar")
