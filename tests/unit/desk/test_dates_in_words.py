"""A date that is typed at the desk is printed in the words of the sheet, as one in a table of clients."""

from __future__ import annotations

import pytest

from handpress.desk.clients import dated
from handpress.layout.words import load_words
from handpress.personal.visit import Visit
from helpers.clinic import Clinic
from helpers.desk_forms import posted, text_of
from helpers.workspaces import ROOT, bare_workspace

WORDS = load_words(bare_workspace(ROOT), "en")
GLUTES, WALKING = "fascia-remedy/strengthen-your-glutes", "ar/walking"


@pytest.mark.parametrize(
    ("date", "next_visit", "printed"),
    [
        ("5.12.2026", "2026-12-19 14:30", ("5 December 2026", "19 December 2026, 14:30")),
        ("29/11/2026", "3/12/2026", ("29 November 2026", "3 December 2026")),
        ("3/12/2026", "", ("3/12/2026", "")),
        ("28 November 2026", "in two weeks", ("28 November 2026", "in two weeks")),
        ("5.12.", "Tuesday 9:30", ("5.12.", "Tuesday 9:30")),
    ],
)
def test_a_date_is_in_words(date: str, next_visit: str, printed: tuple[str, str]) -> None:
    """One that could be two days stays as typed, unless the other date tells which."""
    found = dated(Visit(date=date, next_visit=next_visit), WORDS)
    assert (found.date, found.next_visit) == printed
    assert dated(found, WORDS) == found


@pytest.mark.parametrize("path", ["print", "download"])
def test_it_is_on_the_sheet(clinic: Clinic, path: str) -> None:
    status, data = posted(clinic, f"/{path}/{GLUTES}", date="5.12.2026", visit="d")
    assert status == 200
    assert "5 December 2026" in text_of(data)


def test_each_sheet_of_a_pack_has_its_own_words(clinic: Clinic) -> None:
    status, data = posted(clinic, "/pack/print", key=[GLUTES, WALKING], date="5.12.2026")
    assert status == 200
    text = text_of(data)
    assert text.count("5 December 2026") == 1
    assert "5.12.2026" not in text


def test_a_day_that_does_not_exist_is_not_printed(clinic: Clinic) -> None:
    status, page = posted(clinic, f"/print/{GLUTES}", next_visit="31.11.2026", visit="d")
    assert status == 422
    assert "a date has a day that does not exist" in page.decode()
