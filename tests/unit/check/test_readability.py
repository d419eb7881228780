"""Readability: formulas against published values, syllables against public lists, and where to begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.check.prose.readability import (
    Counts,
    amstad,
    counts,
    fernandez_huerta,
    flesch_kincaid,
    hardest_sentences,
    hardest_words,
    inflesz,
    lix,
    scores,
    smog,
    wiener,
)
from handpress.check.prose.syllables import syllables
from helpers.checked import page_of

# --- Formulas ----------------------------------------------------------------------------------


def test_flesch_kincaid() -> None:
    """Green Eggs and Ham has 5.7 words a sentence, 1.02 syllables a word and grade -1.3; no text is below -3.40.

    Wikipedia, "Flesch–Kincaid readability tests".
    """
    assert round(flesch_kincaid(Counts(1000, 5700, 5814)), 1) == -1.3
    assert round(flesch_kincaid(Counts(1, 1, 1)), 2) == -3.40


@pytest.mark.parametrize(
    ("least", "most", "grade"),
    [(1, 6, 5), (7, 12, 6), (13, 20, 7), (21, 30, 8), (31, 42, 9), (43, 56, 10), (57, 72, 11), (73, 90, 12)],
)  # fmt: skip
def test_smog(least: int, most: int, grade: int) -> None:
    """McGraw's conversion table for 30 sentences, in "SMOG grading: a new readability formula" (McLaughlin, 1969).

    Its grades are 3 and the root of the nearest square, and so up to 1.1 from the formula.
    """
    for polysyllables in (least, most):
        assert abs(smog(Counts(30, 600, polysyllables=polysyllables)) - grade) < 1.1
    assert smog(Counts(10, 200, polysyllables=10)) == smog(Counts(30, 600, polysyllables=30))


def test_spanish_formulas() -> None:
    """The first six sentences of "Cien años de soledad" in the tests of textstat 0.7: `szigriszt_pazos`, `fernandez_huerta`.

    It has 206.84 in both, instead of Szigriszt's 206.835.
    """
    opening = Counts(sentences=6, words=162, syllables=306)
    assert round(inflesz(opening) + 0.005, 3) == 62.162
    assert round(fernandez_huerta(opening), 3) == 65.967


ENTCHEN = (
    "Alle meine Entchen schwimmen auf dem See, Köpfchen unters Wasser, Schwänzchen in die Höh."
)


def test_german_formulas(tmp_path: Path) -> None:
    """The value of textstat 0.7 for "Alle meine Entchen" in its test of `wiener_sachtextformel`, from our own counts.

    Amstad's formula is compared with its definition: no published example has counts that can be checked.
    """
    counted = counts(page_of(tmp_path, ENTCHEN + "\n", "language: de\n").sentences, "de")
    assert counted == Counts(1, 14, 22, 0, 6, 4)
    assert round(wiener(counted), 2) == 3.77
    assert round(amstad(Counts(10, 100, 180)), 2) == 64.7


def test_lix() -> None:
    """3784 words, 580 sentences, 1018 long words: LIX 33 (inuse.se, "Vet du vad lix är?"), with lix.se's own counts.

    "Cool dogs wear da sunglasses." has 25.0 in the test of textstat 0.7.
    """
    assert round(lix(Counts(580, 3784, long_words=1018))) == 33
    assert lix(Counts(1, 5, long_words=1)) == 25.0


def test_smog_is_shown_only_for_the_length_it_was_made_for() -> None:
    short, long = Counts(29, 290, 400, 10), Counts(30, 300, 400, 10)
    assert scores(short, "en") == "Flesch-Kincaid grade 4.6"
    assert (
        scores(long, "en") == "Flesch-Kincaid grade 4.0; SMOG grade 6.4, which runs about 3 higher"
    )
    assert scores(long, "zh") == scores(Counts(0, 0), "en") == ""


# --- Syllables ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("tongue", "least"), [("en", 0.98), ("de", 0.96), ("es", 0.998)])
def test_syllables_of_a_public_list(tongue: str, least: float) -> None:
    """The lists name their source; words with several pronunciations have several numbers."""
    text = Path(__file__).with_name(f"syllables.{tongue}.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    right = [word for word, *numbers in rows if str(syllables(word, tongue)) in numbers]
    assert len(rows) >= 400
    assert len(right) / len(rows) >= least


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("de", "Knie:1 Schmerz:1 Übung:2 Ärztin:2 Muskulatur:4 heute:2 Häuser:2 Museum:3 Quelle:2"),
        ("es", "rodilla:3 dolor:2 día:2 agua:2 guerra:2 pingüino:3 ciudad:2 cuidado:3 país:2 aéreo:4"
               " quien:1 muy:1 leer:2 lección:2 teatro:3 paisaje:3 residuo:3 filosofía:5"
               " cuídate:3 prohibido:3 lingüística:4 ahumar:2 vehículo:4 ahuecar:3 rehúso:3"),
        ("en", "science:2 diarrhea:4 exercise:3 tendon:2 isn't:2 can't:1 well-known:2 injured:2 safely:2"),
    ],
)  # fmt: skip
def test_syllables_of_a_language(tongue: str, words: str) -> None:
    """By the rules of Duden, the Real Academia Española and the CMU dictionary."""
    wanted = dict(pair.split(":") for pair in words.split())
    assert {w: str(syllables(w, tongue)) for w in wanted} == wanted


# --- Where to begin ----------------------------------------------------------------------------

TEXT = """\
You rest. Rehabilitation takes time and rehabilitation helps you. Sit down. Exercise helps.

Dr. Papadopoulou waits.
"""


def test_the_hardest_sentences_are_in_the_order_of_the_text(tmp_path: Path) -> None:
    page = page_of(tmp_path, TEXT)
    found = hardest_sentences(page.sentences, "en", 2)
    assert [page.text[s.start : s.end].split()[0] for s in found] == ["Rehabilitation", "Dr."]


def test_the_hardest_words_leave_out_names(tmp_path: Path) -> None:
    page = page_of(tmp_path, TEXT.replace("Exercise helps", "This exercise helps"))
    assert hardest_words(page.sentences, "en") == ["rehabilitation", "exercise"]


def test_one_of_a_family_of_words_is_enough(tmp_path: Path) -> None:
    page = page_of(tmp_path, "An infection and two infections: ask about infectious medicines.\n")
    assert hardest_words(page.sentences, "en") == ["infection", "medicines"]
