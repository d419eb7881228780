"""The pack: several sheets as one PDF, each on fresh paper, and sets that have a name."""

from __future__ import annotations

import pypdfium2
import pytest
import yaml
from playwright.sync_api import Page, expect

from helpers.clinic import Clinic
from helpers.desk_forms import posted, text_of
from helpers.local_servers import violations

GLUTES, SHOTS = "fascia-remedy/strengthen-your-glutes", "fascia-remedy/cortisone-shots"
WALKING = "ar/walking"
SIZES = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (390, 844)}


def filled(desk: Page, clinic: Clinic, *keys: str) -> None:
    """Put these sheets into an empty pack, and open its page."""
    posted(clinic, "/pack", key=[])
    for key in keys:
        desk.goto(f"{clinic.server.root}/sheet/{key}")
        desk.get_by_role("button", name="Add to pack").click()
        expect(desk.get_by_role("button", name="In the pack")).to_be_visible()
    expect(desk.locator("header .number")).to_have_text(str(len(keys)))
    desk.get_by_role("link", name="Pack").click()
    expect(desk.locator(".preview img").first).to_be_visible()


def test_a_pack_has_its_sheets_in_the_chosen_order(desk: Page, clinic: Clinic) -> None:
    filled(desk, clinic, GLUTES, SHOTS, WALKING)
    desk.get_by_role("button", name="Move down: Low Back Pain").click()
    expect(desk.locator("[data-moved]")).to_contain_text("is now number 2")
    desk.get_by_label("Name", exact=True).fill("Zwq Packer")
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "pack.pdf"
    data = download.value.path().read_bytes()
    text = text_of(data)
    assert text.index("Why Cortisone Shots Suck") < text.index("Strengthen Your Glutes")
    assert text.count("Zwq Packer") == 3
    with pypdfium2.PdfDocument(data) as document:
        assert "Zwq" not in str(document.get_metadata_dict())
        first = [
            number
            for number, page in enumerate(document)
            if "Page 1 of" in (words := page.get_textpage().get_text_range()) or "1 من" in words
        ]
    assert [number % 2 for number in first] == [0] * len(first)  # each begins a sheet of paper
    assert len(first) >= 2


def test_a_pack_is_ordered_by_dragging(desk: Page, clinic: Clinic) -> None:
    filled(desk, clinic, GLUTES, SHOTS)
    rows = desk.locator(".sheets li")
    rows.nth(0).hover(position={"x": 2, "y": 20})
    desk.mouse.down()
    for _ in range(2):  # as a mouse passes over it
        rows.nth(1).hover(position={"x": 2, "y": 40})
    desk.mouse.up()
    expect(rows.nth(0)).to_contain_text("Cortisone")
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    text = text_of(download.value.path().read_bytes())
    assert text.index("Why Cortisone Shots Suck") < text.index("Get up from your chair")


def test_a_set_is_saved_and_loaded_without_a_client(desk: Page, clinic: Clinic) -> None:
    filled(desk, clinic, SHOTS, GLUTES)
    desk.get_by_label("Name", exact=True).fill("Zwq Packer")
    desk.locator("summary", has_text="Save as a set").click()
    desk.get_by_label("Name of the set").fill("Knie, Woche 1")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("heading", name="Sets")).to_be_visible()
    text = (clinic.root / "desk.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["sets"] == {"Knie, Woche 1": [SHOTS, GLUTES]}
    assert "Zwq" not in text
    for _ in range(2):
        desk.locator("[name=remove]").first.click()
    expect(desk.get_by_text("The pack is empty")).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Knie, Woche 1 2 sheets").click()
    expect(desk.locator(".sheets li")).to_have_count(2)
    desk.get_by_role("button", name="Remove: Knie, Woche 1").click()
    expect(desk.get_by_role("heading", name="Sets")).to_have_count(0)
    assert "sets" not in yaml.safe_load((clinic.root / "desk.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pack_has_no_violation(desk: Page, clinic: Clinic, size: str, scheme: str) -> None:
    filled(desk, clinic, GLUTES)
    width, height = SIZES[size]
    desk.set_viewport_size({"width": width, "height": height})
    desk.emulate_media(color_scheme=scheme)
    assert violations(desk) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert desk.evaluate(wide) <= 0


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/pack/add", {"key": "../../etc/passwd"}, 404),
        ("/pack/print", {"key": ["../x", "a/b"]}, 422),
        ("/pack", {"key": [GLUTES, "../.."], "move": "up ../..", "remove": ".."}, 200),
        ("/sets/load", {"set": "../.."}, 303),
        ("/sets/remove", {"set": "no such"}, 303),
        ("/sets/save", {"name": " ", "key": GLUTES}, 303),
    ],
)  # fmt: skip
def test_odd_forms_change_nothing(
    clinic: Clinic, path: str, fields: dict[str, str], status: int
) -> None:
    assert posted(clinic, path, **fields)[0] == status
    kept = clinic.root / "desk.yaml"
    assert not kept.exists() or "sets" not in kept.read_text(encoding="utf-8")


def test_the_same_file_name_in_two_series_can_be_packed(clinic: Clinic) -> None:
    other = clinic.root / "sources/ar/03-cortisone-shots.md"
    other.write_text("# Another Cortisone\n\nText.\n", encoding="utf-8")
    try:
        clinic.server.ask("GET", "/")
        status, data = posted(clinic, "/pack/print", key=[SHOTS, "ar/cortisone-shots"])
        assert status == 200
        assert "Another Cortisone" in text_of(data)
    finally:
        other.unlink()


def test_a_sheet_keeps_the_dosage_that_was_chosen_on_it(desk: Page, clinic: Clinic) -> None:
    """With sides, order and notes, but without the client, whose fields are those of the pack."""
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    desk.get_by_label("Name", exact=True).fill("Zwq Sheet")
    desk.locator(".exercises > summary").click()
    desk.locator("[name$='chair-squat sets']").fill("13 rounds")
    desk.locator("[name$='bridge note']").fill("Breathe out.")
    desk.locator("input[name=keep]").first.uncheck()
    desk.get_by_role("button", name="Add to pack").click()
    expect(desk.get_by_role("button", name="In the pack")).to_be_visible()
    desk.goto(f"{clinic.server.root}/sheet/{SHOTS}")
    desk.get_by_role("button", name="Add to pack").click()
    desk.get_by_role("link", name="Pack").click()
    desk.get_by_text("With the dosage and notes of its sheet").click()
    expect(desk.locator(".given .lines")).to_contain_text("Chair squat: Sets 13 rounds")
    summary = desk.locator("#summary textarea").input_value()
    assert "Left out: Glute squeeze" in summary
    assert "Wall press" in summary
    assert violations(desk) == []
    desk.get_by_label("Name", exact=True).fill("Zwq Pack")
    desk.get_by_role("button", name="Keep them").click()
    desk.get_by_text("With the dosage and notes of its sheet").click()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    text = text_of(download.value.path().read_bytes())
    for there in ("13 rounds", "Breathe out.", "Zwq Pack", "Why Cortisone Shots Suck"):
        assert there in text
    for gone in ("Zwq Sheet", "Tighten both sides"):
        assert gone not in text
    desk.get_by_role("button", name="As in the handout").click()
    expect(desk.locator(".given")).to_have_count(0)
    expect(desk.get_by_label("Name", exact=True)).to_have_value("Zwq Pack")
    assert "13 rounds" not in desk.content()


def test_another_browser_has_a_pack_of_its_own(desk: Page, clinic: Clinic) -> None:
    posted(clinic, "/pack/add", key=GLUTES)  # without the cookie of a pack
    desk.goto(f"{clinic.server.root}/pack")
    expect(desk.get_by_text("The pack is empty.")).to_be_visible()


def sent(clinic: Clinic, path: str, **fields: str) -> tuple[int, bytes]:
    """Send a form from one browser, which keeps its pack."""
    return posted(clinic, path, pack="desk", **fields)


def given(clinic: Clinic, name: str) -> str:
    """Put a sheet with a private note for a client into an empty pack; return the note."""
    sent(clinic, "/pack/empty")
    sent(clinic, "/pack/add", key=GLUTES, client=name, note="Mind the Zwq hip.")
    return "Mind the Zwq hip."


def test_a_note_is_not_printed_for_another_client(clinic: Clinic) -> None:
    """The question is asked once; a name in other letters or with more spaces is the same one."""
    note = given(clinic, "Sam Sample")
    for name in ("Kim Example", ""):
        for path in ("print", "download"):
            status, page = sent(clinic, f"/pack/{path}", key=GLUTES, client=name)
            assert status == 422
            assert "As in the handouts" in page.decode()
    status, data = sent(clinic, "/pack/print", key=GLUTES, client=" sam  Sample")
    assert (status, note in text_of(data)) == (200, True)
    sent(clinic, "/pack", key=GLUTES, client="Kim Example", given="usual")
    status, data = sent(clinic, "/pack/print", key=GLUTES, client="Kim Example")
    assert (status, note in text_of(data)) == (200, False)


def test_a_note_without_a_name_is_for_the_first_client_it_is_printed_for(clinic: Clinic) -> None:
    note = given(clinic, "")
    status, data = sent(clinic, "/pack/print", key=GLUTES, client="Sam Sample")
    assert (status, note in text_of(data)) == (200, True)
    assert sent(clinic, "/pack/print", key=GLUTES, client="Kim Example")[0] == 422
    sent(clinic, "/pack", key=GLUTES, client="Kim Example", given="keep")
    status, data = sent(clinic, "/pack/print", key=GLUTES, client="Kim Example")
    assert (status, note in text_of(data)) == (200, True)
    assert sent(clinic, "/pack/print", key=GLUTES, client="Sam Sample")[0] == 422


def test_the_next_client_begins_with_an_empty_pack(clinic: Clinic) -> None:
    note = given(clinic, "Sam Sample")
    assert note in sent(clinic, "/pack", key=GLUTES)[1].decode()
    assert sent(clinic, "/pack/empty", visit="v") == (303, b"/pack")
    assert "The pack is empty." in sent(clinic, "/pack")[1].decode()
    sent(clinic, "/pack/add", key=GLUTES)
    assert note not in sent(clinic, "/pack", key=GLUTES)[1].decode()


def test_the_page_asks_when_the_name_changes(desk: Page, clinic: Clinic) -> None:
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    desk.get_by_label("Name", exact=True).fill("Sam Sample")
    desk.get_by_label("Note on the sheet").fill("Mind the Zwq hip.")
    desk.get_by_role("button", name="Add to pack").click()
    expect(desk.get_by_role("button", name="In the pack")).to_be_visible()
    desk.get_by_role("link", name="Pack").click()
    question = desk.locator("#preview [role=alert]")
    expect(desk.locator(".preview img").first).to_be_visible()
    expect(question).to_have_count(0)
    desk.get_by_role("button", name="Print").click()
    expect(question).to_contain_text("Enter the name")
    expect(question.get_by_role("button", name="As in the handouts")).to_be_focused()
    assert desk.evaluate("top.printed") is None
    expect(desk.locator(".preview img")).to_have_count(2)
    desk.get_by_label("Name", exact=True).fill("Kim Example")
    expect(question).to_contain_text("a client with another name")
    assert violations(desk) == []
    desk.get_by_label("Name", exact=True).fill("Sam Sample")
    expect(question).to_have_count(0)
    desk.get_by_label("Name", exact=True).fill("Kim Example")
    question.get_by_role("button", name="As in the handouts").click()
    expect(desk.locator(".given")).to_have_count(0)
    expect(desk.get_by_label("Name", exact=True)).to_have_value("Kim Example")
    expect(question).to_have_count(0)
    with desk.expect_response("**/pack/print") as printed:
        desk.get_by_role("button", name="Print").click()
    assert printed.value.headers["content-type"] == "application/pdf"
    desk.get_by_role("button", name="Empty for the next client").click()
    expect(desk.get_by_text("The pack is empty")).to_be_visible()
