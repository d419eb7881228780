"""The page `docs/add-a-block.md`: its code, applied exactly as printed, makes two blocks in every medium."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec import Struct

from handpress.markup.blocks.registry import BLOCKS
from helpers.finished import Ebook, pdf_tags
from helpers.pages import Project, copied, page
from helpers.workspaces import ROOT, Ran

PAGE = page("add-a-block")


class Extended(Struct, frozen=True):
    """A copy of the project with the page's blocks, and what it published."""

    project: Project
    ran: Ran

    @property
    def output(self) -> Path:
        return self.project.workspace / "output/blocks"

    def sections(self, name: str) -> list[ElementTree.Element]:
        """The blocks of that class in the ebook."""
        pages = Ebook(self.output / "blocks.epub").files
        trees = [ElementTree.fromstring(pages[p]) for p in sorted(pages) if p.endswith(".xhtml")]
        return [e for tree in trees for e in tree.iter() if e.get("class") == name]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Extended:
    project = copied(tmp_path_factory.mktemp("project"), "blocks")
    project.apply(PAGE)
    return Extended(project, project.publish("build", project.workspace))


def test_each_folder_of_layouts_belongs_to_a_row() -> None:
    """A folder by another name is never used: its look has no block, or its words no row."""
    folders = {folder.name for folder in (ROOT / "layouts/blocks").iterdir()}
    assert folders <= {block.name for block in BLOCKS}


def test_the_page_has_code_for_every_part_of_a_kind() -> None:
    kinds = {path.split("/")[2] for path in PAGE.files if path.startswith("layouts/blocks/")}
    assert kinds == {"case-study", "timeline"}
    assert "handpress/markup/blocks/timeline.py" in PAGE.files
    assert len(PAGE.diffs) == 4


def test_a_series_with_the_blocks_is_published_without_a_warning(extended: Extended) -> None:
    assert (extended.ran.code, extended.ran.err) == (0, "")


@pytest.mark.parametrize(
    "files", [("blocks.pdf",), ("handouts/shoulders.pdf", "handouts/healing.pdf")]
)
def test_on_paper(files: tuple[str, ...], extended: Extended) -> None:
    """A title and a text; a title and a list."""
    tags = [line.strip() for file in files for line in pdf_tags(extended.output / file)]
    study, timeline = tags.index("'Case study'"), tags.index("'After the operation'")
    assert tags[study - 2 : study + 3] == [
        "Sect", "P", "'Case study'", "P", "'Ann, 52, gardens. Her shoulder'",
    ]  # fmt: skip
    assert tags[timeline - 2 : timeline + 6] == [
        "Sect", "P", "'After the operation'", "L ListNumbering=/None", "LI", "LBody", "Strong", "'Week 1'",
    ]  # fmt: skip


def test_in_the_ebook(extended: Extended) -> None:
    """A case study says what it is and has its title for a name; a timeline is a list."""
    (study,) = extended.sections("case-study")
    assert (study.get("role"), study.get("aria-label")) == ("doc-example", "Case study")
    (timeline,) = extended.sections("timeline")
    stages = [
        " ".join("".join(e.itertext()).split()) for e in timeline.iter() if e.tag.endswith("}li")
    ]
    assert stages == ["Week 1 Rest.", "Weeks 2 to 6 Move a little, often."]


def test_on_the_web(extended: Extended) -> None:
    shoulders = (extended.output / "articles/shoulders.html").read_text(encoding="utf-8")
    assert '<section class="case-study"><p class="title">Case study</p>' in shoulders
    healing = (extended.output / "articles/healing.html").read_text(encoding="utf-8")
    assert '<section class="timeline"><p class="title">After the operation</p>' in healing
    assert "<li><strong>Week 1</strong> Rest.</li>" in healing


def test_the_sheets_of_the_blocks_are_on_the_web_and_in_the_ebook(extended: Extended) -> None:
    page = (extended.output / "articles/shoulders.html").read_text(encoding="utf-8")
    ebook = Ebook(extended.output / "blocks.epub").files
    epub = "".join(data.decode() for name, data in ebook.items() if name.endswith(".css"))
    for css in (page, epub):
        assert ".case-study {" in css
        assert ".timeline ol {" in css


def test_the_checks_and_tests_that_the_page_names_hold_the_new_blocks(extended: Extended) -> None:
    """With the cases that the page adds."""
    said = extended.project.follow(PAGE)
    for case in ("body[case-study]", "body[timeline]", "words_of_a_block[case-study]"):
        assert re.search(rf"^PASSED .*{re.escape(case)}$", said, re.M), case
