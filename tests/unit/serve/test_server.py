"""The local server lets in its own pages, and nobody else's."""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from handpress.serve import extra
from helpers.local_servers import Served, Start, Watched, start, violations, watching
from helpers.workspaces import ROOT, Book

EXAMPLE = ROOT / "tests/helpers/example_server.py"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    found = start(tmp_path_factory.mktemp("serve") / "errors", EXAMPLE)
    yield found
    assert found.end() == 0
    assert found.process.stdout is not None
    found.process.stdout.close()
    assert found.errors.read_text() == ""


def test_the_first_address_gives_a_cookie_and_goes_to_the_address_without_the_token(
    server: Served,
) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", server.address)
    token = server.address.partition("=")[2]
    answer = server.ask("GET", f"/echo?token={token}&a=1%26&b=", Cookie="")
    assert (answer.status, answer.getheader("Location")) == (303, "/echo?a=1%26&b=")
    cookie = answer.getheader("Set-Cookie") or ""
    assert re.fullmatch(
        rf"handpress-{server.port}=[\w-]{{32}}; Path=/; HttpOnly; SameSite=Strict", cookie
    )
    assert token not in cookie


def test_the_redirect_stays_on_this_server(server: Served) -> None:
    token = server.address.partition("=")[2]
    for path in ("//example.com/", "/\\example.com/", "///example.com"):
        place = server.ask("GET", f"{path}?token={token}", Cookie="").getheader("Location") or ""
        assert re.match(r"/[^/\\]", place), place


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {"Cookie": ""}, 403),
        ("GET", "/", {"Cookie": "handpress-1=x"}, 403),
        ("GET", "/", {"Cookie": "a=b=c; \x01"}, 403),
        ("GET", "/?token=wrong", {}, 403),
        ("GET", "/?token=%ff", {}, 403),
        ("POST", "/echo?token=wrong", {"Cookie": "", "Sec_Fetch_Site": "same-origin"}, 403),
        ("GET", "/static/serve/base.css", {"Cookie": ""}, 403),
        ("GET", "/static/serve/..%2fserver.py", {}, 404),
        ("GET", "/static/serve/../../serve/server.py", {}, 404),
        # A name of another site that resolves to this machine, and addresses of other servers
        ("GET", "/", {"Host": "example.com"}, 421),
        ("GET", "/", {"Host": "example.com:{port}"}, 421),
        ("GET", "/", {"Host": "127.0.0.1:1"}, 421),
        ("GET", "/", {"Host": "192.0.2.7:{port}"}, 421),
        ("GET", "/", {"Host": "127.0.0.1.example.com:{port}"}, 421),
        ("GET", "/", {"Host": "localhost:{port}"}, 200),
        ("GET", "/", {"Host": "LocalHost:{port}"}, 200),
        ("GET", "/", {"Host": "[::1]:{port}"}, 200),
        # Requests of another site's page
        ("GET", "/", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("GET", "/", {"Sec_Fetch_Site": "same-site"}, 403),
        ("GET", "/", {"Sec_Fetch_Site": "none"}, 200),
        ("POST", "/echo", {"Origin": "http://example.com"}, 403),
        ("POST", "/echo", {"Origin": "https://127.0.0.1:{port}"}, 403),
        ("POST", "/echo", {"Origin": "http://127.0.0.1:1"}, 403),
        ("POST", "/echo", {"Origin": "null", "Sec_Fetch_Site": "cross-site"}, 403),
        ("POST", "/echo", {"Origin": "null"}, 403),
        ("POST", "/echo", {}, 403),
        ("POST", "/echo", {"Origin": "http://127.0.0.1:{port}"}, 200),
        ("POST", "/echo", {"Origin": "null", "Sec_Fetch_Site": "same-origin"}, 200),
        ("OPTIONS", "/echo", {"Origin": "http://example.com"}, 403),
        ("DELETE", "/echo", {"Sec_Fetch_Site": "same-origin"}, 405),
    ],
)  # fmt: skip
def test_who_may_enter(
    server: Served, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    sent = {name: value.replace("{port}", str(server.port)) for name, value in headers.items()}
    answer = server.ask(method, path, **sent)
    assert answer.status == status
    assert answer.getheader("Access-Control-Allow-Origin") is None


def test_every_answer_has_the_headers(server: Served) -> None:
    for path in ("/", "/echo", "/static/tokens.css", "/static/serve/base.css"):
        answer = server.ask("GET", path)
        assert answer.status == 200, path
        policy = answer.getheader("Content-Security-Policy") or ""
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Referrer-Policy") == "same-origin"
        assert answer.getheader("Server") is None


def test_a_body_has_a_limit(server: Served) -> None:
    same = {"Sec_Fetch_Site": "same-origin"}
    assert '"size":1000' in server.ask("POST", "/echo", b"x" * 1000, **same).text  # type: ignore[attr-defined]
    assert server.ask("POST", "/echo", b"x" * 1001, **same).status == 413
    assert server.ask("POST", "/echo", b"", Content_Length="-1", **same).status in (400, 413)


def head(server: Served, *lines: str) -> bytes:
    whole = ["POST /echo HTTP/1.1", f"Host: 127.0.0.1:{server.port}", f"Cookie: {server.cookie}"]
    return "\r\n".join([*whole, "Sec-Fetch-Site: same-origin", *lines, "", ""]).encode()


@pytest.mark.parametrize(
    ("lines", "body", "answer"),
    [
        (["Content-Length: 500"], b"x", b" 408 "),
        (["Transfer-Encoding: chunked"], b"5\r\nabcde\r\n", b" 408 "),
        (["Transfer-Encoding: chunked"], b"400\r\n" + b"x" * 1024 + b"\r\n", b" 413 "),
    ],
)
def test_a_body_that_does_not_end_is_refused(
    server: Served, lines: list[str], body: bytes, answer: bytes
) -> None:
    server.ask("GET", "/")
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(head(server, *lines) + body)
        assert answer in connection.recv(1000)


def test_a_connection_without_a_request_is_ended(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert connection.recv(1000) == b""


def test_a_hundred_at_a_time(server: Served) -> None:
    """All open at once, each is answered; then the server still is."""
    server.ask("GET", "/")
    connections = [socket.create_connection(("127.0.0.1", server.port), 30) for _ in range(100)]
    request = head(server, "Content-Length: 1", "Connection: close") + b"x"
    for connection in connections:
        connection.sendall(request)
    for connection in connections:
        assert connection.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"
        connection.close()
    assert server.ask("GET", "/").status == 200


def test_ctrl_c_ends_a_stream(serving: Start) -> None:
    server = serving(EXAMPLE)
    server.ask("GET", "/")
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(head(server).replace(b"POST /echo", b"GET /endless"))
        stream = connection.makefile("rb")
        while stream.readline() not in (b"begun\n", b""):
            pass
        assert server.end() == 0
        assert b"ended\n" in stream.read()


def test_the_browser_opens_with_the_fonts_of_the_machine(
    serving: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: Book
) -> None:
    """The press has hidden them from the process of `watch`; a browser without fonts ends at once."""
    told, browser = tmp_path / "told", tmp_path / "browser.sh"
    os.mkfifo(told)
    browser.write_text(f'#!/bin/sh\necho "$1 ${{FONTCONFIG_FILE-unset}}" > {told}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere")
    server = serving(ROOT / "publish.py", "watch", book.root)
    assert told.read_text().split() == [server.address, "unset"]


def test_the_port_may_be_chosen(serving: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert serving(EXAMPLE, str(port)).port == port


def test_a_page_in_the_browser(server: Served, tab: Page) -> None:
    tab.goto(server.address)
    assert tab.url == f"{server.root}/"
    assert tab.evaluate("document.cookie") == ""
    face = "getComputedStyle(document.body).fontFamily"
    assert tab.evaluate(face).startswith('"Source Sans"')
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert tab.evaluate(ground) == "rgb(255, 255, 255)"
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate(ground) == "rgb(20, 25, 27)"


class Attacker(BaseHTTPRequestHandler):
    """A page of another server on this machine, with everything that it may try."""

    target = ""

    def do_GET(self) -> None:
        page = f"""<!doctype html><title>Elsewhere</title>
            <form method="post" action="{self.target}/echo"><button>Post</button></form>
            <a href="{self.target}/">Open</a><iframe src="{self.target}/"></iframe>"""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


@pytest.fixture
def elsewhere(server: Served) -> Iterator[str]:
    Attacker.target = server.root
    with ThreadingHTTPServer(("127.0.0.1", 0), Attacker) as attacker:
        threading.Thread(target=attacker.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{attacker.server_port}/"
        attacker.shutdown()


def test_another_site_cannot_ask(server: Served, elsewhere: str, watched: Watched) -> None:
    """A page of another port, in a browser that has the cookie, gets nothing and changes nothing."""
    page = watched.page()
    page.goto(server.address)
    page.goto(elsewhere)
    ask = "([url, mode]) => fetch(url, {method: 'POST', credentials: 'include', mode}).then(r => r.type, () => 'no')"
    assert page.evaluate(ask, [f"{server.root}/echo", "cors"]) == "no"
    assert any("CORS" in text for text in watched.wrong)
    for press in ("button", "a"):
        page.goto(elsewhere)
        with page.expect_navigation() as there:
            page.click(press)
        assert there.value.status == 403
    page.goto(elsewhere)
    assert "Handpress" not in page.frames[1].evaluate("document.title")


def test_a_password_opens_the_door(serving: Start, watched: Watched) -> None:
    """Typed in a form that has our looks; it gives the cookie, and wrong ones do not."""
    tab = watched.page()
    server = serving(EXAMPLE, "0", "a heron waits")
    answer = tab.goto(f"{server.root}/")
    assert answer is not None
    assert answer.status == 401
    assert violations(tab) == []
    face = "getComputedStyle(document.body).fontFamily"
    assert tab.evaluate(face).startswith('"Source Sans"')
    tab.fill("#password", "a heron")
    with tab.expect_navigation() as there:
        tab.press("#password", "Enter")
    assert there.value.status == 403
    assert "not the password" in tab.inner_text("[role=alert]")
    assert violations(tab) == []
    tab.fill("#password", "a heron waits")
    with tab.expect_navigation():
        tab.click("button")
    assert tab.url == f"{server.root}/"
    assert tab.evaluate("document.querySelector('#password')") is None
    assert server.ask("GET", "/").status == 200  # the token still does


def test_passwords_cannot_be_guessed(serving: Start) -> None:
    server = serving(EXAMPLE, "0", "a heron waits")
    sent = {"Cookie": "", "Sec_Fetch_Site": "same-origin"}
    right = b"password=a+heron+waits"
    assert server.ask("POST", "/enter", right, Cookie="").status == 403
    assert server.ask("POST", "/enter", right, Cookie="", Sec_Fetch_Site="cross-site").status == 403
    assert server.ask("POST", "/enter", right, **sent).status == 303
    for guess in (
        b"",
        b"password=",
        b"password=%ff",
        b"x" * 900,
        *(b"password=%d" % n for n in range(6)),
    ):
        assert server.ask("POST", "/enter", guess, **sent).status == 403
    assert server.ask("POST", "/enter", right, **sent).status == 429
    assert server.ask("POST", "/echo", right, **sent).status == 403
    assert server.ask("GET", "/echo", Cookie="").status == 401


def test_no_module_is_missing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert extra.missing() == ()
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert extra.missing() == ("uvicorn",)


def test_the_fixture_notices_requests_that_leave(server: Served, browser: Browser) -> None:
    contexts = watching(browser)
    watched = next(contexts)
    page = watched.page()
    page.goto(server.address)
    with pytest.raises(Error):
        page.goto("http://example.invalid/")
    with pytest.raises(AssertionError, match="left the machine"):
        next(contexts)


def test_the_base_page_has_no_violation(server: Served, tab: Page) -> None:
    tab.goto(server.address)
    found = [line for line in violations(tab) if "page-has-heading-one" not in line]
    assert found == []


def test_the_static_files_are_in_the_package() -> None:
    """The wheel takes every file of the package, and git ignores none of these."""
    static = Path(extra.__file__).parent
    assert (static / "static/base.css").is_file()
    assert (static / "templates/base.html").is_file()
