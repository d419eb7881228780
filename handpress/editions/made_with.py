"""The versions of all that decides the bytes of an edition, by names that people know.

Python and the system are not among them: the same sources give the same bytes on each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from handpress import __version__
from handpress.core.caches.code_hash import version
from handpress.core.files.disk import digest
from handpress.core.files.shipped import PACKAGE
from handpress.core.files.workspace import Workspace
from handpress.press.presses import versions

# Packages that decide the text and the layout, in addition to the tools of the presses.
PACKAGES = (
    "babel",
    "jinja2",
    "latex2mathml",
    "markdown",
    "markdown-it-py",
    "pyyaml",
    "segno",
    "ziamath",
)
# Kinds of layout files by their endings; any other is a picture.
KINDS = {".css": "stylesheets", ".html": "templates", ".xml": "templates", ".yaml": "words"}
CODE, FONTS, PICTURES = "code of Handpress", "fonts", "pictures of layouts"


def made_with(workspace: Workspace) -> Mapping[str, str]:
    """Return the versions, and short digests of code, fonts and layouts, of an edition made in this workspace."""
    tools = dict(_tool(*row.rsplit(" ", 1)) for row in versions())
    tools |= {package: version(package) for package in PACKAGES}
    found: dict[str, list[str]] = {kind: [] for kind in (*KINDS.values(), PICTURES, FONTS)}
    for name in workspace.listing("layouts"):
        kind = next((kind for end, kind in KINDS.items() if name.endswith(end)), PICTURES)
        found[kind].append(_line(workspace, "layouts", name))
    found[FONTS] = [_line(workspace, "fonts", name) for name in workspace.listing("fonts")]
    code = [
        f"{file.relative_to(PACKAGE).as_posix()} {digest(file.read_bytes())}"
        for file in sorted(PACKAGE.rglob("*.py"))
    ]
    digests = {kind: _short(lines) for kind, lines in found.items()}
    return {"Handpress": __version__, CODE: _short(code), **digests, **dict(sorted(tools.items()))}


def differences(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return what differs between the versions of an edition and the present ones, in words."""
    found = []
    for name in {**then, **now}:
        before, after = then.get(name, ""), now.get(name, "")
        if before == after:
            continue
        is_digest = name in (CODE, FONTS, PICTURES, *KINDS.values())
        found.append(
            f"{name} changed"
            if is_digest
            else f"{name} {after or 'missing'}, then {before or 'missing'}"
        )
    return found


def _tool(name: str, number: str) -> tuple[str, str]:
    """Return the name and the version of a tool as people know them: ``pango 1.50.12``."""
    library = re.fullmatch(r"([a-z-]+?)(?:-[\d.]+)+", name)
    if library is None:
        return name, number
    written = number.removeprefix("b'").removesuffix("'")
    if written.isdigit() and len(written) > 4:  # as Pango has it: 15012
        written = f"{int(written) // 10_000}.{int(written) // 100 % 100}.{int(written) % 100}"
    return library[1], written


def _line(workspace: Workspace, kind: str, name: str) -> str:
    asset = workspace.overlay(kind, name)
    return f"{name} {asset.digest if asset else ''}"


def _short(lines: list[str]) -> str:
    return digest("\n".join(lines).encode())[:16]
