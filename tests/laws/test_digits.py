"""Digits: every number that Handpress writes in Persian, Arabic or Marathi has the digits of the language, in every medium.

Only places that programs read, and what authors type, have 0 to 9. No text of these series has a digit.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pikepdf
import pytest

from handpress.core.numerals import numerals_of
from helpers.bilingual import FILES
from helpers.finished import Ebook, page_labels, pdf_text, wrong_in
from helpers.one_jvm import epubcheck
from helpers.pictures import svg
from helpers.workspaces import publish

TEXTS = {"fa": "هر روز آرام راه بروید.", "ar": "امش كل يوم ببطء.", "mr": "रोज हळू चाला आणि वेळ पाळा."}
LANGUAGES = tuple(TEXTS)
ARTICLE = """---
subtitle: {text}
---
# {text}

{text}[^one] {text}[^two] [{text}](https://example.org/) [{text}]({other}.md) [](#list)

!!! key-points

    - {text}

## {text} {{#list}}

1. {text}
2. {text}
    1. {text}
- {text}

{text}
:   {text}

> {text}

![{text}](images/arm.svg "{text}")

| {text} | {text} |
| --- | --- |
| {text} | {text} |

!!! exercise "{text}"

    ![{text}](images/arm.svg)

    1. {text}
    2. {text}

!!! exercise "{text}"

    1. {text}

!!! diary

!!! do

    - {text}

!!! do-not

    - {text}

!!! emergency

    - {text}

!!! urgent

    - {text}

!!! advice

    - {text}

!!! note "{text}"

    {text}

- [ ] {text}

## {text} {{.faq}}

### {text}

{text}

[^one]: {text}
[^two]: {text}
"""
SETTINGS = """title: {text}
language: {language}
authors: [{text}]
edition: 12
revision: 3
date: 2026-11-29
reviewed: 2026-11-28
review_by: 2028-11-22
site: https://example.org/{language}/
packs: {{all: [rest, walk]}}
"""
# For programs: a sheet's format, the identifier of an ebook, the version of its text, a standard, a licence.
MACHINES = re.compile(r"\bA4\b|\b(urn:uuid:)?[0-9a-f]{8}[0-9a-f-]*\b|OPDS [12]\.[02]|License 1\.1")
# Attributes that are read out or shown.
READ = re.compile(r'\b(?:alt|title|aria-label)="([^"]*)"')
STYLE = re.compile(r"<(style|script|metadata|head)\b.*?</\1>", re.DOTALL)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("digits")
    (root / "sources").mkdir()
    practice = "name: AB\nphone: {fa}\nemergency: {{fa: {fa}, ar: {ar}, mr: {mr}}}\n"
    numbers = {language: numerals_of(language).write(115) for language in TEXTS}
    (root / "sources/practice.yaml").write_text(practice.format(**numbers), "utf-8")
    for language, text in TEXTS.items():
        folder = root / "sources" / language
        (folder / "images").mkdir(parents=True)
        (folder / "series.yaml").write_text(SETTINGS.format(language=language, text=text), "utf-8")
        for number, (name, other) in enumerate(
            (("rest", "walk"), ("walk", "rest"), ("sit", "rest"))
        ):
            article = ARTICLE.format(text=text, other=other)
            (folder / f"0{number}-{name}.md").write_text(article, "utf-8")
        (folder / "images/arm.svg").write_bytes(svg("<circle r='9'/>"))
    ran = publish(root, "--booklet")
    assert ran.code == 0, ran.err
    return root / "output"


def wrong(text: str) -> list[str]:
    """The numbers in 0 to 9 that are not for programs."""
    return re.findall(r"[0-9]+", MACHINES.sub("", text))


def shown(markup: str) -> str:
    """Return the text of a page, with what a screen reader reads out beside it."""
    markup = STYLE.sub("", markup)
    return unescape(" ".join([*READ.findall(markup), re.sub(r"<[^>]*>", " ", markup)]))


def test_no_number_in_print_is_in_0_to_9(output: Path) -> None:
    printed = sorted(output.rglob("*.pdf"))
    assert len(printed) == 3 * (3 + 1 + 1 + 1 + 1)  # handouts, a pack, the book, booklets of both
    found = {path.name: wrong("\n".join(pdf_text(path))) for path in printed}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_no_number_on_a_screen_is_in_0_to_9(output: Path) -> None:
    pages = {str(path): path.read_text("utf-8") for path in output.rglob("*.html")}
    for language in LANGUAGES:
        book = Ebook(output / language / f"{language}.epub")
        for name, data in book.files.items():
            if name.endswith((".xhtml", ".ncx")):
                pages[f"{language}/{name}"] = data.decode()
    assert len(pages) > 3 * (4 + 8)
    found = {name: wrong(shown(markup)) for name, markup in pages.items()}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digits_of_the_language_are_there(language: str, output: Path) -> None:
    """In the folio and the label of a page, the contents, a list, a note, a diary and the date."""
    write = numerals_of(language).write
    book = output / language / f"{language}.pdf"
    with pikepdf.open(book) as pdf:
        labels = page_labels(pdf)
    assert labels[2] == "iii"
    assert labels[-2] == write(len(labels) - labels.index(write(1)) - 1)
    words = [set(re.findall(r"\w+", page)) for page in pdf_text(book)]
    assert write(10) in words[labels.index(write(10))]
    assert any({write(1), write(2), write(3)} <= page for page in words[: labels.index(write(1))])
    handout = "\n".join(pdf_text(output / language / "handouts/rest.pdf"))
    assert all(write(number) in handout for number in (14, 2028, 22))


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_addresses_and_dates_for_programs_have_0_to_9(language: str, output: Path) -> None:
    book = Ebook(output / language / f"{language}.epub")
    for path, page in book.pages().items():
        # Ids of headings have the letters of the language.
        digits = {c for name in (*page.ids, *page.links) for c in name if c.isdecimal()}
        assert "".join(digits).isascii(), path
    (ncx,) = (data.decode() for name, data in book.files.items() if name.endswith(".ncx"))
    label = numerals_of(language).write(2)
    assert 'id="p-2" class="page" type="normal" value="2" ' in ncx
    assert f"<navLabel><text>{label}</text></navLabel>" in ncx
    assert f'#page---2">{label}</a>' in book.files[book.nav].decode()
    page = (output / language / "articles/rest.html").read_text("utf-8")
    assert 'content="2026-11-29"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_count_in_them_on_screens(language: str, output: Path) -> None:
    rule = f"list-style-type: {numerals_of(language).style}"
    book = Ebook(output / language / f"{language}.epub")
    assert rule in "".join(d.decode() for n, d in book.files.items() if n.endswith(".css"))
    assert rule in (output / language / "articles/rest.html").read_text("utf-8")


def test_all_files_are_valid(output: Path) -> None:
    books = sorted(output.glob("*/*.epub"))
    assert len(books) == len(LANGUAGES)
    assert {book.name: said for book, said in epubcheck(books).items() if said} == {}
    # An imposed sheet claims nothing.
    tagged = [path for path in output.rglob("*.pdf") if "booklets" not in path.parts]
    printed = {path: wrong_in(path.read_bytes()) for path in tagged}
    assert {str(path): found for path, found in printed.items() if found} == {}


def test_each_side_of_a_bilingual_handout_has_its_own(tmp_path: Path) -> None:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    settings = "title: الكتف\nbilingual: [columns, pages]\n"
    (tmp_path / "sources/shoulder.ar/series.yaml").write_text(settings, "utf-8")
    ran = publish(tmp_path)
    assert ran.code == 0, ran.err
    for name in ("swing.bilingual.pdf", "swing.bilingual-pages.pdf"):
        pages = pdf_text(tmp_path / "output/shoulder-ar/handouts" / name)
        text = "\n".join(pages)
        # Steps, sets and seconds, and the pages.
        assert [digit for digit in "1235١٢٣٥" if digit not in text] == []
    alone = "\n".join(pdf_text(tmp_path / "output/shoulder-ar/handouts/swing.pdf"))
    assert wrong(alone) == []


DOT = re.compile(r"\d[\s\u200e-\u202e]*·|·[\s\u200e-\u202e]*\d")


def test_no_dot_beside_a_number_looks_like_a_zero(output: Path) -> None:
    """The zero of Arabic and Persian is a dot: after `123 ·`, a telephone number would have a digit more."""
    for language in ("fa", "ar"):
        folder = output / language
        pages = ["\n".join(pdf_text(path)) for path in folder.rglob("*.pdf")]
        pages += [shown(path.read_text("utf-8")) for path in folder.rglob("*.html")]
        assert [found for page in pages for found in DOT.findall(page)] == []
    assert " · " in shown((output / "mr/articles/rest.html").read_text("utf-8"))


def test_each_series_on_a_shelf_has_its_own_mark_between_facts(tmp_path: Path) -> None:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("[handout]", "[epub, web]"), "utf-8")
    ran = publish(tmp_path)
    assert ran.code == 0, ran.err
    shelf = shown((tmp_path / "output/index.html").read_text("utf-8"))
    english, arabic = re.split("(?=الكتف)", shelf, maxsplit=1)
    assert DOT.search(english)
    assert DOT.findall(arabic) == []


def test_a_format_in_latin_letters_keeps_its_place_before_a_number(output: Path) -> None:
    """Without an element of its own, `PDF` and the digit after it would change places in Persian."""
    page = (output / "fa/articles/rest.html").read_text("utf-8")
    assert '<bdi dir="ltr">PDF</bdi>؛ ۲ صفحه' in page


def test_a_clients_sheet_has_them(output: Path, tmp_path: Path) -> None:
    table = tmp_path / "clients.csv"
    table.write_text("Client,Date,Next visit\nمینا,2026-11-29,2026-12-06 10:30\n", "utf-8")
    arguments = ("--article", "fa/rest", "--out", tmp_path / "sheets")
    ran = publish("personalise", table, output.parent, *arguments)
    assert ran.code == 0, ran.err
    (sheet,) = (tmp_path / "sheets").rglob("*.pdf")
    text = "\n".join(pdf_text(sheet))
    assert wrong(text) == []
    assert "۲۰۲۶" in text
