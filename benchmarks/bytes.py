"""The ledger of bytes: the sha256 and pages of every artefact, to show that a change alters none of them.

    python benchmarks/bytes.py --against HEAD~1 [--part sample --part looks]
    python benchmarks/bytes.py --write FILE
    python benchmarks/bytes.py --compare FILE

`--against` publishes twice, by the code of that revision and by the code in this folder, and prints what
differs. Both publish the sources of this folder; the older code runs in a work tree of its own, with
its own layouts. `--write` stores a ledger, `--compare` publishes once and compares with a stored one;
a stored ledger is only good on the machine that wrote it, since Pango's version decides bytes too.

The exit code is 1 if anything differs. `make bytes BASE=REVISION` runs `--against` with all parts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
STYLES = sorted(f.parent.name for f in (ROOT / "layouts/styles/styles").glob("*/style.css"))
PAPERS = ("a4", "letter", "a5")
OURS = (".handpress", "manifest.json")  # Handpress's own records, which hold the code's hash


class Part(NamedTuple):
    """Something to publish: a folder of this project (none: `handpress new`), and the commands to run."""

    sources: str
    commands: tuple[tuple[str, ...], ...] = ((),)


def _each(option: str, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(argument for value in values for argument in (option, value))


LOOKS = ("--only", "handout", *_each("--style", STYLES), *_each("--paper", PAPERS))
BUNDLE = ("--only", "epub", "--bundle", "All of them", *_each("--series", ("de", "es", "ar")))
PARTS = {
    "sample": Part("sources"),
    "looks": Part("sources", (LOOKS, (*LOOKS, "--grey"))),
    "booklets": Part("sources", (("--only", "book", "--only", "handout", "--booklet"),)),
    "article": Part("sources", (("--only", "epub", "--article", "cortisone-shots"),)),
    "ebooks": Part("tests/ebooks/sources"),
    "languages": Part("tests/languages/sources", ((), BUNDLE)),
    "hostile": Part("tests/hostile", (("--keep-going",),)),
    "new": Part(""),
}

Ledger = dict[str, str]  # a path, with its part before it, to its sha256 and pages


def ledger(code: Path, parts: Sequence[str], jobs: int) -> Ledger:
    """Publish each of `parts` by the `publish.py` in the folder `code`, and record every artefact."""
    found: Ledger = {}
    with tempfile.TemporaryDirectory(prefix="handpress-bytes-") as folder:
        for name in parts:
            found |= _published(code, name, Path(folder) / name, jobs)
    return found


def _published(code: Path, name: str, workspace: Path, jobs: int) -> Ledger:
    part = PARTS[name]
    if part.sources:
        shutil.copytree(ROOT / part.sources, workspace / "sources")
    else:
        _run(code, "new", workspace)
    found: Ledger = {}
    for number, options in enumerate(part.commands):
        exit_code = _run(code, "build", workspace, "--jobs", jobs, *options)
        found[f"{name}/exit-code-{number}"] = str(exit_code)
    output = workspace / "output"
    entries = json.loads((output / "manifest.json").read_bytes())["artefacts"]
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output)
        if file.is_file() and path.parts[0] not in OURS:
            pages = entries.get(path.as_posix(), {}).get("pages")
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
            found[f"{name}/{path.as_posix()}"] = f"{sha256} {pages or '-'}"
    return found


def _run(code: Path, *arguments: object) -> int:
    command = [sys.executable, "-P", str(code / "publish.py"), *map(str, arguments)]
    environment = {"PYTHONPATH": str(code), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    ran = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if ran.returncode not in (0, 1):  # 1: problems in the sources, which some parts are there for
        raise SystemExit(f"{' '.join(command)}\n{ran.stdout}{ran.stderr}")
    return ran.returncode


@contextmanager
def revision(name: str) -> Iterator[Path]:
    """The project as it was at a revision, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="handpress-revision-") as folder:
        tree = Path(folder) / "tree"
        git = ("git", "-C", str(ROOT), "worktree")
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), name], check=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def text_of(found: Ledger) -> str:
    """A ledger as text: ``path sha256 pages``, sorted."""
    return "".join(f"{path} {found[path]}\n" for path in sorted(found))


def read(text: str) -> Ledger:
    """The ledger that a text holds; a path may have spaces in it."""
    found = {}
    for line in text.splitlines():
        path, *values = line.rsplit(" ", 1 if "/exit-code-" in line else 2)
        found[path] = " ".join(values)
    return found


def differences(before: Ledger, after: Ledger) -> Iterator[str]:
    """A line for each path that one ledger lacks, or that differs: in its pages, or in its bytes alone."""
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old is None or new is None:
            yield f"{'removed' if new is None else 'added'}  {path}"
        elif old != new:
            pages = (old.split()[-1], new.split()[-1])
            what = f"  {pages[0]} -> {pages[1]}" if pages[0] != pages[1] else ""
            yield f"changed  {path}{what}"


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument(
        "--part", choices=PARTS, action="append", help="only this; may be repeated"
    )
    options.add_argument("--jobs", type=int, default=2, metavar="N")
    mode = options.add_mutually_exclusive_group(required=True)
    mode.add_argument("--against", metavar="REVISION", help="publish by that revision's code too")
    mode.add_argument("--write", metavar="FILE", type=Path, help="store the ledger")
    mode.add_argument("--compare", metavar="FILE", type=Path, help="compare with a stored ledger")
    given = options.parse_args()
    parts = given.part or list(PARTS)

    if given.against:
        with revision(given.against) as tree:
            before = ledger(tree, parts, given.jobs)
    elif given.compare:
        stored = read(given.compare.read_text(encoding="utf-8"))
        before = {path: v for path, v in stored.items() if path.partition("/")[0] in parts}
    after = ledger(ROOT, parts, given.jobs)
    if given.write:
        given.write.write_text(text_of(after), encoding="utf-8")
        print(f"{len(after)} lines in {given.write}")
        return 0
    differ = list(differences(before, after))
    for line in differ:
        print(line)
    print(f"{len(differ)} of {len(before.keys() | after.keys())} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
