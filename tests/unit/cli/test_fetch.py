"""`handpress fetch`: saves what a real server has, changes nothing but addresses, and reaches no private network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from msgspec import Struct, field

from handpress.core.files import download as downloads
from handpress.core.files.download import DownloadRefused, download, is_public
from helpers.pictures import png, svg
from helpers.workspaces import Book

DRAWING = svg('<path d="M0 5h20"/>')


class Site(Struct):
    """A server on this machine: files by their paths, and what was asked for."""

    address: str
    files: dict[str, bytes | str] = field(default_factory=dict)  # text is where it redirects to
    asked: list[tuple[str, str]] = field(default_factory=list)  # paths and user agents


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, self.headers["User-Agent"]))
            found = made.files.get(self.path)
            if found is None:
                self.send_error(404)
            elif isinstance(found, str):
                self.send_response(302)
                self.send_header("Location", found)
                self.end_headers()
            else:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(found)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Site(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        yield made
        server.shutdown()
        thread.join()


NEAP = "sources/moon/01-neap.md"


def article(book: Book, *pictures: str) -> bytes:
    """An article with Windows' ends of lines that shows these pictures."""
    text = "".join(f"![A picture]({p})\r\n\r\n" for p in pictures)
    data = f"---\r\ntitle: Neap\r\n---\r\n\r\nText.  \r\n\r\n{text}The end.".encode()
    book.write(NEAP, data)
    return data


def test_pictures_are_saved_and_only_their_addresses_change(book: Book, site: Site) -> None:
    site.files = {"/a/Low%20tide.png?size=2": png(20, 10), "/x/wave": DRAWING, "/go": "/x/wave"}
    urls = [
        f"{site.address}/a/Low%20tide.png?size=2",
        f"{site.address}/x/wave",
        f"{site.address}/go",
    ]
    before = article(book, *urls, urls[0])
    ran = book.run("fetch", "--private")
    assert (ran.code, ran.err) == (0, "")
    assert ran.said == [
        f"{NEAP}:7:14: saved sources/moon/images/low-tide.png",
        f"{NEAP}:9:14: saved sources/moon/images/wave.svg",
        f"{NEAP}:11:14: saved sources/moon/images/go.svg",
        f"{NEAP}:13:14: saved sources/moon/images/low-tide.png",
        "saved 3 pictures",
    ]
    after = before
    for url, name in zip(urls, ("low-tide.png", "wave.svg", "go.svg"), strict=True):
        after = after.replace(f"({url})".encode(), f"(images/{name})".encode())
    assert (book.root / NEAP).read_bytes() == after
    assert (book.root / "sources/moon/images/wave.svg").read_bytes() == DRAWING
    assert {agent.split("/")[0] for _, agent in site.asked} == {"Handpress"}
    assert [path for path, _ in site.asked].count("/a/Low%20tide.png?size=2") == 1
    ran = book.run("fetch", "--private")
    assert (ran.code, ran.said) == (0, ["no pictures from the web"])
    assert book.run("check").code == 0


def test_no_file_is_overwritten(book: Book, site: Site) -> None:
    """A file of that name with other content stays; one with the same content is taken."""
    site.files = {"/tide.svg": DRAWING, "/b/tide.svg": DRAWING}
    mine = (book.root / "sources/moon/images/tide.svg").read_bytes()
    article(book, f"{site.address}/tide.svg", f"{site.address}/b/tide.svg", "images/tide.svg")
    assert book.run("fetch", "--private").code == 0
    assert (book.root / "sources/moon/images/tide.svg").read_bytes() == mine
    made = sorted(p.name for p in (book.root / "sources/moon/images").glob("tide-*.svg"))
    assert len(made) == 2
    assert all((book.root / f"sources/moon/images/{n}").read_bytes() == DRAWING for n in made)
    article(book, f"{site.address}/tide.svg")
    assert book.run("fetch", "--private").said[-1] == "saved 1 picture"
    assert sorted(p.name for p in (book.root / "sources/moon/images").glob("tide-*.svg")) == made


def test_a_dry_run_changes_nothing(book: Book, site: Site) -> None:
    site.files = {"/x.svg": DRAWING}
    before = article(book, f"{site.address}/x.svg")
    ran = book.run("fetch", "--private", "--dry-run")
    assert ran.said[-1] == "would save 1 picture"
    assert (book.root / NEAP).read_bytes() == before
    assert not (book.root / "sources/moon/images/x.svg").exists()


def test_what_fails_is_named_and_its_address_stays(book: Book, site: Site) -> None:
    site.files = {
        "/page.png": b"<!doctype html><p>Log in</p>",
        "/x.svg": DRAWING,
        "/round": "/round",
    }
    names = ("gone.png", "page.png", "round", "x.svg")
    article(book, *(f"{site.address}/{name}" for name in names))
    ran = book.run("fetch", "--private")
    assert ran.code == 1
    assert ran.said[-1] == "saved 1 picture, 3 failed"
    said = ran.err.splitlines()
    assert [line.split(": ")[0] for line in said] == [f"{NEAP}:{n}:14" for n in (7, 9, 11)]
    assert "404" in said[0]
    assert "not a picture" in said[1]
    text = (book.root / NEAP).read_bytes()
    assert [f"{site.address}/{name}".encode() in text for name in names] == [
        True,
        True,
        True,
        False,
    ]


def test_a_private_address_is_not_asked(book: Book, site: Site) -> None:
    """Unless that is wished; a page of anybody could otherwise reach into the house."""
    site.files = {"/x.svg": DRAWING}
    article(
        book, f"{site.address}/x.svg", site.address.replace("127.0.0.1", "localhost") + "/x.svg"
    )
    ran = book.run("fetch")
    assert (ran.code, site.asked) == (1, [])
    assert ran.err.count("its host is in a private network") == 2


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:a00:1::"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/x", "data:image/png,x"])
def test_a_redirect_stays_on_the_web(to: str, site: Site) -> None:
    site.files = {"/x.png": to}
    with pytest.raises(DownloadRefused):
        download(f"{site.address}/x.png", private=True)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/x", "https://", "http://me:pw@a.example/"]
)
def test_only_the_web_is_read(url: str) -> None:
    with pytest.raises(DownloadRefused):
        download(url, private=True)


def test_a_large_file_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST", 1_000)
    site.files = {"/x.png": b"x" * 1_001, "/y.png": b"y" * 1_000}
    assert download(f"{site.address}/y.png", private=True) == b"y" * 1_000
    with pytest.raises(DownloadRefused, match="larger"):
        download(f"{site.address}/x.png", private=True)
