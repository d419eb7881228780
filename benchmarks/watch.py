"""From a saved file to the new page in the browser, beside the price of the handout itself.

    python benchmarks/watch.py [--articles 30] [--edits 20]

Each edit changes one word. Its seconds end when the browser has drawn the picture of the handout's page; those of the
handout are its layout and its writing in a warm process, right after the edit, so that a busy machine slows both. The
other media are timed from then on. Without `--articles`, the workspace is the sample.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import corpus

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from playwright.sync_api import Page  # noqa: E402

from handpress.core.files.disk import file_digest  # noqa: E402
from handpress.press import pool  # noqa: E402
from handpress.watch.sources import Sources  # noqa: E402
from helpers.local_servers import launched, start, watching  # noqa: E402

HANDOUT = ".pane[data-medium=handout]"
DRAWN = f"() => Number(document.querySelector('{HANDOUT} .sheet:has(.spot)').dataset.at)"


def measure(root: Path, edits: int) -> list[tuple[float, float, float]]:
    """Return for each edit the seconds to the page, those of the handout, and those until all is made."""
    file = sorted(root.rglob("sources/*/0*.md"))[0]
    file.touch()  # the window opens with the article that was saved last
    sources = Sources(root, root / "output")
    server = start(root.parent / "errors", ROOT / "publish.py", "watch", root, "--no-open")
    found = []
    try:
        for browser in launched():
            for watched in watching(browser):
                page = watched.page()
                page.goto(server.address)
                page.wait_for_selector(f"{HANDOUT} .sheet[data-shown]", timeout=600_000)
                settle(page, 600_000)
                for number in range(edits + 1):
                    shown = page.locator(f"{HANDOUT} .sheet[data-shown]").first.get_attribute(
                        "data-shown"
                    )
                    text = edited(file, number)
                    begun = time.time()
                    file.write_text(text, encoding="utf-8")
                    newer = f'{HANDOUT} .sheet[data-shown]:not([data-shown="{shown}"]):has(.spot)'
                    page.wait_for_selector(newer, state="attached", timeout=60_000)
                    drawn = page.evaluate(DRAWN) / 1000
                    settle(page)
                    ended = time.time()
                    alone = press(sources, file.relative_to(root).as_posix())
                    if number:  # the first one reads the stylesheet
                        found.append((drawn - begun, alone, ended - drawn))
    finally:
        server.end()
    return found


def settle(page: Page, patience: float = 60_000) -> None:
    page.wait_for_selector("#state:not(.working):not(:empty)", timeout=patience)


def edited(file: Path, number: int) -> str:
    """Return the article with another word in its first long paragraph, which every medium has."""
    lines = re.sub(r" moved\d+", "", file.read_text(encoding="utf-8")).split("\n")
    long = [
        n for n, line in enumerate(lines) if re.match(r"[A-Z][a-z]+ [a-z]", line) and len(line) > 60
    ]
    first, rest = lines[long[0]].split(" ", 1)
    lines[long[0]] = f"{first} moved{number} {rest}"
    return "\n".join(lines)


def press(sources: Sources, path: str) -> float:
    """Return the seconds of one handout, laid out and written in this process."""
    file_digest.cache_clear()
    sources.read([path])
    recipe = next(sources.handouts(path), None)
    assert recipe is not None
    start = time.perf_counter()
    pool.press(recipe)
    return time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--articles", type=int, default=0, help="a series of so many articles")
    options.add_argument("--edits", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="handpress-bench-") as folder:
        root = Path(folder) / "workspace"
        if given.articles:
            corpus.write(root, given.articles)
        else:
            shutil.copytree(ROOT / "sources", root / "sources")
        found = measure(root, given.edits)
    page, alone, rest = (statistics.median(column) for column in zip(*found, strict=True))
    print("| articles | edits | save to page s | handout alone s | ratio | other media after s |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    ratio = statistics.median(a / b for a, b, _ in found)
    print(
        f"| {given.articles or 'sample'} | {len(found)} | {page:.3f} | {alone:.3f} | {ratio:.2f} | {rest:.2f} |"
    )


if __name__ == "__main__":
    main()
