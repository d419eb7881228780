"""The ledger of bytes: it repeats, and it tells which artefacts differ."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from helpers.workspaces import ROOT, Ran

LEDGER = "new/my-series/handouts/first-article.pdf"


def ledger(*arguments: str | Path) -> Ran:
    """``python benchmarks/bytes.py …`` for a new workspace."""
    command = [sys.executable, str(ROOT / "benchmarks/bytes.py"), "--part", "new", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_ledger_names_what_differs(tmp_path: Path) -> None:
    """The second run has another number of workers, and must find the same bytes."""
    file = tmp_path / "ledger.txt"
    assert ledger("--write", file, "--jobs", "2").code == 0
    lines = file.read_text().splitlines()
    assert lines == sorted(lines)
    assert ledger("--compare", file, "--jobs", "1").said == [f"0 of {len(lines)} differ"]

    (handout,) = (n for n, line in enumerate(lines) if line.startswith(LEDGER))
    path, sha256, pages = lines[handout].split()
    lines[handout] = f"{path} {'0' * len(sha256)} {int(pages) + 1}"
    del lines[0]
    file.write_text("\n".join([*lines, "new/lost.pdf 00 1"]))
    ran = ledger("--compare", file)
    assert ran.code == 1
    assert ran.said == [
        "added  new/exit-code-0",
        "removed  new/lost.pdf",
        f"changed  {path}  {int(pages) + 1} -> {pages}",
        f"3 of {len(lines) + 2} differ",
    ]
