"""`check --online`: finds dead links on a real server, asks each address once a week, and stays off without the option."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from msgspec import Struct, field

from handpress.check import online
from helpers.workspaces import Book

NEAP = "sources/moon/01-neap.md"


class Site(Struct):
    """A server on this machine: the statuses of its paths, and what was asked for."""

    address: str
    statuses: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            made.asked.append(f"{self.command} {self.path}")
            self.send_response(made.statuses.get(self.path, 404))
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(online, "PAUSE", 0)
    monkeypatch.setattr(online, "PRIVATE", True)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Site(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def checked(book: Book, day: str) -> list[str]:
    ran = book.run("check", "--online", "--date", day, "--message-format", "short")
    return [line for line in ran.err.splitlines() if "[dead-link]" in line]


def test_dead_links_are_found_once_a_week(book: Book, site: Site) -> None:
    """404 and 410 are dead; a page that lets no program in, or that fails today, is not."""
    site.statuses = {"/there": 200, "/gone": 410, "/closed": 403, "/broken": 500, "/a_(b)": 200}
    links = ("there", "there#place", "gone", "lost", "closed", "broken", "a_(b)")
    text = "".join(f"\n[The {n}]({site.address}/{n})\n" for n in links)
    book.write(NEAP, book.read(NEAP) + text + f"\n```\n{site.address}/code\n```\n")
    said = checked(book, "2026-11-22")
    assert [line.partition(": ")[0] for line in said] == [
        book.place(NEAP, f"{site.address}/{name}") for name in ("gone", "lost")
    ]
    assert "its page answers 410" in said[0]
    assert site.asked.count("HEAD /there") == 1
    assert not [path for path in site.asked if "code" in path]
    site.asked.clear()
    assert checked(book, "2026-11-22") == said
    assert site.asked == []
    assert checked(book, "2026-11-24") == said
    assert {path.split()[1] for path in site.asked} == {"/gone", "/lost"}
    site.asked.clear()
    checked(book, "2026-11-29")
    assert "HEAD /there" in site.asked


def test_no_option_no_network(book: Book, site: Site) -> None:
    book.write(NEAP, book.read(NEAP) + f"\n[The lost]({site.address}/lost)\n")
    assert book.run("check").err == ""
    assert site.asked == []


def test_a_series_sets_the_level_of_a_dead_link(book: Book, site: Site) -> None:
    book.write(NEAP, book.read(NEAP) + f"\n[The lost]({site.address}/lost)\n")
    settings = "sources/moon/series.yaml"
    book.write(settings, book.read(settings) + "levels:\n  dead-link: error\n")
    assert book.run("check", "--online").code == 1
