"""A sheet of one's own: exercises of several articles, their care boxes, and the articles' names."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.personal import Pick, Prescribed, Unfillable, Visit, compiled, fill, own_sheet
from helpers import printed
from helpers.finished import wrong_in
from helpers.workspaces import ROOT

A4 = Variant("standard", "a4")


@pytest.fixture(scope="module")
def sample() -> Layout:
    workspace = find(ROOT)
    assert workspace
    found, *_ = load(workspace).layouts
    return found


def picks(layout: Layout) -> list[Pick]:
    """Two exercises of one article, and one of another."""
    glutes, shots = "strengthen-your-glutes", "cortisone-shots"
    return [
        Pick(layout, glutes, f"{glutes}--chair-squat"),
        Pick(layout, shots, f"{shots}--wall-press"),
        Pick(layout, glutes, f"{glutes}--bridge"),
    ]


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(printed.words(document, n) for n in range(1, len(document) + 1))


def in_order(text: str, *parts: str) -> bool:
    for part in parts:
        _, found, text = text.partition(part)
        if not found:
            return False
    return True


def test_it_has_the_exercises_the_care_boxes_and_the_sources(sample: Layout) -> None:
    text = words(own_sheet(picks(sample), "Knee, week 1", A4, Visit(client="Anna")))
    assert in_order(
        text, "Knee, week 1", "Chair squat", "Wall press", "Bridge", "Emergency.", "Urgent.", "Continue reading",
        "Low Back Pain? Strengthen Your Glutes! (The Fascia Remedy, Second edition, November 2026)",
        "Why Cortisone Shots Suck (The Fascia Remedy", "Julia Blackwell",
    )  # fmt: skip
    assert text.count("numbness or tingling round your genitals") == 1
    assert "Anna" in text
    assert "Handout" not in text.partition("Chair squat")[0]


def test_it_conforms_and_its_title_is_not_in_the_metadata(sample: Layout) -> None:
    """A practitioner may write a name into the title."""
    visit = Visit(client="Quentin", note="Slowly.", exercises=(Prescribed("strengthen-your-glutes--bridge", {"sets": "9"}, side="right"),))  # fmt: skip
    for style in ("standard", "large-print"):
        data = own_sheet(picks(sample), "For Quentin", Variant(style, "a4"), visit, log=True)
        assert wrong_in(data) == []
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert "Quentin" not in str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
        assert in_order(
            words(data),
            "Bridge",
            "Side",
            "Sets",
            "Diary",
            "Chair squat",
            "Wall press",
            "Bridge",
            "Pain, 0 to 10",
        )


def test_one_that_is_left_out_is_in_no_log(sample: Layout) -> None:
    sheet = compiled(picks(sample), "Mine", A4, log=True)
    assert words(fill(sheet, Visit())).count("Wall press") == 3  # its card, and two weeks
    out = Visit(exercises=(Prescribed("cortisone-shots--wall-press", left_out=True),))
    assert "Wall press" not in words(fill(sheet, out))


def test_two_series_in_two_languages(tmp_path: Path) -> None:
    """The practice and the words are those of the first; links into another series keep their words."""
    card = '\n!!! exercise "{}"\n\n    See [the end](#end).[^a]\n\n    Sets : 2\n\n[^a]: A note on {}.\n\n## End\n\n!!! emergency "Call if {}:"\n\n    - it hurts\n'
    for folder, language, name in (("one", "en", "Wade"), ("two", "de", "Waten")):
        root = tmp_path / "sources" / folder
        root.mkdir(parents=True)
        (root / "series.yaml").write_text(
            f"title: {folder}\nlanguage: {language}\n", encoding="utf-8"
        )
        (root / "01-a.md").write_text(
            f"# Title of {folder}\n" + card.format(name, name, name), encoding="utf-8"
        )
    workspace = find(tmp_path)
    assert workspace
    one, two = load(workspace).layouts
    text = words(
        own_sheet([Pick(one, "a", "a--wade"), Pick(two, "a", "a--waten")], "Both", A4, Visit())
    )
    assert in_order(text, "Wade", "Waten", "Call if Wade:", "Call if Waten:", "A note on Wade.", "Title of one (one", "Title of two (two")  # fmt: skip
    assert text.count("A note on Waten.") == 1
    assert "Next:" not in text


@pytest.mark.parametrize(
    ("wrong", "reason"), [([], "no exercise is picked"), ([0, 0], "is picked twice"), ([3], "has no exercise")]
)  # fmt: skip
def test_wrong_picks_are_refused(wrong: list[int], reason: str, sample: Layout) -> None:
    every = [*picks(sample), Pick(sample, "cortisone-shots", "x")]
    with pytest.raises(Unfillable, match=reason):
        compiled([every[n] for n in wrong], "Mine", A4)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_title_of_a_log_goes_where_its_first_week_is(sample: Layout, count: int) -> None:
    """In the same column of the same page, however full the columns before are."""
    every = [
        Pick(sample, name, id_)
        for name, *ids in (
            ("splints-braces-boots", "ankle-pumps", "heel-raise-at-a-chair"),
            ("strengthen-your-glutes", "glute-squeeze", "bridge", "chair-squat"),
        )
        for id_ in (f"{name}--{one}" for one in ids)
    ]
    document = pypdfium2.PdfDocument(own_sheet(every[:count], "Log", A4, Visit(), log=True))
    places = {}
    for number, page in enumerate(document):
        text = page.get_textpage()
        for word in ("Diary", "Pain, 0 to 10"):
            if word not in places and (found := text.search(word).get_next()):
                places[word] = number, round(text.get_charbox(found[0])[0])
    assert places["Diary"] == places["Pain, 0 to 10"]


def test_an_exercise_in_another_language_names_it(sample: Layout) -> None:
    """So it is read aloud and written in its own direction."""
    arabic = replace(sample, series=replace(sample.series, language="ar", id="ar"))
    first, second, _ = picks(sample)
    body = compiled([first, replace(second, layout=arabic)], "Both", A4).own.source.body
    assert body.count('dir="rtl"') == body.count('lang="ar"') > 1  # exercise and care boxes
    assert 'lang="' not in compiled(picks(sample), "One", A4).own.source.body
