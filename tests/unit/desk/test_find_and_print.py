"""The desk in a real browser: find a handout, see its pages, print it in three clicks."""

from __future__ import annotations

import re

import pypdfium2
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from helpers.clinic import Clinic
from helpers.desk_forms import text_of
from helpers.local_servers import violations

SIZES = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (390, 844), "zoomed": (640, 450)}
GLUTES = "fascia-remedy/strengthen-your-glutes"
INTRODUCED = "Julia Blackwell, founder"  # the author, at the end of a handout


def kept(clinic: Clinic) -> dict[str, list[str]]:
    return yaml.safe_load((clinic.root / "desk.yaml").read_text(encoding="utf-8"))


def test_the_library_has_a_card_for_each_handout(desk: Page) -> None:
    titles = desk.locator(".card strong").all_inner_texts()
    assert len(titles) == 5
    assert "Why Cortisone Shots Suck" in titles
    arabic = desk.locator(".card strong[dir=rtl]")
    assert arabic.count() == 2
    picture = desk.locator(".card img").first
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") == 360


def test_what_is_typed_leaves_the_handouts_that_match(desk: Page) -> None:
    desk.keyboard.type("strenghten gluets")  # the field has the focus from the start
    expect(desk.locator("#count")).to_have_text(re.compile("^[12] handout"))
    expect(desk.locator(".card strong").first).to_contain_text("Strengthen Your Glutes")
    desk.locator("#q").fill("zzzz")
    expect(desk.locator("#results")).to_contain_text("Nothing matches")
    desk.locator("#q").fill("")
    expect(desk.locator(".card strong")).to_have_count(5)
    desk.select_option("[name=language]", "ar")
    expect(desk.locator(".card strong")).to_have_count(2)
    assert desk.url.endswith("/")  # no question is in an address


def test_three_clicks_print_a_plain_sheet(desk: Page, clinic: Clinic) -> None:
    desk.get_by_role("link", name="Low Back Pain").first.click()  # 1
    expect(desk.locator(".preview img")).to_have_count(2)
    with desk.expect_response(lambda answer: "/print/" in answer.url) as printed:
        desk.get_by_role("button", name="Print", exact=True).click()  # 2
    assert printed.value.headers["content-type"] == "application/pdf"
    assert printed.value.headers["cache-control"] == "no-store"
    for _ in range(100):  # the dialog opens as soon as the browser has drawn the PDF
        if desk.evaluate("window.printed"):
            break
        desk.wait_for_timeout(50)
    assert desk.evaluate("window.printed") == 1  # the third click is in the browser's dialog
    assert kept(clinic)["recent"] == [GLUTES]


def test_a_download_has_the_pages_of_the_chosen_look(desk: Page, clinic: Clinic) -> None:
    desk.get_by_role("link", name="Low Back Pain").first.click()
    desk.select_option("[name=style]", "large-print")
    desk.select_option("[name=paper]", "letter")
    desk.get_by_label("QR code").uncheck()
    desk.get_by_label("About the author").uncheck()
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "strengthen-your-glutes.pdf"
    data = download.value.path().read_bytes()
    with pypdfium2.PdfDocument(data) as document:
        assert [round(side) for side in document[0].get_size()] == [612, 792]
        assert len(document) > 2
    assert "Three exercises" in text_of(data)
    assert INTRODUCED not in text_of(data).replace("\r\n", " ")


def test_a_favourite_comes_first(desk: Page, clinic: Clinic) -> None:
    star = desk.get_by_role("button", name=re.compile("favourites: Why Cortisone")).first
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    desk.reload()
    expect(desk.locator("#results h2").first).to_have_text("Favourites")
    assert kept(clinic)["favourites"] == ["fascia-remedy/cortisone-shots"]
    desk.get_by_role("button", name=re.compile("favourites: Why Cortisone")).first.click()
    expect(star).to_have_attribute("aria-pressed", "false")


def test_the_keyboard_alone_prints(desk: Page) -> None:
    desk.keyboard.type("cortisone")
    expect(desk.locator("#count")).to_have_text(re.compile("handout"))
    card = desk.get_by_role("link", name="Why Cortisone Shots Suck").first
    for _ in range(12):
        desk.keyboard.press("Tab")
        if card.evaluate("card => card === document.activeElement"):
            break
    desk.keyboard.press("Enter")
    button = desk.get_by_role("button", name="Print", exact=True)
    expect(button).to_be_visible()
    for _ in range(12):
        desk.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    with desk.expect_response(lambda answer: "/print/" in answer.url) as printed:
        desk.keyboard.press("Enter")
    assert printed.value.ok


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pages_have_no_violation_and_fit_their_screen(
    desk: Page, clinic: Clinic, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    desk.set_viewport_size({"width": width, "height": height})
    desk.emulate_media(color_scheme=scheme)
    for path in ("/", "/?q=zzzz", "/?q=squat", f"/sheet/{GLUTES}", "/sheet/no/such"):
        if path.endswith("such"):
            assert clinic.server.ask("GET", path).status == 404
            continue
        desk.goto(clinic.server.root + path)
        assert violations(desk) == [], path
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert desk.evaluate(wide) <= 0, path


def test_without_a_script_the_pages_still_work(clinic: Clinic, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(clinic.server.address)
    page.fill("#q", "glutes")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Low Back Pain").first.click()
    page.select_option("[name=style]", "ink-saving")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.locator("[name=style]")).to_have_value("ink-saving")
    expect(page.locator(".preview img")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/sheet/../../etc/passwd", "/sheet/%2e%2e/%2e%2e", "/sheet/..%2f..%2fpractice.yaml/x", "/picture/../x",
        "/picture/fascia-remedy/..%2fcortisone-shots", "/static/desk/../../desk.py", "/static/desk/%2e%2e/desk.py", "/nothing",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_library(clinic: Clinic, path: str) -> None:
    assert clinic.server.ask("GET", path).status == 404


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        (f"/sheet/{GLUTES}", b"paper=..%2F..&style=..%2F..%2Fetc&grey=", "application/x-www-form-urlencoded", 200),
        (f"/print/{GLUTES}", b"{}", "application/json", 415),
        (f"/print/{GLUTES}", b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (f"/print/{GLUTES}", b"a=&" * 5000, "application/x-www-form-urlencoded", 400),
        ("/favourite", b"key=..%2F..%2Fx&liked=yes", "application/x-www-form-urlencoded", 404),
        ("/favourite", b"", "application/x-www-form-urlencoded", 404),
    ],
)  # fmt: skip
def test_odd_forms_are_refused(
    clinic: Clinic, path: str, body: bytes, kind: str, status: int
) -> None:
    answer = clinic.server.ask("POST", path, body, Content_Type=kind, Sec_Fetch_Site="same-origin")
    assert answer.status == status


def test_another_site_cannot_post(clinic: Clinic) -> None:
    for headers in (
        {"Origin": "https://example.com"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Host": "evil.example"},
    ):
        answer = clinic.server.ask(
            "POST", "/favourite", b"", Content_Type="application/x-www-form-urlencoded", **headers
        )
        assert answer.status in (403, 421)


@pytest.mark.parametrize("path", ["/sheet/fascia-remedy/strengthen-your-glutes", "/pack"])
def test_enter_in_a_field_prints_nothing(desk: Page, clinic: Clinic, path: str) -> None:
    """It is pressed after a name, out of habit."""
    desk.goto(f"{clinic.server.root}/sheet/fascia-remedy/strengthen-your-glutes")
    desk.get_by_role("button", name="Add to pack").click()
    expect(desk.get_by_role("button", name="In the pack")).to_be_visible()
    desk.goto(f"{clinic.server.root}{path}")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    name = desk.get_by_label("Name", exact=True)
    name.fill("Zwq")
    name.press("Enter")
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    desk.get_by_label("Date").press("Enter")
    expect(name).to_have_value("Zwq")
    assert not [url for url in asked if "print" in url]


def test_the_date_of_today_is_offered_in_the_words_of_the_handout(clinic: Clinic) -> None:
    page = clinic.server.ask("GET", "/sheet/ar/walking").text  # type: ignore[attr-defined]
    (offered,) = re.findall(r'<datalist id="today"><option value="([^"]+)">', page)
    assert re.search("[\u0600-\u06ff]", offered)


def test_an_untouched_sheet_is_laid_out_once(desk: Page, clinic: Clinic) -> None:
    """Only what was typed before the script came is a reason to ask for its pages again."""
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.method))
    desk.goto(f"{clinic.server.root}/sheet/fascia-remedy/strengthen-your-glutes")
    desk.wait_for_load_state("networkidle")
    assert set(asked) == {"GET"}


def test_a_form_names_its_own_site(desk: Page, clinic: Clinic) -> None:
    """A browser on another device sends no `Sec-Fetch-Site`, so the server knows our forms by their origin alone."""
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    with desk.expect_request("**/download/**") as sent, desk.expect_download():
        desk.get_by_role("button", name="Download").click()
    assert sent.value.all_headers()["origin"] == clinic.server.root
