"""`docs/watch.md` shows the window of an author as it is, after a save with a mistake.

``make pictures`` makes its picture again.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from helpers import picture_files
from helpers.local_servers import Start
from helpers.windows import opened
from helpers.workspaces import ROOT, Book

ARTICLE = "sources/fascia-remedy/02-strengthen-your-glutes.md"


def test_the_picture_of_the_window(serving: Start, tab: Page, empty: Book, published: Path) -> None:
    """The place that changed is marked in two media, beside the problem that it has."""
    shutil.copytree(published, empty.root, dirs_exist_ok=True)
    tab.set_viewport_size({"width": 1200, "height": 750})
    window = opened(serving, tab, empty)
    window.only("handout", "web")
    window.choose(ARTICLE)
    old = {medium: window.version(medium) for medium in ("handout", "web")}
    with (empty.root / ARTICLE).open("a", encoding="utf-8") as article:
        article.write("\nWalk a little each day. Read [what a splint does](01-splint.md) first.\n")
    for medium, version in old.items():
        window.changes(medium, version)
        window.marks(medium)
    window.settle()
    window.says("#summary", "1 warning in 1 file")
    tab.mouse.move(0, 0)
    tab.evaluate("document.fonts.ready")
    with Image.open(io.BytesIO(tab.screenshot(animations="disabled"))) as picture:
        picture_files.keep(picture, "watch", colours=96)
    page = (ROOT / "docs/watch.md").read_text(encoding="utf-8")
    assert "](pictures/watch.png)" in page
