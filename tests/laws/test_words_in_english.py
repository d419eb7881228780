"""A series in a language that Handpress has no words of: the English texts on its pages are tagged, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from handpress.core.in_english import CLOSES, OPENS
from helpers.finished import Ebook, pdf_tags, wrong_in
from helpers.one_jvm import epubcheck
from helpers.pages import page
from helpers.workspaces import ROOT, files, publish

# The series of the page on adding a language, without the words that the page adds; one that runs from right to left.
PAGE = page("add-a-language")
LANGUAGES = ("af", "ur")
# Texts of the author, who writes Afrikaans; of the licence and of Handpress, in every language.
AUTHORS = ("Die rustige skouer", "Hitte", "Swaai", "Anna Vos", "skouer.example", "112", "116117")
NOT_OURS = ("Copyright", "SIL Open Font License", "/articles/")


@pytest.fixture(scope="module", params=LANGUAGES)
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp(request.param) / "skouer"
    for path, text in PAGE.files.items():
        if not path.startswith("layouts/"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            own = text.replace("language: af", f"language: {request.param}")
            (root / path).write_text(own, encoding="utf-8")
    ran = publish("build", root)
    assert ran.code == 0
    assert re.findall(r"\[([a-z-]+)\]", ran.err) == ["missing-words"]
    return root / "output"


def english() -> set[str]:
    """The texts of Handpress between their blanks, where they have words."""
    sheets = [ROOT / "layouts/words/en.yaml", *(ROOT / "layouts").glob("*/**/words.yaml")]
    found: set[str] = set()
    for sheet in sheets:
        words = yaml.safe_load(sheet.read_text(encoding="utf-8"))
        for text in words.get("en", words).values():
            many = text.values() if isinstance(text, dict) else text
            for one in [many] if isinstance(many, str) else many:
                pieces = (piece.strip(" ,.:()") for piece in re.split(r"\{\w+\}", one))
                found |= {piece for piece in pieces if re.search(r"[A-Za-z]{4}", piece)}
    return found


class Said(HTMLParser):
    """The texts of a page, each with the language of the element around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "img", "br", "hr", "wbr", "embed"):
            language = dict(attrs).get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in ("style", "script", "title"):
            self.texts.append((" ".join(data.split()), self.open[-1][1]))


def in_tags(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a PDF, each with the language of the tags around it."""
    languages = [""]  # that of the document is in the catalogue
    for line in pdf_tags(path):
        depth = (len(line) - len(line.lstrip())) // 2
        if line.lstrip()[0] in "'\"":
            yield line.strip()[1:-1], languages[depth - 1]
        else:
            own = re.search(r" Lang=(\S+)", line)
            languages[depth:] = [own[1] if own else languages[max(depth - 1, 0)]]


def wrongly_tagged(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The texts of Handpress that are not English by their tags, and those of the author that are."""
    ours = re.compile(rf"\b({'|'.join(map(re.escape, sorted(english(), key=len)))})\b")
    return [
        (text, language)
        for text, language in texts
        if (language != "en" and ours.search(text) and not any(map(text.count, NOT_OURS)))
        or (language == "en" and any(name in text for name in AUTHORS))
    ]


def test_english_is_tagged_in_web_pages_and_ebooks(output: Path) -> None:
    pages = {path: data.decode() for path, data in files(output).items() if path.endswith(".html")}
    (book,) = output.rglob("*.epub")
    pages |= {
        path: data.decode() for path, data in Ebook(book).files.items() if path.endswith(".xhtml")
    }
    texts = {path: Said(html).texts for path, html in pages.items()}
    assert {path: wrong for path, found in texts.items() if (wrong := wrongly_tagged(found))} == {}
    assert sum(language == "en" for found in texts.values() for _, language in found) > 80
    # The page numbers and dates of one text are in one element.
    assert any(("Article 1 of 2", "en") in found for found in texts.values())
    assert any(text.endswith("2 March 2029") for found in texts.values() for text, _ in found)


def test_english_is_tagged_in_print(output: Path) -> None:
    for path in sorted(output.rglob("*.pdf")):
        texts = list(in_tags(path))
        assert wrongly_tagged(texts) == [], path
        assert any(language == "en" for _, language in texts), path
        assert wrong_in(path.read_bytes()) == [], path


def test_no_mark_of_ours_is_left(output: Path) -> None:
    """Titles, attributes and feeds have no room for a tag, so they have the words alone."""
    (book,) = output.rglob("*.epub")
    texts = {
        path: data for path, data in files(output).items() if path.endswith(("html", "xml", "json"))
    }
    texts |= Ebook(book).files
    marks = OPENS.encode(), CLOSES.encode()
    assert [path for path, data in texts.items() if any(mark in data for mark in marks)] == []
    assert not any(b'="<span' in data or b"&lt;span" in data for data in texts.values())


def test_the_ebook_is_valid(output: Path) -> None:
    assert [said for said in epubcheck([*output.rglob("*.epub")]).values() if said] == []


def test_a_later_build_has_the_same_tags(output: Path) -> None:
    """Facts that an earlier build found have no marks: the words are put in after them."""
    before = files(output)
    pages = [path for path in before if path.endswith((".html", ".epub"))]
    for path in pages:
        (output / path).unlink()
    assert publish("build", output.parent).code == 0
    assert [path for path, data in files(output).items() if before[path] != data] == []
