"""`docs/editions.md`: its examples are those of the series with four editions."""

from __future__ import annotations

import re

from helpers.editions import DATES, LEDGER, git
from helpers.workspaces import ROOT, Book

PAGE = (ROOT / "docs/editions.md").read_text(encoding="utf-8")
YAML = re.compile(r"```yaml\n(.*?)```", re.S)


def test_the_release_prints_what_the_page_shows(editions: Book) -> None:
    then = git(editions.root, "rev-parse", "HEAD~5").strip()
    git(editions.root, "checkout", "-q", then)
    ran = editions.run("release", "--date", DATES["2"], "--note", "Sleep is new.", "--dry-run")
    assert (ran.code, ran.err, ran.said[0]) == (0, "", f"The Knee: edition 2, {DATES['2']}")
    assert "\n".join(ran.said[:-1]) in PAGE


def test_the_ledger_has_the_lines_that_the_page_shows(editions: Book) -> None:
    """Of digests, versions and commits only the keys: they change with each version of Handpress."""
    (shown,) = YAML.findall(PAGE)
    ledger = editions.read(LEDGER)
    entry = ledger[ledger.index("- edition: 2\n  revision: 1\n") :].partition("\n- ")[0]
    keys = re.compile(r"(?m)^(\s+(?:[\w./]+): )\S+$")
    have = [keys.sub(r"\1", line) for line in entry.splitlines()]
    for line in shown.splitlines():
        assert keys.sub(r"\1", line) in have, line
