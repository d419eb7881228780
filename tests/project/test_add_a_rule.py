"""The page `docs/add-a-rule.md`: its code, applied exactly, finds the article that breaks the rule and no other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.workspaces import ROOT, timeless

PAGE = (ROOT / "docs/add-a-rule.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", PAGE, re.M | re.S)
COPIED = (
    "handpress",
    "layouts",
    "fonts",
    "tests",
    "publish.py",
    "pyproject.toml",
    "README.md",
    "docs",
)
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "tools")


def patch(project: Path, diff: str) -> None:
    """Apply a diff whose hunks have no numbers: the lines each replaces are in its file once."""
    _, new, *lines = diff.splitlines(keepends=True)
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
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the page's rule, and a workspace with the page's articles."""
    copy = tmp_path_factory.mktemp("project")
    for name in COPIED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, copy / name, ignore=LEFT_OUT)
        else:
            shutil.copy(there, copy / name)
    for language, path, text in FENCES:
        if language == "diff":
            patch(copy, text)
        elif path:
            file = copy / ("rules" if path.startswith("sources/") else "") / path
            file.parent.mkdir(parents=True, exist_ok=True)
            assert not file.exists()
            file.write_text(text, encoding="utf-8")
    return copy


def test_the_rule_is_one_file_and_one_row() -> None:
    """The page changes no other code: the other diffs are its test, and its row among the messages."""
    files = [path for language, path, _ in FENCES if language == "python"]
    diffs = [text.partition("\n")[0] for language, _, text in FENCES if language == "diff"]
    rules = "handpress/press/preflight/rules"
    assert files == [f"{rules}/long_heading.py"]
    assert diffs == [
        f"--- a/{rules}/__init__.py",
        "--- a/tests/unit/press/test_preflight.py",
        "--- a/docs/messages/README.md",
    ]


def test_only_the_bad_article_is_reported_at_its_line(project: Path) -> None:
    """In the words of the page, all of them; the article is published, since it is a warning."""
    (message,) = (text for language, _, text in FENCES if language == "text")
    ran = run(project, "publish.py", "build", "rules")
    *said, _ = timeless(ran.stderr).splitlines(keepends=True)
    assert (ran.returncode, "".join(said)) == (0, message)
    for name in ("shoulders", "knees"):
        assert (project / f"rules/output/rules/handouts/{name}.pdf").exists()


def test_the_tests_that_the_page_names_hold_the_new_rule(project: Path) -> None:
    """With the test that the page adds."""
    (files,) = re.findall(r"-m pytest (.*)", PAGE)
    options = (
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "-rA",
        "-k",
        "rule or wording or long-heading or long_heading",
    )
    ran = run(project, "-m", "pytest", *options, *files.split())
    assert ran.returncode == 0, ran.stdout
    for case in (
        "test_long_heading", "test_each_module_of_a_rule_is_a_row",
        "test_a_code_has_a_page_with_its_example[long-heading]",
        "test_messages_are_plain_english[long-heading]",
    ):  # fmt: skip
        assert re.search(rf"^PASSED .*{re.escape(case)}$", ran.stdout, re.M), case
