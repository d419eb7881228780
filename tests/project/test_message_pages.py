"""`docs/messages`: a page for each code, with the example of its case. ``pytest --rewrite`` writes the examples."""

from __future__ import annotations

import pytest

from handpress.build.kinds import ALL_KINDS
from helpers import message_pages
from helpers.message_pages import FOLDER


@pytest.mark.parametrize("code", sorted(ALL_KINDS))
def test_a_code_has_a_page_with_its_example(code: str, pytestconfig: pytest.Config) -> None:
    """Named as the code, so that it is found from the brackets of a message; it begins with the level."""
    file = FOLDER / f"{code}.md"
    assert file.is_file(), f"write docs/messages/{code}.md"
    page = message_pages.page(code)
    if pytestconfig.getoption("rewrite"):
        file.write_text(page, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == page
    level = ALL_KINDS[code].severity.capitalize()
    assert page.startswith(f"# {code}\n\n{level}: ")


def test_the_index_has_all(pytestconfig: pytest.Config) -> None:
    file = FOLDER / "README.md"
    page = message_pages.index()
    if pytestconfig.getoption("rewrite"):
        file.write_text(page, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == page


def test_the_manual_lists_all(pytestconfig: pytest.Config) -> None:
    """At its end, after the pages that have an order of their own."""
    settings = message_pages.manual()
    if pytestconfig.getoption("rewrite"):
        message_pages.MANUAL.write_text(settings, encoding="utf-8")
    assert message_pages.MANUAL.read_text(encoding="utf-8") == settings


def test_no_page_outlives_its_code() -> None:
    assert {file.stem for file in FOLDER.glob("*.md")} - {"README"} == set(ALL_KINDS)
