"""Pages of a series: what they offer, in words, and what the catalogues for reading apps show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from handpress.web.page import compact
from helpers.workspaces import Book

FACTS = re.compile(r'<p class="facts">(.*?)</p>')
BUTTON = re.compile(
    r'<a class="button[^"]*" href="([^"]+)" download[^>]*><strong>([^<]+)</strong> <span>([^<]+)'
)
ATOM = "{http://www.w3.org/2005/Atom}"
THUMBNAIL = "http://opds-spec.org/image/thumbnail"


def test_an_article_has_its_time_and_its_contents_in_words(published: Path) -> None:
    page = (published / "output/fascia-remedy/index.html").read_text(encoding="utf-8")
    assert [re.sub(r"^\d+", "N", facts) for facts in FACTS.findall(page)] == [
        "N min read · a checklist · 2 exercises · when to get help",
        "N min read · 3 exercises · common questions · when to get help",
        "N min read · a checklist · 2 exercises · when to get help",
    ]


def test_the_whole_series_is_offered_for_screens_first(published: Path) -> None:
    """Each button has the format, the pages and the size of its file."""
    page = (published / "output/fascia-remedy/index.html").read_text(encoding="utf-8")
    (ebook, book, *handouts) = BUTTON.findall(page)
    assert ebook[:2] == ("fascia-remedy.epub", "The ebook")
    assert re.fullmatch(r"EPUB · \d+ KB", ebook[2])
    assert book[:2] == ("fascia-remedy.pdf", "The book")
    assert re.fullmatch(r"PDF · \d+ pages · \d+ KB", book[2])
    assert [name for _, name, _ in handouts[:2]] == ["Handout", "Handout in large print"]
    assert all((published / "output/fascia-remedy" / href).is_file() for href, _, _ in handouts)


def test_an_article_offers_its_handout_and_lists_its_sections(published: Path) -> None:
    file = published / "output/fascia-remedy/articles/cortisone-shots.html"
    page = file.read_text(encoding="utf-8")
    ((href, _, _),) = BUTTON.findall(page)
    assert href == "../handouts/cortisone-shots.pdf"
    listed = re.search(r'<nav class="sections".*?</nav>', page, re.DOTALL)
    assert listed
    sections = re.findall(r'href="#([^"]+)"', listed[0])
    assert sections == [h for h in re.findall(r'<h2 id="([^"]+)"', page) if "---notes" not in h]
    assert 'class="next"' not in page, "the last article has none after it"


@pytest.mark.parametrize(("length", "first"), [(200, True), (400, False)])
def test_a_long_description_is_below_the_articles(length: int, first: bool, book: Book) -> None:
    """Above them it would take the place of the first handout on a phone."""
    description = " ".join(["word"] * (length // 5))
    with (book.root / "sources/moon/series.yaml").open("a") as settings:
        settings.write(f"description: {description}\n")
    book.build("--only", "web")
    body = book.read("output/moon/index.html").partition("<body")[2]
    assert body.count(description) == 1
    assert (body.index(description) < body.index('class="articles"')) == first
    assert ("About this series" in body) != first


def test_catalogues_show_the_cover_and_its_thumbnail(published: Path) -> None:
    output = published / "output"
    links = ElementTree.parse(output / "opds.xml").iter(f"{ATOM}link")
    small = next(link for link in links if link.get("rel") == THUMBNAIL)
    assert small.attrib["href"] == "fascia-remedy/cover.jpg"
    assert small.attrib["type"] == "image/jpeg"
    (publication,) = json.loads((output / "opds.json").read_text())["publications"]
    assert [(i["type"], i["width"], i["height"]) for i in publication["images"]] == [
        ("image/png", 1600, 2560),
        ("image/jpeg", 480, 768),
    ]
    assert all((output / image["href"]).is_file() for image in publication["images"])


@pytest.mark.parametrize(
    ("css", "smaller"),
    [
        ("a {\n  b: c;\n\n  d: e;\n}\n", "a {\nb: c;\nd: e;\n}\n"),
        ("a { /* why\nso */ b: c }", "a {  b: c }"),
        ('a { content: "/* not one */" }', 'a { content: "/* not one */" }'),
        ("a { content: '\\'/*' } /* one */", "a { content: '\\'/*' } "),
    ],
)
def test_a_stylesheet_loses_what_no_browser_reads(css: str, smaller: str) -> None:
    assert compact(css) == smaller
