"""The window of an author: it follows what is saved, and never loses the last good page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from helpers.local_servers import Served, Start, start, violations
from helpers.pictures import png
from helpers.windows import Window, opened
from helpers.workspaces import MODEL, ROOT, Book

NEAP = "sources/moon/01-neap.md"
SPRING = "sources/moon/02-spring.md"


@pytest.fixture
def window(serving: Start, tab: Page, built: Book) -> Window:
    return opened(serving, tab, built)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, model_output: Path) -> Iterator[Served]:
    """A server of `watch` without a browser."""
    root = tmp_path_factory.mktemp("running") / "workspace"
    shutil.copytree(MODEL, root)
    shutil.copytree(model_output, root / "output")
    server = start(root.parent / "errors", "publish.py", "watch", root, "--no-open")
    server.folder = root
    yield server
    assert server.end() == 0
    assert server.process.stdout is not None
    server.process.stdout.close()


@pytest.fixture
def quick(book: Book) -> Book:
    """The model workspace with web pages only: they take a moment."""
    with (book.root / "sources/moon/series.yaml").open("a") as settings:
        settings.write("media: [web]\n")
    return book


def test_a_save_is_on_every_page(window: Window) -> None:
    """At its place, in all four media."""
    book = window.book
    window.only("handout", "book", "epub", "web")
    old = {medium: window.version(medium) for medium in ("handout", "book", "epub", "web")}
    with (book.root / NEAP).open("a") as article:
        article.write("\nA heron waits on one leg.\n")
    for medium, version in old.items():
        window.changes(medium, version)
        window.marks(medium)
    window.sees("web", "A heron waits on one leg.")
    window.sees("epub", "A heron waits on one leg.")
    window.settle()
    assert "heron" in book.read("output/moon/articles/neap.html")


def test_a_click_gives_the_line_of_the_source(window: Window) -> None:
    """On paper, in the ebook and on the web; with the keyboard, that of the middle."""
    page = window.page
    window.only("web")
    window.choose(NEAP)
    frame = page.frame_locator(f"{window.pane('web')} iframe:not(.next)")
    box = frame.locator("h2", has_text="Why it happens").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    window.says("#where", f"{NEAP}:8")
    page.locator("#close").click()
    expect(page.locator("#place")).to_be_hidden()
    window.only("handout")
    window.version()
    # A line of the list of problems would do the same: the page turns to it, and marks it.
    asked = {"article": NEAP, "line": 10}
    page.evaluate("asked => fetch('/look', {method: 'POST', body: JSON.stringify(asked)})", asked)
    window.marks("handout")
    page.locator(".spot").evaluate("spot => spot.style.pointerEvents = 'none'")
    spot = page.locator(".spot").bounding_box()
    assert spot is not None
    page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    window.says("#where", f"{NEAP}:10")
    page.keyboard.press("Escape")
    expect(page.locator("#place")).to_be_hidden()
    page.locator(".body").focus()
    page.keyboard.press("Enter")
    window.says("#where", f"{NEAP}:10")


def test_whatever_is_saved_the_last_good_page_stays(serving: Start, tab: Page, quick: Book) -> None:
    window = opened(serving, tab, quick)
    book, page = quick, tab
    window.choose(NEAP)
    whole = book.read(NEAP)

    # Settings that cannot be read, and back
    settings = book.read("sources/moon/series.yaml")
    book.write("sources/moon/series.yaml", settings.replace("authors: [", "authors: ]["))
    window.notices("sources/moon/series.yaml:2")
    window.sees("web", "Twice a month")
    assert page.locator("#list .problem.error").count()
    book.write("sources/moon/series.yaml", settings)
    window.is_quiet()
    book.write(NEAP, whole.replace("summary: When", "summary: [When"))
    expect(page.locator("#list")).to_contain_text("invalid setting", timeout=20_000)
    book.write(NEAP, whole + "\nIt is back.\n")
    window.sees("web", "It is back.")
    expect(page.locator("#list .problem")).to_have_count(0, timeout=20_000)

    # A table that is half written, then whole
    book.write(NEAP, whole + "\n| a | b\n| --")
    window.sees("web", "| a | b")
    book.write(NEAP, whole + "\n| a | b |\n| --- | --- |\n| flood | ebb |\n")
    window.sees("web", "flood")

    # Deleted: its pages stay; the other article can be saved; renamed, it has another address
    (book.root / NEAP).unlink()
    window.notices(f"`{NEAP}` is gone")
    window.sees("web", "flood")
    (book.root / SPRING).rename(book.root / "sources/moon/03-springs.md")
    window.sees("web", "The sea moves most.")
    window.is_quiet()
    book.write(NEAP, whole + "\nIt is here again.\n")
    window.sees("web", "It is here again.")

    # A folder that is moved away and back
    shutil.move(book.root / "sources", book.root / "elsewhere")
    window.notices(re.compile("nothing to publish|is gone"))
    shutil.move(book.root / "elsewhere", book.root / "sources")
    with (book.root / NEAP).open("a") as article:
        article.write("\nThe folder is back.\n")
    window.sees("web", "The folder is back.")
    window.is_quiet()

    # A picture that is being written
    data = png(40, 30)
    book.write("sources/moon/images/heron.png", data[: len(data) // 2])
    with (book.root / NEAP).open("a") as article:
        article.write("\n![A heron on one leg](images/heron.png)\n")
    expect(page.locator("#list")).to_contain_text("heron.png", timeout=20_000)
    book.write("sources/moon/images/heron.png", data)
    expect(page.locator("#list")).not_to_contain_text("heron.png", timeout=20_000)

    # A layout of the workspace: broken, then another word on the page
    book.write("layouts/parts/neighbours.html", "{% if %}")
    expect(page.locator("#list")).to_contain_text("layouts/parts/neighbours.html", timeout=20_000)
    window.sees("web", "The folder is back.")
    book.write("layouts/parts/neighbours.html", "<p>Made by hand</p>")
    window.sees("web", "Made by hand")


def test_the_next_picture_is_asked_for_before_it_is_made(window: Window) -> None:
    """From the second save on, the page that changed is sent as soon as it is drawn; then exactly, without loss."""
    page, asked = window.page, list[str]()
    window.only("handout")
    with (window.book.root / NEAP).open("a") as article:
        article.write("\nThe first.\n")
    window.marks("handout")
    window.settle()
    page.on("response", lambda response: asked.append(response.url.partition("/page/")[2]))
    for word in ("second", "third"):
        old = window.version()
        asked.clear()
        with (window.book.root / NEAP).open("a") as article:
            article.write(f"\nThe {word}.\n")
        window.changes("handout", old)
        window.settle()
        exact = f"{window.pane('handout')} .sheet img[src*='/page/{window.version()}/0?']"
        expect(page.locator(exact)).to_be_visible()
        urls = [url.partition("/0?")[0] for url in asked if url]
        assert urls == [f"after/{old}", window.version()]


def test_the_next_picture_has_the_size_of_the_window(window: Window) -> None:
    """One that was asked for in another size is not shown."""
    window.only("handout")
    for number, width in enumerate((1200, 1200, 600)):
        old = window.version()
        with (window.book.root / NEAP).open("a") as article:
            article.write(f"\nNumber {number}.\n")
        window.changes("handout", old)
        window.settle()
        window.page.set_viewport_size({"width": width, "height": 800})
    scale = """() => { const image = document.querySelector('.sheet img')
        return image.naturalWidth / (image.clientWidth * devicePixelRatio) }"""
    expect(window.page.locator(".sheet img").first).to_be_visible()
    assert 1 <= window.page.evaluate(scale) < 1.5


def test_another_branch_of_git(serving: Start, tab: Page, quick: Book) -> None:
    def git(*arguments: str) -> None:
        set_up = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(
            ["git", *set_up, *arguments], cwd=quick.root, check=True, capture_output=True
        )

    git("init", "-b", "main")
    quick.write(".gitignore", "output\n")
    git("add", ".")
    git("commit", "-m", "One")
    git("checkout", "-b", "other")
    quick.edit(NEAP, "hardly moves", "rests")
    quick.write("sources/moon/04-new.md", "# Bores\n\nA wall of water.\n")
    quick.edit("sources/moon/series.yaml", "The Moon and the Sea", "Tides")
    git("add", ".")
    git("commit", "-m", "Two")
    git("checkout", "main")
    window = opened(serving, tab, quick)
    window.sees("web", "hardly moves")
    git("checkout", "other")
    window.sees("web", "A wall of water.")
    window.settle()
    assert "Bores" in tab.locator("#article").inner_text()
    git("checkout", "main")
    window.sees("web", "hardly moves")
    window.settle()
    assert "Bores" not in tab.locator("#article").inner_text()


def test_a_second_window_says_so(running: Served) -> None:
    command = [
        sys.executable,
        str(ROOT / "publish.py"),
        "watch",
        str(running.folder),
        "--no-open",
    ]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "watched already" in ran.stderr
    assert "= help: " in ran.stderr


def test_a_folder_of_other_files_is_left_alone(empty: Book) -> None:
    empty.write("a.md", "# A\n\nWord.\n")
    empty.write("output/mine.txt", "Mine.")
    ran = empty.run("watch", "--no-open")
    assert ran.code == 2
    assert "holds files that Handpress did not make" in ran.err
    assert [p.name for p in (empty.root / "output").iterdir()] == ["mine.txt"]


def test_without_the_extra(empty: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.write("a.md", "# A\n\nWord.\n")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = empty.run("watch", "--no-open")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "handpress: `watch` needs packages that are not installed: uvicorn",
        f"  = help: install them with `make -C {ROOT} setup`",
    ]
    assert not (empty.root / "output").exists()


def test_a_port_in_use(running: Served, empty: Book, tmp_path: Path) -> None:
    other = replace(empty, root=tmp_path / "other")
    other.write("a.md", "# A\n\nWord.\n")
    ran = other.run("watch", "--no-open", "--port", str(running.port))
    assert ran.code == 2
    assert f"cannot listen on 127.0.0.1:{running.port}" in ran.err


def test_on_a_phone_in_the_same_room(quick: Book) -> None:
    """Only if asked, with a word of warning: at any address of this machine, and by no other name."""
    root = quick.root
    command = ("publish.py", "watch", root, "--no-open", "--host", "0.0.0.0")
    server = start(root.parent / "errors", *command)
    try:
        own = server.address.partition("//")[2].partition("/")[0]
        assert server.ask("GET", "/", Host=own).status == 200
        assert server.ask("GET", "/", Host=own, Cookie="").status == 403
        assert server.ask("GET", "/", Host=f"clinic.example:{server.port}").status == 421
    finally:
        code = server.end()
        assert server.process.stdout is not None
        server.process.stdout.close()
    assert code == 0
    warning = "other devices that have the whole address can read the pages at `0.0.0.0`"
    assert warning in server.errors.read_text()


@pytest.mark.parametrize(
    "path", ["manifest.json/x", "../sources/moon/01-neap.md", ".handpress/lock", "moon"]
)
def test_only_artefacts_are_served(running: Served, path: str) -> None:
    assert running.ask("GET", f"/made/{path}").status == 404
    assert running.ask("GET", f"/ebook/moon/{path}").status == 404
    assert running.ask("GET", f"/ebook/..%2f{path}/x").status == 404
    assert running.ask("GET", "/page/none/0").status == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"null", b'{"article": 1}', b'{"version": [], "page": -1, "x": 1e999, "y": null}',
     b'{"article": "sources/moon/01-neap.md", "words": [1, null], "count": -5}',
     b'{"article": "sources/moon/01-neap.md", "words": ["' + b"a" * 10000 + b'"]}'],
)  # fmt: skip
def test_odd_questions_find_no_line(running: Served, body: bytes) -> None:
    same = {"Sec_Fetch_Site": "same-origin"}
    answer = running.ask("POST", "/place", body, **same)
    assert answer.status == 200
    assert '"found":false' in answer.text  # type: ignore[attr-defined]
    assert running.ask("POST", "/look", body, **same).status == 204


def test_the_page_can_be_used_by_everybody(window: Window) -> None:
    """At each size, by day and by night: no violation, nothing too wide, everything to press large enough."""
    page = window.page
    with (window.book.root / NEAP).open("a") as article:
        article.write("\nSee [no page](none.md), and ![](images/tide.svg)\n")
    expect(page.locator("#list")).to_contain_text("none.md", timeout=20_000)
    window.settle()
    low = """[...document.querySelectorAll('button, select, a[href]:not(.skip)')]
        .map(e => [e.getBoundingClientRect().height, e.outerHTML]).filter(([h]) => h && h < 44)"""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for width, height in ((1440, 900), (820, 1180), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        if page.locator("#problems").is_hidden():
            page.click("#toggle")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == []
            assert page.evaluate(wide) <= 0
            assert page.evaluate(low) == []
