"""The page `docs/add-a-style.md`: its sheet makes a style, in Handpress and in a workspace's own layouts."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from helpers.finished import pdf_fonts
from helpers.pages import Project, copied, page
from helpers.workspaces import Ran, publish

PAGE = page("add-a-style")
FOLDER = "layouts/styles/styles/dyslexia/"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with the page's style."""
    project = copied(tmp_path_factory.mktemp("project"), "shoulders")
    project.apply(PAGE)
    return project


@pytest.fixture(scope="module")
def ran(project: Project) -> Ran:
    return project.publish("build", project.workspace)


@pytest.fixture(scope="module")
def output(project: Project, ran: Ran) -> Path:
    return project.workspace / "output/shoulders"


def test_the_series_is_published_without_a_warning(ran: Ran) -> None:
    assert (ran.code, ran.err) == (0, "")


def ems(file: Path, word: str, size: float) -> float:
    """Return the width of a printed word, in ems of its size."""
    with pypdfium2.PdfDocument(file) as document:
        text = document[0].get_textpage()
        index, count = text.search(word).get_next()
        boxes = [text.get_charbox(i) for i in range(index, index + count)]
    return float(boxes[-1][2] - boxes[0][0]) / size


def test_the_handout_has_the_style(project: Project, output: Path, tmp_path: Path) -> None:
    """Letters are 0.08 em further apart than in `clear-print`, its base, and none of them slants."""
    standard, dyslexia = output / "handouts/stiff.pdf", output / "handouts/dyslexia/stiff.pdf"
    options = ("--only", "handout", "--style", "clear-print", "--output", tmp_path)
    assert project.publish("build", *options, project.workspace).code == 0
    base = tmp_path / "shoulders/handouts/clear-print/stiff.pdf"
    wider = ems(dyslexia, "March", 14) - ems(base, "March", 14)
    assert wider == pytest.approx(4 * 0.08, abs=0.01)
    with pikepdf.open(standard) as one, pikepdf.open(dyslexia) as other:
        assert any("Italic" in font for font in pdf_fonts(one))
        assert not any("Italic" in font for font in pdf_fonts(other))


def test_the_pack_has_the_style(output: Path) -> None:
    assert (output / "packs/dyslexia/first-visit.pdf").is_file()


def test_the_web_page_offers_both_by_name(output: Path) -> None:
    html = (output / "index.html").read_text(encoding="utf-8")
    assert "<strong>Dyslexia-friendly handout</strong>" in html
    assert "<strong>First visit, dyslexia-friendly</strong>" in html


def test_a_workspace_can_have_the_same_folder(tmp_path: Path, output: Path) -> None:
    """Handpress as it is prints the same handout, and gives it the same name."""
    workspace = Project(tmp_path, tmp_path / "shoulders")
    for path, text in PAGE.files.items():
        if path.startswith((FOLDER, "sources/")):
            workspace.write(workspace.workspace, path, text)
    ran = publish("build", workspace.workspace)
    assert (ran.code, ran.err) == (0, "")
    own = workspace.workspace / "output/shoulders"
    handout = "handouts/dyslexia/stiff.pdf"
    assert (own / handout).read_bytes() == (output / handout).read_bytes()
    assert "<strong>Dyslexia-friendly handout</strong>" in (own / "index.html").read_text(
        encoding="utf-8"
    )


def test_the_tests_that_the_page_names_hold_the_style(project: Project) -> None:
    said = project.follow(PAGE)
    for case in ("has_its_sheet[styles/dyslexia]", "every_choice_is_described[dyslexia]"):
        assert re.search(rf"^PASSED .*{re.escape(case)}$", said, re.M), case
