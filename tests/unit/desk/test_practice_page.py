"""The page of the practice: what is entered is on paper at once, and in `practice.yaml` once it is saved."""

from __future__ import annotations

import io
import re

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Page, expect

from helpers.clinic import Clinic
from helpers.desk_forms import posted, text_of
from helpers.local_servers import violations

# Whether a button covers more than half of the element with the focus.
COVERS = """save => {
    const field = document.activeElement.getBoundingClientRect();
    return document.activeElement !== save && field.top + field.height / 2 > save.getBoundingClientRect().top;
}"""

GLUTES = "fascia-remedy/strengthen-your-glutes"
FILE = "sources/practice.yaml"


def read(clinic: Clinic) -> dict[str, object]:
    return yaml.safe_load((clinic.root / FILE).read_text(encoding="utf-8"))


def opened(desk: Page, clinic: Clinic) -> None:
    desk.goto(f"{clinic.server.root}/practice")
    expect(desk.locator(".preview img").first).to_be_visible()


def test_what_is_saved_is_in_the_file_and_on_paper(desk: Page, clinic: Clinic) -> None:
    opened(desk, clinic)
    before = (clinic.root / FILE).read_text(encoding="utf-8")
    picture = desk.locator(".preview img").first
    shown = picture.get_attribute("src") or ""
    desk.get_by_label("Name of the practice").fill("Knee & Hip: Clinic")
    expect(picture).not_to_have_attribute("src", shown)  # before it is saved
    assert (clinic.root / FILE).read_text(encoding="utf-8") == before
    desk.get_by_label("Address").fill("1 High Street\nOtherham")
    desk.get_by_label("Practitioners").fill("Mira Holt\nJan Visser")
    desk.get_by_label("Emergency (English)").fill("112")
    desk.get_by_label("Accent colour").fill("#7a1f3d")
    expect(desk.locator("#colour")).to_contain_text("to 1 for words on it")
    desk.locator("[name=paper]").select_option("letter")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Saved in sources/practice.yaml. The file")).to_be_visible()
    assert violations(desk) == []
    found = read(clinic)
    assert found["name"] == "Knee & Hip: Clinic"
    assert found["address"] == ["1 High Street", "Otherham"]
    assert found["practitioners"] == ["Mira Holt", "Jan Visser"]
    assert found["emergency"] == {**yaml.safe_load(before)["emergency"], "en": "112"}
    assert found["theme"] == {"accent": "#7a1f3d"}
    after = (clinic.root / FILE).read_text(encoding="utf-8")
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == comments
    assert (clinic.root / f"{FILE}.bak").read_text(encoding="utf-8") == before
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    expect(desk.locator("select[name=paper]")).to_have_value("letter")
    assert desk.locator("#practitioners option").count() == 2
    status, data = posted(
        clinic, f"/print/{GLUTES}", paper="letter", style="standard", codes="on", bio="on"
    )
    assert status == 200
    assert "Knee & Hip: Clinic" in text_of(data)


def test_a_logo_is_dropped_and_printed(desk: Page, clinic: Clinic) -> None:
    opened(desk, clinic)
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "#7a1f3d").save(picture, "png")
    desk.locator("#logo").set_input_files(
        {"name": "../../evil.png", "mimeType": "text/html", "buffer": picture.getvalue()}
    )
    desk.get_by_role("button", name="Use this logo").click()
    expect(desk.get_by_text("Saved in")).to_have_count(2)
    assert read(clinic)["logo"] == "images/practice-logo.png"
    assert (clinic.root / "sources/images/practice-logo.png").read_bytes() == picture.getvalue()
    assert not [*clinic.root.rglob("evil*"), *clinic.root.parent.glob("evil*")]


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><script>1</script></html>", b"%!PS\n(x) show", b"\x89PNG\r\n\x1a\n" + b"x" * 100, b"\r\n--x--\r\n"],
    ids=["empty", "html", "postscript", "broken", "boundary"],
)  # fmt: skip
def test_a_file_that_is_not_a_picture_is_refused(clinic: Clinic, data: bytes) -> None:
    before = (clinic.root / FILE).read_bytes()
    body = (
        b'--x1y\r\nContent-Disposition: form-data; name="logo"; filename="a"\r\n\r\n'
        + data
        + b"\r\n--x1y--\r\n"
    )
    status, page = posted(
        clinic, "/practice/logo", body, kind='multipart/form-data; boundary="x1y"'
    )
    assert status == 422
    assert "cannot be printed" in page.decode()
    assert (clinic.root / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "status"),
    [("multipart/form-data", 415), ("multipart/form-data; boundary=zzz", 422), ("text/plain", 415)],
)
def test_a_form_without_the_file_is_refused(clinic: Clinic, kind: str, status: int) -> None:
    assert posted(clinic, "/practice/logo", b"x", kind=kind)[0] == status


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("accent", "no colour", "not a colour"),
        ("accent", "#fff;}</style>", "not a colour"),
        ("web", "not an address", "address"),
    ],
)
def test_a_value_that_cannot_be_used_is_explained_at_its_field(
    clinic: Clinic, field: str, value: str, reason: str
) -> None:
    before = (clinic.root / FILE).read_bytes()
    status, page = posted(clinic, "/practice/save", name="Other", **{field: value})
    assert status == 200
    found = re.search(rf'<p class="wrong" id="wrong-{field}">(.*?)</p>', page.decode())
    assert found
    assert reason in found[1]
    assert (clinic.root / FILE).read_bytes() == before


def test_a_pale_colour_is_advised_against(desk: Page, clinic: Clinic) -> None:
    opened(desk, clinic)
    desk.get_by_label("Accent colour").fill("#f5c542")
    expect(desk.locator("#colour")).to_contain_text("for words on it")
    assert violations(desk) == []


def test_a_file_in_another_form_is_not_touched(clinic: Clinic) -> None:
    file = clinic.root / FILE
    before = file.read_bytes()
    try:
        file.write_text("{name: A, web: a.org}\n")
        status, page = posted(clinic, "/practice/save", name="B")
        assert status == 200
        assert "cannot change" in page.decode()
        assert file.read_text() == "{name: A, web: a.org}\n"
    finally:
        file.write_bytes(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (820, 1180), (390, 844)], ids=str)
def test_the_practice_has_no_violation(
    desk: Page, clinic: Clinic, size: tuple[int, int], scheme: str
) -> None:
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    desk.emulate_media(color_scheme=scheme)
    opened(desk, clinic)
    assert violations(desk) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert desk.evaluate(wide) <= 0


@pytest.mark.parametrize("size", [(1280, 900), (640, 450), (320, 640)], ids=str)
def test_the_button_to_save_covers_no_field_with_the_focus(
    desk: Page, clinic: Clinic, size: tuple[int, int]
) -> None:
    """Also on a phone, and at 200 % of a small screen."""
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    desk.goto(f"{clinic.server.root}/practice")
    expect(desk.locator(".preview img").first).to_be_visible()
    save = desk.get_by_role("button", name="Save", exact=True)
    desk.get_by_label("Name of the practice").focus()
    covered, reached = [], 0
    while not save.evaluate("save => save === document.activeElement"):
        desk.keyboard.press("Tab")
        reached += 1
        if save.evaluate(COVERS):
            covered.append(desk.evaluate("document.activeElement.name"))
    assert reached > 12
    assert covered == []
