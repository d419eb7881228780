"""The ebook: what validators don't ask of it, and that its page numbers are those of the printed book."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image

from handpress.press.text_positions import ASIDE, without_space
from helpers.finished import TYPE, XHTML, Ebook, Page, dangling, page_labels, pdf_text
from helpers.workspaces import ROOT, UNPRINTABLE, Book

# Between heads and folios, in points: the area of the text on a page of the book.
TEXT = ("-r", "72", "-x", "0", "-y", "53", "-W", "420", "-H", "485")


@pytest.fixture(scope="module")
def output(published: Path) -> Path:
    return published / "output/fascia-remedy"


@pytest.fixture(scope="module")
def ebook(output: Path) -> Ebook:
    return Ebook(output / "fascia-remedy.epub")


def page_list(ebook: Ebook) -> list[tuple[str, str]]:
    """The label of each printed page, and where its list leads to."""
    nav = ElementTree.fromstring(ebook.files[ebook.nav])
    return [
        (link.text or "", link.attrib["href"])
        for list_ in nav.iter(f"{XHTML}nav")
        if list_.get(TYPE) == "page-list"
        for link in list_.iter(f"{XHTML}a")
    ]


def marks(ebook: Ebook) -> list[tuple[str, str]]:
    """Each mark in reading order: its file with its id, and what it is called."""
    return [
        (f"{path.rpartition('/')[2]}#{element.get('id')}", element.get("aria-label", ""))
        for path in ebook.spine
        for element in ElementTree.fromstring(ebook.files[path]).iter()
        if element.get(TYPE) == "pagebreak"
    ]


def text_after(data: bytes, id_: str) -> str:
    """The text of a page from the place `id_` on, as the book has it: no notes, no numbers of chapters."""

    def walk(element: ElementTree.Element) -> Iterator[str | None]:
        if element.get("id") == id_:
            yield None
        if ASIDE.isdisjoint(element.get("class", "").split()):
            yield element.text or ""
            for child in element:
                yield from walk(child)
                yield child.tail or ""

    found = list(walk(ElementTree.fromstring(data)))
    return " ".join("".join(text or "" for text in found[found.index(None) :]).split())


# --- Pages -------------------------------------------------------------------------------------


def test_every_printed_page_is_listed_in_order(ebook: Ebook, output: Path) -> None:
    """The list has each page of the book with something on it but cover and half-title, once, in its order."""
    with pikepdf.open(output / "fascia-remedy.pdf") as pdf:
        labels = page_labels(pdf)
    texts = pdf_text(output / "fascia-remedy.pdf")
    printed = [label for label, text in zip(labels, texts, strict=True) if text.strip()]
    assert printed[:2] == ["Cover", "iii"]
    assert [label for label, _ in page_list(ebook)] == printed[2:]


def test_each_mark_stands_where_its_page_begins(ebook: Ebook, output: Path) -> None:
    """The words behind a mark are the first on that page of the PDF."""
    with pikepdf.open(output / "fascia-remedy.pdf") as pdf:
        labels = page_labels(pdf)
    tops = dict(zip(labels, pdf_text(output / "fascia-remedy.pdf", *TEXT), strict=True))
    for label, address in page_list(ebook):
        file, _, id_ = address.partition("#")
        if label.isdigit() and "colophon" not in file:  # whose wording is the ebook's own
            data = ebook.files[ebook.below(file)]
            behind = without_space(text_after(data, id_))
            # A mark goes before a link, however far into its text the page begins.
            link = re.search(rb'id="%b"[^>]*></span><a [^>]*>([^<]*)' % id_.encode(), data)
            # Without the number over a chapter's title, and what print alone shows: the page of a
            # cross-reference, and the full stop after the level of a box.
            first = re.sub(r"^\d\s+| \(page.\d+\)", "", tops[label].strip())
            first = re.sub(r"^(Emergency|Urgent|Advice)\.", r"\1", first)
            first = re.sub(r"^(Do)\n\s*", r"\1 ", first)  # two letters alone prove little
            line = without_space(
                re.split(r"\n| {2,}", first)[0].removesuffix("‐").lstrip("•□1234567890. ")
            )
            assert len(line) > 3
            far = len(without_space(link[1].decode())) if link else 0
            assert 0 <= behind.find(line) <= far, (label, behind[:60], line)


def test_the_package_names_the_book_that_the_pages_are_of(ebook: Ebook) -> None:
    """`pageBreakSource` names this edition's printed book (EPUB Accessibility 1.1, section 4.3)."""
    edition = "The Fascia Remedy, Second edition, November 2026: the printed book (PDF)"
    assert ebook.said("pageBreakSource") == [edition]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(ebook.said("schema:accessibilityFeature"))


def test_without_a_book_there_are_no_pages(book: Book) -> None:
    """No marks, no list, and nothing that says there were."""
    book.edit("sources/moon/series.yaml", "title:", "media: [epub]\ntitle:")
    assert book.build().code == 0
    made = Ebook(book.output / "moon/moon.epub")
    assert (page_list(made), marks(made)) == ([], [])
    assert made.said("pageBreakSource") == []
    assert not {"pageBreakMarkers", "pageNavigation"} & set(
        made.said("schema:accessibilityFeature")
    )
    assert b"pageList" not in made.files[made.below("toc.ncx")]


def test_the_ebook_is_the_same_where_the_book_is_not_asked_for(book: Book, built: Book) -> None:
    """Its page numbers need the book's pages: those are laid out, the book is not made."""
    ran = book.build("--only", "epub", "--output", "alone")
    assert ran.code == 0
    alone = book.root / "alone/moon"
    assert not (alone / "moon.pdf").exists()
    assert (alone / "moon.epub").read_bytes() == (built.output / "moon/moon.epub").read_bytes()


def test_a_book_that_cannot_be_printed_leaves_the_ebook_without_page_numbers(book: Book) -> None:
    """Text that is too small on paper does not keep the text from those who read on a screen."""
    book.write("layouts/theme.css", UNPRINTABLE)
    book.write("sources/moon/02-spring.md", "# Spring\n\n## When it comes\n\n==tiny==\n")
    ran = book.build("--only", "epub")
    assert ran.code == 1
    assert "[small-text]" in ran.err
    made = Ebook(book.output / "moon/moon.epub")
    assert (page_list(made), marks(made)) == ([], [])
    assert made.said("pageBreakSource") == []


def test_a_page_that_begins_in_a_word_is_marked_before_the_word(book: Book) -> None:
    """A reader who jumps to the page reads the whole of it. The same in lists, tables, links and emphasis, and
    where blocks are in one medium only.
    """
    word = "incomprehensibilities "
    text = f"# Neap\n\n{word * 60}\n\n*{word * 60}*\n\n[{word * 40}](https://tide.example/)\n\n"
    text += "The same words.\n\n" * 40
    text += 'Only printed.\n{: only="book" }\n\n' * 60
    text += f"- {word * 10}\n" * 30 + "\n"
    text += 'Only on screens.\n{: only="epub" }\n\n'
    text += "| Tide | Height |\n| --- | --- |\n" + "| high | low water |\n" * 90
    book.write("sources/moon/01-neap.md", text)
    assert book.build().code == 0
    made = Ebook(book.output / "moon/moon.epub")
    data = made.files[made.below("neap.xhtml")].decode()
    found = re.findall(
        r'(?s)(?<=(.))<span epub:type="pagebreak"[^>]*id="page---(\d+)"[^>]*></span>(?=(.))',
        data,
    )
    with pikepdf.open(book.output / "moon/moon.pdf") as pdf:
        labels = [label for label in page_labels(pdf) if label.isdigit()]
    of_article = [label for label, to in page_list(made) if to.startswith("neap.xhtml")]
    assert [label for _, label, _ in found] == of_article == labels[: len(of_article)]
    for before, label, behind in found:
        assert before in " \n>", label
        assert behind in "i<TOhlo", label


def astray(book: Book, article: str) -> list[tuple[str, str]]:
    """The pages of an article whose marks stand elsewhere than their first words do, with these words."""
    ran = book.build()
    assert ran.code == 0, ran
    made = Ebook(book.output / "moon/moon.epub")
    data = made.files[made.below(f"{article}.xhtml")]
    whole = without_space("".join(ElementTree.fromstring(data).itertext()))
    with pikepdf.open(book.output / "moon/moon.pdf") as pdf:
        labels = page_labels(pdf)
    tops = dict(zip(labels, pdf_text(book.output / "moon/moon.pdf", *TEXT), strict=True))
    listed = [(label, to) for label, to in page_list(made) if to.startswith(f"{article}.xhtml")]
    assert len(listed) > 6
    found = []
    for label, to in listed:
        first = re.split(r"\n| {2,}", re.sub(r"^\d+\s+", "", tops[label].strip()))[0]
        line = without_space(first).removesuffix("‐")
        behind = without_space(text_after(data, to.partition("#")[2]))
        if line in whole and not behind.startswith(line):
            found.append((label, first))
    return found


@pytest.mark.parametrize("only", ["epub", "book"])
def test_equal_headings_are_told_apart_by_what_stands_round_them(only: str, book: Book) -> None:
    """A section that is in one medium only has the same headings as the others: no page is marked at the
    heading before or after its own.
    """
    words = (f"word{n}" for n in range(10_000))

    def section(number: int) -> str:
        left_out = f' {{: only="{only}" }}' if number % 3 == 0 else ""
        text = " ".join(islice(words, 60 + 17 * (number % 6)))
        return (
            f"## Part {number}{left_out}\n\n### Steps\n\nDo this {number} first.\n\n{text}\n\n"
            f"### Rest\n\n{' '.join(islice(words, 70))}\n\n"
        )

    book.write("sources/moon/01-neap.md", "# Neap\n\n" + "".join(map(section, range(18))))
    book.edit("sources/moon/series.yaml", "title:", "media: [book, epub]\ntitle:")
    assert astray(book, "neap") == []


def test_a_text_without_spaces_is_marked_where_its_page_begins(book: Book) -> None:
    """Not at the beginning of the paragraph, as if it were one word."""
    run = "".join(f"abcdefghi{n:03}," for n in range(280))
    book.write("sources/moon/01-neap.md", f"# Neap\n\n{run}\n")
    book.edit("sources/moon/series.yaml", "title:", "media: [book, epub]\ntitle:")
    book.build()
    made = Ebook(book.output / "moon/moon.epub")
    tree = ElementTree.fromstring(made.files[made.below("neap.xhtml")])
    tails = [len(e.tail or "") for e in tree.iter() if e.get(TYPE) == "pagebreak"]
    assert len(tails) >= 3
    assert all(tail > 500 for tail in tails[1:-1])


# --- What validators don't ask -----------------------------------------------------------------


def test_an_article_may_be_called_as_a_page_of_ours(book: Book) -> None:
    """`about`, `cover`, `contents`: our own pages have names that no article can have."""
    names = ("about", "contents", "copyright", "cover", "imprint", "nav", "title-page", "page-1")
    for name in names:
        book.write(f"sources/moon/{name}.md", f"# The {name}\n\nWords about the {name}.\n")
    book.edit("sources/moon/series.yaml", "title:", "media: [book, epub]\ntitle:")
    ran = book.build()
    assert (ran.code, ran.err) == (0, "")
    made = Ebook(book.output / "moon/moon.epub")
    assert {made.below(f"{name}.xhtml") for name in names} <= set(made.spine)
    pages = made.pages()
    assert list(dangling(pages, set(made.files))) == []


def test_the_order_of_the_ebook(ebook: Ebook) -> None:
    """Cover, title page, imprint, contents, news, articles, authors, colophon, and the copyright page last."""
    files = [path.rpartition("/")[2].removesuffix(".xhtml") for path in ebook.spine]
    articles = ["splints-braces-boots", "strengthen-your-glutes", "cortisone-shots"]
    front = [
        "matter_cover",
        "matter_title-page",
        "matter_imprint",
        "matter_contents",
        "matter_changes",
    ]
    assert files == [*front, *articles, "matter_about", "matter_colophon", "matter_copyright"]


def test_the_cover_is_the_authors_own_where_there_is_one(book: Book) -> None:
    """As large as a designed one and whole, to its corners, in whatever shape it was drawn."""
    picture = Image.new("RGB", (900, 1200), "#fff")
    picture.paste("#c00", (0, 0, 900, 60))
    picture.paste("#00c", (840, 0, 900, 1200))
    picture.save(book.write("sources/moon/images/own.png", b""))
    book.edit(
        "sources/moon/series.yaml", "title:", "cover: images/own.png\nmedia: [epub, web]\ntitle:"
    )
    assert book.build().code == 0
    made = Ebook(book.output / "moon/moon.epub")
    with Image.open(io.BytesIO(made.files[made.below("cover.png")])) as image:
        assert image.size == (1920, 2560)
        shown = image.convert("RGB")
        assert [shown.getpixel(at) for at in ((3, 3), (3, 2556), (1916, 2556))] == [
            (204, 0, 0), (255, 255, 255), (0, 0, 204),
        ]  # fmt: skip
    with Image.open(book.output / "moon/cover.jpg") as small:
        assert small.size == (480, 640)
    assert 'src="cover.jpg" alt="" width="480" height="640"' in book.read("output/moon/index.html")
    assert '"width": 1920,\n          "height": 2560' in book.read("output/opds.json")


def test_the_guide_leads_old_readers(ebook: Ebook) -> None:
    """Cover, contents and beginning, each a page of the spine."""
    guide = {
        e.attrib["type"]: e.attrib["href"] for e in ebook.package.iter(f"{Ebook.OPF}reference")
    }
    assert list(guide) == ["cover", "toc", "text"]
    assert {ebook.below(to) for to in guide.values()} <= set(ebook.spine)


def test_a_note_leads_back_to_its_call(ebook: Ebook) -> None:
    """The way back says where to, and begins with what is seen of it (WCAG 2.2, 2.5.3)."""
    pages: dict[str, Page] = ebook.pages()
    data = ebook.files[ebook.below("cortisone-shots.xhtml")]
    tree = ElementTree.fromstring(data)
    back = [a for a in tree.iter(f"{XHTML}a") if a.get(TYPE) == "backlink"]
    assert [(a.text, a.get("aria-label")) for a in back] == [
        ("Back to the text", "Back to the text, note 1")
    ]
    assert {a.attrib["href"][1:] for a in back} <= set(
        pages[ebook.below("cortisone-shots.xhtml")].ids
    )


def test_fonts_go_along_with_their_licence(ebook: Ebook) -> None:
    """Four faces, cut down to what is shown, as TrueType; the licence whole, and named on a page."""
    fonts = {name: data for name, data in ebook.files.items() if name.endswith(".ttf")}
    assert len(fonts) == 4
    assert all(len(data) < 60_000 for data in fonts.values())
    licence = (ROOT / "fonts/literata/OFL.txt").read_bytes()
    assert ebook.files[ebook.below("fonts/Literata-OFL.txt")] == licence
    page = ebook.files[ebook.below("matter_copyright.xhtml")].decode()
    assert "SIL Open Font License 1.1" in page
    assert "Literata Project Authors" in page


def test_no_font_goes_along_with_another_script(book: Book) -> None:
    """If most letters are not in our face, it would set only scraps."""
    book.edit("sources/moon/series.yaml", "title:", "language: ar\nmedia: [epub]\ntitle:")
    for name in ("01-neap", "02-spring"):
        book.write(f"sources/moon/{name}.md", "# مد وجزر\n\nيرتفع البحر وينخفض مرتين في اليوم.\n")
    assert book.build().code == 0
    made = Ebook(book.output / "moon/moon.epub")
    assert not [name for name in made.files if "fonts/" in name]
