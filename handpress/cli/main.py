"""The command line: find the command, run it, report errors.

Its exit codes are in :mod:`.cli.exit_codes`.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Protocol, cast

from handpress import __version__
from handpress.cli.exit_codes import DONE, FAULT, INTERRUPTED, PROBLEMS
from handpress.cli.report import show_problems, wrong
from handpress.cli.usage import Parser, unknown_argument
from handpress.core import program
from handpress.core.problems.problem import BrokenLayout, nearest

# Modules of `cli.commands`
COMMANDS = (
    "build",
    "check",
    "watch",
    "release",
    "verify",
    "why",
    "list",
    "diff",
    "theme",
    "fetch",
    "import",
    "translate",
    "personalise",
    "new",
    "desk",
    "doctor",
    "manual",
)

DESCRIPTION = """\
Handpress turns a series of Markdown articles into handouts to print, a book,
an ebook and a web page, with every cross-reference right in each of them.

A workspace is a folder with `sources/`, one series' folder, or any folder of
Markdown files. Artefacts are written to its `output/`; only those that changed
are made.
"""
EPILOG = """\
`handpress manual` opens the manual in the browser, without a network.

exit codes: 0 done, 1 problems in the sources, 2 wrong usage, 70 a bug in Handpress,
            130 interrupted
"""


class Command(Protocol):
    """The module of a command."""

    SUMMARY: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments of the command."""

    def run(self, options: argparse.Namespace) -> int:
        """Run the command and return its exit code."""


def command(name: str) -> Command:
    module = f"{name}_" if iskeyword(name) else name
    return cast(Command, import_module(f"handpress.cli.commands.{module}"))


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of the command line, with a parser for each command of these `names`."""
    plain = argparse.RawDescriptionHelpFormatter
    epilog = program.as_typed(EPILOG)
    top = Parser(program.command(), description=DESCRIPTION, epilog=epilog, formatter_class=plain)
    top.add_argument("--version", action="version", version=f"handpress {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in names:
        module = command(name)
        summary = module.SUMMARY
        about = f"{summary[0].upper()}{summary[1:]}."
        module.add_arguments(
            commands.add_parser(
                name, help=summary, description=about, epilog=epilog, formatter_class=plain
            )
        )
    return top


def _unknown(written: str) -> int:
    """Report a first word that is neither a command nor a folder."""
    meant = nearest(written, COMMANDS)
    fix = f"did you mean `{meant}`?" if meant else f"use one of: {', '.join(COMMANDS)}, or a folder"
    return wrong(f"`{written}` is neither a command nor a folder", fix)


# How to help oneself after an error of the system.
_SPACE = "free some space on that disk, then run the command again"
_RIGHTS = "change its permissions, or use another folder"
_PLACE = "move away what is in the place of the folder, or use another folder"
WAYS_OUT = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.EEXIST: _PLACE,
    errno.ENOTDIR: _PLACE,
}
WAY_OUT = "check that the place exists and can be written to, then run the command again"
OBJECTS = (
    500_000  # made by a build before Python looks for unused ones, which are a hundredth of them
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit code."""
    gc.set_threshold(OBJECTS)
    for stream in (sys.stdout, sys.stderr):  # an ASCII terminal gets escapes instead of an error
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["help"]:  # `handpress help check` means `handpress check --help`
        given = [*given[1:2], "--help"]
    # `handpress --rebuild` and `handpress FOLDER` mean `handpress build …`.
    if not given or (given[0] not in (*COMMANDS, "-h", "--help", "--version")):
        if given and not given[0].startswith("-") and not Path(given[0]).exists():
            return _unknown(given[0])
        given.insert(0, "build")
    try:
        names = given[:1] if given[0] in COMMANDS else COMMANDS
        options, more = parser(names).parse_known_args(given)
        if more:
            known = [name.replace("_", "-") for name in vars(options)]
            return unknown_argument(more[0], options.command, known)
        return command(options.command).run(options)
    except BrokenLayout as broken:
        show_problems([broken.problem], getattr(options, "message_format", "human"))
        return PROBLEMS
    except KeyboardInterrupt:
        print("handpress: interrupted; finished files are kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        reason = error.strerror or str(error)
        what = f"{error.filename}: {reason}" if error.filename else reason
        wrong(f"{what}; existing files are unchanged", WAYS_OUT.get(error.errno or 0, WAY_OUT))
        return PROBLEMS
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "handpress":
            raise
        wrong(
            f"the package `{error.name}` is not installed", f"install it with `{program.install()}`"
        )
        return PROBLEMS
    except Exception:  # noqa: BLE001  # all else is our fault, and reported as such
        import traceback

        traceback.print_exc()
        print(
            "handpress: this is a bug in Handpress, not in your sources; please report the lines above",
            file=sys.stderr,
        )
        return FAULT
