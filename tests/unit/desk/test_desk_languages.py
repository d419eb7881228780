"""The desk speaks the language of each browser, or the one that was chosen for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette

from handpress.desk.words import (
    FOLDER,
    interface_languages,
    interface_words,
    language_for,
)
from handpress.serve.door import Door
from handpress.serve.guard import Guard, Limits
from helpers.clinic import Clinic
from helpers.local_servers import Start, violations
from helpers.workspaces import copy_sample

OTHERS = [language for language in interface_languages() if language != "en"]
PAGES = ("", "sheet/fascia-remedy/strengthen-your-glutes", "pack", "own",
         "batch/fascia-remedy/strengthen-your-glutes", "practice", "no-such-page")  # fmt: skip


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("nl,es-419;q=0.5,en;q=0.3", "es"),  # the first one that the desk has
        ("en;q=0.2, fr;q=0.7", "fr"),
        ("de;q=0, fr", "fr"),  # not wanted
        ("nl", "en"),
        ("*", "en"),
        ("", "en"),
        ("de;q=much, FR", "fr"),
        ("../../etc/passwd", "en"),
    ],
)
def test_the_language_of_a_browser(accepted: str, language: str) -> None:
    assert language_for(accepted) == language


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language: str) -> None:
    """English would fill the gaps, so nothing else would show them."""
    english, found = interface_words("en"), interface_words(language)
    assert {name for name, of in found["plural"].items() if of != language} == set()
    same = {
        key
        for key, text in english.items()
        if key not in ("plural", "months") and found[key] == text
    }
    sentences = {key for key in same if isinstance(english[key], str) and " " in english[key]}
    assert sentences - {"contrast", "date", "paper_letter"} == set()


def test_each_file_is_named_by_its_language() -> None:
    assert all(interface_words(path.stem)["language"] == path.stem for path in FOLDER.iterdir())


@pytest.fixture(params=OTHERS)
def speaking(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, Page]]:
    """A page of a browser in another language."""
    context = browser.new_context(locale=f"{request.param}-{request.param.upper()}")
    yield request.param, context.new_page()
    context.close()


def test_every_page_is_in_the_language_of_the_browser(
    clinic: Clinic, speaking: tuple[str, Page]
) -> None:
    language, page = speaking
    page.goto(clinic.server.address)
    english, own = interface_words("en"), interface_words(language)
    others = {
        k: w for k, w in english.items() if isinstance(w, str) and w != own[k] and k != "date"
    }
    known = {word for word in others.values() if len(word) > 8}
    blank = re.compile(r"\\\{\w+\\\}")
    for path in PAGES:
        page.goto(f"{clinic.server.root}/{path}")
        assert page.locator("html").get_attribute("lang") == language
        assert violations(page) == [], path
        shown = page.locator("body").inner_text() + page.title()
        left = [
            w for w in known if re.search(rf"(?<!\w){blank.sub('.+', re.escape(w))}(?!\w)", shown)
        ]
        assert left == [], path


def test_handouts_in_the_language_of_the_page_come_first(clinic: Clinic) -> None:
    def listed(language: str) -> list[str]:
        page = clinic.server.ask("GET", "/", Accept_Language=language)
        return re.findall(r'href="/sheet/([\w-]+)', page.text)  # type: ignore[attr-defined]

    assert listed("fr") == ["ar", "ar", *["fascia-remedy"] * 3]  # none is French
    assert listed("en") == [*["fascia-remedy"] * 3, "ar", "ar"]


def test_a_language_for_all(serving: Start, tmp_path: Path) -> None:
    copy_sample(tmp_path)
    server = serving("publish.py", "desk", tmp_path, "--no-open", "--language", "es-MX")
    page = server.ask("GET", "/own", Accept_Language="de")
    assert '<html lang="es"' in page.text  # type: ignore[attr-defined]


def test_the_form_for_a_password_is_in_the_language_of_the_browser() -> None:
    door = Door(80, frozenset({"clinic"}), network=True, password="a heron waits")
    guard = Guard(
        Starlette(), door, Limits(), lambda accepted: interface_words(language_for(accepted))
    )
    headers = [(b"host", b"clinic:80"), (b"accept-language", b"de-AT,de;q=0.9")]
    asked = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
    form = guard.answer(asked)
    assert form is not None
    assert '<html lang="de"' in bytes(form.body).decode()
    assert "Das ist nicht das Kennwort" not in bytes(form.body).decode()
    again = guard.enter(asked, b"password=a+crane")
    assert "Das ist nicht das Kennwort" in bytes(again.body).decode()


def test_a_sheet_without_a_title_has_one_in_the_language_of_its_exercises(clinic: Clinic) -> None:
    """The client reads it, whatever the language of the desk."""
    sheet = "fascia-remedy/strengthen-your-glutes#strengthen-your-glutes--chair-squat"
    body = f"pick={sheet.replace('#', '%23').replace('/', '%2F')}".encode()
    page = clinic.server.ask(
        "POST", "/own", body,
        Accept_Language="de", Origin=clinic.server.root,
        Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert 'placeholder="Your exercises"' in page.text  # type: ignore[attr-defined]
    assert 'lang="de"' in page.text  # type: ignore[attr-defined]
