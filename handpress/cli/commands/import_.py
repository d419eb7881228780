"""``handpress import``: make the sources of a series from an export of a blog, saved pages or documents."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from handpress.cli.exit_codes import DONE, PROBLEMS
from handpress.cli.report import print_lines, wrong

SUMMARY = "make a series from an export of a blog, from saved pages or from documents"
MODULES = ("defusedxml", "mammoth")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="an export, a saved page, a document, or a folder of pages or documents",
    )
    parser.add_argument(
        "--to",
        metavar="FOLDER",
        help="the folder of the series; by default a new one in `sources/`, named by its title",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show the differences, but write no file"
    )


def run(options: argparse.Namespace) -> int:
    from handpress.core.program import install

    if missing := [name for name in MODULES if find_spec(name) is None]:
        return wrong(
            f"`import` needs packages that are not installed: {', '.join(missing)}",
            f"install them with `{install('import')}`",
        )
    from handpress.core.files.disk import write_file
    from handpress.importers.model import ImportRefused
    from handpress.importers.report import REPORT, lines, page
    from handpress.importers.run import import_source

    try:
        done = import_source(Path(options.source), Path.cwd(), options.to, options.dry_run)
    except ImportRefused as refused:
        return wrong(refused.reason, refused.fix)
    print_lines(*lines(done))
    if options.dry_run:
        print_lines("nothing is written: this was a dry run")
        return DONE
    write_file(done.root, REPORT, page(done).encode())
    print_lines(f"wrote {done.root / REPORT}")
    if done.conflicts:
        print_lines(
            "conflicts are marked by `<<<<<<<` in: " + ", ".join(done.conflicts), file=sys.stderr
        )
        return PROBLEMS
    return DONE
