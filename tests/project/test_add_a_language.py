"""The page `docs/add-a-language.md`: its file of words is enough for a series without any English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
import yaml

from helpers.finished import Ebook, pdf_text
from helpers.pages import Project, copied, page
from helpers.workspaces import ROOT, Ran, files, publish

PAGE = page("add-a-language")
WORDS = "layouts/words/af.yaml"
SERIES = "skouer"
NAME = "Atkinson Hyperlegible Next"  # of a font, in the book: it is the same in every language
FOLDER = "skouer.example/articles/"  # of the articles, in printed addresses: so is this


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with the page's language."""
    project = copied(tmp_path_factory.mktemp("project"), SERIES)
    project.apply(PAGE)
    return project


@pytest.fixture(scope="module")
def ran(project: Project) -> Ran:
    return project.publish("build", "--booklet", project.workspace)


@pytest.fixture(scope="module")
def output(project: Project, ran: Ran) -> Path:
    return project.workspace / "output"


def english() -> set[str]:
    """The pieces of text between the blanks that are different in the page's language."""
    ours = yaml.safe_load((ROOT / "layouts/words/en.yaml").read_text(encoding="utf-8"))
    for block in (ROOT / "layouts/blocks").glob("*/words.yaml"):
        ours |= yaml.safe_load(block.read_text(encoding="utf-8"))["en"]
    for style in (ROOT / "layouts/styles/styles").glob("*/words.yaml"):
        names = yaml.safe_load(style.read_text(encoding="utf-8"))["en"]
        ours |= {f"{word}_{style.parent.name}": name for word, name in names.items()}
    theirs = {
        piece for text in yaml.safe_load(PAGE.files[WORDS]).values() for piece in pieces(text)
    }
    return {piece for text in ours.values() for piece in pieces(text)} - theirs


def pieces(text: str | list[str] | dict[str, str]) -> Iterator[str]:
    """The text between blanks, where it is long enough to be of one language only."""
    many = text.values() if isinstance(text, dict) else text if isinstance(text, list) else [text]
    for one in many:
        yield from (p for p in (q.strip(" ,:") for q in re.split(r"\{\w+\}", one)) if len(p) > 3)


def shown(html: str) -> str:
    """The text of a page, and the attributes that are read aloud."""
    html = re.sub(r"<style.*?</style>", " ", html, flags=re.S)
    read = re.findall(r'\s(?:alt|title|aria-label)="([^"]*)"', html)
    return " ".join([re.sub(r"<[^>]+>", " ", html), *read])


def texts(output: Path) -> Iterator[tuple[str, str]]:
    """The text of each artefact, with the headings that a reader of PDF lists."""
    for path, data in files(output).items():
        if path.endswith(".pdf"):
            with pikepdf.open(output / path) as pdf, pdf.open_outline() as outline:
                headings = [str(item.title) for item in outline.root]
            yield path, " ".join([*pdf_text(output / path, "-raw"), *headings])
        elif path.endswith(".epub"):
            inside = Ebook(output / path).files
            pages = [
                d.decode() for n, d in inside.items() if n.endswith((".xhtml", ".ncx", ".opf"))
            ]
            yield path, " ".join(map(shown, pages))
        elif path.endswith((".html", ".xml")):
            yield path, shown(data.decode())


def test_the_series_is_published_without_a_warning(ran: Ran) -> None:
    assert (ran.code, ran.err) == (0, "")


def test_no_english_is_left_in_any_medium(output: Path) -> None:
    missing = english()
    assert len(missing) > 100
    found = {
        path: [
            piece
            for piece in sorted(missing)
            if re.search(rf"\b{re.escape(piece)}\b", text.replace(NAME, "").replace(FOLDER, ""))
        ]
        for path, text in texts(output)
    }
    assert {Path(path).suffix for path in found} == {".pdf", ".epub", ".html", ".xml"}
    assert {path: left for path, left in found.items() if left} == {}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("handouts/hitte.pdf", ["Inligtingsblad 1 van 2", "Noodgevalle: 112", "Kernpunte"]),
        ("handouts/swaai.pdf", ["Dagboek", "Keer per dag", "Hou op as:", "Bladsy 1 van"]),
        ("skouer.pdf", ["Inhoud", "Oor die skrywer", "Eerste uitgawe, Maart 2027"]),
        ("booklets/skouer.pdf", ["Hoe om hierdie boekie te druk en te vou"]),
        ("skouer.epub", ["Terug na die teks, nota 1", "Titelblad", "2 Maart 2029"]),
        ("index.html", ["Oor die skrywer", "1 bladsy", "bladsye"]),
    ],
)
def test_the_words_are_afrikaans(path: str, words: list[str], output: Path) -> None:
    read = " ".join(dict(texts(output))[f"{SERIES}/{path}"].split())
    assert [word for word in words if word not in read] == []


def test_a_workspace_can_have_the_same_file(tmp_path: Path, output: Path) -> None:
    """Handpress as it is publishes the same series by it."""
    own = Project(tmp_path, tmp_path / SERIES)
    for path, text in PAGE.files.items():
        own.write(own.workspace, path, text)
    ran = publish("build", "--booklet", own.workspace)
    assert (ran.code, ran.err) == (0, "")
    assert files(own.workspace / "output") == files(output)


def test_the_tests_that_the_page_names_hold_the_language(project: Project) -> None:
    said = project.follow(PAGE)
    assert re.search(r"^PASSED .*all_that_english_says\[af\]$", said, re.M)
