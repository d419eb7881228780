"""``handpress diff``: the sentences that differ between two editions, or since one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.exit_codes import DONE, USAGE
from handpress.cli.report import print_lines, wrong
from handpress.cli.workspace import find_workspace
from handpress.core.problems.escaping import escaped, json_line
from handpress.core.problems.report import many

if TYPE_CHECKING:
    from handpress.editions.compare import Compared
    from handpress.editions.differences import ArticleDifferences, Piece

SUMMARY = "show the sentences that differ between two editions, or since one"

RUNNING = ("text", "item")  # kinds of sentences that need no label
# How old and new words are shown: with brackets, or in colours that are also struck or underlined.
PLAIN = {"old": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}
COLOURED = {"old": ("\x1b[31;9m", "\x1b[0m"), "new": ("\x1b[32;4m", "\x1b[0m"), "same": ("", "")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="an edition such as 1 or 2.1, or a commit")
    parser.add_argument(
        "new",
        nargs="?",
        metavar="NEW",
        help="another edition or commit; the files as they are now by default",
    )
    parser.add_argument(
        "workspace",
        nargs="?",
        metavar="WORKSPACE",
        help="the folder to publish; the current one by default. It may follow OLD.",
    )
    parser.add_argument(
        "--series", action="append", default=[], metavar="ID", help="only this series"
    )
    parser.add_argument(
        "--html",
        metavar="FILE",
        help="write a page with the changed sentences, and the printed pages side by side",
    )
    parser.add_argument(
        "--message-format",
        metavar="FORMAT",
        choices=("human", "json"),
        default="human",
        help="how to show the differences: for people (human), or as JSON, one object per line (json)",
    )


def run(options: argparse.Namespace) -> int:
    if options.workspace is None:
        second = options.new and Path(options.new).is_dir()
        options.workspace, options.new = (options.new, None) if second else (".", options.new)
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.editions.compare import NOW, compared
    from handpress.editions.error import EditionError

    try:
        with compared(workspace, options.old, options.new or NOW, options.series) as found:
            if options.message_format == "json":
                for each in found:
                    _print_json(each)
            else:
                for each in found:
                    _print(each)
            if options.html:
                _write(found, Path(options.html))
    except EditionError as error:
        return wrong(error.reason, error.fix)
    return DONE


def _write(found: list[Compared], file: Path) -> None:
    from handpress.core.files.disk import write_file
    from handpress.editions.diff_page import diff_page

    file = file.absolute()
    write_file(file.parent, file.name, diff_page(found).encode())
    print_lines(f"wrote {file}", file=sys.stderr)


def _print(compared: Compared) -> None:
    marks = COLOURED if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else PLAIN
    found = compared.differences
    print_lines(f"{compared.id}: {found.old} → {found.new}, {_counted(found.changed)}")
    for article in found.changed:
        print_lines("", f"{article.title or compared.title}  ({article.about})")
        if article.kind in ("added", "removed"):
            continue
        for difference in article.differences:
            kind = difference.sentence.kind
            label = "" if kind in RUNNING else f"{kind}: "
            unseen = f"  (another {difference.unseen})" if difference.unseen else ""
            text = "".join(_marked(difference.pieces, marks))
            print(f"  {difference.kind:>7}  {label}{text}{unseen}")


def _counted(articles: list[ArticleDifferences]) -> str:
    differing = sum(bool(article.slug) for article in articles)
    if differing:
        return f"{many(differing, 'article')} {'differs' if differing == 1 else 'differ'}"
    return "its title or description differs" if articles else "no differences"


def _marked(pieces: Iterable[Piece], marks: dict[str, tuple[str, str]]) -> Iterator[str]:
    for piece in pieces:
        before, after = marks[piece.state]
        yield f"{before}{escaped(piece.text)}{after}"


def _print_json(compared: Compared) -> None:
    found = compared.differences
    for article in found.changed:
        line = {
            "type": "difference",
            "series": compared.id,
            "old": found.old,
            "new": found.new,
            "article": article.slug,
            "title": article.title,
            "change": article.kind,
            "renamed_from": article.old_slug,
            "moved": [article.old_place, article.place] if article.moved else [],
            "sentences": [
                {
                    "change": difference.kind,
                    "kind": difference.sentence.kind,
                    "another": difference.unseen,
                    "pieces": [[piece.state, piece.text] for piece in difference.pieces],
                }
                for difference in article.differences
            ],
        }
        print(json_line(line))
