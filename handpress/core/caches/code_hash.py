"""The hash of a module's code and of all modules it can import.

Results of a module are made again when its code changes, or that of any module it can import. Imports
are read from the source, also those within functions, so there is no list to keep up to date.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from handpress.core.caches import installed
from handpress.core.files.shipped import PACKAGE

# An import statement, or a line of prose that begins like one.
STATEMENT = re.compile(r"\n[ \t]*((?:from|import) [^\n(]*(?:\((?:[^)#]|#.*)*\))?)")
COMMENT = re.compile(r"#.*")
IMPORT = re.compile(r"(?:from +([\w.]+) +)?import +\(?([^)]*)")
# Imports for type checkers, which are never run.
FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:[ \t]+.*\n|\n)+", re.M)

Name = tuple[str, ...]  # of a module below the package


@cache
def code(module: str, package: Path = PACKAGE) -> str:
    """Return the hash of the code of `module` (a full name) and of all that it can import from `package`."""
    if package != PACKAGE:
        return _code(module, package)
    of = whole()
    kept: dict[str, str] = installed.found("code", of) or {}
    if module not in kept:
        kept[module] = _code(module, package)
        installed.keep("code", kept, of)
    return kept[module]


def _code(module: str, package: Path) -> str:
    every = hashlib.sha256()
    for file in sorted(closure(module, package)):
        every.update(f"{file} {_module(file, package)[0]}\n".encode())
    return every.hexdigest()


@cache
def whole(package: Path = PACKAGE) -> str:
    """Return the hash of all modules of `package`, wherever it is.

    Ours are read again if the size or a time of one has changed, which Python looks at before it runs a compiled module.
    """
    if package != PACKAGE:
        return _whole(package)
    of = sizes_and_times(package, ".py")
    kept: str | None = installed.found("whole", of)
    if kept is None:
        kept = _whole(package)
        installed.keep("whole", kept, of)
    return kept


def _whole(package: Path) -> str:
    every = hashlib.sha256()
    for file in sorted(_modules(package).values()):
        data = (package / file).read_bytes()
        every.update(f"{file} {hashlib.sha256(data).hexdigest()}\n".encode())
    return every.hexdigest()


def sizes_and_times(folder: Path, ending: str = "") -> str:
    """Return the hash of the sizes and times of all files below a folder whose names end so.

    A file has two: of its content, and of its entry on the disk, which no program can set.
    """
    found = []
    waiting = [(str(folder), "")]
    while waiting:
        place, before = waiting.pop()
        with os.scandir(place) as scan:
            for entry in scan:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append((entry.path, f"{before}{entry.name}/"))
                elif entry.name.endswith(ending) and entry.is_file():
                    now = entry.stat()
                    times = f"{now.st_mtime_ns} {now.st_ctime_ns}"
                    found.append(f"{before}{entry.name} {now.st_size} {times}")
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


def closure(module: str, package: Path = PACKAGE) -> set[str]:
    """Return the files, relative to `package`, of `module` and of every module there that it imports, even indirectly."""
    found: set[str] = set()
    waiting = _files(tuple(module.split(".")[1:]), package)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _module(file, package)[1]
    return found


@lru_cache(maxsize=4)
def _modules(package: Path) -> Mapping[Name, str]:
    """Return the file of each module below `package`, relative to it, by the module's name; also of packages."""
    found = {}
    for folder, folders, files in os.walk(package):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        own = Path(folder).relative_to(package).parts
        for file in files:
            stem, _, ending = file.rpartition(".")
            if ending == "py":
                name = own if stem == "__init__" else (*own, stem)
                found[name] = "/".join((*own, file))
    return found


def _files(name: Name, package: Path) -> list[str]:
    """Return the files that run on importing `name`: its own, and those of its parent packages."""
    modules = _modules(package)
    ways = (name[:n] for n in range(len(name) + 1))
    return [modules[way] for way in ways if way in modules]


@cache
def _module(file: str, package: Path) -> tuple[str, frozenset[str]]:
    """Return the hash of a file, and the files below `package` that run on importing what it imports.

    For `from x import y`, also `x.y`.
    """
    data = (package / file).read_bytes()
    text = "\n" + data.decode().replace("\r\n", "\n")
    if "TYPE_CHECKING:" in text:
        text = FOR_TYPES.sub("", text)
    here = tuple(file.split("/")[:-1])
    names = {
        name
        for found in STATEMENT.finditer(text)
        if package.name in found[1] or found[1].startswith("from .")
        for name in _names(found[1], here, package.name)
    }
    files = frozenset(found for name in names for found in _files(name, package))
    return hashlib.sha256(data).hexdigest(), files


def _names(statement: str, here: Name, top: str) -> Iterator[Name]:
    """Yield the names below `top` that an import statement brings. Prose may bring names of no module.

    Parsing the statements of a press as Python would take twenty milliseconds at each build.
    """
    read = IMPORT.match(COMMENT.sub("", statement))
    if read is None:
        return
    names = [tuple(part.split()[0].split(".")) for part in read[2].split(",") if part.strip()]
    if read[1] is not None:
        module = read[1].lstrip(".")
        level = len(read[1]) - len(module)
        base = (top, *here[: len(here) - level + 1]) if level else ()
        names = [(*base, *filter(None, module.split(".")), *name) for name in names]
    yield from (name[1:] for name in names if name[0] == top)


@cache
def version(package: str) -> str:
    """Return the version of an installed package."""
    name = re.sub(r"[-_.]+", "_", package.lower())
    if name in (known := _installed()):
        return known[name]
    # Importing it takes longer than a whole build that has nothing to do.
    from importlib import metadata

    return metadata.version(package)


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, str]:
    """Return the versions of packages, from the names of their folders of metadata (PEP 376, PEP 503)."""
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        for place in sorted(Path(folder).glob("*-*.dist-info")):
            package, _, number = place.stem.partition("-")
            found[re.sub(r"[-_.]+", "_", package.lower())] = number
    return found
