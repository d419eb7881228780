"""The cost of a build beside the same series made by pandoc and Typst, turn about in one run, as ratios.

    python benchmarks/compare.py [--sizes 30 300] [--rounds 3]

It needs the group `bench` of pyproject.toml. The peer makes handouts, a book and an EPUB; Handpress also the web pages. Each row is the median of the
rounds. Time is that of the processor, in the whole tree of processes, unless it is called wall time. The wall time of the
peer is that on all cores, as by `make -j`, and also that of one file after another, as by a plain script.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import corpus
from run import Cost, build, one_heading, one_word, run


def by_peer(folder: Path) -> Cost:
    return run(sys.executable, "benchmarks/peer.py", str(folder))


def by_script(folder: Path) -> Cost:
    return run(sys.executable, "benchmarks/peer.py", str(folder), "--jobs", "1")


MAKERS: tuple[Callable[[Path], Cost], ...] = (build, by_peer, by_script)
EDITS: tuple[tuple[str, Callable[[Path], None] | None], ...] = (
    ("cold", None),
    ("one word changed", one_word),
    ("a heading renamed", one_heading),
)
NOTHING = "nothing changed"


def pages(folder: Path) -> int:
    """Return the number of pages of all PDFs that were made."""
    manifest = json.loads((folder / "output" / "manifest.json").read_text(encoding="utf-8"))
    return sum(made["pages"] or 0 for made in manifest["artefacts"].values())


def one_round(size: int, costs: dict[str, list[tuple[Cost, ...]]]) -> int:
    """Make a corpus, edit it and make it again, by each; return the pages that Handpress made."""
    folder = Path(tempfile.mkdtemp(prefix="handpress-bench-"))
    try:
        corpus.write(folder, size)
        for name, edit in EDITS:
            if edit:
                edit(folder)
            costs.setdefault(name, []).append(tuple(make(folder) for make in MAKERS))
        costs.setdefault(NOTHING, []).append(tuple(make(folder) for make in MAKERS))
        return pages(folder)
    finally:
        shutil.rmtree(folder)


def compare(size: int, rounds: int) -> None:
    costs: dict[str, list[tuple[Cost, ...]]] = {}
    for _ in range(rounds):
        made = one_round(size, costs)
    cold = statistics.median(ours.cpu for ours, *_ in costs["cold"])
    for name, rounds_of in costs.items():
        ours, theirs, _ = zip(*rounds_of, strict=True)
        cpu = statistics.median(cost.cpu for cost in ours)
        cells = (
            f"{size} articles, {name}",
            f"{cpu:.2f}",
            f"{statistics.median(cost.cpu for cost in theirs):.2f}",
            f"{statistics.median(a.cpu / b.cpu for a, b, _ in rounds_of):.2f}",
            f"{statistics.median(a.wall / b.wall for a, b, _ in rounds_of):.2f}",
            f"{statistics.median(a.wall / c.wall for a, _, c in rounds_of):.2f}",
            f"{cpu / cold:.3f}",
            f"{max(cost.memory for cost in ours):.0f}",
        )
        print("| " + " | ".join(cells) + " |", flush=True)
    print(
        f"\n{size} articles, cold: {made} pages, {1000 * cold / made:.1f} ms a page\n", flush=True
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[30])
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    print(
        "| what | CPU s | CPU s, peer | CPU to peer | wall to peer | wall to peer, one at a time | CPU to cold | largest MB |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in given.sizes:
        compare(size, given.rounds)


if __name__ == "__main__":
    main()
