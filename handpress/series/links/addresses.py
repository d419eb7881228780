"""Addresses within a workspace: the paths that authors write for other programs become plain paths."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import accumulate
from urllib.parse import quote, unquote

# Folders that programs publish as the root of a site, the likeliest first.
ROOTS = (
    "",
    "static",
    "public",
    "assets",
    "docs",
    "source",
    "src",
    "content",
    "pages",
    "img",
    "images",
    "website/static",  # of Docusaurus beside the texts
)

# Characters that XML cannot have, or changes; a byte that is not UTF-8 is a lone surrogate.
NO_TEXT = re.compile("[\0-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:|//")  # at the beginning of an address on the web
# Commands of template languages within an address, and the path that each of them makes.
COMMANDS = tuple(
    (re.compile(pattern), path)
    for pattern, path in (
        (r"\{%-?\s*(?:link|post_url)\s+([^%\s]+)\s*-?%\}", r"/\1"),  # Jekyll
        (r"\{%-?\s*asset_path\s+['\"]?([^%{}]+?)['\"]?\s*-?%\}", r"\1"),  # Hexo
        (r"^link://filename/", "/"),  # Nikola
        (r"\{\{-?\s*['\"]([^'\"]+)['\"]\s*\|[^}]*\}\}", r"\1"),  # Liquid with a filter
        (r"\{\{-?\s*(?:site|page)\.[\w.]+[^}]*\}\}", ""),  # the address of the site
        (r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?([^\"'>%]*?)[\"']?\s*[>%]\}\}", r"\1"),  # Hugo
        (
            r"^(?:\{(?:static|filename|attach)\}|\|(?:static|filename|attach)\|)",
            "",
        ),  # Pelican, also before version 3.4
        (
            r"^\{\s*(?:require|useBaseUrl)\(\s*['\"]([^'\"]+)['\"]\s*\)(?:\.default)?\s*\}$",
            r"\1",
        ),  # MDX
        (r"^~?@?(?:site)?(?=/)", ""),  # Docusaurus, Zola, Vue
        (r"^!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]$", r"\1"),  # a property of Obsidian
    )
)


def path_and_anchor(written: str) -> tuple[str, str]:
    """Return the path and the anchor in an address that is `written`, either of them "" if there is none."""
    for command, path in COMMANDS:
        written = command.sub(path, written)
    path, _, anchor = written.partition("#")
    path = unquote(path.partition("?")[0], errors="surrogateescape").replace("\\", "/")
    if anchor.startswith(":~:"):  # words that a browser looks for
        anchor = ""
    return path.removeprefix("./"), unquote(anchor, errors="surrogateescape").strip()


def as_text(path: str) -> str:
    """Return a path as an attribute of XML can have it: other characters are escaped as in an address."""
    return NO_TEXT.sub(lambda found: quote(found[0], errors="surrogateescape"), path)


def candidates(path: str, reader: str, top: str = ".") -> Iterator[str]:
    """Yield the places that `path` may mean in the file `reader`, the likeliest first.

    A relative path starts at the folder of the file, or at the address of its page, which many sites end with a
    slash. A path from the root starts at `top`, at the workspace, or at a folder that is published as the root.
    """
    folder, name = posixpath.split(reader)
    if not path.startswith("/"):
        yield posixpath.normpath(posixpath.join(folder, path))
        yield posixpath.normpath(posixpath.join(folder, posixpath.splitext(name)[0], path))
        inside = posixpath.normpath(path)
    else:
        inside = posixpath.normpath(f"/{path.lstrip('/')}")[1:]
    if not inside.startswith(".."):
        for start in dict.fromkeys((top, "")):
            for root in ROOTS:
                yield posixpath.normpath(posixpath.join(start, root, inside))
            if "/" in inside:  # a collection of Jekyll
                yield posixpath.normpath(posixpath.join(start, f"_{inside}"))
        if path.startswith("/"):  # the root of the site may be any folder above the file
            for above in accumulate(folder.split("/"), "{}/{}".format):
                yield posixpath.normpath(posixpath.join(above, inside))
