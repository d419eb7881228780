"""Find the picture that an address in an article or a settings file names."""

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
    """The picture that `written`, seen from `folder`, leads to; or what is wrong with it."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.\-]+:|//", written):
        return problem("remote-picture", place)
    path = posixpath.normpath(posixpath.join(folder, unquote(written.partition("?")[0])))
    try:
        if not written.strip() or "\0" in path:
            raise FileNotFoundError
        found = inspect_picture(path, disk.read(path))
        if found.asset.digest == found.origin:  # shown as it lies: read again when it is wanted
            found = replace(found, asset=Asset(found.origin, path=disk.at(path)))
        return found
    except Outside:
        return problem("outside-picture", place, file=written)
    except (FileNotFoundError, IsADirectoryError):
        folder, name = posixpath.split(path)
        # By the stem: endings are alike, whatever the pictures are.
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
