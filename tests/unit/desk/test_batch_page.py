"""Several clients at once: a table gives a sheet for each, the right name on each, and nothing is kept."""

from __future__ import annotations

import io
import threading
import zipfile

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from helpers.clinic import Clinic
from helpers.desk_forms import posted, text_of
from helpers.local_servers import violations

GLUTES = "fascia-remedy/strengthen-your-glutes"
NAMES = ["Zwq Anna", "<b>Zwq</b>", "../../Zwq", "=1+Zwq"]
TABLE = "client;date;Bridge: sets\r\n" + "".join(
    f'"{name}";2026-11-28;{n}\r\n' for n, name in enumerate(NAMES, 1)
)


def sent(
    clinic: Clinic, path: str, table: bytes, language: str = "", **fields: str
) -> tuple[int, bytes]:
    """The answer to a form with a table, as a browser in a `language` sends it."""
    fields = {
        "visit": "batch",
        "style": "standard",
        "paper": "a4",
        "codes": "on",
        "bio": "on",
    } | fields
    parts = [
        f'--x1\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    head = b'--x1\r\nContent-Disposition: form-data; name="table"; filename="../Zwq.csv"\r\n\r\n'
    body = b"".join(parts) + head + table + b"\r\n--x1--\r\n"
    return posted(
        clinic, f"{path}/{GLUTES}", body, kind="multipart/form-data; boundary=x1", language=language
    )


def shown_at(clinic: Clinic, path: str) -> str:
    text: str = clinic.server.ask("GET", path).text  # type: ignore[attr-defined]
    return text


def made(clinic: Clinic, table: bytes, **fields: str) -> bytes:
    """The file that a table gives, when its run has finished."""
    status, page = sent(clinic, "/batch-start", table, **fields)
    assert status == 303, page
    run = page.decode()
    while 'data-run="finished"' not in (shown := shown_at(clinic, run)):
        assert 'http-equiv="refresh"' in shown  # for browsers without scripts
        threading.Event().wait(
            0.2
        )  # a browser waits for two seconds; asking always would slow the run
    status, data = posted(clinic, f"{run}/download")
    assert status == 200, shown
    return data


def chosen(desk: Page, clinic: Clinic, rows: str) -> None:
    """Choose a table on the page for several clients."""
    desk.goto(f"{clinic.server.root}/batch/{GLUTES}")
    desk.get_by_label("Table of clients").set_input_files(
        {"name": "Zwq.csv", "mimeType": "text/csv", "buffer": rows.encode("utf-8-sig")}
    )


def test_a_table_is_checked_shown_and_printed(desk: Page, clinic: Clinic) -> None:
    desk.goto(f"{clinic.server.root}/sheet/{GLUTES}")
    desk.get_by_role("link", name="Several clients").click()
    assert violations(desk) == []
    with desk.expect_download() as example:
        desk.get_by_role("link", name="Example for this handout").click()
    assert example.value.path().read_bytes().startswith(b"\xef\xbb\xbfclient,date,")
    chosen(desk, clinic, TABLE + "Zwq Late;31.31.2026;2\r\n")
    expect(desk.locator("#preview")).to_contain_text("4 clients")
    expect(desk.locator("#preview")).to_contain_text("Line 6")
    assert violations(desk) == []
    desk.get_by_role("button", name="Make one file for all").click()
    expect(desk.locator("[data-run=finished]")).to_contain_text("4 of 5 sheets")
    expect(desk.locator(".notice")).to_contain_text("Line 6")  # nobody is left out unseen
    assert violations(desk) == []
    with desk.expect_response(lambda answer: answer.url.endswith("/print")) as printed:
        desk.get_by_role("button", name="Print", exact=True).click()
    assert printed.value.headers["content-type"] == "application/pdf"
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download", exact=True).click()
    assert download.value.suggested_filename == "strengthen-your-glutes.pdf"
    with pypdfium2.PdfDocument(download.value.path().read_bytes()) as document:
        first = [page.get_textpage().get_text_range() for page in document][::2]
    assert [[name for name in NAMES if name in page] for page in first] == [[n] for n in NAMES]
    here = desk.url
    desk.get_by_role("button", name="Remove them").click()
    expect(desk).to_have_url(f"{clinic.server.root}/batch/{GLUTES}")
    assert clinic.server.ask("GET", here.removeprefix(clinic.server.root)).status == 404


def test_a_run_stops_cleanly(desk: Page, clinic: Clinic) -> None:
    """By the keyboard; the sheets that were made are whole."""
    chosen(desk, clinic, "client\n" + "".join(f"Zwq{number:03}x\n" for number in range(900)))
    expect(desk.locator("#preview")).to_contain_text("900 clients")
    desk.get_by_role("button", name="Make one file for all").click()
    expect(desk.get_by_text("of 900 sheets")).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Stop").press("Enter")
    expect(desk.locator("[data-run=finished]")).to_contain_text("Stopped.")
    count = int(desk.locator(".count strong").inner_text().partition(" ")[0])
    assert count < 900
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download", exact=True).click()
    with pypdfium2.PdfDocument(download.value.path().read_bytes()) as document:
        assert len(document) == 2 * count


def test_each_client_has_a_file_whose_name_is_a_number(clinic: Clinic) -> None:
    data = made(clinic, TABLE.encode(), kind="zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["0001.pdf", "0002.pdf", "0003.pdf", "0004.pdf"]
        for name, file in zip(NAMES, archive.namelist(), strict=True):
            assert name in text_of(archive.read(file))


def test_two_hundred_clients_have_their_sheets(clinic: Clinic) -> None:
    names = [f"Zwq{number:03}x" for number in range(200)]
    data = made(clinic, ("client\n" + "\n".join(names)).encode())
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 400
        found = [document[2 * n].get_textpage().get_text_range() for n in range(200)]
    assert [name for name, page in zip(names, found, strict=True) if name not in page] == []


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (b"", "no headings"),
        (b"client,date of birth\nA,1\n", "“date of birth”: a sheet does not need it"),
        (b"client,shoe size\nA,1\n", "“shoe size”: the sheet has no such field"),
        (b"client,nxt visit\nA,1\n", "Did you mean “next_visit”?"),
        (b"family\nA\n", "“family”: the sheet has no such field"),
        (b"client,date\nZwq,3/4/2026\n", "could be exchanged"),
        (b"client,date\n,2026-11-28\n", "no client"),
        (b"client\n", "No row of the table has a client"),
        (b"client\n" + b"A\n" * 1001, "more than 1000 clients"),
        (b"\x00\xff\xfe" * 100, ""),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_explained(
    clinic: Clinic, table: bytes, reason: str
) -> None:
    status, page = sent(clinic, "/batch-start", table)
    assert status == 422
    assert reason in page.decode()
    assert "Zwq" not in page.decode()


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (b"client,shoe size\nA,1\n", "„shoe size“: das Merkblatt hat kein solches Feld"),
        (b"client,date\nA,31.2.2026\n", "Zeile 2: „date“: diesen Tag gibt es nicht."),
        (b"client,date\nA,soon/\n,1.2.2026\n", "Zeile 3: sie hat keinen Namen."),
        (b'client\n"A\n', "Eine Zelle hat am Anfang ein Anführungszeichen"),
    ],
)  # fmt: skip
def test_a_reason_is_in_the_language_of_the_page(clinic: Clinic, table: bytes, reason: str) -> None:
    """Reasons come from the code that `personalise` uses too, which is in English."""
    _, page = sent(clinic, "/batch", table, language="de")
    assert reason in page.decode()


def test_rows_that_no_font_can_print_are_listed_before_a_sheet_is_made(
    desk: Page, clinic: Clinic
) -> None:
    chosen(desk, clinic, "client\nZwq 李\nAnna\n")
    expect(desk.locator("#preview .notice")).to_contain_text("Line 2: no font has Chinese")
    expect(desk.locator("#preview .count")).to_have_text("1 client")
    expect(desk.locator("#preview img")).to_have_count(2)  # of the next client


def test_reasons_are_told_once(desk: Page, clinic: Clinic) -> None:
    """Not for each row or column, and in the words of the page, not of the command line."""
    rows = "".join(f"Zwq {n},1/{n}/2026\n" for n in range(2, 13))
    chosen(desk, clinic, "client,date\n" + rows)
    expect(desk.locator("#preview .notice li")).to_have_count(1)
    expect(desk.locator("#preview .notice")).to_contain_text("Lines 2, 3, 4")
    assert "--first" not in desk.locator("#preview").inner_text()
    chosen(desk, clinic, "client,shoe size,weather,date of birth\nZwq,1,2,3\n")
    reasons = desk.locator("#preview .notice li")
    expect(reasons).to_have_count(2)
    expect(reasons.first).to_contain_text("“shoe size”, “weather”: the sheet has no such field")
    chosen(desk, clinic, "")
    expect(desk.locator("#preview")).to_contain_text("no headings")
    assert violations(desk) == []


def test_dates_are_read_in_the_chosen_order(clinic: Clinic) -> None:
    for first, day in (("day", "3 April 2026"), ("month", "4 March 2026")):
        assert day in text_of(made(clinic, b"client,date\nA,3/4/2026\n", first=first))


def test_a_form_without_its_parts_is_refused(clinic: Clinic) -> None:
    for body, kind in (
        (b"x", "text/plain"),
        (b"--x\r\n\r\n\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    ):
        assert posted(clinic, f"/batch-start/{GLUTES}", body, kind=kind)[0] in (400, 415)
