"""The extra of the package that a local server needs: `pip install "handpress[desk]"`."""

from __future__ import annotations

from importlib.util import find_spec

MODULES = ("starlette", "uvicorn", "watchfiles")


def missing() -> tuple[str, ...]:
    """Return the modules of the extra that are not installed."""
    return tuple(name for name in MODULES if find_spec(name) is None)
