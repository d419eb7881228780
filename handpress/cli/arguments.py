"""Arguments that several commands take."""

from __future__ import annotations

import argparse

from handpress.core.problems.report import FORMATS


def add_workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "workspace",
        nargs="?",
        default=".",
        metavar="WORKSPACE",
        help="the folder to publish; the current one by default",
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", metavar="DIR", help="the output folder; WORKSPACE/output by default"
    )


def add_all(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all",
        action="store_true",
        help="show each message, also those of the same kind; short and json always do",
    )


def add_strict(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--strict",
        action="store_true",
        help="count each warning as an error: a series with one is not published",
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--message-format",
        metavar="FORMAT",
        choices=tuple(FORMATS),
        default="human",
        help="how to show problems: with the line and a caret (human), on one line each (short), or"
        " as JSON, one object per line (json)",
    )
