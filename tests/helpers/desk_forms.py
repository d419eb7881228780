"""Forms of the desk, sent as a browser sends them."""

from __future__ import annotations

import io
from http.client import HTTPConnection
from urllib.parse import urlencode

import pypdfium2

from handpress.desk.basket import COOKIE
from helpers.clinic import Clinic


def posted(
    clinic: Clinic,
    path: str,
    body: bytes = b"",
    kind: str = "",
    pack: str = "",
    language: str = "",
    **fields: str | list[str],
) -> tuple[int, bytes]:
    """Return the status and body of the answer to a form with `fields`, or to a `body` of another kind.

    The `language` is that of the browser.

    `pack` is the name of the browser that a pack belongs to. Without one, each form comes from a browser of its own.

    Of an answer that leads to another page, the body is its address.
    """
    clinic.server.ask("GET", "/sheet/no/such")  # for the cookie
    connection = HTTPConnection("127.0.0.1", clinic.server.port, timeout=60)
    headers = {
        "Cookie": f"{clinic.server.cookie}; {COOKIE}={pack}",
        "Content-Type": kind or "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "Accept-Language": language,
    }
    connection.request("POST", path, body or urlencode(fields, doseq=True), headers)
    answer = connection.getresponse()
    found = answer.status, answer.read() or (answer.getheader("Location") or "").encode()
    connection.close()
    return found


def text_of(data: bytes) -> str:
    """Return the text of a PDF file."""
    assert data.startswith(b"%PDF-"), data[:2000]
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
