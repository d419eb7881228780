"""Parts of a series: a title page for each in book and ebook, and its articles below it everywhere."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from helpers.finished import wrong_in
from helpers.workspaces import files, publish

ARTICLE = "# About the {0}\n\nSee [the hip](hip.md).\n\n## Rest\n\nWords.\n"
SETTINGS = """
title: Joint care
articles:
  - preface
  - The leg: [knee, hip]
  - The arm: [elbow]
  - end
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the finished series."""
    root = tmp_path_factory.mktemp("parts") / "care"
    root.mkdir()
    (root / "series.yaml").write_text(SETTINGS)
    for name in ("preface", "knee", "hip", "elbow", "end"):
        (root / f"{name}.md").write_text(ARTICLE.format(name))
    ran = publish("build", root, "--only", "book", "--only", "epub", "--only", "web")
    assert (ran.code, ran.err) == (0, "")
    return root / "output/care"


def outline(item: pikepdf.OutlineItem | pikepdf.Outline) -> list[object]:
    below = item.root if isinstance(item, pikepdf.Outline) else item.children
    found: list[object] = []
    for entry in below:
        found.append(entry.title)
        if entry.children:
            found.append(outline(entry))
    return found


REST = ["Rest"]


def test_the_book_has_a_page_for_each_part(made: Path) -> None:
    data = (made / "care.pdf").read_bytes()
    with pypdfium2.PdfDocument(data) as book:
        pages = [page.get_textpage().get_text_range().split() for page in book]
    assert pages.count(["The", "leg"]) == 1  # without number and head
    at = pages.index(["The", "leg"])
    assert at % 2 == 0  # on the right
    assert pages[at + 1] == []
    assert pages[at + 2][:4] == ["2", "About", "the", "knee"]
    assert wrong_in(data) == []


def test_the_outline_of_the_book_is_nested(made: Path) -> None:
    with pikepdf.open(made / "care.pdf") as book, book.open_outline() as found:
        assert outline(found) == [
            "Contents",
            "About the preface",
            REST,
            "The leg",
            ["About the knee", REST, "About the hip", REST],
            "The arm",
            ["About the elbow", REST],
            "About the end",
            REST,
            "Colophon",
        ]
        assert not found.root[2].is_closed
        # Preface, end, contents and colophon, two parts and three articles in them.
        assert int(book.Root.Outlines.Count) == 9


def test_the_contents_count_the_pages_of_parts(made: Path) -> None:
    """Each begins on the right, so its first article is two pages on."""
    with pypdfium2.PdfDocument(made / "care.pdf") as book:
        contents = next(
            text for page in book if "Contents" in (text := page.get_textpage().get_text_range())
        )
        labels = {book.get_page_label(n): n for n in range(len(book))}
        (on,) = re.findall(r"The leg\s+(\d+)", contents)
        (after,) = re.findall(r"About the knee\s+(\d+)", contents)
        assert (on, after) == ("3", "5")
        assert book[labels["3"]].get_textpage().get_text_range().strip() == "The leg"


def test_the_ebook_has_its_articles_below_the_part(made: Path) -> None:
    with zipfile.ZipFile(made / "care.epub") as ebook:
        names = {name.rpartition("/")[2]: ebook.read(name).decode() for name in ebook.namelist()
                 if name.endswith((".xhtml", ".opf", ".ncx"))}  # fmt: skip
    page = names["part_1.xhtml"]
    assert re.search(
        r'<section class="part-title" id="part_1" epub:type="part" role="doc-part">', page
    )
    assert 'id="page---3"' in page  # of the book
    nav = re.sub(r"\s+", " ", names["matter_contents.xhtml"])
    assert re.search(
        r'<li><a href="part_1.xhtml">The leg</a> <ol> <li><a href="knee.xhtml">.*?<a href="hip.xhtml">'
        r'.*? </ol> </li> <li><a href="part_2.xhtml">The arm</a> <ol> <li><a href="elbow.xhtml">(?:(?!<ol>).)*'
        r'<ol>(?:(?!<ol>).)*</ol> </li> </ol> </li> <li><a href="end.xhtml">',
        nav,
    )
    assert names["toc.ncx"].index("part_1.xhtml") < names["toc.ncx"].index("knee.xhtml")
    order = re.findall(r'<itemref idref="([^"]+)"', names["content.opf"])
    assert [order.index(order_id) for order_id in order if "part" in order_id]


def test_the_web_page_groups_the_articles(made: Path) -> None:
    page = (made / "index.html").read_text()
    found = re.findall(r'<h2>(.*?)</h2>|<h3><a href="articles/(.*?)\.html"', page)
    assert [title or slug for title, slug in found] == [
        "Articles", "preface", "The leg", "knee", "hip", "The arm", "elbow", "Articles", "end",
    ]  # fmt: skip
    assert not any("part_" in name for name in files(made))
