"""The page `docs/add-a-command.md`: its module and its name in a table are a command."""

from __future__ import annotations

import re

import pytest

from helpers.pages import Project, copied, page

PAGE = page("add-a-command")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with the page's command."""
    project = copied(tmp_path_factory.mktemp("project"), "shoulders")
    project.apply(PAGE)
    return project


def test_the_command_prints_what_the_page_shows(project: Project) -> None:
    (shown,) = (fence.text for fence in PAGE.fences if fence.language == "text")
    ran = project.publish("words", project.workspace)
    assert (ran.code, ran.out, ran.err) == (0, shown, "")
    assert not (project.workspace / "output").exists()


def test_a_series_with_errors_is_counted_too(project: Project) -> None:
    broken = project.root / "broken"
    project.write(broken, "sources/one.md", "# One\n\nTwo words.\n")
    project.write(broken, "sources/series.yaml", 'subtitle: "Two\n')
    ran = project.publish("words", broken)
    assert (ran.code, ran.err) == (1, "")
    assert ran.said == [
        "broken: One, 3 words (has errors: see `handpress check`)",
        "  1. One  3 words  (sources/one.md)",
    ]


def test_help_has_the_command(project: Project) -> None:
    (summary,) = re.findall(r'^SUMMARY = "(.*)"$', PAGE.text, re.M)
    assert re.search(rf"^ +words +{summary}$", project.publish("--help").out, re.M)
    assert summary in project.publish("words", "--help").out.lower()


def test_a_folder_without_sources_is_wrong_usage(project: Project) -> None:
    ran = project.publish("words", project.root / "nowhere")
    assert (ran.code, ran.out) == (2, "")


def test_the_checks_and_tests_that_the_page_names_pass(project: Project) -> None:
    """With the test that the page adds."""
    said = project.follow(PAGE)
    assert "count the words of each article" in (project.root / "docs/commands.md").read_text()
    for case in ("counts_the_words_of_each_article", "each_row_has_words[options of words]"):
        assert re.search(rf"^PASSED .*{re.escape(case)}$", said, re.M), case
