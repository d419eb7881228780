"""Faults of ours, reported by their places alone: a traceback could have a client's name."""

from __future__ import annotations

import sys
import traceback


def print_fault(error: Exception) -> None:
    """Print the kind of an error and where it happened, without its text and values."""
    print(f"handpress: a fault: {type(error).__name__}", file=sys.stderr)
    for place in traceback.extract_tb(error.__traceback__):
        print(f"  {place.filename}:{place.lineno}: in {place.name}", file=sys.stderr)
