"""The command: what users type, and what they are told.

Exit codes: 0 done, 1 problems in the sources, 2 wrong usage, 70 a fault of ours (sysexits.h).
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from .problem import FORMATS, BrokenLayout, Problem, count, escaped, has_errors, json_line, many
from .usage import COMMANDS, parser

if TYPE_CHECKING:
    from .build import Event, Outcome
    from .look import State
    from .waves import Request
    from .workspace import Workspace

DONE, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 70, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a terminal of ASCII alone is no reason to stop
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    # `handpress --rebuild` and `handpress FOLDER` mean `handpress build …`.
    if not given or (given[0] not in (*COMMANDS, "-h", "--help", "--version")):
        given.insert(0, "build")
    try:
        options = parser().parse_args(given)
        return {"build": _build, "check": _check, "why": _why, "list": _list, "new": _new}[
            options.command
        ](options)
    except BrokenLayout as broken:
        _say([broken.problem], getattr(options, "message_format", "human"))
        return PROBLEMS
    except KeyboardInterrupt:
        print("handpress: interrupted; what was finished is kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        reason = error.strerror or str(error)
        what = f"{error.filename}: {reason}" if error.filename else reason
        _tell(f"handpress: {what}; nothing that was there is lost", file=sys.stderr)
        return PROBLEMS
    except Exception:
        import traceback

        traceback.print_exc()
        print(
            "handpress: this is a fault of Handpress, not of your sources; please report the lines above",
            file=sys.stderr,
        )
        return FAULT


def _tell(*lines: str, file: TextIO | None = None) -> None:
    """Print each of `lines` as one line, whatever is in the names that it holds."""
    for line in lines:
        print(escaped(line), file=file, flush=True)


def _found(options: argparse.Namespace) -> Workspace | None:
    from .workspace import find

    path = Path(options.workspace)
    output = getattr(options, "output", None)
    if not path.is_dir():
        _tell(f"handpress: `{options.workspace}` is not a folder", file=sys.stderr)
        return None
    found = find(path, Path(output).resolve() if output else None)
    if found is None:
        _wrong(
            f"nothing to publish in `{options.workspace}`: no `sources/`, no `series.yaml`, no Markdown file",
            "name a folder with articles, or start with `handpress new FOLDER`",
        )
    return found


def _say(problems: Iterable[Problem], form: str) -> None:
    """Show problems, and how many there are, on standard error; as JSON, on standard output."""
    problems = list(problems)
    out = sys.stdout if form == "json" else sys.stderr
    for found in problems:
        text = FORMATS[form](found)
        print(_coloured(text, out) if form == "human" else text, file=out)
    if problems and form != "json":
        print(count(problems), file=out)


def _coloured(text: str, out: object) -> str:
    head, mark, rest = text.partition("\n")
    if not _has_colour(out):
        return text
    return f"\x1b[1m{head}\x1b[0m{mark}{rest}"


def _has_colour(out: object) -> bool:
    return not os.environ.get("NO_COLOR") and _is_terminal(out)


def _is_terminal(out: object) -> bool:
    """Whether `out` is a terminal that colours text and moves its cursor."""
    return os.environ.get("TERM") != "dumb" and getattr(out, "isatty", lambda: False)()


# --- build -------------------------------------------------------------------------------------


class _Teller:
    """Tells of artefacts as they are made: a line each, and a bar below them on a terminal."""

    QUIET = ("pictures/", "fonts/")

    def __init__(self, form: str, shown: dict[str, str]) -> None:
        self.form, self.shown = form, shown
        self.bar = _is_terminal(sys.stderr) and form != "json"
        self.done = self.total = 0
        self.awaited: dict[str, None] = {}  # paths, in the order in which they were announced

    def expect(self, paths: Sequence[str]) -> None:
        self.total += len(paths)
        self.awaited |= dict.fromkeys(paths)
        self.draw()

    def tell(self, event: Event) -> None:
        if event.action in ("made", "failed", "pressed"):
            self.done += 1
            self.awaited.pop(event.path, None)
        self.clear()
        if event.action == "pressed":  # a piece of a book: the bar moves, the book has its own line
            self.draw()
            return
        if self.form == "json":
            line = {"type": "artefact", **dataclasses.asdict(event)}
            print(json_line(line), flush=True)
        elif not any(part in event.path for part in self.QUIET):
            pages = _pages(event.pages, event.full, event.tight)
            path = shown(event.path, self.shown)
            _tell("  ".join(filter(None, (f"{event.action} {path}", pages, event.reason))))
        self.draw()

    def draw(self) -> None:
        if self.bar and self.done < self.total:
            full = round(24 * self.done / self.total)
            bar = f"[{'=' * full}{' ' * (24 - full)}] {self.done} of {self.total}"
            # The name of one that is at work, or soon will be: who waits long sees for what.
            name = shown(next(iter(self.awaited), ""), self.shown)
            room = shutil.get_terminal_size().columns - len(bar) - 3
            sys.stderr.write(f"\r\x1b[K{bar}  {name[:room] if room > 0 else ''}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self.bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def shown(path: str, only: dict[str, str]) -> str:
    """How a path is named to the user: in a workspace of one series, as seen from its folder."""
    if only:
        folder = only["series"]
        return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else f"../{path}"
    return path


def _single(workspace: Workspace) -> dict[str, str]:
    from .series import id_of
    from .settings import SERIES, read_settings
    from .source import read_source

    if len(workspace.folders) != 1:
        return {}
    folder = workspace.folders[0]
    given = None
    if workspace.disk.has(f"{folder}/series.yaml"):
        source, _ = read_source(workspace.disk, f"{folder}/series.yaml")
        given = read_settings(source, SERIES, "a series")[0].get("id")
    return {"series": given or id_of(workspace, folder)}


def _build(options: argparse.Namespace) -> int:
    workspace = _found(options)
    if workspace is None:
        return USAGE
    from .build import Foreign, build
    from .waves import Request

    if options.bundle is not None and not any(map(str.isalnum, options.bundle)):
        return _wrong(
            "`--bundle` wants a title", 'write it in quotes, as `--bundle "The whole of it"`'
        )
    request = Request(
        series=tuple(dict.fromkeys(options.series or ())),
        only=tuple(options.only or ()),
        styles=tuple(options.style or ()),
        papers=tuple(options.paper or ()),
        grey=options.grey,
        booklets=options.booklet,
        bundle=options.bundle or "",
        articles=tuple(dict.fromkeys(options.article or ())),
        jobs=options.jobs,
        rebuild=options.rebuild,
        keep_going=options.keep_going,
    )
    if not _askable(workspace, request):
        return USAGE
    teller = _Teller(options.message_format, _single(workspace))
    try:
        outcome = build(workspace, request, teller.tell, teller.expect)
    except Foreign:
        return _wrong(
            f"`{workspace.output}` holds files that Handpress did not make",
            "name an empty folder, or a new one, with `--output DIR`",
        )
    finally:
        teller.clear()
    if options.validate:
        from .validate import validate

        said = validate(workspace, request.series, request.jobs)
        outcome = dataclasses.replace(outcome, problems=(*outcome.problems, *said))
    return _ended(outcome, options.message_format, workspace, teller)


def _askable(workspace: Workspace, request: Request) -> bool:
    """Whether all that was asked for by name is there; if not, what is not has been said."""
    from .medium import APART
    from .style import styles

    for style in request.styles:
        if style not in (known := styles(workspace)):
            return not _wrong(f"no style `{style}`", _nearest(style, known))
    if request.apart and request.only != (APART.name,):
        option = "--bundle" if request.bundle else "--article"
        return not _wrong(f"`{option}` makes ebooks only", f"add `--only {APART.name}`")
    if request.bundle and request.articles:
        return not _wrong("`--bundle` binds whole series", "leave out `--article`")
    if request.bundle and len(request.series) < 2:
        return not _wrong("`--bundle` binds two series or more", "name each with `--series ID`")
    if not (request.series or request.articles):
        return True
    from .reading import read

    reading = read(workspace)
    there = {layout.series.id: layout.series for layout in reading.shown}
    for id_ in request.series:
        if id_ not in there and id_ not in reading.failed:
            return not _wrong(f"no series `{id_}`", _nearest(id_, {*there, *reading.failed}))
    wanted = [s for s in there.values() if not request.series or s.id in request.series]
    for series in wanted:
        if request.apart and request.series and APART.name not in series.media:
            what = f"the series `{series.id}` makes no ebook"
            mend = f"add `{APART.name}` to the `media` in its `series.yaml`"
            return not _wrong(what, mend)
    slugs = {article.slug for series in wanted for article in series.articles}
    for slug in request.articles:
        if slug not in slugs and not reading.failed:
            return not _wrong(f"no article `{slug}`", _nearest(slug, slugs))
    return True


def _nearest(name: str, known: Iterable[str]) -> str:
    from .problem import nearest

    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess else f"use one of: {', '.join(sorted(known))}"


def _wrong(what: str, mend: str) -> int:
    """Say what is wrong with a command, and how to mend it; the exit code."""
    _tell(f"handpress: {what}", f"  = mend: {mend}", file=sys.stderr)
    return USAGE


def _ended(outcome: Outcome, form: str, workspace: Workspace, teller: _Teller) -> int:
    _say(outcome.problems, form)
    if outcome.discarded:
        found = many(outcome.discarded, "file")
        _tell(f"handpress: threw away {found} of a damaged or older cache", file=sys.stderr)
    for fault in outcome.faults:
        _tell(*f"handpress: fault of ours: {fault}".split("\n"), file=sys.stderr)
    where = workspace.output / teller.shown.get("series", "")
    try:
        where = where.relative_to(Path.cwd())
    except ValueError:
        pass
    numbers = [(outcome.made, "made"), (outcome.fresh, "fresh"), (outcome.removed, "removed")]
    said = ", ".join(f"{n} {word}" for n, word in numbers if n)
    if form == "json":
        print(json_line({"type": "end", **{word: n for n, word in numbers}}))
    elif said:
        _tell(f"{said} in {where}")
    if outcome.faults:
        return FAULT
    return PROBLEMS if has_errors(outcome.problems) else DONE


# --- check, why, list, new ---------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    workspace = _found(options)
    if workspace is None:
        return USAGE
    from .reading import read

    reading = read(workspace)
    _say(reading.problems, options.message_format)
    if not reading.problems and options.message_format != "json":
        articles = sum(len(layout.series.articles) for layout in reading.layouts)
        _tell(f"no problems in {many(articles, 'article')}")
    return PROBLEMS if has_errors(reading.problems) else DONE


def _why(options: argparse.Namespace) -> int:
    workspace = _found(options)
    if workspace is None:
        return USAGE
    from .look import contents
    from .problem import nearest

    found = {state.path: state for state in contents(workspace).states}
    wanted = options.artefact
    path = Path(wanted)
    if path.resolve().is_relative_to(workspace.output) and path.exists():
        wanted = path.resolve().relative_to(workspace.output).as_posix()
    single = _single(workspace)
    by_name = {shown(p, single): p for p in found} | {p: p for p in found}
    ends = sorted((n for n in by_name if n.endswith(f"/{wanted}")), key=lambda n: (len(n), n))
    matches = [wanted] if wanted in by_name else ends
    if not matches:
        guess = nearest(wanted, by_name)
        mend = f"did you mean `{guess}`?" if guess else "see `handpress list`"
        return _wrong(f"nothing makes `{options.artefact}`", mend)
    state = found[by_name[matches[0]]]
    name = shown(state.path, single)
    if state.reason is None:
        _tell(f"{name} is fresh: its recipe has not changed since it was made")
    elif state.reason == "new":
        _tell(f"{name} would be made: there is none yet")
    else:
        _tell(f"{name} would be made again: {state.reason}")
    return DONE


def _list(options: argparse.Namespace) -> int:
    workspace = _found(options)
    if workspace is None:
        return USAGE
    from .look import contents

    found = contents(workspace)
    single = _single(workspace)
    for series in found.series:
        bad = " (has errors: see `handpress check`)" if series.wrong else ""
        _tell(f"{series.id}: {series.title}, {many(len(series.articles), 'article')}{bad}")
        for number, (title, path) in enumerate(series.articles, 1):
            _tell(f"  {number}. {title}  ({path})")
        _rows([s for s in found.states if s.series == series.id], single)
    _rows([s for s in found.states if not s.series], single)
    return PROBLEMS if has_errors(found.problems) else DONE


def _rows(states: Iterable[State], single: dict[str, str]) -> None:
    for state in states:
        reason, entry = state.reason, state.entry
        if any(part in state.path for part in _Teller.QUIET) and reason is None:
            continue
        pages = _pages(entry.pages, entry.full, entry.tight) if entry else ""
        mark = "fresh" if reason is None else "stale"
        why = f"({reason})" if reason else ""
        _tell("  " + "  ".join(filter(None, (mark, shown(state.path, single), pages, why))))


def _pages(pages: int | None, full: int | None, tight: str) -> str:
    """``2 pages, the last 84 % full, tightened (tight-1)``; nothing for what has no pages."""
    last = "" if full is None else f"{full} % full" if pages == 1 else f"the last {full} % full"
    tightened = f"tightened ({tight})" if tight else ""
    return ", ".join(filter(None, (many(pages, "page") if pages else "", last, tightened)))


def _new(options: argparse.Namespace) -> int:
    from .workspace import start

    folder = Path(options.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return _wrong(f"`{options.folder}` is there already", "name a folder that is new or empty")
    for path in start(folder):
        _tell(f"wrote {path}")
    _tell(f"now write, and publish with: handpress {options.folder}")
    return DONE
