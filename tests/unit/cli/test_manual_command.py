"""`handpress manual`: the web pages of the manual, in the cache folder of the user."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from helpers.workspaces import publish


def test_it_makes_the_pages_and_prints_their_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time nothing is made. Nothing is written elsewhere."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    addresses, changed = set(), set()
    for _ in range(2):
        ran = publish("manual", "--no-open")
        assert (ran.code, ran.err) == (0, "")
        addresses.add(ran.out.strip())
        (page,) = tmp_path.rglob("articles/first-handout.html")
        changed.add(page.stat().st_mtime_ns)
    (address,) = addresses
    index = Path(unquote(urlsplit(address).path))
    assert index.is_relative_to(tmp_path)
    assert "The Handpress Manual" in index.read_text(encoding="utf-8")
    assert len(changed) == 1
    assert not list(tmp_path.rglob("*.pdf"))
