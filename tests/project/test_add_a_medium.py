"""The page `docs/add-a-medium.md`: its module and its row are a medium, and no other medium changes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from helpers.finished import dangling, html_page, outward
from helpers.pages import Project, copied, page
from helpers.workspaces import Ran, files, publish

PAGE = page("add-a-medium")
FILE = "shoulders/shoulders.html"
BLOCK = 'Only here.\n{: only="offline" }\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with the page's medium."""
    project = copied(tmp_path_factory.mktemp("project"), "shoulders")
    project.apply(PAGE)
    return project


@pytest.fixture(scope="module")
def ran(project: Project) -> Ran:
    return project.publish("build", project.workspace)


@pytest.fixture(scope="module")
def output(project: Project, ran: Ran) -> Path:
    return project.workspace / "output"


@pytest.fixture(scope="module")
def html(output: Path) -> str:
    return (output / FILE).read_text(encoding="utf-8")


def test_the_series_is_published_without_a_warning(ran: Ran) -> None:
    assert (ran.code, ran.err) == (0, "")


def test_the_page_is_one_file(html: str) -> None:
    """It loads nothing but the picture and the sheet's drawings inside it, and every link leads to an id in it."""
    page = html_page(html)
    assert [load for load in page.loads if not load.startswith("data:image/svg+xml")] == []
    assert html.count('src="data:image/svg+xml;base64,') == 1
    assert list(dangling({FILE: page}, set())) == []
    assert not any(map(outward, page.links))


def test_every_link_between_articles_is_inside(html: str) -> None:
    assert '<a href="#strong--how">lift</a>' in html
    assert '<a href="#stiff">the first part</a>' in html


def test_it_has_the_notes_the_blocks_and_the_authors(html: str) -> None:
    assert "Often for months." in html
    assert '<section class="do">' in html
    assert "Mo is a physiotherapist." in html
    assert "It froze in March." in html


def test_a_block_for_this_medium_is_in_no_other(html: str, output: Path) -> None:
    assert "Only here." in html
    article = (output / "shoulders/articles/stiff.html").read_text(encoding="utf-8")
    assert "Only here." not in article


def test_the_page_of_the_series_and_the_shelf_offer_it(output: Path) -> None:
    series = (output / "shoulders/index.html").read_text(encoding="utf-8")
    assert 'href="shoulders.html" download' in series
    assert "<strong>The page in one file</strong> <span>HTML · " in series
    assert "HTML, to send or to read offline" in series
    shelf = (output / "index.html").read_text(encoding="utf-8")
    assert 'href="shoulders/shoulders.html" download' in shelf
    atom = (output / "opds.xml").read_text(encoding="utf-8")
    assert f'href="{FILE}" type="text/html"' in atom
    (entry,) = json.loads((output / "opds.json").read_text(encoding="utf-8"))["publications"]
    assert [link["href"].rpartition(".")[2] for link in entry["links"]] == ["epub", "html", "pdf"]


def test_the_other_media_have_the_same_bytes(project: Project, tmp_path: Path) -> None:
    """Handpress as it is publishes the same files, except for this one and those that offer it."""
    own = Project(tmp_path, tmp_path / "shoulders")
    for path, text in PAGE.files.items():
        if path.startswith("sources/"):
            own.write(own.workspace, path, text.replace(BLOCK, ""))
    for publisher, folder in ((publish, "before"), (project.publish, "after")):
        ran = publisher("build", "--output", tmp_path / folder, own.workspace)
        assert (ran.code, ran.err) == (0, "")
    before, after = files(tmp_path / "before"), files(tmp_path / "after")
    assert after.keys() - before.keys() == {FILE}
    offering = {"index.html", "opds.xml", "opds.json", "shoulders/index.html", "manifest.json"}
    assert {path for path in before if before[path] != after[path]} == offering


def test_only_the_medium_can_be_made(project: Project, tmp_path: Path) -> None:
    ran = project.publish(
        "build", "--only", "offline", "--output", tmp_path / "out", project.workspace
    )
    assert (ran.code, ran.err) == (0, "")
    assert {*files(tmp_path / "out")} == {"manifest.json", FILE}


def test_list_has_its_state(project: Project, ran: Ran) -> None:
    """An outdated file makes the pages that offer it outdated. The file itself shows no other."""
    assert ran.code == 0
    assert "stale" not in project.publish("list", project.workspace).out
    sheets = project.workspace / "layouts/styles/media"
    for name, file in (("offline.css", "shoulders.html"), ("book.css", "shoulders.pdf")):
        project.write(sheets, name, "p { margin: 0 }\n")
        said = project.publish("list", project.workspace).out
        (sheets / name).unlink()
        stale = set(re.findall(r"^ +stale +(\S+\.(?:html|pdf))\b", said, re.M))
        assert stale == {file, "index.html", "../index.html"}


def test_the_checks_and_tests_that_the_page_names_hold_the_medium(project: Project) -> None:
    said = project.follow(PAGE)
    assert re.search(r"^PASSED .*every_choice_is_described\[offline\]$", said, re.M)
    assert re.search(r"^PASSED .*test_compose\.py::.*\[offline", said, re.M)
