"""The memory of the desk, while others send it more than it can use, and after a client has gone."""

from __future__ import annotations

import re
import socket
import sys
from pathlib import Path

import pytest

from helpers.clinic import Clinic
from helpers.desk_forms import posted

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
GLUTES = "fascia-remedy/strengthen-your-glutes"
MB = 1_000_000
SENT, MOST = 7 * MB, 64 * MB  # of each body, and of all together


def resident(clinic: Clinic) -> int:
    """Return the bytes of memory that the server has now."""
    status = Path(f"/proc/{clinic.server.process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


def begun(clinic: Clinic, head: str, body: bytes = b"") -> socket.socket:
    """Send the begin of a request, and keep the connection."""
    connection = socket.create_connection(("127.0.0.1", clinic.server.port), timeout=30)
    try:
        connection.sendall(head.format(host=f"127.0.0.1:{clinic.server.port}").encode() + body)
    except OSError:
        connection.close()
        raise
    return connection


def test_many_slow_and_huge_requests_take_little_memory(clinic: Clinic) -> None:
    """A hundred heads that never end, and forty bodies that are nearly as large as allowed."""
    clinic.server.ask("GET", "/")
    before = resident(clinic)
    slow = [begun(clinic, "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: ") for _ in range(100)]
    head = (
        "POST /pack HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Cookie: {clinic.server.cookie}\r\nContent-Length: {SENT + 1}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    answers, huge = [], []
    for _ in range(40):
        try:
            connection = begun(clinic, head, b"a" * SENT)
        except OSError:  # it is refused, and does not wait for the rest
            answers.append(b"")
        else:
            huge.append(connection)
    assert clinic.server.ask("GET", "/").status == 200
    during = resident(clinic)
    for connection in huge:
        connection.settimeout(0.0)
        try:
            answers.append(connection.recv(12))
        except OSError:
            continue
    for connection in (*slow, *huge):
        connection.close()
    assert clinic.server.ask("GET", "/").status == 200
    after = resident(clinic)
    assert set(answers) <= {b"", b"HTTP/1.1 503"}
    assert len(answers) >= 40 - MOST // SENT
    assert during - before < 3 * MOST, f"{(during - before) / MB:.0f} MB"
    assert after - before < MOST, f"{(after - before) / MB:.0f} MB"


def test_a_body_that_others_have_no_room_for_is_sent_again_later(clinic: Clinic) -> None:
    assert posted(clinic, "/pack", body=b"a=" + b"b" * SENT, kind="")[0] == 200
