"""The clinic that tests of the desk work in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from helpers.local_servers import Served, start
from helpers.workspaces import ROOT, copy_sample

HERE = "sources/ar/series.yaml"


class Clinic(Struct, frozen=True):
    """The folder of a clinic, and the server of its desk."""

    root: Path
    server: Served


def opened(
    root: Path, log: Path, more: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Clinic]:
    """Yield a clinic with the sample, two handouts in Arabic, and `more` files. It must end clean, and have printed no error."""
    copy_sample(root)
    for name in ("ar", "authors"):
        other = ROOT / "tests/languages/sources" / name
        shutil.copytree(other, root / "sources" / name, dirs_exist_ok=True)
    series = root / HERE
    series.write_text(series.read_text().replace("media: [epub, web]", "media: [handout]"))
    for path, text in more.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    server = start(log, "publish.py", "desk", root, "--no-open")
    yield Clinic(root, server)
    code = server.end()
    assert server.process.stdout is not None
    server.process.stdout.close()
    assert (code, log.read_text()) == (0, "")
