"""``handpress fetch``: save pictures from the web, so that they can be published."""

from __future__ import annotations

import argparse
import posixpath
import sys
from functools import partial

from handpress.cli.arguments import add_workspace
from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import print_lines
from handpress.cli.workspace import find_workspace
from handpress.core.problems.report import many

SUMMARY = "save the pictures that articles show from the web, and link to the files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="load the pictures, but change no file"
    )
    parser.add_argument(
        "--private", action="store_true", help="also from addresses in a private network"
    )


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.core.files.download import download
    from handpress.series.assemble import assemble_all
    from handpress.series.illustrations.remote_pictures import fetch_pictures

    load = partial(download, private=options.private)
    done = "would save" if options.dry_run else "saved"
    paths: set[str] = set()
    failed = 0
    for series, problems in assemble_all(workspace):
        folder = posixpath.dirname(series.settings) or "."
        for one in fetch_pictures(workspace.disk, folder, problems, load, options.dry_run):
            where = f"{one.place.path}:{one.place.line}:{one.place.column}"
            if one.failed:
                failed += 1
                print_lines(f"{where}: {one.url}: {one.failed}", file=sys.stderr)
            else:
                paths.add(one.path)
                print_lines(f"{where}: {done} {one.path}")
    if paths or failed:
        lost = f", {failed} failed" if failed else ""
        print_lines(f"{done} {many(len(paths), 'picture')}{lost}")
    else:
        print_lines("no pictures from the web")
    return PROBLEMS if failed else DONE
