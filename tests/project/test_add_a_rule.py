"""The page `docs/add-a-rule.md`: its code, applied exactly, finds the article that breaks the rule and no other."""

from __future__ import annotations

import re

import pytest

from helpers.pages import Project, copied, page

PAGE = page("add-a-rule")
RULES = "handpress/press/preflight/rules"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with the page's rule, and a workspace with the page's articles."""
    project = copied(tmp_path_factory.mktemp("project"), "rules")
    project.apply(PAGE)
    return project


def test_the_rule_is_one_file_and_one_row() -> None:
    """The page changes no other code: the other diff is its test."""
    assert [path for path in PAGE.files if path.endswith(".py")] == [f"{RULES}/long_heading.py"]
    assert [diff.partition("\n")[0] for diff in PAGE.diffs] == [
        f"--- a/{RULES}/__init__.py",
        "--- a/tests/unit/press/test_preflight.py",
    ]


def test_only_the_bad_article_is_reported_at_its_line(project: Project) -> None:
    """In the words of the page, all of them; the article is published, since it is a warning."""
    (message,) = (f.text for f in PAGE.fences if f.language == "text" and not f.path)
    ran = project.publish("build", "rules")
    *said, _ = ran.err.splitlines(keepends=True)
    assert (ran.code, "".join(said)) == (0, message)
    for name in ("shoulders", "knees"):
        assert (project.workspace / f"output/rules/handouts/{name}.pdf").exists()


def test_the_checks_and_tests_that_the_page_names_pass(project: Project) -> None:
    """With the test that the page adds, and the example of the new message."""
    said = project.follow(PAGE)
    for case in (
        "test_long_heading", "test_each_module_of_a_rule_is_a_row",
        "test_a_code_has_a_page_with_its_example[long-heading]",
        "test_messages_are_plain_english[long-heading]",
    ):  # fmt: skip
        assert re.search(rf"^PASSED .*{re.escape(case)}$", said, re.M), case
    assert "## Before you go out" in (project.root / "docs/messages/long-heading.md").read_text()
    assert "- long-heading\n" in (project.root / "docs/series.yaml").read_text()
