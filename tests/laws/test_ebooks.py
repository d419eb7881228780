"""Every kind of ebook there is: by both validators, by what those don't ask, and in an e-reader's engine.

One workspace has the sample in its languages, the model series, a bare folder without author or picture, and a series with
every part; of these are bound two bundles, one of two languages, and an article alone.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from handpress.build.load import load as read_sources
from handpress.core.files import workspace
from handpress.core.numerals import LATIN
from helpers.finished import NCX, TYPE, XHTML, XML_LANG, Ebook, dangling, outward
from helpers.one_jvm import epubcheck
from helpers.workspaces import MODEL, ROOT, TOOLS, TRANSLATIONS, publish, with_fonts_of_the_machine

SAMPLE = ("fascia-remedy", *(f"fascia-remedy-{tag}" for tag in TRANSLATIONS))
SERIES = ("bare", *SAMPLE, "moon", "parts")
BUNDLES = {
    "Three Series": ("fascia-remedy", "parts", "moon"),
    "لغتان": ("fascia-remedy-ar", "fascia-remedy-de"),
}
EBOOKS = (
    *(f"{id_}/{id_}.epub" for id_ in SERIES),
    "bundles/three-series.epub",
    "bundles/30044ad6.epub",
    "fascia-remedy/epub/cortisone-shots.epub",
)


@pytest.fixture(scope="module")
def output(translated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ebooks, made by the front door: those of the sample are there already."""
    root = tmp_path_factory.mktemp("ebooks") / "workspace"
    shutil.copytree(translated, root)
    for sources in (MODEL / "sources", ROOT / "tests/ebooks/sources"):
        shutil.copytree(sources, root / "sources", dirs_exist_ok=True)
    images = root / "sources/parts/images"
    Image.new("RGB", (3000, 2000), "#7aa5a5").save(images / "large.webp")
    Image.new("RGB", (300, 200), "#a57a7a").save(images / "small.avif")
    Image.new("RGBA", (300, 200), "#0e5a5a80").save(images / "mark.png")
    Image.new("RGB", (240, 320), "#555").save(root / "sources/authors/ann-field.jpg")
    asked: list[list[str]] = [[], ["--series", "fascia-remedy", "--article", "cortisone-shots"]]
    for title, members in BUNDLES.items():
        asked.append([f"--series={id_}" for id_ in members] + ["--bundle", title])
    for options in asked:
        ran = publish("--only", "epub", *options, root)
        assert (ran.code, ran.err) == (0, ""), ran
    return root / "output"


def test_they_are_all_there(output: Path) -> None:
    assert sorted(p.relative_to(output).as_posix() for p in output.rglob("*.epub")) == sorted(
        EBOOKS
    )


def test_epubcheck_finds_no_fault(output: Path, tmp_path: Path) -> None:
    """No error, no warning, no remark in any of them; in one that is damaged, it does."""
    damaged = tmp_path / "damaged.epub"
    with zipfile.ZipFile(output / EBOOKS[0]) as sound, zipfile.ZipFile(damaged, "w") as spoiled:
        for entry in sound.infolist():
            spoiled.writestr(entry, sound.read(entry).replace(b"<body", b'<body colour="sea"'))
    found = epubcheck([damaged, *(output / path for path in EBOOKS)])
    assert "colour" in found.pop(damaged)[0]
    assert found == {output / path: [] for path in EBOOKS}


def test_ace_finds_no_fault(output: Path, tmp_path: Path) -> None:
    """No violation of any of its rules in any of them; in one without a language, it does."""
    damaged = tmp_path / "damaged.epub"
    with zipfile.ZipFile(output / EBOOKS[0]) as sound, zipfile.ZipFile(damaged, "w") as spoiled:
        for entry in sound.infolist():
            page = sound.read(entry).replace(b' lang="en" xml:lang="en"', b"")
            spoiled.writestr(entry, page)
    files = [damaged, *(output / path for path in EBOOKS)]
    done = subprocess.run(
        ["node", str(TOOLS / "ace.mjs"), *map(str, files)],
        check=True, capture_output=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert "html-has-lang" in found.pop(str(damaged))[0]
    assert found == {str(output / path): [] for path in EBOOKS}


def test_the_command_has_nothing_to_say(output: Path) -> None:
    """Both validators are there, and find the ebook of a bare folder sound."""
    ran = publish("--only", "epub", "--validate", "--series", "bare", output.parent)
    assert (ran.code, ran.err) == (0, "")


# --- What validators don't ask -----------------------------------------------------------------


@pytest.fixture(params=EBOOKS)
def ebook(output: Path, request: pytest.FixtureRequest) -> Ebook:
    return Ebook(output / request.param)


def navigation(ebook: Ebook) -> dict[str, list[tuple[str, str]]]:
    """The lists of the navigation by their type: where each entry leads, and its label."""
    nav = ElementTree.fromstring(ebook.files[ebook.nav])
    return {
        list_.get(TYPE, ""): [
            (link.attrib["href"], "".join(link.itertext())) for link in list_.iter(f"{XHTML}a")
        ]
        for list_ in nav.iter(f"{XHTML}nav")
    }


def pages(ebook: Ebook) -> Iterator[tuple[str, ElementTree.Element]]:
    for path in ebook.spine:
        yield path, ElementTree.fromstring(ebook.files[path])


def test_all_text_is_utf8(ebook: Ebook) -> None:
    for name, data in ebook.files.items():
        if name.endswith((".xhtml", ".css", ".opf", ".ncx", ".xml", ".svg", ".txt")):
            text = data.decode("utf-8")
            assert re.match(r"<\?xml[^>]*encoding=[\"'](?!utf-8)", text, re.I) is None, name


def test_every_page_is_in_the_contents_in_order(ebook: Ebook) -> None:
    """All that is read in a row but the cover and the contents themselves; sections in the order of
    their page.
    """
    listed = [to for to, _ in navigation(ebook)["toc"]]
    files = [ebook.below(to) for to in listed if "#" not in to]
    unlisted = {ebook.below("matter_cover.xhtml"), ebook.nav}
    assert files == [path for path in ebook.spine if path not in unlisted]
    order = {path: number for number, path in enumerate(ebook.spine)}
    ids = {path: page.ids for path, page in ebook.pages().items()}
    places = []
    for address in listed:
        file, _, id_ = address.partition("#")
        path = ebook.below(file)
        places.append((order[path], ids[path].index(id_) if id_ else -1))
    assert places == sorted(places)


def test_every_article_is_there(ebook: Ebook, output: Path, request: pytest.FixtureRequest) -> None:
    """By its title, in the contents, in the order of its series."""
    there = workspace.find(output.parent)
    assert there
    series = {layout.series.id: layout.series for layout in read_sources(there).layouts}
    path = request.node.callspec.params["ebook"]
    entry = json.loads((output / "manifest.json").read_text("utf-8"))["artefacts"][path]
    articles = [
        a for id_ in entry.get("members") or [entry["series"]] for a in series[id_].articles
    ]
    wanted = [a.title for a in articles if entry.get("article") in (None, "", a.slug)]
    titles = [label for to, label in navigation(ebook)["toc"] if not re.search("#|matter_", to)]
    assert [title for title in titles if title in wanted] == wanted


def test_printed_pages_are_listed_once_and_in_order(ebook: Ebook) -> None:
    """Roman numbers, then figures that ascend; each leads to the mark of that page, and none is left out."""
    listed = [(to, LATIN.write(label)) for to, label in navigation(ebook).get("page-list", [])]
    marks = [
        (f"{path.rpartition('/')[2]}#{e.get('id')}", e.get("id", "").removeprefix("page---"))
        for path, page in pages(ebook)
        for e in page.iter()
        if e.get(TYPE) == "pagebreak"
    ]
    assert listed == marks
    figures = [int(label) for _, label in listed if label.isdigit()]
    assert all(a < b for a, b in pairwise(figures))
    assert [label.isdigit() for _, label in listed] == sorted(
        label.isdigit() for _, label in listed
    )


def test_old_readers_get_the_same_lists(ebook: Ebook) -> None:
    """The NCX of EPUB 2 leads where the navigation does."""
    ncx = ElementTree.fromstring(ebook.files[ebook.below("toc.ncx")])
    lists = navigation(ebook)
    for kind, point in (("toc", "navPoint"), ("page-list", "pageTarget")):
        found = [e.find(f"{NCX}content") for e in ncx.iter(f"{NCX}{point}")]
        assert [e.get("src") for e in found if e is not None] == [
            to for to, _ in lists.get(kind, [])
        ]


def test_nothing_is_fetched_from_elsewhere(ebook: Ebook) -> None:
    assert not [to for page in ebook.pages().values() for to in page.loads if outward(to)]
    for name, data in ebook.files.items():
        if name.endswith(".css"):
            assert b"http" not in data, name


def test_every_link_arrives_and_every_id_is_one_things(ebook: Ebook) -> None:
    found = ebook.pages()
    assert list(dangling(found, set(ebook.files))) == []
    for name, page in found.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_every_picture_has_words_or_says_that_it_needs_none(ebook: Ebook) -> None:
    for path, page in pages(ebook):
        for image in page.iter(f"{XHTML}img"):
            decorative = "decorative" in image.get("class", "").split()
            assert (image.attrib["alt"].strip() == "") == decorative, (path, image.attrib)


def test_the_package_and_every_page_say_their_language(ebook: Ebook) -> None:
    (first, *_) = (e.text for e in ebook.package.iter(f"{Ebook.DC}language"))
    assert ebook.package.get(XML_LANG) == first
    for path, page in pages(ebook):
        assert page.get(XML_LANG) == page.get("lang") != "", path


def test_no_type_goes_without_its_role(ebook: Ebook) -> None:
    """An element for which DPUB-ARIA has a role carries it: a screen reader knows nothing else."""
    roles = (
        "chapter",
        "part",
        "colophon",
        "footnote",
        "noteref",
        "backlink",
        "pagebreak",
        "qna",
        "notice",
    )
    for path, page in pages(ebook):
        for element in page.iter():
            if element.get(TYPE) in roles:
                assert element.get("role") == f"doc-{element.get(TYPE)}", path


def test_the_files_are_packed_as_readers_expect(ebook: Ebook) -> None:
    """`mimetype` first and stored, the rest sorted, each in the package once, with names in ASCII."""
    first, *rest = ebook.entries
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    names = [entry.filename for entry in rest]
    assert names == sorted(names)
    assert all(name.isascii() for name in names)
    packed = set(names) - {"META-INF/container.xml", ebook.package_path}
    assert sorted(path for path, _ in ebook.items.values()) == sorted(packed)


# --- In an e-reader's engine -------------------------------------------------------------------


@pytest.fixture(scope="module")
def met(output: Path) -> dict[str, dict[str, Any]]:
    """The records of an e-reader that opened each ebook, by path."""
    files = [str(output / path) for path in EBOOKS]
    done = subprocess.run(
        ["node", str(TOOLS / "read.mjs"), *files],
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        env=with_fonts_of_the_machine(),  # no ebook has a face for Arabic
    )
    said = json.loads(done.stdout)
    return {path: said[file] for path, file in zip(EBOOKS, files, strict=True)}


@pytest.fixture(params=EBOOKS)
def read(met: dict[str, dict[str, Any]], request: pytest.FixtureRequest) -> dict[str, Any]:
    return met[request.param]


def test_it_opens_without_complaint(read: dict[str, Any]) -> None:
    """Every page, picture and face is found; the cover is there; Arabic turns the other way."""
    assert read["wrong"] == []
    assert read["cover"] == 1600
    first = read["sections"][0]["file"]
    assert first.endswith("matter_cover.xhtml")
    pictures = [p for section in read["sections"] for p in section["pictures"]]
    assert [p for p in pictures if not p["width"]] == []


def test_the_contents_lead_to_what_they_name(read: dict[str, Any]) -> None:
    """A section's entry leads to the heading of that name, an article's to the page of that title."""
    for entry in read["contents"]:
        there = entry["text"] or read["sections"][entry["section"]]["title"]
        assert (there, entry["shown"]) == (entry["label"], True)


def test_the_list_of_pages_leads_to_each(read: dict[str, Any]) -> None:
    """A jump to page 12 shows where it begins. The reader's own footer says so, or the next page's
    number, if that begins on the same screen.
    """
    labels = [entry["label"] for entry in read["pages"]]
    for number, entry in enumerate(read["pages"]):
        assert (entry["shown"], entry["name"].endswith(entry["label"])) == (True, True)
        assert entry["page"] in labels[number : number + 2]


def test_notes_pop_up(read: dict[str, Any]) -> None:
    """Each appears whole at its call, with its number, and is hidden in its own place."""
    for section in read["sections"]:
        for note in section["notes"]:
            assert (note["hidden"], note["type"]) == (True, "footnote")
            assert re.match(r"\d+\. \w", note["text"]), note["text"]


def test_nothing_is_wider_than_a_phone(read: dict[str, Any]) -> None:
    """No table, no code, no picture: what is would be cut off, or would cover the next page."""
    assert [w for section in read["sections"] for w in section["wide"]] == []


def test_all_colours_are_the_readers(read: dict[str, Any]) -> None:
    """By day dark on light and at night light on dark: no page sets a colour or a background of its own."""
    for scheme, ink in (("day", "rgb(0, 0, 0)"), ("night", "rgb(255, 255, 255)")):
        colours = {c for section in read["sections"] for c in section[scheme]["colours"]}
        grounds = {c for section in read["sections"] for c in section[scheme]["grounds"]}
        assert (colours, grounds) == ({ink}, {"rgba(0, 0, 0, 0)"})


def test_what_the_series_with_every_part_shows(met: dict[str, dict[str, Any]]) -> None:
    """The same pop-up twice for a note that is called twice, and the pictures that it ought to have."""
    sections = {s["file"].rpartition("/")[2]: s for s in met["parts/parts.epub"]["sections"]}
    notes = [note["text"].split(" Back")[0] for note in sections["first.xhtml"]["notes"]]
    assert notes == [
        "1. The first note.",
        "2. The second note, with two paragraphs. Here is the other.",
        "1. The first note.",
    ]
    widths = {p["words"]: p["width"] for p in sections["first.xhtml"]["pictures"]}
    assert widths["A large photo"] == widths["A curve with three labels"] == 2000
    assert set(sections["first.xhtml"]["faces"]) == {"Literata"}
    assert [
        met[path]["direction"]
        for path in ("parts/parts.epub", "fascia-remedy-ar/fascia-remedy-ar.epub")
    ] == ["ltr", "rtl"]
