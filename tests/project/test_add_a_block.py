"""The page `docs/add-a-block.md`: its code, applied as it stands there, makes two blocks in every medium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from handpress.markup.blocks.registry import BLOCKS
from helpers.finished import Ebook, pdf_tags
from helpers.workspaces import ROOT

PAGE = (ROOT / "docs/add-a-block.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", PAGE, re.M | re.S)
COPIED = ("handpress", "layouts", "fonts", "tests", "publish.py", "pyproject.toml", "README.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "tools")


@dataclass(frozen=True)
class Extended:
    """A copy of the project with the page's blocks, and what it published."""

    project: Path
    output: Path
    ran: subprocess.CompletedProcess[str]

    def sections(self, name: str) -> list[ElementTree.Element]:
        """The blocks of that class in the ebook."""
        pages = Ebook(self.output / "blocks.epub").files
        trees = [ElementTree.fromstring(pages[p]) for p in sorted(pages) if p.endswith(".xhtml")]
        return [e for tree in trees for e in tree.iter() if e.get("class") == name]


def patch(project: Path, diff: str) -> None:
    """Apply a diff whose hunks have no numbers: what each replaces stands in its file once."""
    old, new, *lines = diff.splitlines(keepends=True)
    assert old.removeprefix("--- a/") == new.removeprefix("+++ b/")
    file = project / new.removeprefix("+++ b/").strip()
    for hunk in "".join(lines).split("@@\n")[1:]:
        marked = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in marked if line[0] in " -")
        after = "".join(line[1:] for line in marked if line[0] in " +")
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, before
        file.write_text(text.replace(before, after), encoding="utf-8")


def run(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", *map(str, arguments)],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Extended:
    project = tmp_path_factory.mktemp("project")
    for name in COPIED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, project / name, ignore=LEFT_OUT)
        else:
            shutil.copy(there, project / name)
    workspace = project / "blocks"
    for language, path, text in FENCES:
        if language == "diff":
            patch(project, text)
        elif path:
            file = (workspace if language == "markdown" else project) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            assert not file.exists()
            file.write_text(text, encoding="utf-8")
    return Extended(
        project, workspace / "output/blocks", run(project, "publish.py", "build", workspace)
    )


def test_each_folder_of_layouts_belongs_to_a_row() -> None:
    """A folder by another name is never used: its look has no block, or its words no row."""
    folders = {folder.name for folder in (ROOT / "layouts/blocks").iterdir()}
    assert folders <= {block.name for block in BLOCKS}


def test_the_page_has_code_for_every_part_of_a_kind() -> None:
    paths = {path for _, path, _ in FENCES}
    kinds = {path.split("/")[2] for path in paths if path.startswith("layouts/blocks/")}
    assert kinds == {"case-study", "timeline"}
    assert "handpress/markup/blocks/timeline.py" in paths
    assert [language for language, _, _ in FENCES].count("diff") == 3


def test_a_series_with_the_blocks_is_published_without_a_warning(extended: Extended) -> None:
    assert (extended.ran.returncode, extended.ran.stderr) == (0, "")


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


def test_the_tests_that_the_page_names_hold_the_new_blocks(extended: Extended) -> None:
    """With the cases that the page adds."""
    (files,) = re.findall(r"-m pytest (.*)", PAGE)
    options = ("-n", "0", "-p", "no:cacheprovider", "-rA", "-k", "body or block or word or token")
    ran = run(extended.project, "-m", "pytest", *options, *files.split())
    assert ran.returncode == 0, ran.stdout
    for case in ("body[case-study]", "body[timeline]", "words_of_a_block[case-study]"):
        assert re.search(rf"^PASSED .*{re.escape(case)}$", ran.stdout, re.M), case
