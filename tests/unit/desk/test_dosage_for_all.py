"""One dosage for all exercises of a sheet, and several copies of it in one file."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from helpers.clinic import Clinic
from helpers.desk_forms import posted, text_of
from helpers.finished import wrong_in
from helpers.local_servers import violations

GLUTES = "fascia-remedy/strengthen-your-glutes"
SQUAT = f"{GLUTES}#strengthen-your-glutes--chair-squat"
PENDULUM = "fascia-remedy/cortisone-shots#cortisone-shots--shoulder-pendulum"


def sets(page: Page) -> list[str]:
    """The sets of each exercise, as its field shows them."""
    return [field.input_value() for field in page.locator("#exercises [name$=' sets']").all()]


def test_all_exercises_have_it_and_are_changed_one_by_one(desk: Page, clinic: Clinic) -> None:
    """By the keyboard alone. An empty field stays as the author wrote it."""
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    desk.locator(".exercises > summary").press("Enter")
    desk.locator(".for-all > summary").press("Enter")
    before = [field.input_value() for field in desk.locator("#exercises [name$=' hold']").all()]
    desk.locator("[name='all sets']").fill("11 rounds")
    desk.get_by_role("button", name="Give it to all").press("Enter")
    expect(desk.get_by_text("All exercises have it now.")).to_be_visible()
    assert sets(desk) == ["11 rounds"] * 3
    assert [
        field.input_value() for field in desk.locator("#exercises [name$=' hold']").all()
    ] == before
    desk.locator("[name$='chair-squat sets']").fill("12 rounds")
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    assert violations(desk) == []
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    text = text_of(download.value.path().read_bytes())
    assert (text.count("11 rounds"), text.count("12 rounds")) == (2, 1)


def test_an_emptied_field_takes_its_part_off_the_sheet(desk: Page, clinic: Clinic) -> None:
    """Off the paper and off the summary, until the author's value is restored."""
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    desk.locator(".exercises > summary").press("Enter")
    field = desk.locator("[name$='bridge repetitions']")
    restore = desk.get_by_role("button", name="Dosage as in the handout: Bridge")
    usual = field.input_value()
    expect(restore).to_be_hidden()
    field.fill("")
    expect(restore).to_be_visible()
    desk.locator(".summary > summary").press("Enter")
    summary = desk.locator("#summary textarea")
    expect(summary).not_to_have_value(re.compile(f"Bridge: .*Repetitions {usual}"))
    assert violations(desk) == []
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    without = text_of(download.value.path().read_bytes())
    restore.press("Enter")
    expect(field).to_have_value(usual)
    expect(field).not_to_be_focused()
    expect(desk.locator("[name$='bridge sets']")).to_be_focused()
    expect(summary).to_have_value(re.compile(f"Bridge: .*Repetitions {usual}"))
    _, plain = posted(clinic, f"/download/{GLUTES}", client="Zwq", visit="usual")
    assert text_of(plain).count("Repetitions") == without.count("Repetitions") + 1


def test_the_dosage_is_restored_without_a_script(clinic: Clinic) -> None:
    id_ = SQUAT.partition("#")[2]
    fields = {"exercise": id_, "keep": id_, f"{id_} sets": "", f"{id_} hold": "9 s"}
    _, changed = posted(clinic, f"/sheet/{GLUTES}", **fields)
    assert f'name="{id_} sets" value=""' in changed.decode()
    _, restored = posted(clinic, f"/sheet/{GLUTES}", **fields, restore=id_)
    assert f'name="{id_} sets" value=""' not in restored.decode()
    assert f'name="{id_} hold" value=""' in restored.decode()


@pytest.mark.parametrize("path", ["/own", f"/sheet/{GLUTES}"])
def test_it_needs_no_script(clinic: Clinic, browser: Browser, path: str) -> None:
    status, page = posted(
        clinic,
        path,
        pick=[SQUAT, PENDULUM],
        exercise=[one.partition("#")[2] for one in (SQUAT, PENDULUM)],
        **{"all sets": "11 rounds", "give": "all"},
    )
    assert status == 200
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.set_content(page.decode())
    assert set(sets(shown)) == {"11 rounds"}
    assert "All exercises have it now." in shown.locator("[role=status]").all_inner_texts()
    context.close()


def test_copies_are_on_sheets_of_their_own(clinic: Clinic) -> None:
    status, data = posted(clinic, f"/download/{GLUTES}", client="Zwq Copy", copies="3", visit="c")
    assert status == 200
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        found = ["Zwq Copy" in page.get_textpage().get_text_range() for page in document]
    assert found == [True, False] * 3
    assert wrong_in(data) == []
    _, plain = posted(clinic, "/pack/download", key=GLUTES, copies="2", visit="c")
    with pypdfium2.PdfDocument(io.BytesIO(plain)) as document:
        assert len(document) == 4


@pytest.mark.parametrize(
    ("asked", "pages"),
    [("", 2), ("0", 2), ("-4", 2), ("two", 2), ("²", 2), ("9" * 5000, 100), ("51", 100)],
)
def test_copies_are_bounded(clinic: Clinic, asked: str, pages: int) -> None:
    status, data = posted(clinic, f"/print/{GLUTES}", copies=asked)
    assert status == 200
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        assert len(document) == pages
