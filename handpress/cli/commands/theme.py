"""``handpress theme``: the tokens of a theme with their uses, the contrast of its colours, and a specimen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_workspace
from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import print_lines, show_problems, wrong
from handpress.cli.workspace import find_workspace
from handpress.core.problems.report import many

if TYPE_CHECKING:
    from handpress.build.theme import ThemeInUse

SUMMARY = "show the colours, faces and sizes of a theme, and print a specimen"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    parser.add_argument(
        "--series",
        default="",
        metavar="ID",
        help="the theme of this series; by default, that of all series",
    )
    parser.add_argument(
        "--specimen", metavar="FILE.pdf", help="write a handout that shows all of the theme"
    )
    parser.add_argument("--style", default="standard", help="the style of the specimen")
    parser.add_argument("--paper", default="a4", help="the paper of the specimen")


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.build.theme import themes_in_use
    from handpress.core.media import PAPERS
    from handpress.core.styles import styles

    themes, problems = themes_in_use(workspace)
    if not themes:
        show_problems(problems, "human")
        return PROBLEMS
    series = tuple(id_ for id_ in themes if id_)
    for kind, given, known in (
        ("series", options.series or series[0], series),
        ("style", options.style, styles(workspace)),
        ("paper", options.paper, tuple(PAPERS)),
    ):
        if given not in known:
            return wrong(f"unknown {kind} `{given}`", f"use one of: {', '.join(known)}")
    theme = themes[options.series]
    _show(theme)
    return _print_specimen(theme, options) if options.specimen else DONE


def _show(theme: ThemeInUse) -> None:
    tokens = theme.tokens
    widest = max(len(token.name) for token in tokens)
    for token in tokens:
        print_lines(f"{token.name:{widest}}  {token.value}  ({', '.join(token.uses) or 'unused'})")
    print_lines("")
    for pair in theme.pairs:
        words, ground = (colour.hex for colour in pair.colours)
        print_lines(f"{pair.contrast:4.1f}:1  {pair.words} {words} on {pair.ground} {ground}")


def _print_specimen(theme: ThemeInUse, options: argparse.Namespace) -> int:
    from handpress.core.files.disk import write_file

    try:
        made = theme.specimen(options.style, options.paper)
    except RuntimeError as error:
        wrong(f"the specimen cannot be printed: {error}", "try another `--style` or `--paper`")
        return PROBLEMS
    file = Path(options.specimen)
    write_file(file.parent, file.name, made.data)
    print_lines("", f"made {file}  {many(made.pages or 0, 'page')}")
    return DONE
