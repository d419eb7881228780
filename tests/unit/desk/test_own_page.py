"""A sheet of one's own: exercises of several handouts, found, ordered, dosed and printed."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import Page, Route, expect

from helpers.clinic import Clinic
from helpers.desk_forms import posted, text_of
from helpers.local_servers import violations

SQUAT = "fascia-remedy/strengthen-your-glutes#strengthen-your-glutes--chair-squat"
PENDULUM = "fascia-remedy/cortisone-shots#cortisone-shots--shoulder-pendulum"


def test_a_question_that_is_typed_before_the_script_comes_is_answered(
    desk: Page, clinic: Clinic
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/desk.js", hold)
    with desk.expect_request("**/desk.js"):
        desk.goto(f"{clinic.server.root}/own", wait_until="commit")
    desk.get_by_label("Exercise, part").fill("shoulder")
    held[0].continue_()
    expect(desk.locator(".found button").first).to_contain_text("Shoulder pendulum")


def test_exercises_are_found_added_ordered_and_printed(desk: Page, clinic: Clinic) -> None:
    desk.goto(f"{clinic.server.root}/own")
    assert violations(desk) == []
    for question, name in (("sqaut", "Chair squat"), ("shoulder", "Shoulder pendulum")):
        desk.get_by_label("Exercise, part").fill(question)
        button = desk.get_by_role("button", name=f"Add {name}")
        expect(desk.locator(".found button").first).to_contain_text(name)
        button.click()
        expect(desk.locator(".picks li", has_text=name)).to_be_visible()
    desk.get_by_role("button", name="Move up: Shoulder pendulum").click()
    expect(desk.locator("[data-moved]")).to_have_text("Shoulder pendulum is now number 1.")
    desk.get_by_label("Title").fill("Knee, week 1")
    desk.get_by_label("Name", exact=True).fill("Zwq Own")
    desk.get_by_label("With a log").check()
    desk.locator(".inner summary").nth(1).click()
    desk.locator("[name$='chair-squat sets']").fill("9 rounds")
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    assert violations(desk) == []
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "exercises.pdf"
    data = download.value.path().read_bytes()
    text = text_of(data)
    for there in ("Knee, week 1", "Zwq Own", "9 rounds", "Diary", "Why Cortisone Shots Suck"):
        assert there in text
    assert text.index("Lean forward with your good hand") < text.index("Stand in front of a chair")
    assert "Call 999" in text  # the care boxes of both handouts
    with pypdfium2.PdfDocument(data) as document:
        assert "Zwq" not in str(document.get_metadata_dict())
    summary = re.compile(r"^Knee, week 1\n[\s\S]*- Chair squat: Sets 9 rounds")
    expect(desk.locator("#summary textarea")).to_have_value(summary)


def test_a_button_keeps_what_was_entered(clinic: Clinic) -> None:
    fields = {
        "pick": [SQUAT],
        "exercise": ["strengthen-your-glutes--chair-squat"],
        "strengthen-your-glutes--chair-squat sets": "7",
        "client": "Zwq",
        "style": "large-print",
        "paper": "a4",
        "visit": "own",
    }
    status, page = posted(clinic, "/own", **fields, add=PENDULUM)
    text = page.decode()
    assert status == 200
    assert 'value="7"' in text
    assert 'value="Zwq"' in text
    assert text.index(f'name="pick" value="{SQUAT}"') < text.index(
        f'name="pick" value="{PENDULUM}"'
    )
    status, page = posted(clinic, "/own", **fields, remove=SQUAT)
    assert 'name="pick"' not in page.decode()


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/own/print", {}, 422),
        ("/own/print", {"pick": ["../../etc#passwd", "#", "fascia-remedy/cortisone-shots#no"]}, 422),
        ("/own", {"pick": "x" * 5000, "find": "'\"; DROP", "move": "up ..", "remove": ".."}, 200),
        ("/own", {"pick": [SQUAT] * 50, "title": "<script>alert(1)</script>"}, 200),
    ],
)  # fmt: skip
def test_odd_forms_are_survived(
    clinic: Clinic, path: str, fields: dict[str, str | list[str]], status: int
) -> None:
    found, page = posted(clinic, path, **fields)
    assert found == status
    assert b"<script>alert" not in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (820, 1180), (390, 844)], ids=str)
def test_the_page_has_no_violation(
    desk: Page, clinic: Clinic, size: tuple[int, int], scheme: str
) -> None:
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    desk.emulate_media(color_scheme=scheme)
    desk.goto(f"{clinic.server.root}/own")
    desk.locator(".found button").first.click()
    expect(desk.locator(".preview img").first).to_be_visible()
    assert violations(desk) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert desk.evaluate(wide) <= 0
