"""The generated parts of `docs/messages`: the example of each page, from its case, and the table of all codes."""

from __future__ import annotations

from handpress.build.kinds import ALL_KINDS
from helpers.workspaces import CASES, ROOT

FOLDER = ROOT / "docs/messages"
MANUAL, LIST = ROOT / "docs/series.yaml", "  - Messages:\n"
EXAMPLE = "\n## Example\n"
TABLE = "\n## All messages\n"
# The manual is printed, and a file with a sign for a lost character does not claim to be accessible.
UNPRINTABLE = {"missing-glyph", "control-character"}
LONGEST = 30  # lines of a source that is shown whole
LANGUAGES = {".md": "markdown", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".svg": "svg"}


def page(code: str) -> str:
    """Return the page of a code: its own words as they are in the file, then the example."""
    own = (FOLDER / f"{code}.md").read_text(encoding="utf-8").partition(EXAMPLE)[0].rstrip("\n")
    return f"{own}\n{example(code)}"


def example(code: str) -> str:
    """Return the section with the mistake and its message, or "" for a code without a case."""
    expected = CASES / code / "expected.txt"
    if not expected.is_file() or code in UNPRINTABLE:
        return ""
    reported = expected.read_text(encoding="utf-8")
    path = reported.partition(":")[0]
    source = CASES / code / path
    parts = [EXAMPLE]
    if source.is_file() and (text := _short(source.read_bytes())):
        language = LANGUAGES.get(source.suffix, "text")
        parts.append(f"`{path}` contains:\n\n{_fenced(text, language)}\n\nThe message is:\n")
    parts.append(f"{_fenced(reported, 'text')}\n")
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


def _short(source: bytes) -> str:
    """Return the text of a short source, otherwise ""."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if text.count("\n") <= LONGEST else ""


def _fenced(text: str, language: str) -> str:
    marks = "~~~~" if "```" in text else "```"
    return f"{marks}{language}\n{text.rstrip()}\n{marks}"
