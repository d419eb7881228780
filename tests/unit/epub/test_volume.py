"""Ebooks that only an option asks for: several series as the parts of one, and one article alone."""

from __future__ import annotations

import json
import re
import shutil
from xml.etree import ElementTree

import pytest

from helpers.finished import NCX, XHTML, XML_LANG, Ebook, dangling
from helpers.workspaces import Book

BIND = ("--only", "epub", "--series", "moon", "--series", "sea", "--bundle", "Moon & Sea")
PATH = "bundles/moon-sea.epub"


@pytest.fixture
def two(book: Book) -> Book:
    """Two series whose articles, anchors, notes and pictures have the same names; the second in German,
    by another author.
    """
    shutil.copytree(book.root / "sources/moon", book.root / "sources/sea")
    book.write("sources/authors/bert-reef.md", "---\nname: Bert Reef\n---\n\nBert sails.\n")
    text = "title: Die See\nlanguage: de\nauthors: [bert-reef]\ndate: 2027-02-03\nrights: © Reef\n"
    book.write("sources/sea/series.yaml", text)
    book.edit("sources/sea/01-neap.md", "hardly moves", "kaum bewegt")
    return book


@pytest.fixture
def bound(two: Book) -> Book:
    ran = two.build(*BIND)
    assert (ran.code, ran.err) == (0, "")
    assert ran.made == ["bundles/moon-sea.png", PATH], "nothing else is made"
    return two


def tree(ebook: Ebook, file: str) -> ElementTree.Element:
    return ElementTree.fromstring(ebook.files[ebook.below(file)])


# --- Bundles -----------------------------------------------------------------------------------


def test_the_order_of_a_bundle(bound: Book) -> None:
    """Pages of the whole, then each part with its title page and articles, then pages of the whole."""
    files = [p.rpartition("/")[2].removesuffix(".xhtml") for p in Ebook(bound.output / PATH).spine]
    front = ["matter_cover", "matter_title-page", "matter_imprint", "matter_contents"]
    parts = [f"part-{n}{at}" for n in (1, 2) for at in ("", "-neap", "-spring")]
    assert files == [*front, *parts, "matter_about", "matter_colophon", "matter_copyright"]


def test_the_contents_of_a_bundle_have_three_levels(bound: Book) -> None:
    """Parts, articles, sections, in the navigation and in the NCX; reading begins at the first part."""
    made = Ebook(bound.output / PATH)
    nav = ElementTree.fromstring(made.files[made.nav])
    first = nav.find(f".//{XHTML}nav")
    assert first is not None
    depths = {
        link.attrib["href"]: depth
        for depth, path in enumerate(("ol/li/a", "ol/li/ol/li/a", "ol/li/ol/li/ol/li/a"), 1)
        for link in first.findall("/".join(f"{XHTML}{tag}" for tag in path.split("/")))
    }
    assert depths["part-2.xhtml"] == 1
    assert depths["part-2-neap.xhtml"] == 2
    assert depths["part-2-neap.xhtml#part-2--neap--why-it-happens"] == 3
    ncx = tree(made, "toc.ncx")
    heads = {e.get("name"): e.get("content") for e in ncx.iter(f"{NCX}meta")}
    assert heads["dtb:depth"] == "3"
    points = [e.attrib["src"] for e in ncx.iter(f"{NCX}content")]
    assert points == [a.attrib["href"] for a in first.iter(f"{XHTML}a")]
    assert b'epub:type="bodymatter" href="part-1.xhtml"' in made.files[made.nav]


def test_nothing_clashes_in_a_bundle(bound: Book) -> None:
    """Every id is of one article alone, and links and notes stay within their part."""
    made = Ebook(bound.output / PATH)
    pages = made.pages()
    assert list(dangling(pages, set(made.files))) == []
    articles = [page for path, page in pages.items() if re.search(r"part-\d-", path)]
    ids = [id_ for page in articles for id_ in page.ids]
    assert len(ids) == len(set(ids))
    links = pages[made.below("part-2-neap.xhtml")].links
    assert "part-2-spring.xhtml#part-2--spring--when-it-comes" in links
    assert "#part-2--neap--fn-range" in links
    assert not [link for link in links if "part-1" in link]


def test_each_part_is_in_its_language(bound: Book) -> None:
    """The package in that of the first, and all are named; words of the layouts as the part's own."""
    made = Ebook(bound.output / PATH)
    assert made.package.get(XML_LANG) == "en"
    assert made.said("language") == ["en", "de"]
    assert [tree(made, f"part-{n}-neap.xhtml").get(XML_LANG) for n in (1, 2)] == ["en", "de"]
    assert b"Zur\xc3\xbcck zum Text" in made.files[made.below("part-2-neap.xhtml")]
    assert b'<li lang="de" xml:lang="de"><a href="part-2.xhtml">' in made.files[made.nav]


def test_what_a_bundle_says_of_itself(bound: Book) -> None:
    """Its own title; the authors of all; the latest date; what is true of one part only, that part says."""
    made = Ebook(bound.output / PATH)
    assert made.said("title") == ["Moon & Sea"]
    assert made.said("creator") == ["Ada Stone", "Bert Reef"]
    assert made.said("date") == ["2027-02-03"]
    assert made.said("rights") == []
    assert made.said("schema:bookEdition") == []
    page = made.files[made.below("part-2.xhtml")].decode()
    assert "Erste Auflage, Februar 2027" in page
    assert "© Reef" in page
    assert 'epub:type="part" role="doc-part"' in page


def test_a_bundle_has_no_page_numbers(bound: Book) -> None:
    """Two printed books have the same ones: no list, no marks, and nothing that says there were."""
    made = Ebook(bound.output / PATH)
    assert made.said("pageBreakSource") == []
    assert "pageBreakMarkers" not in made.said("schema:accessibilityFeature")
    assert not any(b"page-list" in data or b"pagebreak" in data for data in made.files.values())


def test_the_identifier_of_a_bundle(bound: Book) -> None:
    """A UUID of version 5 that its title and its series' editions decide, and their text does not."""
    first = Ebook(bound.output / PATH).said("identifier")
    assert first[0][:9] == "urn:uuid:"
    assert first[0][23] == "5"
    bound.edit("sources/sea/01-neap.md", "kaum bewegt", "fast nie bewegt")
    assert bound.build(*BIND).made == [PATH]
    assert Ebook(bound.output / PATH).said("identifier") == first
    bound.edit("sources/sea/series.yaml", "title:", "edition: 2\ntitle:")
    bound.build(*BIND)
    assert Ebook(bound.output / PATH).said("identifier") != first


def test_a_bundle_is_kept_up_to_date(bound: Book) -> None:
    """Later builds make it again when an article in it changed, and only then; nobody has to ask."""
    assert bound.build("--only", "epub").code == 0
    assert bound.build("--only", "epub").ended.endswith(" fresh")
    before = (bound.output / PATH).read_bytes()
    bound.edit("sources/sea/01-neap.md", "kaum bewegt", "fast nie bewegt")
    ran = bound.build("--only", "epub")
    assert PATH in ran.made
    assert any(line.endswith("series sea changed") for line in ran.said)
    assert (bound.output / PATH).read_bytes() != before
    assert PATH not in bound.build("--only", "web").made


def test_a_bundle_goes_with_its_series(bound: Book) -> None:
    """While a series has errors its bundle stays as it was; without the series it is swept away."""
    (bound.root / "sources/sea/02-spring.md").write_bytes(b"\x00" * 3_000_000)
    ran = bound.build()
    assert ran.code == 1
    assert (bound.output / PATH).is_file()
    shutil.rmtree(bound.root / "sources/sea")
    assert f"removed ../{PATH}  nothing makes it any more" in bound.build().said
    assert not (bound.output / "bundles").exists()


def test_a_bundle_that_was_thrown_away_is_not_made_again(bound: Book) -> None:
    (bound.output / PATH).unlink()
    assert PATH not in bound.build().made
    assert not (bound.output / "bundles").exists()


def test_the_name_of_a_bundle(two: Book) -> None:
    """That of its title in small letters of ASCII; a number at the beginning belongs to it."""
    two.build(*BIND[:-1], "2 Tales: Ebb/Flood")
    assert (two.output / "bundles/2-tales-ebb-flood.epub").is_file()
    entry = json.loads((two.output / "manifest.json").read_text())["artefacts"]
    assert entry["bundles/2-tales-ebb-flood.epub"]["members"] == ["moon", "sea"]


def test_a_finding_in_a_bundle_is_shown_at_its_source(bound: Book) -> None:
    """`--validate` asks about bundles too, and finds the article of the right series."""
    from handpress.build import load
    from handpress.check.epub_validators import Finding, place
    from handpress.core.files import workspace

    there = workspace.find(bound.root)
    assert there is not None
    series = [layout.series for layout in load.load(there).layouts]
    finding = Finding(
        "Ace",
        severe=True,
        message="",
        file="EPUB/part-2-neap.xhtml",
        near="<p>the sea kaum bewegt</p>",
    )
    assert place(finding, *series).path == "sources/sea/01-neap.md"


# --- One article -------------------------------------------------------------------------------


def test_an_article_alone(book: Book) -> None:
    """By itself it has a cover, a title page and an identifier, and says which series it is of."""
    ran = book.build("--only", "epub", "--article", "neap")
    assert (ran.code, ran.err) == (0, "")
    assert ran.made == ["epub/neap.png", "epub/neap.epub"]
    made = Ebook(book.output / "moon/epub/neap.epub")
    assert [p.rpartition("/")[2] for p in made.spine if "matter_" not in p] == ["neap.xhtml"]
    assert made.said("title") == ["Neap Tides"]
    assert made.said("description") == ["When the sea moves least."]
    assert made.said("belongs-to-collection") == ["The Moon and the Sea"]
    assert made.said("group-position") == ["1"]
    assert list(dangling(made.pages(), set(made.files))) == []


def test_links_of_an_article_alone_lead_to_the_web(book: Book) -> None:
    """The other articles are not in it; where the series has a site, they are there."""
    book.build("--only", "epub", "--article", "neap")
    made = Ebook(book.output / "moon/epub/neap.epub")
    page = made.files[made.below("neap.xhtml")].decode()
    address = "https://tides.example/articles/spring.html#spring--when-it-comes"
    assert f'<a href="{address}">spring tides</a>' in page
    assert "neighbours" not in page


def test_links_of_an_article_alone_become_titles_where_there_is_no_web(book: Book) -> None:
    series = book.read("sources/moon/series.yaml")
    book.write("sources/moon/series.yaml", re.sub("site: .*\n", "", series))
    book.build("--only", "epub", "--article", "neap", "--article", "spring")
    made = Ebook(book.output / "moon/epub/neap.epub")
    page = made.files[made.below("neap.xhtml")].decode()
    assert "<span>spring tides</span> (<cite>Spring Tides</cite>)" in page
    made = Ebook(book.output / "moon/epub/spring.epub")
    page = made.files[made.below("spring.xhtml")].decode()
    assert "So read <cite><span>Neap Tides</span></cite> first." in page


def test_an_article_alone_is_kept_up_to_date(book: Book) -> None:
    book.build("--only", "epub", "--article", "neap")
    book.edit("sources/moon/01-neap.md", "hardly moves", "barely moves")
    assert "epub/neap.epub" in book.build("--only", "epub").made
    book.edit("sources/moon/02-spring.md", "[](neap.md)", "on")
    (book.root / "sources/moon/01-neap.md").unlink()
    assert "removed epub/neap.epub  nothing makes it any more" in book.build().said


def test_the_ebook_of_a_series_is_not_touched_by_either(built: Book) -> None:
    """Artefacts of an option are made in addition to the others."""
    before = built.files()
    assert built.build("--only", "epub", "--article", "neap").code == 0
    after = built.files()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"manifest.json", "moon/epub/neap.epub", "moon/epub/neap.png"}


# --- Wrong use ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "what", "mend"),
    [
        ("--bundle X --series moon --series sea", "`--bundle` makes ebooks only", "`--only epub`"),
        ("--article neap", "`--article` makes ebooks only", "`--only epub`"),
        ("--only epub --only web --article neap", "`--article` makes ebooks only", "`--only epub`"),
        ("--only epub --bundle X", "`--bundle` needs two or more series", "`--series ID`"),
        (
            "--only epub --bundle X --series sea --series sea",
            "`--bundle` needs two or more series",
            "name each with `--series ID`",
        ),
        ("--only epub --bundle X --series moon --series see", "unknown series `see`", "`sea`?"),
        ("--only epub --bundle -- --series moon --series sea", "expected one argument", ""),
        ("--only epub --bundle … --series moon --series sea", "`--bundle` needs a title", '--bundle "'),
        (
            "--only epub --bundle X --article neap --series moon --series sea",
            "`--bundle` takes whole series",
            "remove `--article`",
        ),
        ("--only epub --article nepp", "unknown article `nepp`", "did you mean `neap`?"),
        ("--only epub --article 7", "unknown article `7`", "use one of: neap, spring"),
    ],
)  # fmt: skip
def test_wrong_use_is_told(options: str, what: str, mend: str, two: Book) -> None:
    """The message names the mistake and its fix; nothing is made."""
    ran = two.build(*options.split())
    assert ran.code == 2
    assert what in ran.err
    assert mend in ran.err
    assert not two.output.exists()


def test_a_series_without_an_ebook_cannot_be_bound(two: Book) -> None:
    two.edit("sources/sea/series.yaml", "title:", "media: [web]\ntitle:")
    ran = two.build(*BIND)
    assert ran.code == 2
    assert ran.err == (
        "handpress: the series `sea` makes no ebook\n"
        "  = help: add `epub` to the `media` in its `series.yaml`\n"
    )
