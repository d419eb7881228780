"""Editions for readers: what is new, whether a copy is current, and the feed, in files that are built."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser

from helpers.finished import pdf_text
from helpers.ledgers import FOUR, edition, with_ledger
from helpers.local_servers import violations
from helpers.workspaces import MODEL, Book, publish

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "moon/articles/neap.html"


@pytest.fixture
def released(book: Book) -> Book:
    return with_ledger(book, *FOUR)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The model workspace with four editions, and its web pages. Nobody writes into it."""
    root = tmp_path_factory.mktemp("editions") / "workspace"
    shutil.copytree(MODEL, root)
    book = with_ledger(Book(root, dict), *FOUR)
    ran = publish("--only", "web", cwd=root)
    assert (ran.code, ran.err) == (0, ""), ran
    return book


def web(book: Book) -> Book:
    ran = book.build("--only", "web")
    assert (ran.code, ran.err) == (0, ""), ran
    return book


def page(book: Book, path: str) -> str:
    return book.read(f"output/{path}")


def copies(html: str) -> dict[str, str]:
    """Return the texts about printed copies, by their ids."""
    found = re.findall(r'<div class="copy" id="([^"]+)">(.*?)</div>', html, re.S)
    return {id_: " ".join(re.sub("<[^>]+>", " ", text).split()) for id_, text in found}


def test_the_page_of_an_article_has_a_place_for_each_edition_that_had_it(pages: Book) -> None:
    assert copies(page(pages, PAGE)) == {
        "edition-3": "Your copy: Third edition, November 2026. This is the newest edition.",
        "edition-2-1": "Your copy: Second edition, June 2025, revision 1. There is a newer edition: Third edition,"
        " November 2026. This article has not changed since.",
        "edition-2": "Your copy: Second edition, March 2025. There is a newer edition: Third edition,"
        " November 2026. Changed since then: Safety correction. Wait 2 hours."
        " Throw away copies of this handout printed before 1 June 2025.",
        "edition-1": "Your copy: First edition, March 2024. There is a newer edition: Third edition,"
        " November 2026. Changed since then: Safety correction. Clearer. Wait 2 hours."
        " Throw away copies of this handout printed before 1 June 2025.",
    }
    assert list(copies(page(pages, "moon/articles/spring.html"))) == [
        "edition-3",
        "edition-2-1",
        "edition-2",
    ]


def test_an_article_that_was_taken_out_keeps_a_page_for_its_copies(pages: Book) -> None:
    html = page(pages, "moon/articles/flood.html")
    assert "This article is no longer part of the series." in html
    assert "Throw away copies of this handout printed before 22 November 2026." in html
    assert "flood.html" not in page(pages, "moon/index.html")


def test_the_old_address_of_a_renamed_article_leads_to_the_new_one(
    book: Book, browser: Browser
) -> None:
    first = edition("1", "2024-03-02", neap="added", ebb="added")
    second = edition("2", "2025-03-02", neap="changed", spring="added", ebb="removed")
    articles = {slug: replace(a, title="Spring") for slug, a in second.articles.items()}
    web(with_ledger(book, first, replace(second, articles=articles)))
    tab = browser.new_page()
    tab.goto((book.root / "output/moon/articles/ebb.html").as_uri() + "#edition-1")
    tab.wait_for_url("**/articles/spring.html*")
    assert list(copies(tab.content())) == ["edition-2", "edition-1"]
    assert "Changed since then" not in tab.locator("#edition-1").inner_text()
    assert "Ebb" not in page(book, "moon/index.html")
    tab.close()


def test_the_page_of_a_series_has_what_is_new(pages: Book) -> None:
    html = page(pages, "moon/index.html")
    (section,) = re.findall(r'<section class="changes" id="changes">(.*?)</section>', html, re.S)
    text = " ".join(re.sub("<[^>]+>", " ", section).split())
    assert text == (
        "New in this edition One less. Spring Changed: Shorter. Flood Removed"
        " Throw away copies of these handouts printed before 22 November 2026: Spring Flood"
    )
    assert 'href="#changes"' in html


def test_the_feed_has_an_entry_for_each_edition(pages: Book) -> None:
    feed = ElementTree.fromstring(page(pages, "moon/editions.xml").encode())
    entries = feed.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}updated") for e in entries] == [
        "2026-11-22T00:00:00Z",
        "2025-06-01T00:00:00Z",
        "2025-03-02T00:00:00Z",
        "2024-03-02T00:00:00Z",
    ]
    assert (
        entries[1].findtext(f"{ATOM}title")
        == "Safety correction: Second edition, June 2025, revision 1"
    )
    assert feed.findtext(f"{ATOM}updated") == "2026-11-22T00:00:00Z"
    for path in (PAGE, "moon/index.html"):
        assert 'type="application/atom+xml" href="' in page(pages, path)


@pytest.mark.parametrize("site", ["https://tides.example/", ""])
def test_the_feed_has_what_rfc_4287_requires(released: Book, site: str) -> None:
    """Absolute ids, each once; an author; a link to itself and one page of each kind; content in one element."""
    if not site:
        released.edit("sources/moon/series.yaml", "site: https://tides.example/\n", "")
    feed = ElementTree.fromstring(page(web(released), "moon/editions.xml").encode())
    entries = feed.findall(f"{ATOM}entry")
    ids = [e.findtext(f"{ATOM}id") or "" for e in (feed, *entries)]
    assert len(set(ids)) == 5
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id_) for id_ in ids)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for each in (feed, *entries):
        assert each.findtext(f"{ATOM}title")
        rels = [link.get("rel") for link in each.findall(f"{ATOM}link")]
        assert rels.count("alternate") == 1
    links = [link.get("href") or "" for link in feed.iter(f"{ATOM}link")]
    assert all(href.startswith(site) for href in links)
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == ["{http://www.w3.org/1999/xhtml}div"]


def test_ids_of_editions_stay_when_there_are_more(released: Book) -> None:
    def ids() -> set[str]:
        return set(re.findall("<id>(.*?)</id>", page(web(released), "moon/editions.xml")))

    after = ids()
    with_ledger(released, *FOUR[:3])
    assert ids() < after


def test_a_series_without_a_ledger_has_none_of_it(built: Book) -> None:
    assert not (built.output / "moon/editions.xml").exists()
    for path in (PAGE, "moon/index.html"):
        html = page(built, path)
        assert not re.search(r"atom\+xml|class=\"(copy|changes)|throw-away", html)


def test_handouts_lead_to_the_place_for_their_edition(released: Book) -> None:
    ran = released.build("--only", "handout")
    assert ran.code == 0, ran.err
    file = released.output / "moon/handouts/neap.pdf"
    assert "https://tides.example/articles/neap.html#edition-3" in links(file)
    text = " ".join(text_of_pages(file).split())
    assert "and whether this copy is current" in text
    assert "#edition" not in text


def test_handouts_without_a_site_say_whom_to_ask(released: Book) -> None:
    released.edit("sources/moon/series.yaml", "site: https://tides.example/\n", "")
    ran = released.build("--only", "handout")
    assert ran.code == 0, ran.err
    text = " ".join(text_of_pages(released.output / "moon/handouts/neap.pdf").split())
    assert "Third edition, November 2026 · Is this copy current? Ask us." in text


def test_the_book_and_the_ebook_have_a_page_of_what_is_new(released: Book) -> None:
    ran = released.build("--only", "book", "--only", "epub")
    assert (ran.code, ran.err) == (0, ""), ran
    text = text_of_pages(released.output / "moon/moon.pdf")
    assert "New in this edition" in text
    assert "Changed: Shorter." in text
    with zipfile.ZipFile(released.output / "moon/moon.epub") as book:
        html = book.read("EPUB/matter_changes.xhtml").decode()
        (contents,) = (n for n in book.namelist() if n.endswith("matter_contents.xhtml"))
        assert "New in this edition" in book.read(contents).decode()
    assert 'epub:type="revision-history"' in html
    assert '<a href="spring.xhtml">Spring</a>' in html


def text_of_pages(file: Path) -> str:
    return "\n".join(pdf_text(file))


def links(file: Path) -> list[str]:
    import pikepdf

    with pikepdf.open(file) as pdf:
        rows = [a for page in pdf.pages for a in page.get("/Annots", [])]
        return [str(a["/A"]["/URI"]) for a in rows if "/A" in a and "/URI" in a["/A"]]


def test_a_note_is_text(book: Book) -> None:
    """Mark-up in it is shown as it is written, in pages and in the feed."""
    with_ledger(book, FOUR[0], edition("2", "2025-03-02", "Less <b>salt</b> & heat", neap="same"))
    web(book)
    for path in ("moon/index.html", "moon/editions.xml"):
        assert "Less &lt;b&gt;salt&lt;/b&gt; &amp; heat" in page(book, path)


def test_the_code_of_a_copy_shows_its_own_edition_alone(pages: Book, browser: Browser) -> None:
    """Below the title, without a script; nothing of it for other readers. By axe-core, nothing is wrong."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    tab = context.new_page()
    address = (pages.output / PAGE).as_uri()
    tab.goto(address)
    assert [copy.is_visible() for copy in tab.locator(".copy").all()] == [False] * 4
    tab.goto(f"{address}#edition-2")
    shown = [copy.get_attribute("id") for copy in tab.locator(".copy").all() if copy.is_visible()]
    assert shown == ["edition-2"]
    for selector in ("h1", "#edition-2"):
        box = tab.locator(selector).bounding_box()
        assert box
        assert 0 <= box["y"] < 844
    assert violations(tab) == []
    context.close()
