"""The waits of a practitioner at the desk: from the command to the first page, and from a key to the preview.

    python benchmarks/desk.py [--rounds 9]

The workspace is the sample, never built before. Times are on the clock; the ratio is to a start of Python that only
imports the same packages, so that a slow or busy machine tells the same story.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SHEET = "/sheet/fascia-remedy/strengthen-your-glutes"
IMPORTS = "import starlette.applications, uvicorn, jinja2, yaml, handpress.build.load"


class Browser:
    """A browser as far as the server can tell: it has the cookie."""

    def __init__(self, address: str) -> None:
        first = urlsplit(address)
        self.place = first.netloc
        self.cookie = ""
        answer = self.ask("GET", f"/?{first.query}")
        self.cookie = (answer or "").partition(";")[0]

    def ask(self, method: str, path: str, **fields: str) -> str | None:
        """Send a form; return the cookie that the answer sets."""
        connection = HTTPConnection(self.place, timeout=60)
        headers = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) or None, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status}")
        return answer.getheader("Set-Cookie")


def timed(browser: Browser, method: str, path: str, **fields: str) -> float:
    start = time.perf_counter()
    browser.ask(method, path, **fields)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = range(parser.parse_args().rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clinic"
        shutil.copytree(ROOT / "sources", folder / "sources")
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, check=True)
        imports = time.perf_counter() - start
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "publish.py", "desk", str(folder), "--no-open"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert process.stdout is not None
        try:
            browser = Browser(process.stdout.readline().strip())
            browser.ask("GET", "/")
            first = time.perf_counter() - start
            rows = [("start to first page", [first])]
            browser.ask("GET", SHEET)
            browser.ask("POST", SHEET, visit="bench", client="Warm", codes="on", bio="on")
            found = [
                timed(browser, "POST", SHEET, visit="bench", client=f"A{n}", codes="on", bio="on")
                for n in rounds
            ]
            rows.append(("preview after a key in a field", found))
            found = [
                timed(browser, "POST", SHEET, visit="bench", note=f"A{n}", codes="on", bio="on")
                for n in rounds
            ]
            rows.append(("preview after a key in a note", found))
            rows.append(("search", [timed(browser, "GET", "/?q=gluets") for _ in rounds]))
        finally:
            process.terminate()
            process.wait()
    print(f"{'imports alone':<34}{imports:7.2f} s")
    for label, times in rows:
        middle = statistics.median(times)
        print(
            f"{label:<34}{middle:7.2f} s  {middle / imports:5.1f} × imports, most {max(times):.2f} s"
        )


if __name__ == "__main__":
    main()
