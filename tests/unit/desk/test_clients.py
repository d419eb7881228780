"""Sheets for clients: each name is on its own sheet, and nowhere else afterwards."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers.clinic import Clinic
from helpers.desk_forms import posted, text_of
from helpers.local_servers import violations, watching

GLUTES = "fascia-remedy/strengthen-your-glutes"
SQUEEZE = "strengthen-your-glutes--glute-squeeze"
NAME = "Quillona Zwartbol-Ypsilanti"
NAMES = {
    "plain": NAME,
    "html": "<b>Zw</b><script>alert(1)</script>&amp;",
    "path": "../../etc/passwd Zwq",
    "formula": "=cmd|' /C calc'!A0 Zwq",
    "markdown": "**Zwq** [x](http://x.example)",
    "right to left": "ليلى الزهراني",
    "template": "{{ 7*7 }}{% raw %}",
}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_printed_as_it_was_typed(clinic: Clinic, kind: str) -> None:
    status, data = posted(clinic, f"/print/{GLUTES}", client=NAMES[kind], visit=kind)
    assert status == 200
    if kind != "right to left":  # whose letters have other forms on paper
        assert squeezed(NAMES[kind]) in squeezed(text_of(data))


def test_a_very_long_name_is_printed_whole(clinic: Clinic) -> None:
    words = [f"Zwq{number:04}" for number in range(1200)]
    name = " ".join(words)
    status, data = posted(clinic, f"/print/{GLUTES}", client=name, visit="long")
    assert status == 200
    text = text_of(data)
    assert [word for word in words if word not in text] == []


def test_a_sheet_that_cannot_be_made_is_reported_without_the_name(clinic: Clinic) -> None:
    status, page = posted(clinic, f"/print/{GLUTES}", client=f"{NAME} \U00013000", visit="x")
    assert status == 422
    assert "could not be made" in page.decode()
    assert NAME not in page.decode()


def test_two_clients_at_once_get_their_own_sheets(clinic: Clinic) -> None:
    answers: list[tuple[str, int, bytes]] = []

    def print_for(name: str) -> None:
        answers.append((name, *posted(clinic, f"/print/{GLUTES}", client=name, visit=name[:4])))

    names = ["Anna Zwq-One", "Bert Zwq-Two"]
    threads = [threading.Thread(target=print_for, args=(name,)) for name in names * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [status for _, status, _ in answers] == [200] * 6
    for of, _, data in answers:  # PDFium reads in one thread only
        shown = text_of(data)
        assert [name for name in names if name in shown] == [of]


def test_a_hundred_at_once_are_served_or_refused(clinic: Clinic) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(
            target=lambda n=n: statuses.append(
                posted(clinic, f"/print/{GLUTES}", client="" if n % 10 else f"Zwq {n}", visit="v")[
                    0
                ]
            )
        )
        for n in range(100)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == 100
    assert {*statuses} <= {200, 503}
    assert 200 in statuses
    assert posted(clinic, f"/print/{GLUTES}")[0] == 200


def test_a_sheet_is_filled_in_with_a_live_preview(desk: Page, clinic: Clinic) -> None:
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    picture = desk.locator(".preview img").first
    before = picture.get_attribute("src")
    desk.get_by_label("Name", exact=True).fill(NAME)
    expect(picture).not_to_have_attribute("src", before or "")
    desk.locator("summary", has_text="3 exercises").click()
    desk.locator(f"[name='{SQUEEZE} sets']").fill("7")
    desk.locator(f"[name='{SQUEEZE} side']").select_option("left")
    desk.locator(f"[name='{SQUEEZE} note']").fill("slowly, Zwq")
    desk.get_by_label("Bridge", exact=True).uncheck()
    desk.get_by_role("button", name="Move up: Chair squat").click()
    expect(desk.locator("[data-moved]")).to_have_text("Chair squat is now number 2.")
    desk.get_by_label("Note on the sheet").fill("Ring me, Zwq.\n\nAnd rest.")
    expect(desk.locator("#preview:not([aria-busy])")).to_be_attached()
    assert violations(desk) == []
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    assert "Zwq" not in download.value.suggested_filename
    text = text_of(download.value.path().read_bytes())
    for there in (NAME, "slowly, Zwq", "Ring me, Zwq.", "left"):
        assert there in text
    assert "Lie on your back with your knees bent" not in text  # the bridge
    desk.locator("summary", has_text="Summary").click()
    summary = desk.locator("#summary textarea").input_value()
    assert summary.splitlines()[1] == (
        "- Glute squeeze: Sets 7, Repetitions 10, Hold 5 seconds, Times a day 2, Side Left"
    )
    assert "Left out: Bridge" in summary
    assert NAME not in summary
    desk.get_by_role("button", name="Copy").click()
    expect(desk.get_by_text("Copied.")).to_be_visible()


def test_the_fields_follow_the_direction_of_the_article(desk: Page, clinic: Clinic) -> None:
    desk.goto(f"{clinic.server.root}/sheet/ar/walking")
    expect(desk.get_by_label("Name", exact=True)).to_have_attribute("dir", "rtl")


def test_nothing_of_a_client_is_left(clinic: Clinic, browser: Browser) -> None:
    for watched in watching(browser):
        page = watched.page()
        page.goto(clinic.server.address)
        page.goto(f"{clinic.server.root}/sheet/{GLUTES}")
        page.get_by_label("Name", exact=True).fill(NAME)
        page.get_by_label("Note on the sheet").fill(f"For {NAME}")
        expect(page.locator("#preview:not([aria-busy])")).to_be_attached()
        with page.expect_response(lambda answer: "/print/" in answer.url):
            page.get_by_role("button", name="Print", exact=True).click()
        stored = page.evaluate(
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
        )
        assert "Zwart" not in stored + "".join(c["value"] for c in watched.context.cookies())
        assert watched.wrong == []
    # Two other visits end the process of this one.
    for visit in ("next", "after"):
        assert posted(clinic, f"/print/{GLUTES}", client="Other", visit=visit)[0] == 200
    for place in (
        clinic.root,
        clinic.server.errors,
        *Path(tempfile.gettempdir()).glob("handpress-*"),
    ):
        assert holders(place, NAME) == []
    for process in children(clinic.server.process.pid):
        assert not remembers(process, NAME), "a process of another visit has the name"
    for text in (NAME, NAME.replace(" ", "+"), *NAME.split()):
        assert not remembers(clinic.server.process.pid, text), "the server's freed memory has it"


def holders(place: Path, name: str) -> list[Path]:
    """The files at or below a place that have a name, in their content or as theirs."""
    texts = [name.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [place] if place.is_file() else [p for p in place.rglob("*") if p.is_file()]
    return [p for p in files if name in str(p) or any(t in p.read_bytes() for t in texts)]


def children(process: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has just ended
            continue
        if parent == process:
            found.append(int(folder.name))
    return found


def remembers(process: int, text: str) -> bool:
    """Whether the memory of a process has a text, as UTF-8 or as Python keeps it."""
    wanted = (text.encode(), text.encode("utf-16-le"))
    with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb") as memory:
        for line in maps:
            first, last = (int(part, 16) for part in line.split()[0].split("-"))
            if " rw" not in line:
                continue
            try:
                memory.seek(first)
                data = memory.read(last - first)
            except (OSError, ValueError, OverflowError):
                continue
            if any(text in data for text in wanted):
                return True
    return False


def test_the_search_of_memory_finds_what_is_there() -> None:
    assert remembers(os.getpid(), NAME)
