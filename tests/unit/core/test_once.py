"""Answers that are found once: again for another input, and whenever our code has changed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from handpress.core.caches.once import once


def test_an_answer_is_found_once_for_an_input_and_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    asked: list[str] = []

    def find() -> list[str]:
        asked.append("again")
        return ["answer"]

    for of, code, times in (("a", "1", 1), ("a", "1", 1), ("b", "1", 2), ("b", "2", 3)):
        monkeypatch.setattr("handpress.core.caches.once.whole", lambda code=code: code)
        assert once("name", of, find) == ["answer"]
        assert len(asked) == times
