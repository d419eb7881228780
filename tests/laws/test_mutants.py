"""Mutants: pictures with damage are refused with a reason, or shown in every medium."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.workspaces import ROOT
from mutants import mutant, wrong_with

# Each once stopped the press, or raised something.
FOUND = sorted((ROOT / "tests/damaged").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_before(path: Path) -> None:
    assert wrong_with(path.name, path.read_bytes()) is None


@pytest.mark.parametrize("start", range(100_000, 100_200, 50))
def test_mutants(start: int) -> None:
    """A few of those that ``python tests/mutants.py`` makes by the thousand."""
    for seed in range(start, start + 50):
        assert wrong_with(*mutant(seed)) is None, f"mutant({seed})"
