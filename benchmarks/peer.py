"""The peer: pandoc and Typst, as a short script uses them, for the handouts, the book and the EPUB of a corpus.

    python benchmarks/peer.py FOLDER [--jobs N]

Like a makefile, it makes only what is older than its sources, on all cores or `N` files at a time. It needs the group
`bench` of pyproject.toml.
"""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypandoc
import typst

ROOT = Path(__file__).resolve().parent.parent
READ = ("--from", "markdown", "--file-scope", "--standalone")
FACE = ("--variable", "mainfont=Literata")
WHOLE = ("--table-of-contents", "--metadata", "title=The Corpus")


def pandoc(articles: Sequence[Path], to: Path, *options: str) -> None:
    """Convert `articles` to one file; their pictures are in the folder beside them."""
    command = [pypandoc.get_pandoc_path(), *READ, *options, "--output", str(to)]
    names = [article.name for article in articles]
    subprocess.run([*command, *names], cwd=articles[0].parent, check=True)


def pdf(articles: Sequence[Path], to: Path, *options: str) -> None:
    """Typeset `articles`, by a Typst file beside them."""
    between = articles[0].parent / f"{to.stem}.typ"
    pandoc(articles, between, "--to", "typst", *FACE, *options)
    typst.compile(str(between), output=str(to), font_paths=[str(ROOT / "fonts")])


def handout(articles: Sequence[Path], to: Path) -> None:
    pdf(articles, to)


def book(articles: Sequence[Path], to: Path) -> None:
    pdf(articles, to, *WHOLE)


def ebook(articles: Sequence[Path], to: Path) -> None:
    pandoc(articles, to, *WHOLE)


Step = tuple[Path, Sequence[Path], Callable[[Sequence[Path], Path], None]]


def steps(folder: Path, jobs: int) -> list[Step]:
    """Return each file, its sources and its maker, the longest first. Each number of jobs has files of its own."""
    out = folder / f"peer-{jobs}"
    out.mkdir(exist_ok=True)
    articles = sorted((folder / "sources" / "corpus").glob("*.md"))
    return [
        (out / "book.pdf", articles, book),
        (out / "book.epub", articles, ebook),
        *((out / f"{article.stem}.pdf", [article], handout) for article in articles),
    ]


def out_of_date(step: Step) -> bool:
    made, sources, _ = step
    newest = max(source.stat().st_mtime_ns for source in sources)
    return not made.exists() or made.stat().st_mtime_ns < newest


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = options.parse_args()
    stale = list(filter(out_of_date, steps(given.folder, given.jobs)))
    with ThreadPoolExecutor(given.jobs) as threads:
        for done in [threads.submit(make, sources, to) for to, sources, make in stale]:
            done.result()


if __name__ == "__main__":
    main()
