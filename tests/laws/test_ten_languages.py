"""Short series in ten languages and six scripts: set with their quotation marks, in their direction, and valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.finished import Ebook, flat, pdf_text, wrong_in
from helpers.one_jvm import epubcheck
from helpers.pictures import svg
from helpers.workspaces import ROOT, Ran, publish

# A title, a text and how its quotation marks are set, and a repetition for the dosage.
TEXTS = {
    "ar": ("الكتف الهادئ", 'يقول الأطباء: "الألم ليس عدواً."', "«الألم ليس عدواً.»", "8 إلى 10"),
    "el": ("Ο ήσυχος ώμος", 'Λένε: "Ο πόνος δεν είναι εχθρός."', "«Ο πόνος δεν είναι εχθρός.»", "8 έως 10"),
    "fa": ("شانهٔ آرام", 'می‌گویند: "درد دشمن نیست."', "«درد دشمن نیست.»", "۸ تا ۱۰"),
    "fr": ("L'épaule tranquille", 'On dit : "La douleur est utile !"', "«\u202fLa douleur est utile\u202f!\u202f»", "8 à 10"),
    "he": ("הכתף השקטה", 'אומרים: "הכאב אינו אויב."', "”הכאב אינו אויב.”", "8 עד 10"),
    "hi": ("शांत कंधा", 'कहते हैं, "दर्द दुश्मन नहीं है।"', "“दर्द दुश्मन नहीं है।”", "8 से 10"),
    "ja": ("静かな肩", "「痛みは敵ではない」と言います。<ruby>膝<rt>ひざ</rt></ruby>", "「痛みは敵ではない」", "8〜10"),
    "ko": ("조용한 어깨", '의사들은 "통증은 적이 아니다"라고 말합니다.', "“통증은 적이 아니다”", "8~10"),
    "tr": ("Isı iyi gelir", '"Ağrı düşman değildir" der.', "“Ağrı düşman değildir”", "8 ila 10"),
    "zh-Hans": ("安静的肩膀", "医生常说：“疼痛不是敌人。”", "“疼痛不是敌人。”", "8至10"),
}  # fmt: skip
FROM_RIGHT = ("ar", "fa", "he")
# Print has no face for these without `make fonts-cjk`.
NOT_IN_PRINT = ("ja", "ko", "zh-Hans")
ARTICLE = """# {title}

{text}[^1]

!!! key-points

    - {text}

!!! exercise "{title}"

    ![{title}](images/arm.svg)

    1. {text}

    Repetitions
    :   {times}

    Times a day
    :   2

!!! emergency

    - {text}

!!! diary

[^1]: {text}
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    root = tmp_path_factory.mktemp("scripts")
    for language, (title, text, _, times) in TEXTS.items():
        folder = root / "sources" / language.lower()
        (folder / "images").mkdir(parents=True)
        media = "[epub, web]" if language in NOT_IN_PRINT else "[handout, book, epub, web]"
        settings = {
            "title": title, "language": language, "media": media, "edition": 2, "date": "2026-11-29",
            "review_by": "2028-11-22", "site": f"https://example.org/{language}/",
        }  # fmt: skip
        lines = "".join(f"{key}: {value}\n" for key, value in settings.items())
        (folder / "series.yaml").write_text(lines, "utf-8")
        article = ARTICLE.format(title=title, text=text, times=times)
        (folder / "01-heat.md").write_text(article, "utf-8")
        (folder / "images/arm.svg").write_bytes(svg("<circle r='9'/>"))
    return root / "output", publish(root)


def test_they_are_made_without_a_word(ran: tuple[Path, Ran]) -> None:
    assert (ran[1].code, ran[1].err) == (0, "")


def test_everything_is_valid(ran: tuple[Path, Ran]) -> None:
    books = sorted(ran[0].glob("*/*.epub"))
    assert len(books) == len(TEXTS)
    assert {book.name: said for book, said in epubcheck(books).items() if said} == {}
    printed = sorted(ran[0].rglob("*.pdf"))
    assert len(printed) == 2 * (len(TEXTS) - len(NOT_IN_PRINT))
    assert {str(path): wrong for path in printed if (wrong := wrong_in(path.read_bytes()))} == {}


@pytest.mark.parametrize("language", TEXTS)
def test_each_has_its_marks_and_its_direction(language: str, ran: tuple[Path, Ran]) -> None:
    folder = ran[0] / language.lower()
    book = Ebook(folder / f"{language.lower()}.epub")
    pages = [
        book.files[book.below("heat.xhtml")].decode(),
        (folder / "articles/heat.html").read_text("utf-8"),
    ]
    direction = ' dir="rtl"' if language in FROM_RIGHT else ""
    for page in pages:
        assert f'lang="{language}"{direction}>' in page
        assert page.count(TEXTS[language][2]) >= 4


@pytest.mark.parametrize("language", [each for each in TEXTS if each not in NOT_IN_PRINT])
def test_nothing_is_missing_in_print(language: str, ran: tuple[Path, Ran]) -> None:
    """Each letter has a face, and the words of the layouts are those of the language."""
    text = flat("\n".join(pdf_text(ran[0] / language / "handouts/heat.pdf")))
    assert "\ufffd" not in text
    if language in FROM_RIGHT:
        return  # pdftotext has their letters in the forms and the order of the page
    words = (ROOT / f"layouts/words/{language}.yaml").read_text("utf-8")
    months = next(line for line in words.splitlines() if line.startswith("months:"))
    assert any(month.strip() in text for month in months.partition("[")[2].strip("]").split(","))
