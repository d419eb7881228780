"""``handpress check``: report what is broken and what could be plainer; make nothing."""

from __future__ import annotations

import argparse
import datetime
import sys
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handpress.cli.arguments import add_all, add_strict, add_workspace
from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import print_lines, show_problems, wrong
from handpress.cli.workspace import find_workspace
from handpress.core.problems.problem import Problem, has_errors, nearest
from handpress.core.problems.report import FORMATS, many

if TYPE_CHECKING:
    from handpress.check.kept import Checked
    from handpress.core.files.workspace import Workspace

SUMMARY = "look for problems, and for what could be plainer; nothing is made"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    parser.add_argument(
        "--message-format",
        metavar="FORMAT",
        choices=(*FORMATS, "sarif", "github"),
        default="human",
        help="how to show problems: with the line and a caret (human), on one line each (short), as"
        " JSON, one object per line (json), as SARIF 2.1.0 (sarif), or as annotations of GitHub Actions (github)",
    )
    add_all(parser)
    add_strict(parser)
    parser.add_argument("--explain", metavar="CODE", help="show all about one rule, and end")
    parser.add_argument(
        "--online",
        action="store_true",
        help="also ask the web whether the pages of links are there; answers are kept for a week",
    )
    parser.add_argument(
        "--baseline",
        action="store_true",
        help="record what the rules find now, so that later checks show only what is new",
    )
    parser.add_argument(
        "--date",
        type=datetime.date.fromisoformat,
        metavar="DATE",
        help="the day with which dates of review are compared, such as 2026-11-22; today by default",
    )

    parser.add_argument(
        "--pemat",
        action="store_true",
        help="instead of problems, show AHRQ's scoresheet for printed health materials (PEMAT-P) for each article,"
        " with the answers and evidence that a machine can find",
    )
    parser.add_argument(
        "--as",
        dest="form",
        metavar="FORM",
        choices=("text", "html", "csv"),
        default="text",
        help="with --pemat: as text (text), as a page to print (html), or for a spreadsheet (csv)",
    )


def run(options: argparse.Namespace) -> int:
    if options.explain:
        return _explain(options.explain)
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.check import baseline

    today = options.date or datetime.datetime.now().astimezone().date()
    if options.pemat:
        return _pemat(workspace, today, options.form)
    checked = _checked(workspace, today, options.strict)
    if options.baseline:
        recorded = baseline.write(workspace.disk.root, checked)
        print_lines(f"recorded {many(recorded, 'problem')} in {baseline.NAME}")
        return DONE
    if options.online:
        checked = _with_dead_links(workspace, today, checked, strict=options.strict)
    problems, known = baseline.without_known(workspace.disk, checked)
    _show(problems, options)
    if options.message_format in ("human", "short"):
        if not problems:
            print_lines(f"no problems in {many(checked.articles, 'article')}")
        if known:
            older = f"{many(known, 'older problem')} in {baseline.NAME}: not shown"
            print_lines(older, file=sys.stderr)
    return PROBLEMS if has_errors(problems) else DONE


def _checked(workspace: Workspace, today: datetime.date, strict: bool) -> Checked:
    """Return the last check if nothing has changed since, otherwise a new one."""
    from handpress.check import kept

    request = f"{today} {strict}"
    if last := kept.last_check(workspace, request):
        return last
    from handpress.check.run import check

    checked = check(workspace, today, strict)
    kept.keep(workspace, request, checked)
    return checked


def _with_dead_links(
    workspace: Workspace, today: datetime.date, checked: Checked, *, strict: bool
) -> Checked:
    from handpress.check.online import dead_links
    from handpress.check.run import by_weight, pages

    found = dead_links(pages(workspace, today), today, strict)
    return replace(checked, problems=tuple(by_weight([*checked.problems, *found])))


def _pemat(workspace: Workspace, today: datetime.date, form: str) -> int:
    from handpress.check.pemat.sheet import FORMS, sheet_of
    from handpress.check.run import pages

    sheets = [sheet_of(page) for page in pages(workspace, today)]
    print(FORMS[form](sheets, today), end="")
    return DONE


def _show(problems: list[Problem], options: argparse.Namespace) -> None:
    if options.message_format in ("human", "short"):
        show_problems(problems, options.message_format, options.all)
    else:  # it needs the rules, which take long to import
        from handpress.check.formats.table import WHOLE

        print(WHOLE[options.message_format](problems), end="")


def _explain(code: str) -> int:
    from handpress.build.kinds import ALL_KINDS
    from handpress.check.explain import explain, explain_kind
    from handpress.check.rules import RULES

    if code in RULES or code in ALL_KINDS:
        shown = explain(RULES[code]) if code in RULES else explain_kind(code, ALL_KINDS[code])
        print_lines(*shown.splitlines())
        return DONE
    meant = nearest(code, (*RULES, *ALL_KINDS))
    fix = f"did you mean `{meant}`?" if meant else f"choose one of: {', '.join(RULES)}"
    return wrong(f"no rule and no message has the code `{code}`", fix)
