"""Places: the names of Handpress's own files in the output folder."""

from __future__ import annotations

NAME = "manifest.json"
MARK = ".handpress"  # a folder that marks the output folder as ours, and contains the lock
JOURNAL, LOCK, SEEN = f"{MARK}/journal", f"{MARK}/lock", f"{MARK}/seen.json"
PLANS = f"{MARK}/plans.json"
CACHE, PIECES = f"{MARK}/cache/", f"{MARK}/pieces/"
