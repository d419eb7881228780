"""The generated parts of `docs/messages`: the example of each page, from its case, and the table of all codes."""

from __future__ import annotations

from pathlib import Path

from handpress.build.kinds import ALL_KINDS
from helpers.cases import COMMANDS, EXPECTED, FIX, command
from helpers.workspaces import CASES, ROOT

FOLDER = ROOT / "docs/messages"
MANUAL, LIST = ROOT / "docs/series.yaml", "  - Messages:\n"
EXAMPLE = "\n## Example\n"
TABLE = "\n## All messages\n"
# The manual is printed, and a file with a sign for a lost character does not claim to be accessible.
UNPRINTABLE = {"missing-font", "unreadable-print", "missing-glyph", "control-character"}
LONGEST = 30  # lines of a source that is shown whole
LANGUAGES = {
    ".md": "markdown",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".svg": "svg",
    ".css": "css",
    ".csv": "csv",
    ".html": "html",
    ".xhtml": "html",
}


def page(code: str) -> str:
    """Return the page of a code: its own words as they are in the file, then the example."""
    own = (FOLDER / f"{code}.md").read_text(encoding="utf-8").partition(EXAMPLE)[0].rstrip("\n")
    return f"{own}\n{example(code)}"


def example(code: str) -> str:
    """Return the section with the mistake, its message and the fix, or "" for a code that cannot be printed."""
    case = CASES / code
    if code in UNPRINTABLE or not (case / EXPECTED).is_file():
        return ""
    reported = (case / EXPECTED).read_text(encoding="utf-8")
    parts = [EXAMPLE]
    made_with = ("layouts/**/*.*", "sources/**/series.yaml") if code in COMMANDS else ()
    files = sorted(file for pattern in made_with for file in case.glob(pattern))
    found = [file.relative_to(case).as_posix() for file in files]
    paths = dict.fromkeys([*found, reported.partition(":")[0]])
    shown = [_contained(case, path) for path in paths if _short(case / path)]
    parts += shown
    if code in COMMANDS:
        parts.append(f"`python3 publish.py {command(code)}` prints:\n")
    elif shown:
        parts.append("The message is:\n")
    parts.append(f"{_fenced(reported, 'text')}\n")
    if (case / FIX).is_file():
        parts.append(f"The fix:\n\n{_fenced((case / FIX).read_text(encoding='utf-8'), 'diff')}\n")
    return "\n".join(parts)


def index() -> str:
    """Return the page of all messages: its own words, then the table."""
    own = (FOLDER / "README.md").read_text(encoding="utf-8").partition(TABLE)[0].rstrip("\n")
    rows = [
        f"| [`{code}`]({code}.md) | {kind.severity} | {_summary(code)} |"
        for code, kind in sorted(ALL_KINDS.items())
    ]
    return "\n".join([own, TABLE, "| code | level | message |", "| --- | --- | --- |", *rows, ""])


def manual() -> str:
    """Return the settings of the manual: as they are in the file, then the list of all messages, its last part."""
    head, mark, _ = MANUAL.read_text(encoding="utf-8").partition(LIST)
    return head + mark + "".join(f"      - {code}\n" for code in ("messages", *sorted(ALL_KINDS)))


def _summary(code: str) -> str:
    """Return the first sentence of a code's page, without the level."""
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8").split("\n\n")[1]
    return text.partition(": ")[2].partition(". ")[0]


def _contained(case: Path, path: str) -> str:
    language = LANGUAGES.get(Path(path).suffix, "text")
    return f"`{path}` contains:\n\n{_fenced(_short(case / path), language)}\n"


def _short(file: Path) -> str:
    """Return the text of a short file, otherwise ""."""
    try:
        text = file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        return ""
    return text if text.count("\n") <= LONGEST else ""


def _fenced(text: str, language: str) -> str:
    marks = "~~~~" if "```" in text else "```"
    return f"{marks}{language}\n{text.rstrip()}\n{marks}"
