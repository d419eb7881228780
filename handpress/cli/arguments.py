"""Arguments: the parser of the command line, and its help."""

from __future__ import annotations

import argparse

from handpress import __version__
from handpress.core.media import MEDIA, PAPERS
from handpress.core.report import FORMATS
from handpress.core.styles import styles

DESCRIPTION = """\
Handpress turns a series of Markdown articles into handouts to print, a book,
an ebook and a web page, with every cross-reference right in each of them.

  handpress                     publish the workspace in the current folder
  handpress check               report problems without making anything
  handpress why ARTEFACT        explain why a file would be made again, or why not
  handpress list                list series, articles and artefacts
  handpress new FOLDER          start a workspace with one article

A workspace is a folder with `sources/`, one series' folder, or any folder of
Markdown files. Artefacts are written to its `output/`; only those that changed
are made.
"""
EPILOG = """\
exit codes: 0 done, 1 problems in the sources, 2 wrong usage, 70 a bug in Handpress,
            130 interrupted
"""
COMMANDS = ("build", "check", "why", "list", "new")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line. `main` adds `build` if no command is given."""
    layout = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(
        "handpress", description=DESCRIPTION, epilog=EPILOG, formatter_class=layout
    )
    top.add_argument("--version", action="version", version=f"handpress {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    said = argparse.ArgumentParser(add_help=False)
    said.add_argument(
        "--message-format",
        choices=tuple(FORMATS),
        default="human",
        help="how to show problems: with the line and a caret (human), on one line each (short), or"
        " as JSON, one object per line (json)",
    )
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument(
        "workspace",
        nargs="?",
        default=".",
        metavar="WORKSPACE",
        help="the folder to publish; the current one by default",
    )
    target = argparse.ArgumentParser(add_help=False)
    target.add_argument(
        "--output", metavar="DIR", help="the output folder; WORKSPACE/output by default"
    )

    build = commands.add_parser(
        "build",
        parents=[where, target, said],
        help="make what is out of date (the default command)",
        description="Make what is out of date.",
        epilog=EPILOG,
    )
    build.add_argument(
        "--series", metavar="ID", action="append", help="only this series; may be repeated"
    )
    build.add_argument(
        "--only",
        metavar="MEDIUM",
        choices=MEDIA,
        action="append",
        help=f"only this medium: {', '.join(MEDIA)}; may be repeated",
    )
    build.add_argument(
        "--style",
        metavar="STYLE",
        action="append",
        help=f"handouts in this style instead of the series' own: {', '.join(styles())}, or one that the"
        " workspace has; may be repeated",
    )
    build.add_argument(
        "--paper",
        metavar="PAPER",
        choices=PAPERS,
        action="append",
        help=f"handouts on this paper instead of the series' own: {', '.join(PAPERS)}; may be repeated",
    )
    build.add_argument(
        "--grey",
        action="store_true",
        help="handouts without colour, pictures too, for a black-and-white printer",
    )
    build.add_argument(
        "--booklet",
        action="store_true",
        help="also the book and the packs as booklets: two pages a side, printed on both sides"
        " and folded",
    )
    build.add_argument(
        "--bundle",
        metavar="TITLE",
        help="with `--only epub`: combine two or more `--series` into one ebook, in bundles/",
    )
    build.add_argument(
        "--article",
        metavar="NAME",
        action="append",
        help="with `--only epub`: this article as an ebook of its own, in epub/; may be repeated",
    )
    build.add_argument(
        "--jobs",
        metavar="N",
        type=_positive,
        default=0,
        help="how many artefacts to make at once; one per core by default",
    )
    build.add_argument(
        "--rebuild", action="store_true", help="make everything again, changed or not"
    )
    build.add_argument(
        "--keep-going",
        action="store_true",
        help="when a series has errors, still make the handouts of its articles without errors",
    )
    build.add_argument(
        "--validate",
        action="store_true",
        help="check the finished ebooks with EPUBCheck and Ace, if installed",
    )
    commands.add_parser(
        "check",
        parents=[where, said],
        help="report problems without making anything",
        description="Report problems in the sources without making anything.",
        epilog=EPILOG,
    )
    why = commands.add_parser(
        "why",
        parents=[target],
        help="explain why an artefact would be made again, or why not",
        description="Explain why an artefact would be made again, or why not.",
        epilog=EPILOG,
    )
    why.add_argument(
        "artefact", metavar="ARTEFACT", help="its path, such as `handouts/cortisone-shots.pdf`"
    )
    why.add_argument("workspace", nargs="?", default=".", metavar="WORKSPACE", help="as for build")
    commands.add_parser(
        "list",
        parents=[where, target],
        help="list series, articles and artefacts, each fresh or stale",
        description="List the series, their articles and artefacts, each fresh or stale.",
        epilog=EPILOG,
    )
    new = commands.add_parser(
        "new",
        help="create a workspace to start from",
        description="Create a workspace with one article that teaches the format.",
        epilog=EPILOG,
    )
    new.add_argument("folder", metavar="FOLDER", help="a new or an empty folder")
    return top


def _positive(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
