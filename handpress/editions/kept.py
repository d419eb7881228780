"""Kept editions: the files of an edition in a folder of their own, which a build leaves alone."""

from __future__ import annotations

from pathlib import Path

from handpress.build.places import MARK, NAME
from handpress.build.run import not_foreign
from handpress.core.files.disk import digest, digest_below, plain_file, write_file
from handpress.series.ledger.editions import Edition


def keep(made: Path, output: Path, series: str, edition: Edition) -> str:
    """Copy a finished edition from the folder `made` into the output folder; return its folder there.

    It has the form of an output folder, with the faces that its pages need. Raises :class:`Foreign` if the output
    folder is not ours.
    """
    not_foreign(output)
    (output / MARK).mkdir(parents=True, exist_ok=True)
    folder = folder_of(series, edition)
    for place in sorted(made.rglob("*")):
        path = place.relative_to(made).as_posix()
        if place.is_file() and path != NAME and not path.startswith(f"{MARK}/"):
            data = place.read_bytes()
            if digest_below(output, f"{folder}/{path}") != digest(data):
                write_file(output, f"{folder}/{path}", data)
    return folder


def folder_of(series: str, edition: Edition) -> str:
    """Return the folder of an edition in the output folder."""
    return f"{series}/editions/{edition.label}"


def recorded_file(output: Path, series: str, edition: Edition, path: str) -> Path | None:
    """Return a file in the output folder with the recorded bytes of an artefact, or None."""
    names = (f"{folder_of(series, edition)}/{path}", path)
    right = (n for n in names if digest_below(output, n) == edition.artefacts[path])
    return next((plain_file(output, name) for name in right), None)
