"""A build is closed: it starts no program, opens no connection, and reads and writes nothing elsewhere.

Over the sample, and over everything hostile that the other tests have, in the workers too.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handpress.press.options import RenderOptions
from helpers.hostile import PICTURES, POSTSCRIPT, hostile
from helpers.pictures import DRAW_IO, MERMAID, svg
from helpers.rasters import RASTERS
from helpers.workspaces import ROOT, copy_sample

SCRIPT = ROOT / "tests/helpers/audited.py"


def sample(folder: Path) -> Path:
    copy_sample(folder)
    return folder


def hostile_articles(folder: Path) -> Path:
    return hostile(folder).disk.root


def pictures(folder: Path) -> Path:
    """An article for each picture, so that those that can be used are pressed whatever the others are."""
    there = {**PICTURES, **{f"{name}.bin": make() for name, make in RASTERS.items()}}
    there |= {"mermaid.svg": svg(MERMAID), "draw.svg": svg(DRAW_IO.format("Rest", "Rest"))}
    (folder / "images").mkdir()
    for number, (name, data) in enumerate(there.items()):
        (folder / "images" / name).write_bytes(data)
        text = f"# Picture {number}\n\n![A picture](<images/{name}>)\n"
        (folder / f"{number:02}-picture-{number}.md").write_text(text)
    (folder / "series.yaml").write_text("id: pictures\ntitle: Pictures\n")
    return folder


def usable(folder: Path) -> Path:
    """Only pictures that can be used: every medium of them is pressed."""
    (folder / "images").mkdir()
    body = ""
    for name, make in RASTERS.items():
        (folder / "images" / f"{name}.bin").write_bytes(make())
        body += f"![A picture](images/{name}.bin)\n\n"
    for name in ("script.svg", "no-size.svg", "doctype.svg", "svg.png"):
        (folder / "images" / name).write_bytes(PICTURES[name])
        body += f"![A picture](images/{name})\n\n"
    (folder / "images" / "mermaid.svg").write_bytes(svg(MERMAID))
    (folder / "01-pictures.md").write_text(f"# Pictures\n\n![Rest](images/mermaid.svg)\n\n{body}")
    (folder / "series.yaml").write_text("id: pictures\n")
    return folder


def audited(root: Path, log: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(log), str(root), *arguments],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, log.read_text()


@pytest.mark.parametrize(
    ("make", "code"), [(sample, 0), (usable, 0), (pictures, 0), (hostile_articles, 1)]
)
def test_a_build_reaches_nothing_beyond_itself(
    make: Callable[[Path], Path], code: int, tmp_path: Path
) -> None:
    root = tmp_path / "workspace"
    root.mkdir()
    assert audited(make(root), tmp_path / "log", "build", "--jobs", "2") == (code, "")


def test_the_hook_hears_what_is_forbidden(tmp_path: Path) -> None:
    """In the process itself, and in one that was forked from it."""
    log = tmp_path / "log"
    text = (
        "import audited, os, subprocess, socket, sys\n"
        f"audited.install({str(log)!r}, {str(tmp_path / 'workspace')!r})\n"
        "if os.fork() == 0:\n"
        "    open('/etc/hostname')\n"
        "    subprocess.run(['true'])\n"
        "    os._exit(0)\n"
        "os.wait()\n"
        "try:\n"
        "    socket.create_connection(('127.0.0.1', 9))\n"
        "except OSError: pass\n"
        "try:\n"
        "    open('/no-such-folder/file', 'w')\n"
        "except OSError: pass\n"
    )  # fmt: skip
    subprocess.run([sys.executable, "-c", text], cwd=SCRIPT.parent, check=True)
    events = {line.partition(" ")[0] for line in log.read_text().splitlines()}
    assert events >= {"read", "subprocess.Popen", "socket.connect", "write"}


def test_postscript_is_not_run_by_the_press_either() -> None:
    """A layout of the workspace's own may hold pictures too, which nobody looked at before."""
    from base64 import b64encode

    from handpress.core.files.disk import Asset
    from handpress.press import result
    from handpress.press.pdf import render

    address = f"data:image/png;base64,{b64encode(POSTSCRIPT).decode()}"
    page = f'<html lang="en"><head><title>x</title></head><body><img alt="x" src="{address}"></body></html>'
    files = {"index.html": Asset.of(page.encode()), "style.css": Asset.of(b"")}
    with pytest.raises(result.RecipeRefused, match="which is not a picture"):
        render.render_pdf(files, RenderOptions())
