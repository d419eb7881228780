"""The example in `docs/import.md` is what the command does."""

from __future__ import annotations

import re

from helpers.workspaces import ROOT, Book

PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.M | re.S)
    return str(found)


def test_the_example_gives_what_the_page_shows(empty: Book) -> None:
    empty.write("pages/squats.html", block(r"html title=\"pages/squats\.html\""))
    ran = empty.run("import", "pages")
    assert ran.code == 0
    *shown, last = ran.said
    assert shown == block("text").splitlines()
    assert last.startswith("wrote ")
    assert empty.read("sources/strong-at-home/01-why-squat.md") == block("markdown")


def test_what_it_wrote_is_a_series_without_a_problem(empty: Book) -> None:
    empty.write("pages/squats.html", block(r"html title=\"pages/squats\.html\""))
    empty.run("import", "pages")
    ran = empty.run("check")
    assert ran.code == 0, ran
    assert "Common questions" in empty.read("sources/strong-at-home/01-why-squat.md")
