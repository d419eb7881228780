"""Metadata: the ebook says of itself what is so, found out from what is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from handpress.epub.metadata import filed_name, filed_title
from handpress.series.model import Author
from helpers.finished import Ebook
from helpers.workspaces import Book

SERIES = "sources/moon/series.yaml"


def made(book: Book, settings: str = "") -> Ebook:
    """The ebook of the model workspace, without a printed book, with more `settings`."""
    book.edit(SERIES, "title:", f"media: [epub]\n{settings}title:")
    ran = book.build()
    assert (ran.code, ran.err) == (0, "")
    return Ebook(book.output / "moon/moon.epub")


def features(ebook: Ebook) -> set[str]:
    return set(ebook.said("schema:accessibilityFeature"))


# --- Accessibility -----------------------------------------------------------------------------


def test_pictures_are_named_when_there_are_pictures(book: Book) -> None:
    """They can be seen, and read about; the text alone says all."""
    ebook = made(book)
    assert ebook.said("schema:accessMode") == ["textual", "visual"]
    assert ebook.said("schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert "alternativeText" in features(ebook)
    (summary,) = ebook.said("schema:accessibilitySummary")
    assert "All meaningful images have text descriptions." in summary


def test_without_pictures_nothing_is_said_of_them(book: Book) -> None:
    """A cover and a decoration are not content: no alternative text is claimed for them."""
    picture = '![A low, long wave](images/tide.svg "A neap tide in a harbour")'
    book.edit("sources/moon/01-neap.md", picture, "![](images/tide.svg){: .decorative }")
    ebook = made(book)
    assert ebook.said("schema:accessMode") == ["textual"]
    assert ebook.said("schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" not in features(ebook)
    (summary,) = ebook.said("schema:accessibilitySummary")
    assert "The content does not rely on images." in summary


def test_no_hazard_where_nothing_moves(book: Book) -> None:
    assert made(book).said("schema:accessibilityHazard") == ["none"]


def test_what_moves_may_be_a_hazard(book: Book) -> None:
    """Nobody has checked whether an animation flashes: that is unknown, and stated."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("black", "white")]
    file = book.write("sources/moon/images/wave.gif", b"")
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=100)
    text = book.read("sources/moon/01-neap.md") + "\n![A wave](images/wave.gif)\n"
    book.write("sources/moon/01-neap.md", text)
    ebook = made(book)
    assert ebook.said("schema:accessibilityHazard") == ["unknown"]
    assert ebook.said("schema:accessibilitySummary")[0].endswith("Some images may be animated.")


def test_text_grows_with_the_readers_own(book: Book) -> None:
    """Also what a workspace's own stylesheet sets in points: its lengths are in em in the ebook."""
    book.write("layouts/styles/parts/own.css", "a { font-size: 9pt; margin: 0 3mm }\n")
    ebook = made(book)
    assert b"a { font-size: 0.75em; margin: 0 0.709em }" in ebook.files[ebook.below("style.css")]
    assert "displayTransformability" in features(ebook)


def test_conformance_is_not_claimed(book: Book) -> None:
    """Only a person who has evaluated the ebook may do that (EPUB Accessibility 1.1, section 3.5)."""
    ebook = made(book)
    assert ebook.said("dcterms:conformsTo") == []
    assert not any(e.get("rel") == "dcterms:conformsTo" for e in ebook.package.iter())


# --- The publication ---------------------------------------------------------------------------


def test_an_edition_has_one_identifier(book: Book) -> None:
    """The same whenever and wherever it is made, whatever is corrected in it; another for the next."""
    first = made(book).said("identifier")
    book.edit("sources/moon/01-neap.md", "hardly moves", "barely moves")
    book.build()
    assert Ebook(book.output / "moon/moon.epub").said("identifier") == first
    book.edit(SERIES, "title:", "edition: 2\ntitle:")
    book.build()
    second = Ebook(book.output / "moon/moon.epub").said("identifier")
    assert second != first
    assert all(value.startswith("urn:uuid:") and value[23] == "5" for value in first + second)


def test_two_series_never_have_one_identifier(book: Book) -> None:
    """Without a `site`, title, publisher and authors distinguish them: many are called `my-series`."""
    book.edit(SERIES, "site: https://tides.example/\n", "")
    first = made(book).said("identifier")
    book.edit(SERIES, "title: The Moon and the Sea", "title: Another")
    book.build()
    assert Ebook(book.output / "moon/moon.epub").said("identifier") != first


def test_every_language_is_named(book: Book) -> None:
    """The series' first, then those of single articles; their lines in the contents say them too."""
    book.edit("sources/moon/02-spring.md", "title:", "language: de\ntitle:")
    ebook = made(book)
    assert ebook.said("language") == ["en", "de"]
    assert b'<li lang="de" xml:lang="de"><a href="spring.xhtml">' in ebook.files[ebook.nav]


def test_a_revision_is_known_by_what_is_written(book: Book) -> None:
    """A corrected word or a picture makes another; a layout or the date does not. It is on
    the copyright page, for readers who report what they found.
    """
    first = made(book).said("version")
    assert re.fullmatch(r"1\+[0-9a-f]{8}", first[0])

    def now() -> list[str]:
        assert book.build().code == 0
        return Ebook(book.output / "moon/moon.epub").said("version")

    book.write("layouts/styles/parts/own.css", "a { margin: 1em }\n")
    book.edit(SERIES, "date: 2026-11-22", "date: 2026-12-01")
    assert now() == first
    book.edit("sources/moon/01-neap.md", "hardly moves", "barely moves")
    second = now()
    assert second != first
    ebook = Ebook(book.output / "moon/moon.epub")
    page = ebook.files[ebook.below("matter_copyright.xhtml")].decode()
    assert f"Text version {second[0].partition('+')[2]}" in page
    drawing = book.read("sources/moon/images/tide.svg")
    book.write("sources/moon/images/tide.svg", drawing.replace("</svg>", "<g/></svg>"))
    third = now()
    assert third != second
    book.edit(SERIES, "title:", "edition: 2\ntitle:")
    assert now() == [third[0].replace("1+", "2+")]


def test_a_series_may_belong_to_a_set(book: Book) -> None:
    """By its name, and by its number there if it has one; the page about the edition says so too."""
    ebook = made(book, "collection: The Sea Library\nvolume: 3\n")
    assert ebook.said("belongs-to-collection") == ["The Sea Library"]
    assert (ebook.said("collection-type"), ebook.said("group-position")) == (["series"], ["3"])
    assert "The Sea Library, 3" in ebook.files[ebook.below("matter_imprint.xhtml")].decode()
    book.edit(SERIES, "volume: 3\n", "")
    book.build()
    assert Ebook(book.output / "moon/moon.epub").said("group-position") == []
    book.edit(SERIES, "collection: The Sea Library", "volume: 3")
    where = book.place(SERIES, "3\n").removesuffix("\n")
    assert f"{where}: warning: missing `collection` [missing-value]: `volume` is ignored" in (
        book.run("check", "--message-format", "short").err
    )


def test_an_isbn_is_named_as_one(book: Book) -> None:
    """Beside the identifier, which stays what it was; and on the copyright page."""
    ebook = made(book, "isbn: 978-1-86197-876-9\n")
    first, isbn = ebook.said("identifier")
    assert (first[:9], isbn) == ("urn:uuid:", "urn:isbn:9781861978769")
    assert ebook.said("identifier-type") == ["15"]
    assert "ISBN 9781861978769" in ebook.files[ebook.below("matter_copyright.xhtml")].decode()


def test_who_wrote_an_article_only_has_contributed(book: Book) -> None:
    """The series' authors created the ebook; each with a role, and as lists of authors have it."""
    book.write("sources/authors/bo-van-dyke.md", "---\nname: Bo van Dyke\n---\n\nBo sails.\n")
    book.edit("sources/moon/02-spring.md", "title:", "author: bo-van-dyke\ntitle:")
    ebook = made(book)
    assert (ebook.said("creator"), ebook.said("contributor")) == (["Ada Stone"], ["Bo van Dyke"])
    assert ebook.said("role") == ["aut", "aut"]
    assert [v for v in ebook.said("file-as") if "," in v and "Moon" not in v] == [
        "Stone, Ada",
        "van Dyke, Bo",
    ]


def test_the_authors_of_the_articles_are_those_of_the_series(book: Book) -> None:
    """If the series names none, also when they have files of their own."""
    book.edit(SERIES, "authors: [ada-stone]\n", "")
    for name in ("01-neap", "02-spring"):
        book.edit(f"sources/moon/{name}.md", "title:", "author: ada-stone\ntitle:")
    assert made(book).said("creator") == ["Ada Stone"]


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Julia Blackwell", "Blackwell, Julia"),
        ("Ludwig van der Rohe", "van der Rohe, Ludwig"),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("Aristotle", "Aristotle"),
        ("王小波", "王小波"),
        ("山田 太郎", "山田 太郎"),
        ("김 철수", "김 철수"),
        ("De Silva", "Silva, De"),
    ],
)
def test_a_name_is_filed_by_its_last_word(name: str, filed: str) -> None:
    """With its particles, or where the family comes first by its first; `file_as` in the author's file corrects it where that is wrong."""
    assert filed_name(Author(None, name)) == filed
    assert filed_name(Author(None, name, file_as="Other")) == "Other"


def test_a_title_is_filed_without_its_article() -> None:
    assert filed_title("The Fascia Remedy", ["The", "A"]) == "Fascia Remedy, The"
    assert filed_title("Theories of Pain", ["The", "A"]) == "Theories of Pain"
    assert filed_title("A", ["The", "A"]) == "A"


# --- Pictures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "size", "name", "kind"),
    [
        ("RGB", (90, 60), "photo.webp", "JPEG"),
        ("RGBA", (90, 60), "mark.webp", "PNG"),
        ("RGB", (4000, 2000), "huge.jpg", "JPEG"),
        ("CMYK", (90, 60), "press.jpg", "JPEG"),
    ],
)
def test_pictures_are_such_as_every_reader_shows(
    mode: str, size: tuple[int, int], name: str, kind: str, book: Book, tmp_path: Path
) -> None:
    """JPEG or PNG by what they hold, in RGB and on white, and at most 2000 pixels a side."""
    file = book.write(f"sources/moon/images/{name}", b"")
    Image.new(mode, size).save(file)
    text = book.read("sources/moon/01-neap.md") + f"\n![Water](images/{name})\n"
    book.write("sources/moon/01-neap.md", text)
    ebook = made(book)
    (found,) = (n for n in ebook.files if f"/pictures/{name.partition('.')[0]}" in n)
    out = tmp_path / "found"
    out.write_bytes(ebook.files[found])
    with Image.open(out) as image:
        assert (image.format, max(image.size)) == (kind, min(max(size), 2000))
        assert image.mode == "RGB"
    assert found.endswith({"JPEG": ".jpg", "PNG": ".png"}[kind])


def test_a_drawing_is_on_white(book: Book) -> None:
    """Its black lines would be lost on a dark page. A decoration may be."""
    text = book.read("sources/moon/01-neap.md") + "\n![](images/foam.svg){: .decorative }\n"
    book.write("sources/moon/01-neap.md", text)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5 0 10 {}"><path d="M0 0L5 5"/></svg>'
    )
    book.write("sources/moon/images/tide.svg", drawing.format(20))
    book.write("sources/moon/images/foam.svg", drawing.format(21))
    ebook = made(book)
    tide, foam = (
        next(data for name, data in ebook.files.items() if f"/{stem}-" in name)
        for stem in ("tide", "foam")
    )
    assert b'<rect x="-5" y="0" width="10" height="20" fill="#fff" /><path' in tide
    assert b"<rect" not in foam
