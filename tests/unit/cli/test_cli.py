"""The command: its arguments, its output and its exit codes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from handpress import __version__
from handpress.__main__ import run
from handpress.build.kinds import ALL_KINDS
from handpress.cli import exit_codes, report
from handpress.cli import main as cli_main
from handpress.core.media import MEDIA, PAPERS
from handpress.core.styles import styles
from helpers.workspaces import MODEL, ROOT, Book, files, publish

OPTIONS = ("--series", "--only", "--style", "--paper", "--output", "--jobs", "--rebuild",
           "--keep-going", "--message-format")  # fmt: skip


def test_help_names_every_command(empty: Book) -> None:
    """`--help` says what there is to type, and what the exit codes mean."""
    ran = empty.run("--help")
    assert ran.code == 0
    for command in cli_main.COMMANDS:
        assert re.search(rf"^ +{command}\b", ran.out, re.M), command
    assert "exit codes: 0 done, 1 problems in the sources, 2 wrong usage" in ran.out


def test_help_of_build_names_every_option_and_its_values(empty: Book) -> None:
    """`build --help` names each option, and what an option takes."""
    said = empty.run("build", "--help").out
    words = " ".join(said.split())
    for option in OPTIONS:
        assert f" {option}" in words
    for value in (*MEDIA, *styles(), *PAPERS):
        assert value in words.replace("- ", "-"), value


@pytest.mark.parametrize("command", ["check", "why", "list", "new"])
def test_every_command_has_its_own_help(command: str, empty: Book) -> None:
    ran = empty.run(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"handpress {command}" in ran.out


def test_help_may_be_asked_for_as_a_command(empty: Book) -> None:
    assert empty.run("help").out == empty.run("--help").out
    assert empty.run("help", "check").out == empty.run("check", "--help").out


def test_the_commands_of_the_contract(empty: Book) -> None:
    """Every command of design section 6 is there."""
    wanted = {"build", "check", "why", "list", "new"}
    assert wanted <= set(cli_main.COMMANDS)


def test_version(empty: Book) -> None:
    assert empty.run("--version").out == f"handpress {__version__}\n"


def test_the_package_is_the_command_too() -> None:
    """``python -m handpress``, and it carries its types (PEP 561)."""
    said = subprocess.run(
        [sys.executable, "-m", "handpress", "--version"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert said.stdout == f"handpress {__version__}\n"
    assert (ROOT / "handpress/py.typed").is_file()


def test_build_may_be_left_out(book: Book) -> None:
    """The bare command, with or without options, builds."""
    assert len(book.run("--only", "handout").made) == 2
    assert book.run(str(book.root), "--only", "handout").ended == "2 fresh"


def test_the_script_does_as_the_command_does(tmp_path: Path) -> None:
    """``python publish.py`` in a workspace, without options, publishes it."""
    shutil.copytree(MODEL, tmp_path / "w")
    ran = publish("--only", "web", cwd=tmp_path / "w")
    assert (ran.code, ran.err) == (0, "")
    assert "made articles/neap.html  new" in ran.said
    assert publish("check", tmp_path / "w").said == ["no problems in 2 articles"]


def test_any_python_runs_the_script(tmp_path: Path) -> None:
    """The system's Python, which lacks our packages, runs the script in the `.venv` that `make` made beside it."""
    shutil.copy(ROOT / "publish.py", tmp_path)
    (tmp_path / "handpress").symlink_to(ROOT / "handpress")
    shutil.copytree(MODEL, tmp_path / "w")
    system = Path(sys.base_prefix) / "bin/python3"

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [system, "-S", "../publish.py", *arguments],
            cwd=tmp_path / "w",
            env={"PATH": os.defpath},
            capture_output=True,
            encoding="utf-8",
        )

    bare = run("check")
    assert (bare.returncode, bare.stdout) == (1, "")
    assert bare.stderr == (
        "handpress: the package `msgspec` is not installed\n"
        f"  = help: install it with `make -C {ROOT} setup`\n"
    )
    (tmp_path / ".venv").symlink_to(sys.prefix)
    assert run("check").stdout == "no problems in 2 articles\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--jobs", "0"),
        ("--jobs", "many"),
        ("--only", "ebook"),
        ("--style", "fancy"),
        ("--paper", "a3"),
        ("--message-format", "xml"),
        ("--no-such-option",),
        ("check", "--rebuild"),
        ("why",),
        ("new",),
        ("no-such-folder",),
        ("check", "no-such-folder"),
        ("list", "no-such-folder"),
        ("--series", "mooon"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], book: Book) -> None:
    """Wrong usage makes nothing, says what is wrong on standard error, and ends with 2."""
    ran = book.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert re.fullmatch(r"handpress: [^\n]+\n  = help: [^\n]+\n", ran.err)
    assert not book.output.exists()


@pytest.mark.parametrize(
    ("arguments", "what", "fix"),
    [
        ("--stlye standard", "`build` has no option `--stlye`", "did you mean `--style`?"),
        ("--xyz=3", "`build` has no option `--xyz`", "see `handpress build --help`"),
        ("check . sources", "`sources` is one argument too many", "see `handpress check --help`"),
        ("--only boook", "unknown value `boook` of `--only`", "did you mean `book`?"),
        ("--paper a3", "unknown value `a3` of `--paper`", "use one of: a4, letter, a5"),
        ("--only pdf", "unknown value `pdf` of `--only`", "use one of: handout, book, epub, web"),
        ("--jobs many", "wrong value `many` of `--jobs`", "see `handpress build --help`"),
        ("--jobs 0", "`--jobs`: must be at least 1", "see `handpress build --help`"),
        ("list --due --as-of now", "wrong value `now` of `--as-of`", "see `handpress list --help`"),
        ("new", "the following arguments are required: FOLDER", "see `handpress new --help`"),
    ],
)
def test_wrong_arguments_have_a_way_out(arguments: str, what: str, fix: str, book: Book) -> None:
    ran = book.run(*arguments.split())
    assert ran.err == f"handpress: {what}\n  = help: {fix}\n"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--output", "a-file"), "a-file/.handpress: Not a directory"),
        (("--output", "/dev/full"), "/dev/full/.handpress: Not a directory"),
        ((), "output: File exists"),
    ],
)
def test_an_output_folder_that_cannot_be_one(
    options: tuple[str, ...], reason: str, book: Book
) -> None:
    (book.root / "a-file").touch()
    book.output.symlink_to("nowhere")
    ran = book.build(*options)
    fix = "move away what is in the place of the folder, or use another folder"
    assert ran.code == 1
    assert ran.err.endswith(f"{reason}; existing files are unchanged\n  = help: {fix}\n")


def test_an_interrupt_while_modules_are_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "handpress.cli.main")
    monkeypatch.setattr("builtins.__import__", interrupted)
    code = run()
    monkeypatch.undo()
    assert code == 130


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("relase", "did you mean `release`?"),
        ("status", "use one of: build, check, watch"),
    ],
)
def test_a_word_that_is_no_command_is_asked_back(written: str, fix: str, book: Book) -> None:
    for rest in ((), (".",)):
        ran = book.run(written, *rest)
        assert ran.code == 2
        assert f"`{written}` is neither a command nor a folder\n  = help: {fix}" in ran.err


def test_a_misspelt_series_is_asked_back(book: Book) -> None:
    assert book.build("--series", "mooon").err == (
        "handpress: unknown series `mooon`\n  = help: did you mean `moon`?\n"
    )


def test_one_series_of_several(book: Book) -> None:
    """`--series` makes that series' artefacts and leaves the others' alone."""
    book.write("sources/sea/01-waves.md", "# Waves\n\nThe wind makes waves.\n")
    ran = book.build("--series", "sea", "--only", "handout")
    assert ran.made == ["sea/handouts/waves.pdf"]


def test_a_folder_with_nothing_to_publish(empty: Book) -> None:
    ran = empty.run()
    assert ran.code == 2
    assert "nothing to publish" in ran.err
    assert "handpress new FOLDER" in ran.err


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        (["--only", "handout", "web"], "repeat the option for each medium: `--only web`"),
        (["knees"], "name the folder with your articles, or leave it out in that folder"),
    ],
)
def test_a_name_that_no_folder_has(
    written: list[str], fix: str, book: Book, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(book.root)
    assert cli_main.main(["build", *written]) == 2
    said = capsys.readouterr().err
    assert said == f"handpress: `{written[-1]}` is not a folder\n  = help: {fix}\n"


def test_a_command_is_named_as_it_was_typed(empty: Book) -> None:
    """In a clone, whose `handpress` is not on the path, it can be copied from the message."""
    said = publish(empty.root).err
    assert f"`{'python' if sys.platform == 'win32' else 'python3'} publish.py new FOLDER`" in said
    assert "`handpress" not in said


# --- How problems are shown --------------------------------------------------------------------


def test_short_messages_are_one_line_each(book: Book) -> None:
    """`path:line:column: what [code]: why; mend`, as editors and grep read it."""
    book.edit("sources/moon/02-spring.md", "[](neap.md)", "[](naep.md)")
    ran = book.run("check", "--message-format", "short")
    assert ran.err.splitlines() == [
        "sources/moon/02-spring.md:5:32: warning: unknown article `naep.md` [unknown-article]: this"
        " series has no such article; did you mean `01-neap.md`?",
        "1 warning in 1 file",
    ]


def test_json_is_one_object_a_line(book: Book) -> None:
    """Problems and artefacts come as JSON on standard output, and nothing else comes there."""
    book.edit("sources/moon/02-spring.md", "At full and", "#### At full and")
    ran = book.build("--only", "handout", "--message-format", "json")
    assert (ran.code, ran.err) == (0, "")
    said = [json.loads(line) for line in ran.said]
    assert [each["type"] for each in said] == ["artefact", "artefact", "problem", "end"]
    assert {each["path"] for each in said[:2]} == {
        "moon/handouts/neap.pdf", "moon/handouts/spring.pdf",
    }  # fmt: skip
    found = said[2]
    assert (found["code"], found["severity"]) == ("heading-skips", "warning")
    assert (found["path"], found["line"], found["column"]) == ("sources/moon/02-spring.md", 9, 6)
    assert set(found) == {
        "type", "code", "severity", "path", "line", "column", "length", "what", "why", "help",
    }  # fmt: skip
    assert said[-1] == {"type": "end", "made": 2, "fresh": 0, "removed": 0}


def test_check_as_json(book: Book) -> None:
    """A sound workspace has no problems to tell: not a line."""
    ran = book.run("check", "--message-format", "json")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_check_makes_nothing(book: Book) -> None:
    before = files(book.root)
    book.run("check")
    book.run("list")
    book.run("why", "moon.pdf")
    assert files(book.root) == before


def on_a_terminal(folder: Path, *arguments: str, **env: str) -> str:
    """The output of the command on a terminal."""
    import os
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), *arguments],
        cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, **env},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            if not (part := os.read(ours, 4096)):
                break
        except OSError:  # how Linux says that the other end was closed
            break
        shown += part
    os.close(ours)
    process.wait()
    return shown.decode()


def test_colour_is_for_terminals_that_want_it(book: Book) -> None:
    """A terminal gets the place in bold, unless NO_COLOR is set; a pipe gets plain text."""
    book.edit("sources/moon/02-spring.md", "[](neap.md)", "[](naep.md)")
    assert "\x1b[1msources/moon/02-spring.md:5:32" in on_a_terminal(book.root, "check", NO_COLOR="")
    assert "\x1b" not in on_a_terminal(book.root, "check", NO_COLOR="1")
    assert "\x1b" not in book.run("check").err


def test_a_terminal_shows_how_far_it_is(book: Book) -> None:
    """There is a bar on a terminal, which leaves only the plain lines behind; there is none in a pipe."""
    shown = on_a_terminal(book.root, "--only", "handout")
    assert re.search(r"\] 1 of \d", shown)
    assert shown.replace("\r\n", "\n").endswith("2 made in output/moon\n")
    assert " of " not in book.build("--rebuild", "--only", "handout").err


def test_a_closed_pipe_is_no_fault(built: Book) -> None:
    """``handpress list | head -1`` ends quietly."""
    command = f"'{sys.executable}' '{ROOT / 'publish.py'}' list | head -1"
    done = subprocess.run(
        command, shell=True, cwd=built.root, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.startswith("moon: The Moon and the Sea")
    assert done.stderr == ""


# --- What a workspace may be -------------------------------------------------------------------


def test_a_series_folder_publishes_that_series_into_itself(book: Book) -> None:
    """Standing in one series' folder, its `output/` has the same shape; the authors are the workspace's."""
    folder = book.root / "sources/moon"
    series = replace(book, root=folder)
    ran = series.build("--only", "handout", "--only", "web")
    assert ran.code == 0
    there = files(folder / "output")
    assert {"moon/handouts/neap.pdf", "moon/index.html", "index.html", "manifest.json"} <= set(
        there
    )
    assert b"Ada Stone keeps a harbour" in there["moon/articles/neap.html"]
    assert not book.output.exists()


def test_an_output_folder_inside_a_series_is_no_source(book: Book) -> None:
    """Output in the series' folder is not published again."""
    series = replace(book, root=book.root / "sources/moon")
    assert series.build("--only", "web").code == 0
    assert series.build("--only", "web").made == []


def test_a_bare_folder_is_a_series(empty: Book) -> None:
    """Markdown files with nothing said about them: order by file name, title from the first heading."""
    empty.write("02-ebb.md", "# The Ebb\n\nIt fell, as [before](flood.md).\n")
    empty.write("10-calm.md", "Nothing moved.\n")
    empty.write("01-flood.md", "# The Flood\n\nIt rose.\n")
    empty.write("README.md", "not an article\n")
    ran = empty.build("--only", "handout", "--message-format", "short")
    assert ran.code == 0
    assert ran.err.startswith("README.md:1:1: warning: Markdown is left out [left-out]: ")
    assert sorted(ran.made) == ["handouts/calm.pdf", "handouts/ebb.pdf", "handouts/flood.pdf"]
    listed = [line.strip() for line in empty.run("list").said if re.match(r"  \d\. ", line)]
    assert [line.split("  ")[0] for line in listed] == ["1. The Flood", "2. The Ebb", "3. Calm"]


def test_new_builds_at_once(tmp_path: Path, empty: Book) -> None:
    """A workspace from `new` has no problem, and makes every medium."""
    ran = empty.run("new", "clinic")
    assert empty.read("clinic/.gitignore") == "output/\n"
    assert ran.code == 0
    fresh = replace(empty, root=empty.root / "clinic")
    assert fresh.run("check").out == "no problems in 1 article\n"
    ran = fresh.build()
    assert (ran.code, ran.err) == (0, "")
    assert {"handouts/first-article.pdf", "my-series.pdf", "my-series.epub", "index.html"} <= set(
        ran.made
    )


def test_new_writes_over_nothing(book: Book) -> None:
    """A folder that holds something is refused and stays as it is."""
    before = files(book.root)
    ran = book.run("new", ".")
    assert ran.code == 2
    assert "already exists" in ran.err
    assert files(book.root) == before


def test_every_code_is_told_with_its_brackets() -> None:
    """Codes are words with hyphens: they are headings, folders and things to search for."""
    assert [code for code in ALL_KINDS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


@pytest.mark.parametrize(("term", "coloured"), [("xterm", True), ("dumb", False), ("", True)])
def test_a_dumb_terminal_gets_plain_text(
    term: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither colours nor a progress bar, which would write over itself there."""
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("NO_COLOR", raising=False)
    near, far = os.openpty()
    with open(far, "w") as out, open(near, "rb", closefd=True):
        monkeypatch.setattr(sys, "stderr", out)
        assert report._has_colour(out) is coloured
        assert report.Progress("human", lambda: None).bar is coloured


def test_every_exit_code_is_in_the_help(empty: Book) -> None:
    codes = (
        exit_codes.DONE,
        exit_codes.PROBLEMS,
        exit_codes.USAGE,
        exit_codes.FAULT,
        exit_codes.INTERRUPTED,
    )
    for command in ((), ("build",), ("check",)):
        said = empty.run(*command, "--help").out.partition("exit codes:")[2]
        assert [int(n) for n in re.findall(r"\d+", said)] == list(codes)


def test_a_folder_of_documents_leads_to_import(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Back Pain.docx").write_bytes(b"PK")
    cli_main.main(["build", str(tmp_path)])
    assert "make articles of its documents with `handpress import FILE`" in capsys.readouterr().err
