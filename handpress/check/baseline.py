"""The baseline: problems that a workspace already had, so that `check` shows only new ones.

It records a problem by its article, its code and its words, not by its line, so that it is still known after text
above it has changed.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from handpress.check.kept import Checked
from handpress.core.files.disk import Disk, digest, write_file
from handpress.core.problems.problem import Problem

NAME = "check-baseline.json"
VERSION = 1


def write(root: Path, checked: Checked) -> int:
    """Record the problems that rules found; return their number."""
    known = Counter(_key(p) for p in checked.problems if p.code in checked.rules)
    rows = [
        {"path": path, "code": code, "text": text, "count": n}
        for (path, code, text), n in sorted(known.items())
    ]
    lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
    text = f'{{\n  "version": {VERSION},\n  "known": [\n{lines}\n  ]\n}}\n'
    write_file(root, NAME, text.encode())
    return sum(known.values())


def without_known(disk: Disk, checked: Checked) -> tuple[list[Problem], int]:
    """Return the problems that the baseline does not have, and the number of the others.

    Those of a build are never in it.
    """
    known = _read(disk)
    kept, left_out = [], 0
    for p in checked.problems:
        key = _key(p)
        if p.code in checked.rules and known[key] > 0:
            known[key] -= 1
            left_out += 1
        else:
            kept.append(p)
    return kept, left_out


def _key(p: Problem) -> tuple[str, str, str]:
    """Return the identity of a problem: its file, its code and a hash of its words."""
    start = p.place.column - 1
    words = p.place.text[start : start + p.place.length]
    return p.place.path, p.code, digest(words.encode("utf-8", "replace"))[:12]


def _read(disk: Disk) -> Counter[tuple[str, str, str]]:
    if not disk.is_file(NAME):
        return Counter()
    try:
        rows = json.loads(disk.read(NAME))["known"]
        return Counter({(r["path"], r["code"], r["text"]): int(r["count"]) for r in rows})
    except (ValueError, TypeError, KeyError, OSError):
        return Counter()  # a damaged baseline hides nothing
