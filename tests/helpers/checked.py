"""An article as the rules of `check` see it."""

from __future__ import annotations

import datetime
from pathlib import Path

from handpress.build.load import load
from handpress.check.page import Page
from handpress.check.settings import LIMITS
from handpress.core.files.workspace import find

TODAY = datetime.date(2026, 11, 22)


def page_of(root: Path, article: str, series: str = "") -> Page:
    """The page of an article that is alone in its series, below the folder `root`."""
    folder = root / "sources/knees"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "01-knees.md").write_text(article, encoding="utf-8")
    (folder / "series.yaml").write_text(series, encoding="utf-8")
    workspace = find(root)
    assert workspace
    (layout,) = load(workspace).layouts
    return Page(layout.series.articles[0], layout, workspace.disk, LIMITS, TODAY)
