"""Laws: what is true of everything that is published, looked at in the finished files of the sample."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import markdown
import pikepdf
import pypdfium2
import pytest
import yaml

from handpress.core.media import PAPERS
from handpress.core.styles import styles
from helpers.finished import (
    IN_CSS,
    Ebook,
    Page,
    dangling,
    flat,
    html_page,
    outward,
    page_labels,
    pdf_fonts,
    pdf_links,
    pdf_names,
    pdf_text,
    wrong_in,
    xml_page,
)
from helpers.workspaces import ROOT, Book, files, publish

SERIES = yaml.safe_load((ROOT / "sources/fascia-remedy/series.yaml").read_text(encoding="utf-8"))
ID = SERIES["id"]


def front_matter(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
    return found


ARTICLES = {
    file.stem[3:]: front_matter(file)["title"]
    for file in sorted((ROOT / "sources/fascia-remedy").glob("*.md"))
}
HANDOUTS = [f"{ID}/handouts/{slug}.pdf" for slug in ARTICLES]
HANDOUTS += [f"{ID}/handouts/large-print/{slug}.pdf" for slug in ARTICLES]
BOOK, EPUB = f"{ID}/{ID}.pdf", f"{ID}/{ID}.epub"
PACKS = [f"{ID}/packs/{at}{name}.pdf" for name in SERIES["packs"] for at in ("", "large-print/")]
PDFS = [BOOK, *HANDOUTS, *PACKS]


@pytest.fixture(scope="session")
def output(published: Path) -> Path:
    return published / "output"


@pytest.fixture(scope="session")
def ebook(output: Path) -> Ebook:
    return Ebook(output / EPUB)


# --- The same sources give the same files ------------------------------------------------------


def test_the_same_sources_give_the_same_bytes(published: Path, tmp_path: Path) -> None:
    """Neither the folder's name, the time zone, the hash seed nor the number of workers can be seen
    from the bytes of any file, the manifest's included.
    """
    other = tmp_path / "zweite Kopie"
    shutil.copytree(published / "sources", other / "sources")
    ran = publish("--jobs", "1", cwd=other, env={"TZ": "America/St_Johns", "PYTHONHASHSEED": "77"})
    assert ran.code == 0, ran
    one, two = files(published / "output"), files(other / "output")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_a_second_build_makes_nothing(published: Path) -> None:
    """Without a change nothing is made, and no file is touched."""
    touched = {f: f.stat().st_mtime_ns for f in (published / "output").rglob("*") if f.is_file()}
    ran = publish(published)
    assert (ran.code, ran.made) == (0, [])
    assert re.fullmatch(r"\d+ fresh", ran.ended)
    lock = published / "output/.handpress/lock"
    assert {f: f.stat().st_mtime_ns for f in touched if f != lock} == {
        f: t for f, t in touched.items() if f != lock
    }


def test_the_manifest_tells_of_every_file(output: Path) -> None:
    """The manifest has each file, with its bytes, its digest and its pages."""
    there = files(output)
    told = json.loads(there.pop("manifest.json"))["artefacts"]
    assert sorted(told) == sorted(there)
    for name, entry in told.items():
        assert entry["bytes"] == len(there[name])
        assert entry["sha256"] == hashlib.sha256(there[name]).hexdigest()
        if name.endswith(".pdf"):
            with pikepdf.open(output / name) as pdf:
                assert entry["pages"] == len(pdf.pages)


def test_everything_that_is_promised_is_there(output: Path) -> None:
    """The files and their folders are part of the contract: people link to them."""
    promised = {"index.html", "opds.xml", "opds.json", "manifest.json", f"{ID}/index.html"}
    promised |= {
        BOOK,
        EPUB,
        *HANDOUTS,
        *PACKS,
        *(f"{ID}/articles/{slug}.html" for slug in ARTICLES),
    }
    assert promised <= set(files(output))


# --- Every link has a target ---------------------------------------------------------------------


@pytest.fixture(scope="session")
def web(output: Path) -> dict[str, Page]:
    return {
        name: html_page(data.decode())
        for name, data in files(output).items()
        if name.endswith(".html")
    }


def test_no_web_page_has_a_dangling_link(output: Path, web: dict[str, Page]) -> None:
    """Every address in a page is a file that is there, and every place in it is one of its ids."""
    assert sum(len(found.links) for found in web.values()) > 50
    assert list(dangling(web, set(files(output)))) == []


def test_the_catalogues_offer_what_is_there(output: Path) -> None:
    """So does every address in the two catalogues for reading apps."""
    there = files(output)
    offered = xml_page(there["opds.xml"]).links

    def walk(thing: object) -> None:
        if isinstance(thing, dict):
            offered.extend([thing["href"]] if "href" in thing else [])
            thing = list(thing.values())
        for each in thing if isinstance(thing, list) else []:
            walk(each)

    walk(json.loads(there["opds.json"]))
    assert {EPUB, BOOK} <= set(offered)
    assert [to for to in offered if not outward(to) and to not in there] == []


def test_no_ebook_has_a_dangling_link(ebook: Ebook) -> None:
    """Every address in the ebook, its contents and its package included, is in the ebook."""
    pages = ebook.pages()
    assert sum(len(found.links) for found in pages.values()) > 50
    assert list(dangling(pages, set(ebook.files))) == []


@pytest.mark.parametrize("name", PDFS)
def test_no_pdf_has_a_dangling_link(name: str, output: Path) -> None:
    """Every jump in a PDF has its destination, and every other link is a whole address."""
    with pikepdf.open(output / name) as pdf:
        links, names = list(pdf_links(pdf)), pdf_names(pdf)
    assert links
    assert [link for link in links if link.name is not None and link.name not in names] == []
    addresses = [link.uri for link in links if link.uri is not None]
    assert [uri for uri in addresses if not re.match(r"https?://[\w.]+/|mailto:.+@", uri)] == []


def test_a_link_arrives_at_the_words_that_it_names(output: Path) -> None:
    """Arriving is not enough: the book's contents jump to pages on which those headings stand."""
    pages = [flat(text) for text in pdf_text(output / BOOK)]
    with pikepdf.open(output / BOOK) as pdf:
        names, jumps = pdf_names(pdf), {link.name for link in pdf_links(pdf) if link.name}
    assert {f"{slug}" for slug in ARTICLES} <= jumps
    for slug, title in ARTICLES.items():
        assert flat(title) in pages[names[slug]]


def test_an_id_names_one_place(web: dict[str, Page], ebook: Ebook) -> None:
    """No document says an id twice."""
    for name, found in {**web, **ebook.pages()}.items():
        assert [i for i, n in Counter(found.ids).items() if n > 1] == [], name


def test_nothing_is_fetched_from_elsewhere(web: dict[str, Page], ebook: Ebook) -> None:
    """Pages and ebook show themselves without the network: no remote picture, font or stylesheet."""
    for name, found in {**web, **ebook.pages()}.items():
        assert [to for to in found.loads if outward(to) or to.startswith("//")] == [], name
    for name, data in ebook.files.items():
        if name.endswith(".css"):
            for address in IN_CSS.findall(data.decode()):
                assert ebook.below(address) in ebook.files
            assert b"@import" not in data


# --- Cross-references on paper -----------------------------------------------------------------


def cross_references() -> list[tuple[str, str]]:
    """Every (article, other article) of which the first links to the second in its source."""
    found = []
    for file in sorted((ROOT / "sources/fascia-remedy").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        others = re.findall(r"\]\((?:\d\d-)?([\w-]+)\.md(?:#[\w-]+)?\)", text)
        found += [(file.stem[3:], other) for other in dict.fromkeys(others)]
    return found


def test_the_sample_has_cross_references_to_look_at() -> None:
    assert len(cross_references()) >= 4


@pytest.mark.parametrize(("reader", "other"), cross_references())
def test_a_handout_names_the_article_that_it_links_to(
    reader: str, other: str, output: Path
) -> None:
    """On paper a link between articles gives the other's number, which is at the end with its title, and in a
    viewer it opens that article's page on the series' site.
    """
    path = output / f"{ID}/handouts/{reader}.pdf"
    text = flat("\n".join(pdf_text(path)))
    number = list(ARTICLES).index(other) + 1
    title = re.escape(flat(ARTICLES[other].replace("'", "’")))
    assert f"(handout {number})" in text
    assert re.search(rf"{title}, (?:(?:Next|Previous): )?handout {number}\b", text)
    with pikepdf.open(path) as pdf:
        addresses = {link.uri.partition("#")[0] for link in pdf_links(pdf) if link.uri}
    assert f"{SERIES['site']}articles/{other}.html" in addresses


def test_without_a_site_a_handout_still_names_the_article(book: Book) -> None:
    """Without a web address there is no link; the title and number show where to look."""
    book.edit("sources/moon/series.yaml", "site: https://tides.example/\n", "")
    assert book.build("--only", "handout").code == 0
    for reader, title, number in (("neap", "Spring Tides", 2), ("spring", "Neap Tides", 1)):
        path = book.output / f"moon/handouts/{reader}.pdf"
        text = flat("\n".join(pdf_text(path)))
        assert re.search(rf"(?:Next|Previous): {title}, handout {number}\b", text)
        with pikepdf.open(path) as pdf:
            assert [link for link in pdf_links(pdf) if link.uri] == []


# --- Nothing is lost ---------------------------------------------------------------------------


def shown(text: str) -> Counter[str]:
    """The words of a text, however they are set."""
    return Counter(re.findall(r"[A-Za-z]+", unicodedata.normalize("NFKC", text)))


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


def for_all_media(body: str) -> str:
    """An article without the blocks and sections that have an `only`, and the notes that only they call."""
    kept, left_out = [], 0
    for line in body.splitlines(keepends=True):
        level = len(re.match("#*", line)[0])  # type: ignore[index]
        if level and (not left_out or level <= left_out):
            left_out = level if "{: only=" in line else 0
        if not left_out:
            kept.append(line)
    text = re.sub(r"(?:^.+\n)+\{: only=.*\n", "", "".join(kept), flags=re.M)
    for key in re.findall(r"^\[\^(\w+)\]:", text, re.M):
        if text.count(f"[^{key}]") == 1:
            text = re.sub(rf"^\[\^{key}\]:.*\n(?: {{4}}.*\n)*", "", text, flags=re.M)
    return text


@pytest.mark.parametrize("slug", ARTICLES)
@pytest.mark.parametrize("medium", ["handout", "epub", "web"])
def test_every_word_of_an_article_arrives(
    slug: str, medium: str, output: Path, ebook: Ebook
) -> None:
    """Every word of the author is there: none is lost between the source and the finished file."""
    (file,) = (ROOT / "sources/fascia-remedy").glob(f"??-{slug}.md")
    body = file.read_text(encoding="utf-8").split("---\n", 2)[2]
    for_all = for_all_media(body)
    for_all = re.sub(r"^!!! diary.*\n(?:\n| {4}.*\n)*", "", for_all, flags=re.M)  # to be written in
    written = shown(text_of(markdown.markdown(for_all, extensions=["extra", "admonition"])))
    written -= shown("Emergency Urgent Advice key points Key Points ") + shown(
        for_all.count("{: ") * "x "
    )
    if medium == "handout":
        there = "\n".join(pdf_text(output / f"{ID}/handouts/{slug}.pdf"))
    elif medium == "epub":
        there = text_of(ebook.files[ebook.below(f"{slug}.xhtml")].decode())
    else:
        there = text_of((output / f"{ID}/articles/{slug}.html").read_text(encoding="utf-8"))
    assert sum(written.values()) > 300
    assert written - shown(there) == Counter()


# --- PDF ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PDFS)
def test_every_pdf_is_accessible_and_keeps(name: str, output: Path) -> None:
    """Each PDF conforms to PDF/UA-1 (ISO 14289-1) and to PDF/A-2a (ISO 19005-2) in every rule that a
    machine can look at.
    """
    assert wrong_in((output / name).read_bytes()) == []


def test_every_style_on_every_paper_is_accessible_and_keeps(empty: Book) -> None:
    """So does a handout in each style on each paper, of an article that has every part."""
    empty.run("new", ".")
    wishes = [w for s in styles() for w in ("--style", s)] + [
        w for p in PAPERS for w in ("--paper", p)
    ]
    ran = empty.build("--only", "handout", *wishes)
    assert (ran.code, ran.err, len(ran.made)) == (0, "", len(styles()) * len(PAPERS))
    for path in empty.output.rglob("*.pdf"):
        assert wrong_in(path.read_bytes()) == [], path


@pytest.mark.parametrize("name", PDFS)
def test_every_pdf_is_well_formed(name: str, output: Path) -> None:
    """qpdf finds nothing to say of its syntax."""
    done = subprocess.run(["qpdf", "--check", str(output / name)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def plain(name: str) -> str:
    """A font's name without the hyphens and the word that tools set differently."""
    return name.replace("-", "").replace(" ", "").lower().removesuffix("regular")


@pytest.mark.parametrize("name", PDFS)
def test_every_font_is_one_of_ours_and_in_the_file(name: str, output: Path) -> None:
    """No font of the machine slips in, and a printer needs none of its own."""
    ours = {plain(file.stem) for file in (ROOT / "fonts").rglob("*.ttf")}
    with pikepdf.open(output / name) as pdf:
        fonts = pdf_fonts(pdf)
    assert fonts
    assert all(fonts.values()), fonts
    assert {plain(font) for font in fonts} <= ours


@pytest.mark.parametrize("name", PDFS)
def test_every_pdf_says_what_it_is(name: str, output: Path) -> None:
    """Title, language and author are in the metadata, and viewers show the title."""
    slug = Path(name).stem
    title = ARTICLES.get(slug, SERIES["title"])
    with pikepdf.open(output / name) as pdf:
        assert str(pdf.Root.Lang) == SERIES["language"]
        assert title in str(pdf.docinfo.Title)
        assert str(pdf.docinfo.Author) == "Julia Blackwell"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert title in str(metadata["dc:title"])


# --- The book ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def bound(output: Path) -> Any:
    with pikepdf.open(output / BOOK) as pdf:
        with pdf.open_outline() as outline:
            listed = [item.title for item in outline.root]
        yield {
            "labels": page_labels(pdf),
            "names": pdf_names(pdf),
            "outline": listed,
            "text": pdf_text(output / BOOK),
        }


def test_page_labels_are_those_of_a_book(bound: dict[str, Any]) -> None:
    """The cover, then roman numerals, then arabic ones that begin with 1 at the first chapter."""
    labels = bound["labels"]
    start = labels.index("1")
    assert start == bound["names"][next(iter(ARTICLES))]
    assert labels[0] == "Cover"
    numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
    assert labels[1:start] == numerals[1:start]
    assert labels[start:] == [str(n) for n in range(1, len(labels) - start + 1)]


def test_the_printed_folio_is_the_page_label(bound: dict[str, Any], output: Path) -> None:
    """The label of a page in a viewer is the number that is printed on it."""
    printed, pages = 0, pdf_text(output / BOOK, "-layout")
    for label, text in list(zip(bound["labels"], pages, strict=True))[1:]:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines and re.fullmatch(r"\d+|[ivxl]+", lines[-1]):
            assert lines[-1] == label
            printed += 1
    assert printed > len(bound["labels"]) / 2


def test_the_outline_lists_the_chapters(bound: dict[str, Any]) -> None:
    """The outline has every chapter, in the order of the series."""
    assert [title for title in bound["outline"] if title in ARTICLES.values()] == list(
        ARTICLES.values()
    )


def test_the_contents_say_the_pages_on_which_things_are(
    bound: dict[str, Any], output: Path
) -> None:
    """Each number in the contents is the label of a page with that heading."""
    first = bound["names"]["matter_contents"]
    contents = "\n".join(pdf_text(output / BOOK, "-layout")[first : bound["labels"].index("1")])
    # A long title takes two lines.
    contents = re.sub(r"^( *\d+ +\S.*[^\d\s]) *\n +(\S.* {2,}\d+)$", r"\1 \2", contents, flags=re.M)
    entries = re.findall(r"^ *(?:\d+ +)?(\S.*?\S) {2,}(\d+)$", contents, re.M)
    assert set(ARTICLES.values()) <= {title for title, _ in entries}
    assert len(entries) > len(ARTICLES)
    for title, number in entries:
        there = flat(bound["text"][bound["labels"].index(number)])
        assert flat(title).replace("'", "’") in there, (title, number)


def test_a_page_number_in_the_text_is_right(bound: dict[str, Any]) -> None:
    """A cross-reference in the book gives the page of its target: “(page 12)”."""
    text = [flat(page) for page in bound["text"]]
    told = re.findall(r"Low Back Pain\? Strengthen Your Glutes! ?\(?page (\d+)", " ".join(text))
    assert told
    for number in told:
        assert "Strengthen Your Glutes!" in text[bound["labels"].index(number)]


def test_chapters_begin_on_the_right(bound: dict[str, Any]) -> None:
    """A chapter opens on an odd page, which is a right-hand one."""
    for slug in ARTICLES:
        number = bound["names"][slug]
        assert number % 2 == 0, "counted from 0, the cover is a right-hand page"
        assert int(bound["labels"][number]) % 2 == 1


def test_blank_pages_are_blank(bound: dict[str, Any], output: Path) -> None:
    """A page that only fills up a sheet carries no folio, no head, nothing."""
    frontispiece = 3  # a drawing without text
    empty = [n for n, text in enumerate(bound["text"]) if not text.strip() and n != frontispiece]
    assert empty, "the sample has a chapter that ends on a right-hand page"
    with pypdfium2.PdfDocument(output / BOOK) as pdf:
        for number in empty:
            image = pdf[number].render(scale=1).to_pil().convert("L")
            assert image.getextrema() == (255, 255), f"page {number + 1}"


# --- The ebook ---------------------------------------------------------------------------------


def test_the_package_says_what_the_ebook_is(ebook: Ebook) -> None:
    """Language on the package itself, title, authors, the date of the edition, accessibility."""
    package = ebook.package
    assert package.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == SERIES["language"]
    assert next(e.text for e in package.iter(f"{ebook.DC}title")) == SERIES["title"]
    assert [e.text for e in package.iter(f"{ebook.DC}creator")] == ["Julia Blackwell"]
    assert [e.text for e in package.iter(f"{ebook.DC}date")] == [str(SERIES["date"])]
    said = {e.get("property"): e.text for e in package.iter(f"{ebook.OPF}meta")}
    assert said["dcterms:modified"] == f"{SERIES['date']}T00:00:00Z"
    assert {"schema:accessMode", "schema:accessibilitySummary"} <= set(said)
