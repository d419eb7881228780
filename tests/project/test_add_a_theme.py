"""The page `docs/add-a-theme.md`: its folder makes a theme, without a copy of any layout."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from helpers.pages import Project, page
from helpers.workspaces import Ran, publish

PAGE = page("add-a-theme")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the files of the page."""
    root = tmp_path_factory.mktemp("project")
    project = Project(root, root / "shoulders")
    for path, text in PAGE.files.items():
        project.write(project.workspace, path, text)
    return project.workspace


@pytest.fixture(scope="module")
def ran(workspace: Path) -> Ran:
    return publish("build", workspace)


def test_the_series_is_published_without_a_warning(ran: Ran) -> None:
    assert (ran.code, ran.err) == (0, "")


def test_covers_have_its_colour(ran: Ran, workspace: Path) -> None:
    made = workspace / "output/shoulders"
    with zipfile.ZipFile(made / "shoulders.epub") as epub:
        (name,) = (n for n in epub.namelist() if n.endswith("cover.png"))
        covers = [(made / "cover.png").read_bytes(), epub.read(name)]
    for data in covers:
        assert Image.open(io.BytesIO(data)).convert("RGB").getpixel((5, 5)) == (0x6A, 0x1B, 0x4D)


def test_pages_have_its_values_and_rules(ran: Ran, workspace: Path) -> None:
    """Those beside the name of the theme override its own."""
    html = (workspace / "output/index.html").read_text(encoding="utf-8")
    assert "--brand: #6a1b4d" in html
    assert "border: 0.8pt solid var(--accent)" in html
    assert '--display: "Atkinson Hyperlegible Next", ' in html


def test_the_command_of_the_page_prints_a_specimen(workspace: Path) -> None:
    file = workspace / "specimen.pdf"
    ran = publish("theme", workspace, "--specimen", str(file))
    assert ran.code == 0, ran.err
    assert "--brand" in ran.out
    assert file.read_bytes().startswith(b"%PDF")
