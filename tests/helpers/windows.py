"""The window of `watch` in a browser: started on a workspace, with what a test waits for."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Page, expect

from helpers.local_servers import Served, Start
from helpers.workspaces import Book

PATIENCE = 90_000  # milliseconds; a busy machine takes long, and a page that is there costs no wait


class Window(Struct):
    """The page of `watch`, with its server."""

    page: Page
    server: Served
    book: Book

    def pane(self, medium: str) -> str:
        """Return the selector of a medium's pane."""
        return f".pane[data-medium={medium}]"

    def settle(self) -> None:
        """Wait until everything is made."""
        self.page.wait_for_selector("#state:not(.working):not(:empty)", timeout=PATIENCE)

    def only(self, *media: str) -> None:
        """Show these media, no others."""
        pressed = "[...document.querySelectorAll('#media button[aria-pressed=true]')].map(b => b.dataset.medium)"
        before = self.page.evaluate(pressed)
        for medium in [m for m in media if m not in before] + [m for m in before if m not in media]:
            self.page.click(f"#media [data-medium={medium}]")

    def choose(self, path: str) -> None:
        """Choose an article, by its file."""
        self.page.select_option("#article", path)
        expect(self.page.locator("#state")).to_contain_text(path, timeout=PATIENCE)

    def sees(self, medium: str, text: str) -> None:
        """Wait until the frame of a medium has a text."""
        frame = self.page.frame_locator(f"{self.pane(medium)} iframe:not(.next)")
        expect(frame.locator("body")).to_contain_text(text, timeout=PATIENCE)

    def marks(self, medium: str) -> None:
        """Wait until a medium has the mark of the place that changed, in view."""
        expect(self.page.locator(f"{self.pane(medium)} .spot")).to_be_in_viewport(timeout=PATIENCE)

    def version(self, medium: str = "handout") -> str:
        """Return the version of a medium that is on the page."""
        found = self.page.locator(f"{self.pane(medium)} [data-shown]").first
        return found.get_attribute("data-shown", timeout=PATIENCE) or ""

    def changes(self, medium: str, old: str) -> None:
        """Wait until a medium shows another version."""
        newer = f'{self.pane(medium)} [data-shown]:not([data-shown="{old}"])'
        self.page.wait_for_selector(newer, state="attached", timeout=PATIENCE)

    def notices(self, text: str | re.Pattern[str]) -> None:
        """Wait for a line above the pages."""
        expect(self.page.locator("#notice")).to_contain_text(text, timeout=PATIENCE)

    def is_quiet(self) -> None:
        """Wait until no line is above the pages."""
        expect(self.page.locator("#notice")).to_be_hidden(timeout=PATIENCE)

    def says(self, selector: str, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator(selector)).to_have_text(text, timeout=PATIENCE)


def opened(serving: Start, page: Page, book: Book, *arguments: str | Path) -> Window:
    """Start `watch` on a workspace, and open its page."""
    server = serving("publish.py", "watch", book.root, "--no-open", *arguments)
    page.goto(server.address)
    window = Window(page, server, book)
    window.settle()
    return window
