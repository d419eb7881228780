"""`check --pemat`: its items, the answers of a machine with their evidence, and the three forms of the sheet."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import pytest

from handpress.check.pemat.items import ACTIONABILITY, DOMAINS, UNDERSTANDABILITY, Score, rows
from handpress.check.pemat.sheet import as_csv, as_html, as_text, sheet_of
from helpers.checked import page_of
from helpers.workspaces import Book

TODAY = datetime.date(2026, 11, 22)
SHEET = """\
# Knees

!!! key-points

    - Rest first.

You can walk with a sore knee. Your knee was examined by a nurse.

## Walk

![A knee](knee.svg "A knee at work.")

| Day | Minutes |
| --- | --- |
| Monday | 5 |

Ask your nurse. Take 2 walks. Do not calculate your own dose.

## Rest

Sit down. Put your leg up. Then breathe out.

!!! exercise "Bend"

    ![A bent knee](knee.svg)

    1. Sit down.
    2. Bend your knee.
"""


def answers(root: Path, article: str, series: str = "") -> dict[int, tuple[str, str]]:
    return {
        row.item.number: (row.answer.rating, row.answer.evidence)
        for row in rows(page_of(root, article, series))
    }


def test_the_items_are_those_of_the_tool() -> None:
    """17 and 7, in its numbers: 13 and 14 are for audio and video."""
    assert [item.number for item in UNDERSTANDABILITY] == [*range(1, 13), *range(15, 20)]
    assert [item.number for item in ACTIONABILITY] == [*range(20, 27)]


def test_answers_have_their_evidence(tmp_path: Path) -> None:
    found = answers(tmp_path, SHEET)
    assert {n: found[n] for n in (5, 8, 11, 12, 17, 19, 20, 22, 23, 26)} == {
        5: ("agree", "91 % of 11 sentences are active; passive: line 7"),
        8: ("agree", "3 sections of about 14 words"),
        11: ("agree", "line 3"),
        12: ("agree", "2 boxes, 2 lists"),
        17: ("agree", "2 pictures, each with a caption or the title of its exercise"),
        19: ("agree", "1 table with short headings: line 13"),
        20: ("agree", "to do: line 23"),
        22: ("agree", "numbered steps: line 27"),
        23: ("agree", "exercise or diary: line 23"),
        26: ("agree", "each exercise has a picture"),
    }
    assert found[7] == ("open", "may ask for one: line 17")
    assert found[9] == ("open", "headings: Walk; Rest")


def test_a_person_decides_on_meaning(tmp_path: Path) -> None:
    found = answers(tmp_path, SHEET)
    assert {number for number, (rating, _) in found.items() if rating == "open"} >= {
        1,
        2,
        3,
        4,
        10,
        15,
        16,
        18,
    }


BAD = (
    "# Knees\n\n"
    + "The knee is examined and patients should rest.\n\n" * 30
    + "![A knee](knee.svg)\n"
)


@pytest.mark.parametrize(
    ("number", "evidence"),
    [
        (5, "0 % of 30 sentences are active; passive: lines 3, 5, 7, 9, 11 and 25 more"),
        (8, "a long text without a heading: line 53"),
        (9, "no headings"),
        (11, "neither key points nor a heading for a summary"),
        (12, "no box, list or bold text"),
        (17, "without a caption: line 63"),
        (21, "in the third person: lines 3, 5, 7, 9, 11 and 25 more"),
    ],
)
def test_a_machine_disagrees_with_evidence(tmp_path: Path, number: int, evidence: str) -> None:
    assert answers(tmp_path, BAD)[number] == ("disagree", evidence)


def test_items_that_do_not_apply(tmp_path: Path) -> None:
    found = answers(tmp_path, "# Knees\n\nSit down.\n")
    assert {number for number, (rating, _) in found.items() if rating == "n/a"} == {
        6,
        8,
        9,
        11,
        16,
        17,
        18,
        19,
        24,
        25,
    }


def test_only_items_that_may_not_apply_do_not(tmp_path: Path) -> None:
    for article in (SHEET, BAD, "# Knees\n\nSit down.\n"):
        for row in rows(page_of(tmp_path, article)):
            assert row.item.may_not_apply or row.answer.rating != "n/a", row.item.number


def test_the_voice_of_other_languages_is_open(tmp_path: Path) -> None:
    assert answers(tmp_path, "# Knie\n\nSetzen Sie sich.\n", "language: de\n")[5] == ("open", "")


def test_a_score_waits_for_open_items() -> None:
    assert str(Score(6, 1, 0)) == "86 %"
    assert str(Score(6, 1, 2)) == "6 of 7 answers agree; 2 are open"
    assert str(Score(0, 0, 1)) == "0 of 0 answers agree; 1 is open"


def test_the_three_forms(tmp_path: Path) -> None:
    sheet = sheet_of(page_of(tmp_path, SHEET.replace("# Knees", "# =Knees & toes", 1)))
    text = as_text([sheet], TODAY)
    assert "\n  11  yes  The material provides a summary.\n           line 3\n" in text
    cells = list(csv.reader(io.StringIO(as_csv([sheet], TODAY))))
    assert len(cells) == 1 + 24
    assert {len(row) for row in cells} == {8}
    assert cells[11][3:] == ["11", "The material provides a summary.", "agree", "1", "line 3"]
    assert cells[1][1].startswith("'=Knees"), "no spreadsheet takes it for a formula"
    page = as_html([sheet], TODAY)
    assert page.count('class="number"') == 24
    assert page.count(": ticked") == sum(row.answer.rating != "open" for row in sheet.rows)
    assert "=Knees &amp; toes" in page
    assert all(f"<h2>{domain}" in page for domain in DOMAINS)


def test_the_command_prints_a_sheet_for_each_article(book: Book) -> None:
    ran = book.run("check", "--pemat", "--as", "csv")
    assert (ran.code, ran.err) == (0, "")
    paths = {row["path"] for row in csv.DictReader(io.StringIO(ran.out))}
    assert paths == {"sources/moon/01-neap.md", "sources/moon/02-spring.md"}
    assert book.run("check", "--pemat").out.count("Understandability: ") == 2
