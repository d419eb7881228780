"""Tables of clients: what Excel and others write, the columns that a sheet has, and dates."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from handpress.core.problems.problem import Place
from handpress.personal.article import Exercise
from handpress.personal.batch import RefusedRow, date_order, read_visits
from handpress.personal.columns import WrongCell, columns_of, folded, known_headings
from handpress.personal.dates import order_of, read_date
from handpress.personal.headings import FIELDS, NAMES, ROWS, key_of
from handpress.personal.table import LARGEST, Unreadable, open_table
from handpress.personal.visit import Prescribed, Visit
from helpers.workspaces import ROOT

EXERCISES = (
    Exercise("a--bridge", "Bridge", {"sets": "2"}),
    Exercise("a--squat", "Chair squat", {}),
)
WORDS = {"date": "{day} {month} {year}", "months": ["January"] * 10 + ["November"] * 2}


def table(tmp_path: Path, data: bytes) -> list[Visit | RefusedRow]:
    """The visits in a file."""
    path = tmp_path / "clients.csv"
    path.write_bytes(data)
    opened = open_table(path, known_headings(EXERCISES))
    columns, problems = columns_of(opened.headings, EXERCISES)
    assert not problems
    return [visit for _, visit in read_visits(opened.rows(), columns, WORDS)]


@pytest.mark.parametrize(
    "data",
    [
        "client,note\nZoë,\"Walk, then rest\"\n".encode(),
        "client,note\r\nZoë,\"Walk, then rest\"\r\n".encode("utf-8-sig"),
        "client;note\r\nZoë;Walk, then rest\r\n".encode("cp1252"),
        "client\tnote\r\nZoë\tWalk, then rest\r\n".encode("utf-16"),
        "sep=|\r\nclient|note\r\nZoë|Walk, then rest".encode(),
        "Client , NOTE,,\n\n,,,\nZoë,\"Walk, then rest\",,\n".encode(),
    ],
    ids=["plain", "excel-utf8", "excel-german", "excel-unicode", "excel-sep", "empty-cells"],
)  # fmt: skip
def test_a_table_is_read_as_it_was_meant(data: bytes, tmp_path: Path) -> None:
    assert table(tmp_path, data) == [Visit(client="Zoë", note="Walk, then rest")]


def test_a_cell_may_have_lines_and_quotation_marks(tmp_path: Path) -> None:
    data = b'client,note\n"Ann ""Red"" Lee","One.\nTwo."\nBo,\n'
    assert table(tmp_path, data) == [
        Visit(client='Ann "Red" Lee', note="One.\nTwo."),
        Visit(client="Bo"),
    ]


def test_a_dosage_is_in_columns_of_its_own(tmp_path: Path) -> None:
    data = "client;Bridge: sets;bridge:Wiederholungen;Chair squat: Side;chair squat: left out\nAnn;3;10;Left;\nBo;;;;yes\n"
    ann, bo = table(tmp_path, data.encode())
    assert ann == Visit(
        client="Ann",
        exercises=(
            Prescribed("a--bridge", {"sets": "3", "repetitions": "10"}),
            Prescribed("a--squat", side="left"),
        ),
    )
    assert bo == Visit(client="Bo", exercises=(Prescribed("a--squat", left_out=True),))


def test_columns_in_another_order_leave_the_exercises_in_theirs(tmp_path: Path) -> None:
    """Also with empty cells: an author's exercises build on each other."""
    data = "client;Chair squat: sets;Bridge: sets\nAnn;3;2\nBo;;2\nCy;3;\n"
    found = table(tmp_path, data.encode())
    orders = [[g.exercise for g in v.exercises] for v in found if isinstance(v, Visit)]
    assert orders == [["a--bridge", "a--squat"], ["a--bridge"], ["a--squat"]]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Name;Datum;Therapeut;Nächster Termin;Notiz", "Ann Lee;1.2.2026;Jo;;Go."),
        ("Last name;First name;Date;Physio;Next visit;Comments", "Lee;Ann;2026-02-01;Jo;;Go."),
        ("Vorname;Nachname;Datum;Behandelt von;Folgetermin;Hinweis", "Ann;Lee;1.2.26;Jo;;Go."),
        ("姓名;日期;治疗师;下次就诊;备注", "Ann Lee;2026-02-01;Jo;;Go."),
    ],
)
def test_headings_are_read_in_every_language(headings: str, row: str, tmp_path: Path) -> None:
    assert table(tmp_path, f"{headings}\n{row}\n".encode()) == [
        Visit(client="Ann Lee", date="1 January 2026", practitioner="Jo", note="Go.")
    ]


@pytest.mark.parametrize("language", ROWS)
def test_the_headings_include_the_words_of_the_layouts(language: str) -> None:
    words = yaml.safe_load((ROOT / f"layouts/words/{language}.yaml").read_text(encoding="utf-8"))
    printed = ("date_label", "practitioner", "next_visit", "own_note")
    assert [folded(words[word]) for word in printed] == [*FIELDS[1:]]


def test_no_heading_means_two_things() -> None:
    every = [key_of(h) for row in ROWS.values() for cell in row for h in cell.split("|")]
    meanings = {key: {NAMES[key]} for key in every}
    for row in ROWS.values():
        for field, cell in zip(FIELDS, row, strict=True):
            for heading in cell.split("|"):
                meanings[key_of(heading)].add(field)
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("dash", ["-", "–", " — "])
def test_a_dash_takes_off_what_the_article_has(dash: str, tmp_path: Path) -> None:
    data = f"client,next_visit,note,Bridge: sets,Bridge: side\nAnn,{dash},{dash},{dash},{dash}\n"
    bridge = Prescribed("a--bridge", {"sets": ""})
    assert table(tmp_path, data.encode()) == [Visit(client="Ann", exercises=(bridge,))]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",", "it has no client"),
        ("Ann,3/4/2026", "`date`: its day and month could be exchanged"),
        ("Ann,46354", "`date`: it is not a date"),
        ("Ann,30.02.2026", "`date`: there is no such day"),
        ("Ann," + "long " * 4001, "`date` has more than 20,000 characters"),
        ("Ann,2026-11-28,more", "it has more cells than there are columns"),
    ],
)
def test_a_row_is_refused_with_the_reason_and_nothing_of_its_text(
    row: str, reason: str, tmp_path: Path
) -> None:
    found = table(tmp_path, f"client,date\nBo,2026-11-28\n{row}\n".encode())
    assert found[0] == Visit(client="Bo", date="28 November 2026")
    for refused in found[1:]:  # a row without any text is none
        assert isinstance(refused, RefusedRow)
        assert refused.reason.startswith(reason)
        assert "Ann" not in refused.reason
    assert len(found) == 1 + (row != ",")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-11-28", (2026, 11, 28)),
        ("28.11.2026", (2026, 11, 28)),
        ("1. 2. 26", (2026, 2, 1)),
        ("28/11/2026", (2026, 11, 28)),
        ("11/28/2026", (2026, 11, 28)),
        ("4/4/2026", (2026, 4, 4)),
    ],
)
def test_dates_are_recognised(text: str, date: tuple[int, int, int]) -> None:
    assert read_date(text) == datetime.date(*date)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["8/12/2026", "29/11/2026 14:30"], "day"),
        (["8/12/2026", "11/29/2026"], "month"),
        (["29/11/2026", "11/29/2026"], ""),
        (["8/12/2026", "40/50/2026", "in two weeks", ""], ""),
    ],
)
def test_one_date_gives_the_order_of_the_others(texts: list[str], order: str) -> None:
    assert order_of(texts) == order


def test_dates_of_a_table_are_read_in_one_order(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("Name,Date,Next visit\nAnn,8/11/2026,\nBo,,29/11/2026\n")
    opened = open_table(path, known_headings(EXERCISES))
    columns, problems = columns_of(opened.headings, EXERCISES)
    assert not problems
    order = date_order(opened.rows(), columns)
    found = [visit for _, visit in read_visits(opened.rows(), columns, WORDS, order)]
    assert found == [
        Visit(client="Ann", date="8 November 2026"),
        Visit(client="Bo", next_visit="29 November 2026"),
    ]


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_is_named(start: bytes, tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    path.write_bytes(start + b"[Content_Types].xml")
    with pytest.raises(Unreadable, match="CSV UTF-8"):
        open_table(path, known_headings(EXERCISES))


def test_the_order_of_a_date_can_be_given() -> None:
    assert read_date("3/4/2026", "day") == datetime.date(2026, 4, 3)
    assert read_date("3/4/2026", "month") == datetime.date(2026, 3, 4)
    with pytest.raises(WrongCell):
        read_date("3/4/2026")
    assert read_date("in two weeks") is None


@pytest.mark.parametrize(
    "heading",
    ["Date of birth", "DOB", "Geburtsdatum", "fecha de nacimiento", "NHS number", "Insurance no.", "Versichertennummer",
     "Patient ID", "client number", "MRN", "Policy"],
)  # fmt: skip
def test_a_private_column_is_refused(heading: str) -> None:
    _, (wrong,) = columns_of(["client", heading], EXERCISES)
    found = wrong.problem(Place("x.csv"))
    assert found.code == "private-column"


@pytest.mark.parametrize(
    ("headings", "codes"),
    [
        (["client", "Brigde: sets"], ["unknown-column"]),
        (["client", "weather"], ["unknown-column"]),
        (["client", "Client"], ["unreadable-table"]),
        (["note"], ["unreadable-table"]),
        (["client", "Surname"], ["unreadable-table"]),
        (["client", ""], ["unknown-column"]),
    ],
)
def test_a_wrong_column_is_refused(headings: list[str], codes: list[str]) -> None:
    _, wrong = columns_of(headings, EXERCISES)
    problems = [column.problem(Place("x.csv")) for column in wrong]
    assert [found.code for found in problems] == codes


def test_two_exercises_of_one_name_have_no_columns() -> None:
    """Nobody could say which of them is meant."""
    twice = (Exercise("a--bridge", "Bridge", {}), Exercise("a--bridge_1", "Bridge", {}))
    _, (wrong,) = columns_of(["client", "Bridge: sets"], twice)
    found = wrong.problem(Place("x.csv"))
    assert found.code == "unknown-column"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no headings"),
        (b'client\n"Ann\n', "a cell has a quotation mark at its beginning and none at its end"),
        (b'client\n"Ann"x,\n', "goes on after its quotation mark"),
        (b"client\n" + b"a" * 200_000 + b"\n", "a cell has more than 131,072 characters"),
    ],
)
def test_a_damaged_table_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=reason):
        table(tmp_path, data)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        open_table(path, frozenset())
