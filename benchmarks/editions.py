"""The times of `release`, `verify` and `diff`, on a generated series in git.

python benchmarks/editions.py [--articles 30]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import corpus  # noqa: E402

IDENTITY = ("-c", "user.name=A Writer", "-c", "user.email=writer@example.org")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--articles", type=int, default=30)
    count = options.parse_args().articles
    folder = Path(tempfile.mkdtemp(prefix="handpress-bench-"))
    try:
        corpus.write(folder, count)
        (folder / ".gitignore").write_text("output/\n", encoding="utf-8")
        git(folder, "init", "-q")
        commit(folder, "Write")
        print(f"| {count} articles | CPU s |")
        print("| --- | ---: |")
        row("build, cold", "build", folder)
        row("release of the first edition", "release", folder, "--date", "2026-11-22")
        commit(folder, "Release")
        for article in sorted(folder.rglob("*-article-*.md"))[: count // 3]:
            text = article.read_text(encoding="utf-8").replace("## What to ask", "## Questions")
            article.write_text(text, encoding="utf-8")
        commit(folder, "Rename a heading")
        row("release of a second one", "release", folder, "--date", "2027-03-01")
        commit(folder, "Release")
        row("build with nothing changed since", "build", folder)
        row("verify", "verify", folder)
        row("diff 1 2", "diff", "1", "2", folder)
    finally:
        shutil.rmtree(folder)


def row(name: str, *command: str | Path) -> None:
    """Run a command, and print the seconds of the processor in all its processes."""
    # Validators are programs of others, and take longer than all the rest.
    environment = {**os.environ, "PATH": os.defpath, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), *map(str, command)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    mark = "" if done.returncode == 0 else f" (exit code {done.returncode})"
    print(f"| {name}{mark} | {took:.1f} |", flush=True)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True)


def commit(folder: Path, subject: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", subject)


if __name__ == "__main__":
    main()
