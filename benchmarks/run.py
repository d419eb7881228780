"""The cost of a build: cold, with nothing changed, and after each usual kind of edit.

    python benchmarks/run.py [--sizes 3 30 300] [--ebooks 30 300] [--plain] [--warm] [--fitting] [--profile] [--vault]

Every row is one process, timed by the operating system's own accounting (`wait4`), workers included.
The ratio is to the cold build of the same run, so that a slow or busy machine tells the same story.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import corpus
from msgspec import Struct

ROOT = Path(__file__).resolve().parent.parent


class Cost(Struct, frozen=True):
    """Seconds on the clock, seconds of processor in all processes, and the largest process in MB."""

    wall: float
    cpu: float
    memory: float
    said: str


def run(*command: str) -> Cost:
    """Run a command to its end; raises if it fails."""
    start = time.perf_counter()
    # As an author's machine does it: the compiled modules are kept.
    kept = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT, env=kept
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def build(folder: Path) -> Cost:
    return run(sys.executable, "publish.py", str(folder))


# --- Edits -------------------------------------------------------------------------------------


def _in(folder: Path, number: int) -> Path:
    return folder / "sources" / "corpus" / f"{number:03}-article-{number:03}.md"


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{file} has no {old!r}")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def one_word(folder: Path) -> None:
    _replace(_in(folder, 2), "\n\n## What is known", " Again.\n\n## What is known")


def one_paragraph(folder: Path) -> None:
    more = " ".join(["More was said here than before."] * 60)
    _replace(_in(folder, 1), "\n\n## What is known", f"\n\n{more}\n\n## What is known")


def one_heading(folder: Path) -> None:
    """The heading keeps its name for links, as an author would who renames it."""
    _replace(_in(folder, 3), "## What to do", "## What you can do {: #what-to-do }")


def stylesheet(folder: Path) -> None:
    own = folder / "layouts" / "styles" / "parts"
    own.mkdir(parents=True)
    text = (ROOT / "layouts" / "styles" / "parts" / "note.css").read_text(encoding="utf-8")
    (own / "note.css").write_text(text + "\naside.note { margin: 20pt 0; }\n", encoding="utf-8")


def nothing(folder: Path) -> None:
    pass


EDITS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("nothing changed", nothing),
    ("one word changed", one_word),
    ("a paragraph added to the first article", one_paragraph),
    ("a heading renamed that others link to", one_heading),
    ("a stylesheet changed", stylesheet),
)


# --- The table ---------------------------------------------------------------------------------


def once_a_document(folder: Path) -> Cost:
    """WeasyPrint alone, a process for each handout's page, as a script without Handpress would."""
    pages = sorted((folder / "output" / "corpus" / "articles").glob("*.html"))
    costs = [
        run(sys.executable, "-m", "weasyprint", "--pdf-tags", str(p), os.devnull) for p in pages
    ]
    return Cost(
        sum(c.wall for c in costs), sum(c.cpu for c in costs), max(c.memory for c in costs), ""
    )


def measure(size: int, plain: bool) -> None:
    folder = Path(tempfile.mkdtemp(prefix="handpress-bench-"))
    try:
        corpus.write(folder, size)
        cold = build(folder)
        _row(f"{size} articles, cold", cold, cold)
        for name, edit in EDITS:
            edit(folder)
            _row(f"{size} articles, {name}", build(folder), cold)
        if plain:
            _row(f"{size} articles, WeasyPrint once a document", once_a_document(folder), cold)
    finally:
        shutil.rmtree(folder)


def ebook(size: int) -> None:
    """A series that is an ebook only: made for the first time, and again with another title, when its
    articles are parsed already.
    """
    folder = Path(tempfile.mkdtemp(prefix="handpress-bench-"))
    try:
        corpus.write(folder, size)
        settings = folder / "sources" / "corpus" / "series.yaml"
        with settings.open("a", encoding="utf-8") as file:
            file.write("media: [epub]\n")
        first = build(folder)
        _replace(settings, "title: ", "title: Again ")
        again = build(folder)
        cells = (size, f"{first.cpu:.2f}", f"{again.cpu:.2f}", f"{first.memory:.0f}")
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    finally:
        shutil.rmtree(folder)


def profile(size: int) -> None:
    """The share of each stage in a cold build of `size` articles, all in this process."""
    sys.path.insert(0, str(ROOT))
    from handpress.build import load, manifest, plan, request
    from handpress.build.piece_store import PieceStore
    from handpress.core.caches.cache import Cache
    from handpress.core.files import disk, workspace
    from handpress.press import pool, recipe
    from handpress.press import result as press_result
    from handpress.press.pdf import engine

    folder = Path(tempfile.mkdtemp(prefix="handpress-bench-"))
    spent: dict[str, float] = {}
    numbers: dict[str, int] = {}

    def took(stage: str, since: float, number: int = 1) -> None:
        spent[stage] = spent.get(stage, 0.0) + time.process_time() - since
        numbers[stage] = numbers.get(stage, 0) + number

    try:
        corpus.write(folder, size)
        space = workspace.find(folder)
        assert space is not None
        start = time.process_time()
        read = load.load(space, cache=Cache(None))
        took("parse, assemble, compose", start, size)
        start = time.process_time()
        engine.engine()
        took("import WeasyPrint", start)
        entries: manifest.Entries = {}
        store = PieceStore(space.output / "pieces")
        job = plan.Plan(read, request.Request(), entries, space.output, store)
        start = time.process_time()

        def make(recipes: Sequence[recipe.Recipe]) -> None:
            nonlocal start
            took("lay out", start, len(recipes))
            for wanted in recipes:
                start = time.process_time()
                result = pool.press(wanted)
                took(f"press: {wanted.press}", start)
                assert isinstance(result, press_result.Rendered), result
                if wanted.piece:
                    store.put(wanted, result)
                    continue
                disk.write_file(space.output, wanted.path, result.data)
                entries[wanted.path] = manifest.entry(wanted, result)
            start = time.process_time()

        plan.carry_out(job, make)
    finally:
        shutil.rmtree(folder)
    whole = sum(spent.values())
    print(f"\n| {size} articles, cold, one process | how many | CPU s | share |")
    print("| --- | ---: | ---: | ---: |")
    for stage, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"| {stage} | {numbers[stage]} | {seconds:.2f} | {seconds / whole:.0%} |")


def reading(size: int = 30) -> None:
    """The cost of reading one article, beside Python-Markdown alone with its own extensions, in turns."""
    sys.path.insert(0, str(ROOT))
    import markdown
    from tinyhtml5.parser import HTMLParser

    from handpress.markup.markdown import to_tree

    def alone(text: str) -> None:
        extensions = ["extra", "admonition", "toc", "sane_lists", "smarty"]
        written = markdown.markdown(text, extensions=extensions)
        HTMLParser(namespace_html_elements=False).parse_fragment(written, container="body")

    texts = [corpus.article(number, size) for number in range(1, size + 1)]
    least = {"Python-Markdown alone": float("inf"), "Handpress": float("inf")}
    for _ in range(5):
        for name, read in (("Python-Markdown alone", alone), ("Handpress", to_tree)):
            start = time.process_time()
            for text in texts:
                read(text)
            least[name] = min(least[name], time.process_time() - start)
    print("\n| reading one article | CPU ms | ratio |")
    print("| --- | ---: | ---: |")
    for name, seconds in least.items():
        ratio = seconds / least["Python-Markdown alone"]
        print(f"| {name} | {seconds / size * 1000:.1f} | {ratio:.2f} |")


def vault(total: int = 2000, linked: int = 300) -> None:
    """The cost to find and read the notes of a vault, up to the point where every link has its target."""
    sys.path.insert(0, str(ROOT))
    from handpress.build.load import open_cache
    from handpress.core.files.workspace import find
    from handpress.series.assemble import assemble

    print(f"\n| {total} notes, {linked} of them linked from a start page | CPU s |")
    print("| --- | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        corpus.write_vault(Path(folder), total, linked)
        for name in ("read and linked", "linked, read before"):
            start = time.process_time()
            workspace = find(Path(folder))
            assert workspace is not None
            cache = open_cache(workspace.output)
            series, problems = assemble(workspace, ".", cache)
            taken = time.process_time() - start
            if len(series.articles) != total + 1 or problems:
                raise SystemExit(f"{len(series.articles)} articles, {problems[:1]}")
            cache.save()
            print(f"| {name} | {taken:.2f} |", flush=True)


def warm(styles: tuple[str, ...] = ("standard", "large-print")) -> None:
    """The cost of a handout for a warm worker, and of the same in another style."""
    sys.path.insert(0, str(ROOT))
    from handpress.build import load
    from handpress.core.files import workspace
    from handpress.layout.variant import Variant
    from handpress.press import pool
    from handpress.press import result as press_result
    from handpress.print.handout import handouts

    folder = Path(tempfile.mkdtemp(prefix="handpress-bench-"))
    try:
        corpus.write(folder, 3)
        space = workspace.find(folder)
        assert space is not None
        (layout,) = load.load(space).layouts
        print("\n| a handout, in a warm worker | pages | lay out ms | press ms | a page |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for style in styles:
            start = time.process_time()
            recipes = list(handouts(layout, Variant(style, "a4"), {}))
            laid_out = (time.process_time() - start) / len(recipes)
            pool.press(recipes[0])  # reads the stylesheet and the faces
            start = time.process_time()
            results = [pool.press(recipe) for recipe in recipes * 4]
            pressed = (time.process_time() - start) / len(results)
            assert isinstance(results[0], press_result.Rendered), results[0]
            pages = results[0].pages or 1
            cells = (
                style,
                pages,
                *(f"{s * 1000:.0f}" for s in (laid_out, pressed, pressed / pages)),
            )
            print("| " + " | ".join(map(str, cells)) + " |")
    finally:
        shutil.rmtree(folder)


def fitting(styles: Sequence[str] = ("standard", "large-print"), rounds: int = 5) -> None:
    """The cost to lay out the handouts of the sample fitted to their sheets, beside one layout as they are,
    and in columns beside one column. Of all rounds the least counts, all in this process.
    """
    sys.path.insert(0, str(ROOT))
    from handpress.build import load
    from handpress.core.files import workspace
    from handpress.layout.variant import Variant
    from handpress.press.pages.boxes import page_boxes
    from handpress.press.pdf.engine import heard
    from handpress.press.pdf.render import fitted, lay_out
    from handpress.print.handout import handouts

    space = workspace.find(ROOT)
    assert space is not None
    (layout,) = load.load(space).layouts

    def least(style: str, *, fit: bool) -> tuple[int, float]:
        """Return the pages of all handouts of a style, and the seconds of their layout."""
        recipes: Any = list(handouts(layout, Variant(style, "a4"), {}))
        seconds = float("inf")
        for _ in range(rounds):
            start, pages = time.process_time(), 0
            for recipe in recipes:
                made = fitted(recipe.files, recipe.options)[0] if fit else lay_out(recipe.files)
                pages += len(page_boxes(made).heights)
                made.font_config.kept_lines.clear()  # the next round would find its lines
            seconds = min(seconds, time.process_time() - start)
        return pages, seconds

    gc.disable()  # as the press does
    with heard():
        once = [least(style, fit=False) for style in styles]
        fit = [least(style, fit=True) for style in styles]
        column = least("one-column", fit=False)
    gc.enable()
    rows = [
        (f"{style}, fitted to its sheets", *pair)
        for style, *pair in zip(styles, once, fit, strict=True)
    ]
    sums = [tuple(map(sum, zip(*ways, strict=True))) for ways in (once, fit)]
    rows += [("all of these", *sums), (f"{styles[0]}, in columns", column, once[0])]
    print(
        "\n| handouts of the sample | pages | pages, laid out once in one column or as they are | CPU to that |"
    )
    print("| --- | ---: | ---: | ---: |")
    for name, (before, less), (pages, more) in rows:
        print(f"| {name} | {pages} | {before} | {more / less:.2f} |", flush=True)


def _row(name: str, cost: Cost, cold: Cost) -> None:
    made = re.search(r"(\d+) made", cost.said)
    cells = (
        name,
        made[1] if made else "0" if cost.said else "",
        f"{cost.wall:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.cpu / cold.cpu:.3f}",
        f"{cost.memory:.0f}",
    )
    print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[3, 30])
    options.add_argument("--ebooks", type=int, nargs="*", default=[], help="also ebooks alone")
    options.add_argument("--plain", action="store_true", help="also WeasyPrint once a document")
    options.add_argument("--profile", action="store_true", help="also where the time goes")
    options.add_argument("--warm", action="store_true", help="also a handout in a warm worker")
    options.add_argument("--fitting", action="store_true", help="also handouts fitted to sheets")
    options.add_argument("--vault", action="store_true", help="also a vault of 2,000 notes")
    options.add_argument("--reading", action="store_true", help="also how long Markdown is read")
    given = options.parse_args()
    print("| what | artefacts made | wall s | CPU s | CPU to cold | largest process MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for size in given.sizes:
        measure(size, given.plain)
    if given.ebooks:
        print("\n| articles in an ebook | CPU s | CPU s, parsed before | largest process MB |")
        print("| ---: | ---: | ---: | ---: |")
        for size in given.ebooks:
            ebook(size)
    if given.vault:
        vault()
    if given.reading:
        reading()
    if given.warm:
        warm()
    if given.fitting:
        fitting()
    if given.profile:
        profile(30)


if __name__ == "__main__":
    main()
