"""The digits of a series: those of its language, unless its settings or its articles have others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handpress.core.files.workspace import find
from handpress.series.assemble import assemble_all
from handpress.series.model import Series

TITLE = "# راه رفتن\n\n"


def series(root: Path, files: Mapping[str, str]) -> dict[str, Series]:
    for path, text in files.items():
        file = root / "sources" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    workspace = find(root)
    assert workspace is not None
    return {each.id: each for each, _ in assemble_all(workspace)}


def digits(root: Path, text: str, settings: str = "language: fa\n") -> Mapping[str, str]:
    files = {"knee/series.yaml": settings, "knee/01-rest.md": f"{TITLE}{text}\n"}
    return series(root, files)["knee"].digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بی عدد.", {"fa": "arabext"}),
        ("۱۲ دقیقه.", {"fa": "arabext"}),
        ("12 دقیقه.", {}),
        ("12 دقیقه، ۳ روز.", {}),
        ("1 دقیقه، ۳۰ روز.", {"fa": "arabext"}),
        ("1 دقیقه، ۳ روز.", {"fa": "arabext"}),
        ("| یک | دو |\n| --- | --- |\n| 10 | 20 |", {}),
        ("متن[^a]\n\n[^a]: پس از 12 روز.", {}),
    ],
)
def test_the_digits_that_most_are_typed_in(
    text: str, expected: dict[str, str], tmp_path: Path
) -> None:
    """Also in tables and notes; those of the language, if there are as many or none."""
    assert digits(tmp_path, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`12` و ویتامین B12، https://example.org/2026 و COVID-19.",
        "1. گام نخست\n2. گام دوم",
        "متن[^1] و[^2]\n\n[^1]: یک.\n\n[^2]: دو.",
        "!!! diary\n    Days : 14\n",
        "[پیوند](https://example.org/12) ![تصویر](images/12.png)",
        "    123\n",
    ],
)
def test_digits_that_nobody_reads_as_numbers_do_not_count(text: str, tmp_path: Path) -> None:
    """Those of Markdown, code and addresses, words in Latin letters, and numbers that Handpress adds."""
    assert digits(tmp_path, text) == {"fa": "arabext"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("language: fa\ndigits: latn\n", {}),
        ("language: fa\ndigits: arab\n", {"fa": "arab"}),
        ("language: fa\ndigits: auto\n", {"fa": "arabext"}),
        ("language: en\n", {}),
        ("language: hi\ndigits: deva\n", {"hi": "deva"}),
    ],
)
def test_the_settings_decide(settings: str, expected: dict[str, str], tmp_path: Path) -> None:
    assert digits(tmp_path, "۱۲ دقیقه.", settings) == expected


def test_an_article_in_another_language_has_its_own(tmp_path: Path) -> None:
    files = {
        "knee/series.yaml": "language: en\n",
        "knee/01-rest.md": "# Rest\n\nFor 12 days.\n",
        "knee/02-walk.md": f"---\nlanguage: fa\n---\n{TITLE}متن.\n",
    }
    found = series(tmp_path, files)["knee"]
    assert found.digits == {"fa": "arabext"}
    assert (found.numerals("en").write(12), found.numerals("fa").write(12)) == ("12", "۱۲")


def test_a_translation_has_its_own_also_in_the_dosage_of_the_original(tmp_path: Path) -> None:
    card = '\n\n!!! exercise "{}"\n\n    1. {}\n'
    dose = "\n    Hold\n    :   8 to 10 seconds\n\n    Sets\n    :   3\n"
    files = {
        "knee/series.yaml": "language: en\ndigits: latn\n",
        "knee/01-rest.md": "# Rest" + card.format("Squat", "Bend.") + dose,
        "knee.fa/01-rest.md": TITLE + card.format("نشستن", "بنشینید."),
        "knee.ar-AE/01-rest.md": "# راحة" + card.format("جلوس", "اجلس."),
    }
    found = series(tmp_path, files)
    assert {id_: each.digits for id_, each in found.items()} == {
        "knee": {}, "knee-fa": {"fa": "arabext"}, "knee-ar-ae": {},
    }  # fmt: skip
    assert "۸–۱۰ ثانیه" in found["knee-fa"].articles[0].body
    assert "8–10" in found["knee-ar-ae"].articles[0].body
