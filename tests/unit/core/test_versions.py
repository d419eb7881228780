"""Versions of packages: read from the names of folders, they are those that the packages declare."""

from __future__ import annotations

from importlib import metadata

import pytest

from handpress.core.caches import code_hash
from handpress.press.presses import PRESSES

TOOLS = sorted(
    {"markdown", "jinja2", "segno", "pyyaml"}.union(*(p.tools for p in PRESSES.values()))
)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_version_is_the_declared_one(tool: str) -> None:
    assert code_hash.version(tool) == metadata.version(tool)


def test_the_names_of_folders_are_enough() -> None:
    """None of our tools needs the slow way."""
    assert not [t for t in TOOLS if t.replace("-", "_") not in code_hash._installed()]


def test_an_unknown_package_is_an_error() -> None:
    with pytest.raises(metadata.PackageNotFoundError):
        code_hash.version("no-such-package-of-ours")
