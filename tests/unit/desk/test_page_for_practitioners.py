"""`docs/print-for-a-client.md`: each of its steps works as written, and makes its picture.

``make pictures`` makes the pictures again.
"""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

from helpers import picture_files
from helpers.clinic import Clinic
from helpers.workspaces import ROOT

PAGE = (ROOT / "docs/print-for-a-client.md").read_text(encoding="utf-8")
SIZE = (1280, 800)


def taken(desk: Page, name: str) -> None:
    """Take a picture of the window."""
    desk.evaluate("document.fonts.ready")
    with Image.open(io.BytesIO(desk.screenshot(animations="disabled"))) as picture:
        picture_files.keep(picture, name, colours=96)


def drawn(desk: Page) -> None:
    """Wait for the pictures on the cards."""
    for image in desk.locator(".card img").all():
        expect(image).not_to_have_js_property("naturalWidth", 0)


def test_the_steps_of_the_page(desk: Page, clinic: Clinic) -> None:
    desk.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})

    # Print a handout
    desk.get_by_placeholder("Title, exercise").fill("glutes")
    expect(desk.locator("#count")).to_have_text(re.compile("handout"))
    desk.get_by_placeholder("Title, exercise").fill("")
    expect(desk.locator(".card")).to_have_count(5)
    drawn(desk)
    desk.reload()  # then all cards have the number of pages, which is known once a picture is drawn
    drawn(desk)
    taken(desk, "desk-library")
    desk.get_by_role("link", name="Low Back Pain").first.click()
    for button in ("Print", "Download", "Add to pack"):
        expect(desk.get_by_role("button", name=button, exact=True)).to_be_visible()

    # Fill it in
    desk.get_by_label("Name", exact=True).fill("Sam Sample")
    desk.get_by_label("Date", exact=True).fill("28 November 2026")
    desk.get_by_label("Next visit").fill("5 December")
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    desk.wait_for_load_state("networkidle")
    desk.evaluate("scrollTo(0, 0)")
    taken(desk, "desk-sheet")
    desk.locator("summary", has_text="3 exercises").click()
    desk.get_by_label("Bridge", exact=True).uncheck()
    desk.locator("summary", has_text="Summary for your notes").click()
    expect(desk.locator("#summary textarea")).to_have_value(re.compile("Left out: Bridge"))

    # Several sheets
    desk.get_by_role("button", name="Add to pack").click()
    expect(desk.locator("header .number")).to_have_text("1")
    desk.goto(f"{clinic.server.root}/sheet/fascia-remedy/cortisone-shots")
    desk.get_by_role("button", name="Add to pack").click()
    expect(desk.locator("header .number")).to_have_text("2")
    desk.get_by_role("link", name="Pack").click()
    expect(desk.locator(".preview img").first).to_be_visible()
    desk.locator("summary", has_text="Save as a set").click()
    desk.evaluate("document.querySelector('.panel').scrollTop = 0; scrollTo(0, 0)")
    taken(desk, "desk-pack")

    # Several clients
    desk.goto(f"{clinic.server.root}/batch/fascia-remedy/strengthen-your-glutes")
    rows = [
        "Sam Sample,28.11.2026",
        "Kim Example,28.11.2026",
        "Lee Model,31.11.2026",
        "Jo Case,",
        "Al Test,",
    ]
    table = "\n".join(["client,date", *rows]).encode()
    desk.get_by_label("Table of clients").set_input_files(
        {"name": "clients.csv", "mimeType": "text/csv", "buffer": table}
    )
    expect(desk.locator("#preview")).to_contain_text("4 clients")
    desk.get_by_role("button", name="Make one file for all").click()
    expect(desk.locator("[data-run=finished]")).to_contain_text("4 of 5 sheets")
    desk.wait_for_load_state("networkidle")
    taken(desk, "desk-batch")
    desk.get_by_role("button", name="Remove them").click()

    # Your practice
    desk.get_by_role("link", name="Practice").click()
    expect(desk.locator(".preview img").first).not_to_have_js_property("naturalWidth", 0)
    desk.wait_for_load_state("networkidle")
    taken(desk, "desk-practice")


def test_the_page_shows_each_picture_with_a_description() -> None:
    shown = re.findall(r"!\[(.+?)\]\(pictures/([\w-]+)\.png\)", PAGE)
    assert [name for _, name in shown] == [
        "desk-library",
        "desk-sheet",
        "desk-pack",
        "desk-batch",
        "desk-practice",
    ]
    assert all(len(description) > 30 for description, _ in shown)
    for _, name in shown:
        with Image.open(ROOT / f"docs/pictures/{name}.png") as picture:
            assert picture.size == SIZE


def test_the_page_names_buttons_as_they_are() -> None:
    words = (ROOT / "handpress/desk/words/en.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"\*\*(.+?)\*\*", PAGE))
    assert len(named) > 8
    assert [name for name in named if name not in words] == []
