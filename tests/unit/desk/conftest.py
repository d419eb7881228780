"""The desk of a small clinic, in a process of its own, for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers.clinic import Clinic, opened
from helpers.local_servers import watching

expect.set_options(timeout=30_000)  # for a machine that does other work too


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    yield from opened(tmp_path_factory.mktemp("clinic"), tmp_path_factory.mktemp("log") / "errors")


@pytest.fixture
def desk(clinic: Clinic, browser: Browser) -> Iterator[Page]:
    """The library, in a tab that fails on a request that leaves the machine and on an error of a script."""
    for watched in watching(browser):
        # The browser's dialog would wait for somebody.
        watched.context.add_init_script(
            "window.print = () => { top.printed = (top.printed ?? 0) + 1 }"
        )
        page = watched.page()
        page.goto(clinic.server.address)
        yield page
        # Chromium notes an answer that refuses a form, too.
        assert [found for found in watched.wrong if "status of 422" not in found] == []
