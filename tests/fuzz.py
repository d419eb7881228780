"""The fuzzer: random and mutated sources against the laws that hold for all of them.

    python tests/fuzz.py workspaces --count 2000    check, build and build again
    python tests/fuzz.py reader --minutes 10        read one article
    python tests/fuzz.py pictures --minutes 10      look at one picture

Case n is made from seed n, so a finding comes again with ``--seed N --count 1``. ``--keep DIR`` saves the first
case of each kind, made as small as 150 runs make it. The exit code is 1 if a law was broken.

Each command of a case runs in a process forked from this one, which has everything imported and has read
nothing: a case costs what the work costs. Linux only.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct, field

from helpers import random_sources as sources
from helpers.cases import COMMANDS
from helpers.finished import Ebook, dangling, html_page
from helpers.random_sources import MARK, Files
from helpers.watched import Ended, Finding, forked

EVERY = 500  # cases: a line of progress
SHRINKING = 150  # runs to make a finding smaller


def warm() -> None:
    """Import what commands import, so that every child has it."""
    from handpress.build import (
        plan,  # noqa: F401
        run,  # noqa: F401
        status,  # noqa: F401
    )
    from handpress.cli import main  # noqa: F401
    from handpress.layout import layout  # noqa: F401
    from handpress.press.ebook import package  # noqa: F401
    from handpress.press.pdf import engine

    engine.engine()
    # WeasyPrint forbids PostScript to the whole process: a command that only reads has not imported it.
    from PIL import EpsImagePlugin

    EpsImagePlugin.gs_binary = None
    gc.collect()
    gc.freeze()


# --- Laws of a workspace -----------------------------------------------------------------------


class Trial(Struct):
    """One workspace on its way through the commands; `found` has the laws that it broke."""

    files: Files
    folder: Path
    rng: Random
    found: list[Finding] = field(default_factory=list)

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    @property
    def output(self) -> Path:
        return self.workspace / "output"

    def run(self) -> list[Finding]:
        for name in ("workspace", "tmp", "outside"):
            (self.folder / name).mkdir(parents=True)
        sources.write(self.files, self.workspace)
        (self.folder / "outside/secret.md").write_text("# Secret\n\nNobody may read this.\n")
        before = snapshot(self.folder)
        if self.rng.random() < 0.85:
            media = ["--only", "web", *(["--only", "epub"] if self.rng.random() < 0.5 else [])]
        else:
            media = self.rng.choice(
                [[], ["--only", "handout"], ["--only", "book", "--only", "epub"]]
            )
        check = self.command("check")
        options = ["--message-format", "json", "--jobs", "1", *media]
        build = self.command("build", *options)
        said = messages(build.out)
        if (check.code, build.code) == (0, 1):
            late = {m["code"] for m in said if m["severity"] == "error"} - COMMANDS.keys()
            late |= {"press-limit"} & {m["code"] for m in said}
            for code in sorted(late) or ["no message"] * (not said):
                self.broken(f"check clean, build not: {code}", build.out + build.err)
        if build.code == 0:
            self.whole(said)
        again = self.command("build", *options)
        if made := re.findall(r'"action": "(?:made|removed)", "path": "([^"]*)"', again.out):
            self.broken(f"made again: {re.sub(r'.*[.]', '.', made[0])}", "\n".join(made))
        if build.code != again.code or said != messages(again.out):
            self.broken(
                "said otherwise the second time", f"{build.out}\n--- then\n{again.out}{again.err}"
            )
        if build.code == 0 and self.rng.random() < 0.25:
            self.damaged(options)
        changed = {*before.items()} ^ {*snapshot(self.folder).items()}
        if changed:
            self.broken("changed outside of output", repr(sorted(changed)[:10]))
        return self.found

    def command(self, *arguments: str) -> Ended:
        """Run a command; what it may never do is found here."""
        from handpress.cli import main as cli_main

        shutil.rmtree(self.folder / "tmp")
        (self.folder / "tmp").mkdir()
        command, *options = arguments
        ended = forked(self.folder, lambda: cli_main.main([command, "workspace", *options]))
        self.found += ended.broken
        if ended.code == 70 or ended.code == 99 or "Traceback (most" in ended.err:
            self.broken(f"traceback: {raised(ended.err)}", ended.err)
        elif ended.code not in (0, 1, 2) and not any("hang" in b.kind for b in ended.broken):
            self.broken(f"exit code {ended.code}", ended.err)
        if odd := re.search(r"[\x00-\x08\x0b-\x1f\x7f]", ended.err):
            self.broken("a control character in a message", f"{odd.group()!r} in {ended.err!r}")
        if ".handpress-" in ended.out + ended.err:
            self.broken("a temporary file's name in a message", ended.out + ended.err)
        if left := [n for n in os.listdir(self.folder / "tmp") if "pymp" not in n]:
            self.broken("left in the temporary folder", " ".join(left))
        return ended

    def broken(self, kind: str, detail: str) -> None:
        self.found.append(Finding(kind, detail[-6000:]))

    # Finished files

    def whole(self, said: list[dict[str, Any]]) -> None:
        """Every link in a finished file has a target, and every word has arrived or is named in a message."""
        files = {
            p.relative_to(self.output).as_posix(): p
            for p in sorted(self.output.rglob("*"))
            if p.is_file()
        }
        pages = {
            n: html_page(p.read_text("utf-8")) for n, p in files.items() if n.endswith(".html")
        }
        # Of a build for some media the web pages may link to what another build would make.
        for lost in dangling(pages, set(files)):
            self.broken("dangling link: web", lost)
        web = "".join(shown(p.read_text("utf-8")) for n, p in files.items() if n.endswith(".html"))
        if web:
            self.words("web", web, said)
        books = [p for n, p in files.items() if n.endswith(".epub")]
        text = ""
        for path in books:
            try:
                book = Ebook(path)
                for lost in dangling(book.pages(), set(book.files)):
                    self.broken("dangling link: epub", lost)
            except Exception as error:
                self.broken(f"ebook cannot be read: {type(error).__name__}", repr(error))
                continue
            text += "".join(shown(book.files[n].decode()) for n in book.spine)
        if books:
            self.words("epub", text, said)

    def words(self, medium: str, text: str, said: list[dict[str, Any]]) -> None:
        """Every mark of an article's prose is in `text`, or in a block that a message names."""
        there = set(MARK.findall(text))
        for name, entry in self.files.items():
            if (
                not isinstance(entry, bytes)
                or not name.endswith((".md", ".MD"))
                or "authors/" in name
                or name.rpartition("/")[2].startswith(".")  # a hidden file is not an article
            ):
                continue
            source = entry.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
            told = [m for m in said if m["path"].endswith(name)]
            if any(m["code"] in HELD_BACK for m in told) or not readable(entry):
                continue
            for lost in missing(source, there, told):
                self.broken(f"words lost: {medium}", f"{name}: {lost}")
                break

    def damaged(self, options: list[str]) -> None:
        """Damage to a file in the output folder costs at most making it again."""
        intact = {n: p.read_bytes() for n, p in made(self.output)}
        files = [p for p in sorted(self.output.rglob("*")) if p.is_file() and p.name != "lock"]
        target = self.rng.choice(
            [*files, *[p for p in files if p.name == "manifest.json"] * len(files)]
        )
        data = target.read_bytes()
        kind = self.rng.choice(("cut", "flip", "empty", "gone", "folder", "text"))
        if kind in ("gone", "folder"):
            target.unlink()
        if kind == "folder":
            target.mkdir()
        elif kind != "gone":
            new = {"cut": data[: len(data) // 2], "empty": b"", "text": b"[]"}
            target.write_bytes(new.get(kind, sources.mutated(self.rng, data)))
        ended = self.command("build", *options)
        which = re.sub(r"[0-9a-f]{32,}", "…", target.relative_to(self.output).as_posix())
        which = which if which.startswith((".handpress", "manifest")) else target.suffix
        after = {n: p.read_bytes() for n, p in made(self.output) if p.is_file()}
        if ended.code == 0 and after != intact:
            self.broken(
                f"damage stays: {which}: {kind}",
                repr(sorted(n for n in {*after, *intact} if after.get(n) != intact.get(n)))[:500],
            )
        elif ended.code == 1 and kind != "folder":
            self.broken(f"damage is an error: {which}: {kind}", ended.out + ended.err)


# An article with one of these is not there at all; it is named, and that is enough.
HELD_BACK = {"draft-article", "unlisted-article", "duplicate-article", "unreadable-file", "too-large", "too-slow", "too-much", "too-deep", "empty-article", "nested-footnote", "duplicate-id"}  # fmt: skip


def readable(data: bytes) -> bool:
    """Whether the words of an article can be known: it is text, and nothing holds it back."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not re.search(r"^draft:|\bonly=", text, re.M)


def missing(source: str, there: set[str], said: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The marks of `source` that are neither `there` nor in a block whose lines have a message."""
    front = re.match(r"---[ \t]*\n.*?^---[ \t]*\n", source, re.S | re.M)
    lines = source.split("\n")
    named = {m["line"] for m in said}
    first = source[: front.end()].count("\n") if front else 0
    for number, line in enumerate(lines):
        lost = [word for word in MARK.findall(line) if word not in there]
        if number < first or not lost or re.match(r"[ >]*\*\[", line):
            continue
        top = bottom = number
        # An indented block continues below a blank line.
        while top > first and (lines[top - 1].strip(" >") or lines[top].startswith(" ")):
            top -= 1
        while bottom + 1 < len(lines) and lines[bottom + 1].strip(" >"):
            bottom += 1
        if DIARY.search(lines[top]) and (number == top or ITEM.match(line)):
            continue
        if not named & set(range(top + 1, bottom + 2)):
            yield f"line {number + 1}: {' '.join(lost[:5])}"


# A diary's title and what to tick are for paper alone; whatever else is in it is not.
DIARY = re.compile(r"^[ >]*!!! diary\b")
ITEM = re.compile(r"^[ >]*([-*+]|\d+[.)]) ")


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = tag in ("script", "style")
        self.text += [value or "" for name, value in attrs if name in ("alt", "title")]

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text.append(data)


def shown(markup: str) -> str:
    """The words that a reader of a page meets, those of different elements apart."""
    reader = _Shown()
    reader.feed(markup)
    reader.close()
    return " ".join(reader.text)


def messages(out: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return [each for each in found if each["type"] == "problem"]


def made(output: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(output.rglob("*")):
        # The damaged file is kept beside it, under another name.
        ours = ".handpress" in path.parts or ".damaged" in path.name
        if not ours and not path.is_dir():
            yield path.relative_to(output).as_posix(), path


def raised(err: str) -> str:
    """The exception at the end of a traceback and the last line of ours on the way."""
    ours = re.findall(r'/handpress/(\w+)\.py", line \d+, in (\w+)', err)
    kinds = re.findall(
        r"^(?:\w+\.)*(\w+(?:Error|Exception|Exit|TooSlow|Iteration|Interrupt))\b", err, re.M
    )
    return f"{kinds[-1] if kinds else '?'} in {'.'.join(ours[-1]) if ours else '?'}"


def snapshot(folder: Path) -> dict[str, tuple[Any, ...]]:
    """Every entry outside of the folders for output, caches and temporary files: what it is, and what is in it."""
    found = {}
    for root, folders, files in os.walk(folder):
        here = Path(root).relative_to(folder).as_posix()
        if here == "workspace" and "output" in folders:
            folders.remove("output")
        if here == ".":
            folders[:] = [name for name in folders if name not in ("tmp", "cache")]
        for name in (*folders, *files):
            path = os.path.join(root, name)
            status = os.lstat(path)
            link = os.readlink(path) if os.path.islink(path) else ""
            plain = status.st_size if os.path.isfile(path) else 0
            found[f"{here}/{name}"] = (
                status.st_mode,
                plain,
                link,
                status.st_mtime_ns if plain else 0,
            )
    return found


def workspace_case(seed: int, files: Files | None = None) -> list[Finding]:
    rng = Random(seed)
    grown = sources.workspace(rng)
    with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as folder:
        # The choices of the commands are the same when the files have become fewer.
        return Trial(grown if files is None else files, Path(folder) / "case", Random(seed)).run()


# --- Laws of one file --------------------------------------------------------------------------

PROBE = "# Probe\n\nOne[^1] *two*.\n\n- three\n\n[^1]: Four.\n"


def reader_case(seed: int, files: Files | None = None) -> list[Finding]:
    """Reading one article raises nothing, ends, loses no word, and leaves no trace in the next."""
    files = {"a.md": sources.text(Random(seed))} if files is None else files
    entry = files.get("a.md", b"")
    return in_folder({"a.md": entry, "probe.md": PROBE.encode()}, lambda: _read(entry))


def _read(entry: Any) -> int:
    from handpress.core.files.disk import Disk
    from handpress.series.parse import parse

    disk = Disk(Path("workspace").resolve())
    article, problems = parse(disk, "a.md")
    text = shown(" ".join([article.title, article.body, *article.notes.values()]))
    said = [{"line": p.place.line, "code": p.code} for p in problems]
    if readable(entry) and not any(p.code in HELD_BACK for p in problems):
        for lost in missing(article.source.text, set(MARK.findall(text)), said):
            print(json.dumps(["words lost: reader", lost]))
            break
    if re.search("klzzwxh|wzxhzdk|\x02|\x03", article.body) and b"zxh" not in entry:
        print(json.dumps(["the parser's own marks are left", article.body[:500]]))
    probe, found = parse(disk, "probe.md")
    if (
        found
        or not re.search(r"<p>One<sup.*<em>two</em>\.</p>\s*<ul>\s*<li>three", probe.body)
        or len(probe.notes) != 1
    ):
        print(json.dumps(["the next article is read otherwise", probe.body]))
    return 0


def picture_case(seed: int, files: Files | None = None) -> list[Finding]:
    """Looking at one picture raises nothing but that it is broken; what is let through is clean."""
    files = {"a": sources.picture(Random(seed))} if files is None else files
    entry = files.get("a", b"")
    return in_folder({"a": entry}, lambda: _look(entry))


def _look(entry: Any) -> int:
    from handpress.assets.formats import Broken
    from handpress.assets.picture import inspect_picture, is_transparent
    from handpress.assets.svg import unportable_letters

    try:
        found = inspect_picture("a", entry)
    except Broken:
        return 0
    data = found.asset.read()
    if found.type != "svg":
        is_transparent(found.asset)
        return 0
    unportable_letters(found.asset)
    if bad := re.search(
        rb"<script|foreignObject|\son\w+=|javascript:|@import|url\((?!['\"]?#)", data
    ):
        print(json.dumps(["not clean: " + bad.group().decode(), data.decode("utf-8", "replace")]))
    try:
        twice = inspect_picture("a", data)
    except Broken as error:
        print(json.dumps(["clean drawing is broken", f"{error}: {data[:2000]!r}"]))
        return 0
    if (twice.width, twice.height) != (found.width, found.height):
        print(json.dumps(["clean drawing has another size", data.decode("utf-8", "replace")]))
    return 0


def in_folder(files: Files, work: Callable[[], int]) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for below in ("workspace", "tmp"):
            (folder / below).mkdir()
        sources.write(files, folder / "workspace")
        ended = forked(folder, work)
    found = [*ended.broken, *(Finding(*json.loads(line)) for line in ended.out.splitlines())]
    if ended.code == 99:
        found.append(Finding(f"traceback: {raised(ended.err)}", ended.err[-6000:]))
    elif ended.code and not found:
        found.append(Finding(f"exit code {ended.code}", ended.err[-6000:]))
    return found


# --- Smaller -----------------------------------------------------------------------------------

Case = Callable[[int, "Files | None"], list[Finding]]


def smallest(case: Case, seed: int, files: Files, kind: str) -> Files:
    """Fewer and shorter files that still break the law: files are dropped, then lines, then words."""
    left = SHRINKING

    def still(tried: Files) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and any(found.kind == kind for found in case(seed, tried))

    for name in sorted(files):
        fewer = {other: entry for other, entry in files.items() if other != name}
        if still(fewer):
            files = fewer
    for cut in (b"\n", b" ", b""):
        for name in sorted(files):
            entry = files[name]
            if not isinstance(entry, bytes) or (cut == b"" and len(entry) > 500):
                continue
            pieces = entry.split(cut) if cut else [entry[n : n + 1] for n in range(len(entry))]
            size = len(pieces) // 2
            while size and left > 0:
                at = 0
                while at < len(pieces):
                    tried = pieces[:at] + pieces[at + size :]
                    if still({**files, name: cut.join(tried)}):
                        pieces = tried
                    else:
                        at += size
                size //= 2
            files = {**files, name: cut.join(pieces)}
    return files


def keep(folder: Path, case: Case, seed: int, found: Finding) -> None:
    """Save the case `seed` below `folder`, made smaller, with what was found."""
    rng = Random(seed)
    makers: dict[Case, Callable[[], Files]] = {
        workspace_case: lambda: sources.workspace(rng),
        reader_case: lambda: {"a.md": sources.text(rng)},
        picture_case: lambda: {"a": sources.picture(rng)},
    }
    files = smallest(case, seed, makers[case](), found.kind)
    detail = next((f.detail for f in case(seed, files) if f.kind == found.kind), found.detail)
    name = re.sub(r"[^\w.-]+", "-", found.kind)[:60].strip("-")
    to = folder / f"{name}-{seed}"
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    sources.write(files, to / "workspace")
    (to / "finding.txt").write_text(
        f"{found.kind}\nseed {seed}\n\n{detail}\n", "utf-8", "backslashreplace"
    )


# --- The command -------------------------------------------------------------------------------

CASES: dict[str, Case] = {
    "workspaces": workspace_case,
    "reader": reader_case,
    "pictures": picture_case,
}


def fuzz(case: Case, seeds: Iterable[int], kept: Path | None = None) -> dict[str, tuple[int, int]]:
    """Run `case` for each seed; by kind of finding, how many cases there were and the seed of the first."""
    count: Counter[str] = Counter()
    first: dict[str, int] = {}
    for ran, seed in enumerate(seeds, 1):
        for found in {f.kind: f for f in case(seed, None)}.values():
            count[found.kind] += 1
            if found.kind not in first:
                first[found.kind] = seed
                print(f"seed {seed}: {found.kind}", file=sys.stderr, flush=True)
                if kept:
                    keep(kept, case, seed, found)
        if ran % EVERY == 0:
            print(f"{ran} cases, {len(first)} kinds of findings", file=sys.stderr, flush=True)
    return {kind: (count[kind], first[kind]) for kind in sorted(first)}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=tuple(CASES))
    parser.add_argument(
        "--count", type=int, help="how many cases; 100 if neither this nor --minutes is given"
    )
    parser.add_argument("--minutes", type=float, help="how long")
    parser.add_argument("--seed", type=int, default=1, help="of the first case")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="save the first case of each kind, made small"
    )
    options = parser.parse_args(arguments)
    count = options.count or (100 if options.minutes is None else sys.maxsize)
    end = time.monotonic() + 60 * (options.minutes or 1e6)
    ran = 0

    def seeds() -> Iterator[int]:
        nonlocal ran
        while ran < count and time.monotonic() < end:
            ran += 1
            yield options.seed + ran - 1

    warm()
    found = fuzz(CASES[options.what], seeds(), options.keep)
    for kind, (number, first) in found.items():
        print(f"{number:6}  {kind}  (first: seed {first})")
    print(f"{ran} {options.what}, {len(found)} kinds of findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
