"""Picture look-up: find the picture for an address in an article or a settings file."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from msgspec.structs import replace

from handpress.assets.formats import Broken, Huge, Incomplete
from handpress.assets.picture import Picture, inspect_picture
from handpress.core.files.disk import Asset, Disk, Outside, folded, why_unread
from handpress.core.problems.problem import Place, Problem, nearest, problem
from handpress.markup.dialect.obsidian import EMBED
from handpress.series.links.addresses import SCHEME, candidates, path_and_anchor

BY_NAME = "there is no such file here"
SEVERAL = "several files have this name"


def find_picture(
    disk: Disk, reader: str, written: str, place: Place, original: str = ""
) -> tuple[Picture | None, list[Problem]]:
    """Return the picture at `written` in the file `reader`, None if it cannot be shown, and all problems of it.

    A translation has the pictures of its `original` as well.
    """
    embedded = written.startswith(EMBED)
    written = written.removeprefix(EMBED).partition("|")[0].strip() if embedded else written
    if SCHEME.match(written):
        return None, [problem("remote-picture", place)]
    problems: list[Problem] = []
    try:
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


def find_file(disk: Disk, reader: str, written: str, original: str = "") -> tuple[str, str]:
    """Return the path of the file that is `written` in the file `reader`, and the reason if that is a guess.

    An address in a translation may be relative to its `original`. Raises FileNotFoundError if there is none, and :class:`Outside` if it is outside the workspace.
    """
    path, anchor = path_and_anchor(written)
    ways = list(candidates(path, reader))
    if anchor:  # the name of a file may have the sign
        ways.insert(0, posixpath.join(posixpath.dirname(reader), f"{path}#{anchor}"))
    if disk.is_file(ways[0]):
        return ways[0], ""
    if original:
        there = next(candidates(path, original))
        if disk.is_file(there):
            return there, ""
    named = disk.by_name.get(folded(posixpath.basename(path)), ())
    spelled = {folded(found): found for found in named}
    for way in ways:
        if found := way if way in named else spelled.get(folded(way)):
            return found, ""
    disk.at(ways[0])  # raises Outside, also for a link to such a place
    ending = folded(f"/{path.strip('/')}")
    near = sorted((_distance(p, reader), p) for p in named if folded(f"/{p}").endswith(ending))
    if not near:
        raise FileNotFoundError(written)
    if len(near) > 1 and near[0][0] == near[1][0]:
        return near[0][1], f"{SEVERAL}; `{near[0][1]}` is taken"
    return near[0][1], f"{BY_NAME}; `{near[0][1]}` has its name"


def _distance(path: str, reader: str) -> int:
    """Return the number of folders between two files."""
    return posixpath.relpath(path, posixpath.dirname(reader) or ".").count("/")


def _similar(disk: Disk, reader: str, written: str) -> str | None:
    """Return the address of the picture that has the most similar name in the same folder."""
    path, _ = path_and_anchor(written)
    folder, name = posixpath.split(next(candidates(path, reader)))
    # Compare stems only, since the endings of all pictures are similar.
    there = {posixpath.splitext(n)[0]: n for n in disk.names(folder) if n != name}
    guess = nearest(posixpath.splitext(name)[0], there)
    return posixpath.join(posixpath.dirname(written), there[guess]) if guess else None
