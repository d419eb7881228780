"""The desk prints a handout in the languages that it exists in, also in two at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from helpers.bilingual import FILES
from helpers.clinic import Clinic, opened
from helpers.desk_forms import posted, text_of

KEY = "shoulder/swing"
HOLD = "swing--pendulum hold"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    root = tmp_path_factory.mktemp("clinic")
    yield from opened(root, tmp_path_factory.mktemp("log") / "errors", FILES)


def test_both_languages_for_a_client(desk: Page) -> None:
    """Chosen on the page of the sheet; the preview follows, and dates are offered in the sheet's language."""
    desk.set_default_navigation_timeout(120_000)  # the first page waits for the cards in hand
    desk.goto(desk.url.partition("?")[0].rstrip("/") + f"/sheet/{KEY}")
    choice = desk.locator("select[name=languages]")
    expect(choice.locator("option")).to_have_text([
        "English", "Arabic", "English and Arabic, side by side", "English and Arabic, on facing pages",
    ])  # fmt: skip
    preview = desk.locator("#preview")
    expect(preview).to_contain_text("1 page")
    choice.select_option("English and Arabic, on facing pages")
    expect(preview).to_contain_text("3 pages")
    choice.select_option("Arabic")
    expect(desk.locator("#today option")).not_to_have_attribute("value", "November")
    expect(preview).to_contain_text("1 page")


def test_the_dosage_is_in_both(clinic: Clinic) -> None:
    given = ["swing--pendulum", "swing--wall-walk"]
    form = {"client": "Amira", HOLD: "12 seconds", "exercise": given, "keep": given, "visit": "v"}
    for path in ("print", "download"):
        status, data = posted(clinic, f"/{path}/{KEY}", languages="ar columns", **form)
        assert status == 200
        text = text_of(data)
        assert text.count("Amira") == 1
        assert "12 seconds" in text
        assert text.count("Swing your arm") >= 1
        assert "أرجِح" in text or "ذراعك" in text


def test_a_plain_sheet_in_both(clinic: Clinic) -> None:
    status, data = posted(clinic, f"/print/{KEY}", languages="ar columns")
    assert status == 200
    assert "5 seconds" in text_of(data)
    status, data = posted(clinic, f"/print/{KEY}", languages="ar")
    assert "seconds" not in text_of(data)
    status, data = posted(clinic, "/print/shoulder-ar/swing", languages="en")
    assert "5 seconds" in text_of(data)


@pytest.mark.parametrize(
    "languages", ["xx", "ar nonsense", "../../etc columns", " ", "ar  columns"]
)
def test_a_language_that_nobody_offers(clinic: Clinic, languages: str) -> None:
    status, data = posted(clinic, f"/print/{KEY}", languages=languages, client="Amira", visit="w")
    assert status == 200
    assert "Amira" in text_of(data)


def test_a_pack_in_both(clinic: Clinic) -> None:
    """A handout without a translation is printed as it is, with a notice."""
    for key in (KEY, "shoulder/rest"):
        posted(clinic, "/pack/add", key=key, style="standard", paper="a4")
    keys = [KEY, "shoulder/rest"]
    status, page = posted(clinic, "/pack", key=keys, languages="ar columns")
    assert status == 200
    assert "“Rest” is not translated into Arabic. It is printed in English." in page.decode()
    status, data = posted(clinic, "/pack/print", key=keys, languages="ar columns", client="Amira")
    assert status == 200
    text = text_of(data)
    assert "5 seconds" in text
    assert "A handout without translation." in text
