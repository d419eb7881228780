"""``handpress translate``: show what is translated, and exchange texts with translators."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handpress.cli.editions import series_in
from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import print_lines, show_problems, wrong
from handpress.cli.workspace import find_workspace
from handpress.core.problems.escaping import json_line
from handpress.core.problems.problem import has_errors
from handpress.core.problems.report import many
from handpress.core.program import install

if TYPE_CHECKING:
    from handpress.core.files.workspace import Workspace
    from handpress.translations.bring_in import BroughtIn
    from handpress.translations.edition import Edition
    from handpress.translations.files import Returned

SUMMARY = "show what is translated, and exchange the texts with translators, as XLIFF or PO"
ACTIONS = ("status", "export", "import", "update", "record")
# The advice about texts that were not used, by kind.
HELP = {
    "refused": "correct these texts in the file, or export them again: `translate export SERIES --to {tag} --changed`",
    "unknown": "export what has changed: `translate export SERIES --to {tag} --changed`",
    "conflict": "edit the article, or take the text of the file with `--force`",
}
SHOWN = 200  # characters of a text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        metavar="ACTION",
        choices=ACTIONS,
        help="`status`: list what is translated, missing, or older than its original; `export`: write a file for"
        " translators; `import`: make the translated articles from it; `update`: give them the present code, pictures"
        " and dosage of the originals; `record`: record that translations written by"
        " hand are up to date",
    )
    parser.add_argument(
        "subject",
        nargs="?",
        default="",
        metavar="SUBJECT",
        help="the folder of the original series, or its id; with `import`, the translators' file",
    )
    parser.add_argument(
        "workspace",
        nargs="?",
        default="",
        metavar="WORKSPACE",
        help="the folder to publish; by default the current one, or that of SUBJECT if it is a folder",
    )
    parser.add_argument(
        "--to",
        metavar="TAG",
        default="",
        help="the language of the translation, such as es or pt-BR",
    )
    parser.add_argument(
        "--format", choices=("xliff", "po"), default="xliff", help="with `export`: XLIFF 2.0, or PO"
    )
    parser.add_argument(
        "--output", metavar="FILE", help="with `export`: the file; SERIES.TAG.xlf or .po by default"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="with `export`: all texts, as by default")
    which.add_argument(
        "--changed",
        action="store_true",
        help="with `export`: only texts that are not translated, or were changed since",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="with `import` and `update`: replace also what was changed by hand in the translated articles",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="with `import` and `update`: show the changes, but write no file",
    )
    parser.add_argument(
        "--article",
        metavar="ARTICLE",
        action="append",
        default=[],
        help="with `record`: only this article, such as 02-name; may be repeated",
    )
    parser.add_argument(
        "--message-format",
        choices=("human", "json"),
        default="human",
        help="how to show `status`: for people, or as JSON, one object per line",
    )


def run(options: argparse.Namespace) -> int:
    from handpress.translations.files import TranslationRefused

    try:
        return _RUN[options.action](options)
    except TranslationRefused as refused:
        return wrong(refused.reason, refused.fix)


def _status(options: argparse.Namespace) -> int:
    from handpress.translations.edition import edition_of, tags_of

    workspace = _workspace(options)
    if workspace is None:
        return USAGE
    if asked := _series_id(options):
        asked = series_in(workspace, asked)
        if not asked:
            return USAGE
        workspace = replace(workspace, folders=(asked,), others=_others(workspace, asked))
    found = [
        edition_of(workspace, folder, tag)
        for folder in workspace.folders
        for tag in ([options.to] if options.to else tags_of(workspace, folder))
    ]
    if not found:
        print_lines("nothing is translated: `translate export SERIES --to TAG` begins")
    for edition in found:
        show = _as_json if options.message_format == "json" else _as_text
        print_lines(*show(edition))
    return PROBLEMS if any(has_errors(edition.problems) for edition in found) else DONE


def _as_text(edition: Edition) -> Iterator[str]:
    files = edition.files
    total = sum(len(file.pairs) for file in files)
    counts = {s: sum(file.count(s) for file in files) for s in ("translated", "missing", "older")}
    ready = f"{counts['translated']} of {many(total, 'text')} translated"
    more = [f"{counts['missing']} missing"] if counts["missing"] else []
    more += [f"{counts['older']} older than their originals"] if counts["older"] else []
    tag = edition.translation.tag
    yield f"{edition.series.id}, {edition.series.language} to {tag}: {', '.join((ready, *more))}"
    for number, file in enumerate(files):
        begin = f"  {number}. {file.title}" if number and not file.is_bio else f"  {file.title}"
        if file.translation is None:
            yield f"{begin}: {many(len(file.pairs), 'text')}, not translated  ({file.path})"
            continue
        sections = [s for s in file.sections() if s.state != "translated"]
        done = "" if sections else ": translated"
        yield f"{begin}{done}  ({file.file})"
        for section in sections:
            counted = (
                [f"{section.missing} of {many(section.texts, 'text')} missing"]
                if section.missing
                else []
            )
            counted += [f"{section.older} older"] if section.older else []
            counted = counted or ["its code, pictures or dosage, see `translate update`"]
            yield f"     {section.state:<8}  {section.title}: {', '.join(counted)}  ({file.path}:{section.line})"


def _as_json(edition: Edition) -> Iterator[str]:
    about = {"series": edition.series.id, "language": edition.translation.tag}
    counted = {
        s: sum(f.count(s) for f in edition.files) for s in ("translated", "missing", "older")
    }
    yield json_line({"type": "translation", **about, **counted})
    for file in edition.files:
        for section in file.sections():
            line = {
                "type": "section",
                **about,
                "article": file.slug,
                "path": file.path,
                "line": section.line,
                "translation": file.file if file.translation else None,
                "section": section.title,
                "state": section.state,
                "texts": section.texts,
                "missing": section.missing,
                "older": section.older,
            }
            yield json_line(line)


def _export(options: argparse.Namespace) -> int:
    from handpress.translations.exchange import FORMATS
    from handpress.translations.outgoing import outgoing, record_by_hand

    edition = _edition(options)
    if edition is None:
        return USAGE
    if has_errors(edition.problems):
        show_problems(edition.problems, "human")
    recorded = record_by_hand(edition)
    form = FORMATS[options.format]
    texts = outgoing(edition, options.changed)
    count = sum(map(len, texts.files.values()))
    if not count:
        print_lines("nothing to translate: all texts are translated, and none was changed since")
        return DONE
    file = Path(options.output or f"{edition.series.id}.{edition.translation.tag}{form.ending}")
    file.write_bytes(form.write(texts))
    for path in recorded:
        print_lines(
            f"recorded {path}, translated by hand, as a translation of the present original"
        )
    print_lines(f"wrote {file}: {many(count, 'text')} in {form.name}")
    return DONE


def _import(options: argparse.Namespace) -> int:
    from handpress.translations.bring_in import bring_in
    from handpress.translations.edition import edition_of
    from handpress.translations.exchange import read_file

    if not options.subject:
        return wrong("`translate import` needs a file", "name the file that translators gave back")
    if find_spec("defusedxml") is None:
        fix = f"install it with `{install('import')}`"
        return wrong("`translate import` needs a package that is not installed: defusedxml", fix)
    returned = read_file(Path(options.subject))
    workspace = _workspace(options)
    if workspace is None:
        return USAGE
    ids = sorted({name.partition(":")[0] for name in returned.texts})
    tag = _language_of(returned, options.to)
    if not ids:
        print_lines("nothing to import: no text of the file is translated")
        return DONE
    if not tag:
        return wrong("the file does not name its language", "add it with `--to TAG`")
    bad = False
    for series in ids:
        folder = series_in(workspace, series)
        if not folder:
            return USAGE
        texts = {
            name: text for name, text in returned.texts.items() if name.startswith(f"{series}:")
        }
        edition = edition_of(workspace, folder, tag)
        done = bring_in(
            edition, replace(returned, texts=texts), force=options.force, dry=options.dry_run
        )
        bad = _report(done) or bad
    if options.dry_run:
        print_lines("nothing is written: this was a dry run")
    return PROBLEMS if bad else DONE


def _language_of(returned: Returned, asked: str) -> str:
    """Return the language of the texts that returned. Raises :class:`TranslationRefused` if it is not that of their export.

    Tools may add a region, so `es-ES` is as good as `es`.
    """
    from handpress.translations.files import TranslationRefused

    exported, named = returned.exported, returned.tag
    if exported and named and not _one_language(exported, named):
        what = f"its target language is `{named}`, and it was exported for `{exported}`"
        fix = f"set it to `{exported}` again; for another language, export the texts with `--to {named}`"
        raise TranslationRefused(what, fix)
    known = exported or named
    if asked and known and not _one_language(asked, known):
        fix = f"leave out `--to`, or export the texts with `--to {asked}`"
        raise TranslationRefused(f"its language is `{known}`, and not `{asked}`", fix)
    return asked or known


def _one_language(one: str, other: str) -> bool:
    return re.split("[-_@.]", one.lower())[0] == re.split("[-_@.]", other.lower())[0]


def _update(options: argparse.Namespace) -> int:
    from handpress.translations.bring_in import bring_in
    from handpress.translations.files import Returned

    edition = _edition(options)
    if edition is None:
        return USAGE
    tag = edition.translation.tag
    done = bring_in(edition, Returned(tag, {}), force=options.force, dry=options.dry_run)
    return PROBLEMS if _report(done) else DONE


def _report(done: BroughtIn) -> bool:
    """Print what was done, and return whether a text was not used that should be looked at."""
    print_lines(*_summary(done))
    for unused in done.unused:
        line = f"  {unused.kind:<10}  {unused.place}: {unused.reason}"
        words = [f"              {unused.words[:SHOWN]}"] if unused.words else []
        print_lines(line, *words, file=sys.stderr)
    for kind in dict.fromkeys(unused.kind for unused in done.unused):
        if kind in HELP:
            print_lines(f"  = help: {HELP[kind].format(tag=done.tag)}", file=sys.stderr)
    return any(unused.kind != "unfinished" for unused in done.unused)


def _summary(done: BroughtIn) -> Iterator[str]:
    for path, count in done.written:
        yield f"{path}: {many(count, 'new text')}"
    for path in done.in_place:
        yield f"{path} has blocks of its own, so only its texts were replaced"
    if not done.written:
        yield "nothing to write: the translated articles have all of it"
    if done.unused:
        yield f"not used: {many(len(done.unused), 'text')}"


def _record(options: argparse.Namespace) -> int:
    from handpress.core.files.file_names import bare
    from handpress.translations.outgoing import record_by_hand

    edition = _edition(options)
    if edition is None:
        return USAGE
    slugs = {file.slug for file in edition.files}
    asked = {name if name in slugs else bare(Path(name).stem) for name in options.article}
    if unknown := sorted(asked - slugs):
        return wrong(
            f"unknown article `{unknown[0]}`", f"use one of: {', '.join(sorted(slugs - {''}))}"
        )
    recorded = record_by_hand(edition, asked, again=True)
    for path, same in recorded.items():
        print_lines(
            f"recorded {path}" + (f": {many(same, 'text')} as in the original" if same else "")
        )
    if not recorded:
        print_lines("nothing to record: all translations are recorded already")
    return DONE


def _edition(options: argparse.Namespace) -> Edition | None:
    """Return the edition that a command was given; print why if there is none."""
    from handpress.translations.edition import edition_of

    if not options.to:
        wrong(
            f"`translate {options.action}` needs a language",
            "add it with `--to`, such as `--to es`",
        )
        return None
    workspace = _workspace(options)
    folder = series_in(workspace, _series_id(options)) if workspace else ""
    return edition_of(workspace, folder, options.to) if workspace and folder else None


def _is_place(options: argparse.Namespace) -> bool:
    """Return whether the subject is the folder of a series or a workspace, and no id."""
    there = options.subject and Path(options.subject).is_dir()
    return bool(there and not options.workspace and options.action != "import")


def _series_id(options: argparse.Namespace) -> str:
    """Return the id of the series that is asked for, "" without one."""
    return "" if _is_place(options) else options.subject


def _workspace(options: argparse.Namespace) -> Workspace | None:
    """Return the workspace of a series, whose translated editions are not series to ask for."""
    from handpress.series.translations import translation_in

    where = options.subject if _is_place(options) else options.workspace or "."
    workspace = find_workspace(argparse.Namespace(workspace=where))
    if workspace is None:
        return None
    found = {folder: translation_in(workspace, folder) for folder in workspace.folders}
    folders = tuple(dict.fromkeys(there.original if there else f for f, there in found.items()))
    every = (*workspace.folders, *workspace.others)
    return replace(workspace, folders=folders, others=tuple(f for f in every if f not in folders))


def _others(workspace: Workspace, folder: str) -> tuple[str, ...]:
    return tuple(f for f in (*workspace.folders, *workspace.others) if f != folder)


_RUN = {
    "status": _status,
    "export": _export,
    "import": _import,
    "update": _update,
    "record": _record,
}
