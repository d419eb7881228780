"""Words that are not in the text of an article: names of parts and packs, bios, and raw HTML."""

from __future__ import annotations

import re

import pytest

from handpress.core.files.source import Source
from handpress.translations.html_texts import read_html, write_html
from handpress.translations.units import units_of, with_texts
from helpers.translators import translated
from helpers.workspaces import Book

RAW = """\
# Raw

<div class="box" title="A box">
<p>Hello <b>big</b> &amp; small</p>
<img src="a.png" alt="A cat &amp; &quot;I&quot;">
</div>

<script>var words = "not shown";</script>

<!-- nobody reads this -->

- item

  <details><summary>More</summary>

  Some *words*

  </details>

> <p>in a
> quote</p>
"""


@pytest.fixture
def harbour(book: Book) -> Book:
    settings = book.read("sources/moon/series.yaml")
    listed = 'articles: [neap, raw, {"Part: one": [spring]}]\n'
    book.write("sources/moon/series.yaml", f"{settings}{listed}packs: {{first-visit: [spring]}}\n")
    book.write("sources/moon/03-raw.md", RAW)
    return book


def texts_of(text: str) -> list[tuple[str, str]]:
    return [
        (u.kind, "".join(p if isinstance(p, str) else "|" for p in u.pieces))
        for u in units_of(Source("a.md", text)).units
    ]


def test_words_in_html() -> None:
    assert texts_of(RAW) == [
        ("heading", "Raw"),
        ("attribute", "A box"),
        ("html", "Hello |big| & small"),
        ("attribute", 'A cat & "I"'),
        ("item", "item"),
        ("html", "More"),
        ("item", "Some |words|"),
        ("html", "in a quote"),
    ]


def test_the_same_words_give_the_same_html() -> None:
    units = units_of(Source("a.md", RAW))
    assert with_texts(units, {}, "") == RAW.replace("in a\n> quote", "in a quote")


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("a <b>c</b> d", None),
        ("a<br>b", None),
        ("<i>not closed", None),
        ("closed</i> only", None),
        ("<b><i>crossed</b></i>", None),
        ("&lt;b&gt; &quot;x&quot; &eacute;", '&lt;b&gt; "x" é'),
        ('<a href="x>y" title=\'"\'>z</a>', None),
        ("a < b", "a &lt; b"),
    ],
)
def test_html_is_written_as_it_was_read(written: str, again: str | None) -> None:
    assert write_html(read_html(written)) == (again or written)
    assert read_html(again or written) == read_html(written)


@pytest.mark.parametrize("form", ["xliff", "po"])
def test_all_are_translated(harbour: Book, form: str) -> None:
    ran = harbour.run(
        "translate", "export", "moon", "--to", "es", "--format", form, "--output", "out"
    )
    assert (ran.code, ran.err) == (0, "")

    def upper(text: str) -> str:
        parts = re.split(r"(\]\([^)]*\)|\[\^\w+\]|<[^>]*>)", text)
        return "".join(part if n % 2 else part.upper() for n, part in enumerate(parts))

    harbour.write("back", translated((harbour.root / "out").read_bytes(), upper))
    ran = harbour.run("translate", "import", "back")
    assert (ran.code, ran.err) == (0, "")
    assert "FIRST VISIT" in harbour.read("sources/moon.es/series.yaml")
    raw = harbour.read("sources/moon.es/03-raw.md")
    assert '<div class="box" title="A BOX">\n<p>HELLO <b>BIG</b> &amp; SMALL</p>' in raw
    assert '<img src="a.png" alt="A CAT &amp; &quot;I&quot;">' in raw
    (bio,) = (harbour.root / "sources/authors").glob("*.es.md")
    assert bio.read_text(encoding="utf-8").count("name:") == 0
    said = harbour.run("translate", "status").said
    assert re.search(r"(\d+) of \1 texts translated", said[0]), said
    assert any(str(bio.name) in line for line in said)
    ran = harbour.run("build", "--only", "web", "--only", "handout", "--quiet")
    pages = (harbour.output / "moon-es/index.html").read_text(encoding="utf-8")
    assert "PART: ONE" in pages
    assert "FIRST VISIT" in pages
    assert (harbour.output / "moon-es/packs/FIRST-VISIT.pdf").is_file()


def test_what_is_missing_or_older_of_them(harbour: Book) -> None:
    harbour.run("translate", "export", "moon", "--to", "es", "--output", "out")
    harbour.write("back", translated((harbour.root / "out").read_bytes(), str.swapcase))
    harbour.run("translate", "import", "back")
    harbour.edit("sources/moon/series.yaml", "Part: one", "Part: two")
    (bio,) = set((harbour.root / "sources/authors").glob("*.md")) - set(
        (harbour.root / "sources/authors").glob("*.es.md")
    )
    bio.write_text(bio.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    said = harbour.run("translate", "status").said
    assert "1 missing" in said[0], said
    assert "1 older" in said[0], said


def test_an_own_list_of_articles_names_its_parts(harbour: Book) -> None:
    """Then there is nothing to translate."""
    harbour.write(
        "sources/moon.es/series.yaml", "articles: [{Uno: [spring]}, neap]\npacks: {a: [neap]}\n"
    )
    harbour.run("translate", "export", "moon", "--to", "es", "--output", "out")
    exported = harbour.read("out")
    assert "Part: one" not in exported
    assert "First visit" not in exported
