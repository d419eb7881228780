"""Wrong usage: what is wrong with a command line, and the way out, in place of a list of all its options."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import NoReturn

from handpress.cli.report import wrong
from handpress.core.problems.problem import nearest

# The messages of `argparse` that list the values of an option, with or without marks around each.
_CHOICES = re.compile(
    r"argument (?P<of>.+?): invalid choice: '?(?P<written>.*?)'? \(choose from (?P<known>.*)\)"
)
_CONVERTED = re.compile(r"argument (?P<of>.+?): invalid \w+ value: '(?P<written>.*)'", re.S)
_ARGUMENT = re.compile(r"argument (?P<of>.+?): (?P<what>.*)", re.S)


class Parser(argparse.ArgumentParser):
    """A parser whose errors have the form of all other messages."""

    def error(self, message: str) -> NoReturn:
        """Report wrong usage and end the program."""
        sys.exit(wrong(*_explained(message, self.prog)))


def unknown_argument(written: str, command: str, options: Iterable[str]) -> int:
    """Report an argument that a `command` does not take; return the exit code. `options` are the names of those that it has."""
    if not written.startswith("-"):
        return wrong(f"`{written}` is one argument too many", f"see `handpress {command} --help`")
    option = written.partition("=")[0]
    meant = nearest(option.strip("-"), options)
    fix = f"did you mean `--{meant}`?" if meant else f"see `handpress {command} --help`"
    return wrong(f"`{command}` has no option `{option}`", fix)


def _explained(message: str, program: str) -> tuple[str, str]:
    """Return a message of `argparse` in words of our own, and how to correct what it is about."""
    help_ = f"see `{program} --help`"
    if found := _CHOICES.fullmatch(message):
        known = re.findall(r"[\w-]+", found["known"])
        meant = nearest(found["written"], known)
        fix = f"did you mean `{meant}`?" if meant else f"use one of: {', '.join(known)}"
        return f"unknown value `{found['written']}` of `{found['of']}`", fix
    if found := _CONVERTED.fullmatch(message):
        return f"wrong value `{found['written']}` of `{found['of']}`", help_
    if found := _ARGUMENT.fullmatch(message):
        return f"`{found['of']}`: {found['what']}", help_
    return message, help_
