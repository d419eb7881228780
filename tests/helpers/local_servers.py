"""Local servers in processes of their own, and a browser that opens their pages. `conftest.py` has the fixtures."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from helpers.workspaces import ROOT, with_fonts_of_the_machine

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Nothing of the browser's own leaves the machine either: no name but this machine's resolves.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
AXE = ROOT / "tests/tools/node_modules/@daisy/axe-core-for-ace/axe.min.js"


class Served(Struct):
    """A running server: its process, and the address that it printed."""

    process: subprocess.Popen[str]
    address: str
    errors: Path
    cookie: str = ""
    folder: Path = ROOT  # that it serves

    @property
    def root(self) -> str:
        """The address without path and token."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def ask(
        self, method: str, path: str, body: bytes | None = None, /, **headers: str
    ) -> HTTPResponse:
        """Send a request as a program does, with the cookie; underscores in names of headers are hyphens."""
        if not self.cookie:
            first = urlsplit(self.address)
            self.cookie = "none"
            answer = self.ask("GET", f"{first.path}?{first.query}")
            self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        sent = {"Cookie": self.cookie, **{n.replace("_", "-"): v for n, v in headers.items()}}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer

    def end(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


Start = Callable[..., Served]


def start(log: Path, *arguments: str | Path, cwd: Path | None = None) -> Served:
    """Start ``python ARGUMENTS``, and wait for the line with its address."""
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=cwd or ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://"), (address, log.read_text())
    return Served(process, address, log)


def starting(tmp_path: Path) -> Iterator[Start]:
    """Yield a function that starts servers. At the end, each must end clean on Ctrl-C and have printed no error."""
    running: list[Served] = []

    def begin(*arguments: str | Path, cwd: Path | None = None) -> Served:
        log = tmp_path / f"server-{len(running)}.err"
        running.append(start(log, *arguments, cwd=cwd))
        return running[-1]

    with ExitStack() as stack:
        stack.callback(lambda: [s.process.kill() for s in running if s.process.poll() is None])
        yield begin
        for server in running:
            code = server.end() if server.process.poll() is None else server.process.returncode
            assert server.process.stdout is not None
            server.process.stdout.close()
            assert (code, server.errors.read_text()) == (0, "")


def launched() -> Iterator[Browser]:
    """Yield the system's Chromium, without a window."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "no Chromium: `make test` installs it"
    env = with_fonts_of_the_machine()  # without, Chromium ends
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS], env=env)
        yield browser
        browser.close()


class Watched(Struct):
    """A context of the browser that notes requests to other hosts, and errors on the pages."""

    context: BrowserContext
    left: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.wrong.append(said.text))
        return page


def watching(browser: Browser) -> Iterator[Watched]:
    """Yield a context of the browser. At the end, no request may have left the machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context)

    def local(url: str) -> bool:
        parts = urlsplit(url)
        # The browser's own PDF viewer is made of pages of these schemes.
        own = ("data", "blob", "chrome", "chrome-extension", "chrome-untrusted")
        return parts.scheme in own or parts.hostname in ("127.0.0.1", "localhost")

    def gate(route: Route, request: Request) -> None:
        watched.left.append(request.url)
        route.abort()

    # Only those: requests that pass through Playwright are slower.
    context.route(lambda url: not local(url), gate)
    yield watched
    context.close()
    assert watched.left == [], "requests left the machine"


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong on the page as it is shown."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Two frames later, a change of size or colours is drawn.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap("
        "v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)}`)))"
    )
    return [str(line) for line in found]


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Start]:
    """Start local servers: ``serving("publish.py", "watch", folder, "--no-open")``."""
    yield from starting(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    yield from launched()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A context of the browser, which fails if any request leaves the machine."""
    yield from watching(browser)


@pytest.fixture
def tab(watched: Watched) -> Iterator[Page]:
    """A page of the browser. It fails on any error of a script, too."""
    yield watched.page()
    assert watched.wrong == []
