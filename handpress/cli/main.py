"""The command line: find the command, run it, report errors.

Exit codes: 0 done, 1 problems in the sources, 2 wrong usage, 70 a bug in Handpress (sysexits.h).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from handpress.cli.arguments import COMMANDS, parser
from handpress.cli.build import run_build
from handpress.cli.check import run_check
from handpress.cli.exit_codes import DONE, FAULT, INTERRUPTED, PROBLEMS
from handpress.cli.new import run_new
from handpress.cli.report import print_lines, show_problems
from handpress.cli.status import run_list, run_why
from handpress.core.problem import BrokenLayout


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit code."""
    for stream in (sys.stdout, sys.stderr):  # an ASCII terminal gets escapes instead of an error
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    # `handpress --rebuild` and `handpress FOLDER` mean `handpress build …`.
    if not given or (given[0] not in (*COMMANDS, "-h", "--help", "--version")):
        given.insert(0, "build")
    try:
        options = parser().parse_args(given)
        return {
            "build": run_build,
            "check": run_check,
            "why": run_why,
            "list": run_list,
            "new": run_new,
        }[options.command](options)
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
        print_lines(f"handpress: {what}; existing files are unchanged", file=sys.stderr)
        return PROBLEMS
    except Exception:
        import traceback

        traceback.print_exc()
        print(
            "handpress: this is a bug in Handpress, not in your sources; please report the lines above",
            file=sys.stderr,
        )
        return FAULT
