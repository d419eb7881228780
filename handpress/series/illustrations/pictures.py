"""Picture look-up: find the picture for an address in an article or a settings file."""

from __future__ import annotations

import base64
import posixpath
import re
from urllib.parse import unquote, unquote_to_bytes

from msgspec.structs import replace

from handpress.assets.formats import Broken, Huge, Incomplete
from handpress.assets.picture import Picture, inspect_picture
from handpress.core.files.disk import Asset, Disk, Outside, digest, why_unread
from handpress.core.problems.problem import Place, Problem, nearest, problem
from handpress.markup.dialect.obsidian import EMBED
from handpress.series.links.addresses import SCHEME, candidates, path_and_anchor
from handpress.series.links.files import BY_NAME, SEVERAL, find_file

WITHIN = "data:"  # begins the path of a picture that is written in the article, as Google Docs does
_DATA = re.compile(r"data:image/[\w.+-]+(?P<coding>(?:;[\w=.-]+)*),", re.I)


def find_picture(
    disk: Disk, reader: str, written: str, place: Place, original: str = ""
) -> tuple[Picture | None, list[Problem]]:
    """Return the picture at `written` in the file `reader`, None if it cannot be shown, and all problems of it.

    A translation has the pictures of its `original` as well.
    """
    embedded = written.startswith(EMBED)
    written = written.removeprefix(EMBED).partition("|")[0].strip() if embedded else written
    data = _DATA.match(written)
    if SCHEME.match(written) and not data:
        return None, [problem("remote-picture", place)]
    problems: list[Problem] = []
    try:
        if data:
            return _within(written[data.end() :], data["coding"]), []
        if not written.strip() or "\0" in unquote(written):
            raise FileNotFoundError
        path, guess = find_file(disk, reader, written, original)
        if (
            guess.startswith(SEVERAL) and not embedded
        ):  # only in a vault does a name alone mean a file
            raise FileNotFoundError
        if guess and not (embedded and guess.startswith(BY_NAME)):
            way = posixpath.relpath(path, posixpath.dirname(reader) or ".")
            problems.append(problem("guessed-picture", place, reason=guess, path=way))
        found = inspect_picture(path, disk.read(path))
        if found.asset.digest == found.origin:  # published unchanged: read again on demand
            found = replace(found, asset=Asset(found.origin, path=disk.at(path)))
        return found, problems
    except Outside:
        wrong = problem("outside-picture", place, file=written)
    except (FileNotFoundError, IsADirectoryError):
        meant = _similar(disk, reader, written)
        wrong = problem("missing-picture", place, meant=meant, file=written)
    except Huge as error:
        wrong = problem("huge-picture", place, reason=error)
    except Incomplete as error:
        wrong = problem("incomplete-picture", place, reason=error)
    except OSError as error:
        wrong = problem("broken-picture", place, reason=why_unread(disk, written, error))
    except (Broken, ValueError) as error:
        wrong = problem("broken-picture", place, reason=error)
    return None, [*problems, wrong]


def _within(written: str, coding: str) -> Picture:
    """Return a picture whose bytes are written in its address."""
    if coding.lower().endswith(";base64"):
        data = base64.b64decode(unquote(written))
    else:
        data = unquote_to_bytes(written)
    return inspect_picture(f"{WITHIN}{digest(data)}", data)


def _similar(disk: Disk, reader: str, written: str) -> str | None:
    """Return the address of the picture that has the most similar name in the same folder."""
    path, _ = path_and_anchor(written)
    folder, name = posixpath.split(next(candidates(path, reader)))
    # Compare stems only, since the endings of all pictures are similar.
    there = {posixpath.splitext(n)[0]: n for n in disk.names(folder) if n != name}
    guess = nearest(posixpath.splitext(name)[0], there)
    return posixpath.join(posixpath.dirname(written), there[guess]) if guess else None
