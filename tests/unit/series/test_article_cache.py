"""The cache of articles: problems in the text are kept with it, and those that other files cause are not."""

from __future__ import annotations

from pathlib import Path

from handpress.core.caches.cache import Cache
from handpress.core.files.disk import Disk, file_digest
from handpress.series.article_cache import KEPT, parse_cached

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>'
TEXT = "---\nrating: 5\nauthor: {name: Ada, title: Sailor}\nstatus: draft\n---\n\n![A tide](tide.svg)\n"


def test_an_article_is_kept_with_the_problems_of_its_text(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    (tmp_path / "neap.md").write_text(TEXT, "utf-8")
    (tmp_path / "tide.svg").write_text(SVG, "utf-8")
    cache = Cache(tmp_path / "kept", KEPT)
    first = parse_cached(cache, disk, "neap.md")
    cache.save()
    again = Cache(tmp_path / "kept", KEPT)
    assert parse_cached(again, disk, "neap.md") == first
    assert [p.code for p in first[1]] == ["unknown-key", "kept-back"]
    assert (len(list((tmp_path / "kept").iterdir())), again.damaged) == (1, 0)


def test_a_picture_that_was_missing_is_found_again(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    (tmp_path / "neap.md").write_text(TEXT, "utf-8")
    cache = Cache(tmp_path / "kept", KEPT)
    assert "missing-picture" in [p.code for p in parse_cached(cache, disk, "neap.md")[1]]
    (tmp_path / "tide.svg").write_text(SVG, "utf-8")
    file_digest.cache_clear()
    assert "missing-picture" not in [p.code for p in parse_cached(cache, disk, "neap.md")[1]]


def test_formulas_are_kept(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    (tmp_path / "neap.md").write_text("A root $\\sqrt{x}$.\n", "utf-8")
    cache = Cache(tmp_path / "kept", KEPT)
    first = parse_cached(cache, disk, "neap.md")
    cache.save()
    assert first[0].formulas
    assert parse_cached(Cache(tmp_path / "kept", KEPT), disk, "neap.md") == first
