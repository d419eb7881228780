"""Picture look-up: find the picture for an address in an article or a settings file."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote

from handpress.assets.formats import Broken, Huge, Incomplete
from handpress.assets.picture import Picture, inspect_picture
from handpress.core.disk import Asset, Disk, Outside
from handpress.core.problem import Place, Problem, nearest, problem


def find_picture(disk: Disk, folder: str, written: str, place: Place) -> Picture | Problem:
    """Return the picture at `written`, relative to `folder`, or its problem."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.\-]+:|//", written):
        return problem("remote-picture", place)
    path = posixpath.normpath(posixpath.join(folder, unquote(written.partition("?")[0])))
    try:
        if not written.strip() or "\0" in path:
            raise FileNotFoundError
        found = inspect_picture(path, disk.read(path))
        if found.asset.digest == found.origin:  # published unchanged: read again on demand
            found = replace(found, asset=Asset(found.origin, path=disk.at(path)))
        return found
    except Outside:
        return problem("outside-picture", place, file=written)
    except (FileNotFoundError, IsADirectoryError):
        folder, name = posixpath.split(path)
        # Compare stems only, since the endings of all pictures are similar.
        there = {posixpath.splitext(n)[0]: n for n in disk.names(folder) if n != name}
        guess = nearest(posixpath.splitext(name)[0], there)
        meant = posixpath.join(posixpath.dirname(written), there[guess]) if guess else None
        return problem("missing-picture", place, meant=meant, file=written)
    except Huge as error:
        return problem("huge-picture", place, reason=error)
    except Incomplete as error:
        return problem("incomplete-picture", place, reason=error)
    except Broken as error:
        return problem("broken-picture", place, reason=error)
    except (OSError, ValueError) as error:
        return problem("broken-picture", place, reason=error)
