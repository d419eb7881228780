"""``handpress doctor``: what this machine has and lacks, and the command that installs it."""

from __future__ import annotations

import argparse
import sys

from handpress.cli.exit_codes import DONE, PROBLEMS
from handpress.cli.report import print_lines

SUMMARY = "show what this machine has and lacks, and how to install it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser  # it has no arguments


def run(options: argparse.Namespace) -> int:
    del options
    from handpress.check.machine import examine

    states = []
    for state in examine():
        states.append(state)
        thing = state.thing
        mark = "no " if state.lacks else "yes"
        print_lines(f"{mark}  {f'{thing.name} {state.version}':<34} {thing.purpose}")
        if state.lacks:
            print_lines(f"     {state.lacks}: {thing.command(sys.platform)}")
    lacking = [state.thing for state in states if state.lacks]
    needed = [thing.name for thing in lacking if thing.needed]
    print_lines("")
    if needed:
        print_lines(f"a build needs what is missing: {', '.join(needed)}")
        return PROBLEMS
    others = f", without {', '.join(thing.name for thing in lacking)}" if lacking else ""
    print_lines(f"ready to build{others}")
    return DONE
