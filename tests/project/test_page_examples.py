"""Every page of the manual has an example that a test runs: most of them here, exactly as the page shows it.

The workspace is the one that `new my-clinic` makes, or an empty folder if the page has articles of its own. Then, from
top to bottom of the page:

- a block of code with a path as its title is that file of the workspace: ``title="sources/knees/01-rest.md"``,
- a command with a block ``text`` right below it prints that,
- a block with a path below ``output/`` is in that file, after a build if no command has made it: ``title="output/knees/index.html"``.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.finished import pdf_text
from helpers.workspaces import ROOT, publish, timeless

DOCS = ROOT / "docs"
EXAMPLE = re.compile(
    r"^```(\w+)(?: title=\"(\S+)\")?\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", re.M | re.S
)
# CPU times, and the file that took longest.
MEASURED = re.compile(r"^ *\d+\.\d\d s|, longest .*", re.M)

# The pages with a test of their own, and where it is.
ELSEWHERE = {
    **{
        path.stem: f"project/test_{path.stem.replace('-', '_')}" for path in DOCS.glob("add-a-*.md")
    },
    "architecture": "project/test_architecture",
    "bilingual": "project/test_bilingual_page",
    "blocks": "project/test_block_pictures",
    "cheat-sheet": "project/test_cheat_sheet",
    "editions": "project/test_editions_page",
    "first-handout": "project/test_first_handout",
    "gallery": "project/test_examples",
    "import": "project/test_import_page",
    "print-for-a-client": "unit/desk/test_page_for_practitioners",
    "translate": "project/test_translate_page",
    "watch": "unit/watch/test_watch_picture",
}
PAGES = sorted(path.stem for path in DOCS.glob("*.md") if path.stem not in ELSEWHERE)


@pytest.mark.parametrize(("name", "test"), ELSEWHERE.items())
def test_the_page_has_a_test_of_its_own(name: str, test: str) -> None:
    text = (ROOT / f"tests/{test}.py").read_text(encoding="utf-8")
    assert f"docs/{name}.md" in text or f'page("{name}")' in text or f'"{name}.md"' in text


@pytest.mark.parametrize("name", PAGES)
def test_its_example_gives_what_it_shows(name: str, tmp_path: Path) -> None:
    examples = EXAMPLE.findall((DOCS / f"{name}.md").read_text(encoding="utf-8"))
    workspace = tmp_path / "my-clinic"
    if any(is_article(path) for _, path, *_ in examples):
        workspace.mkdir()
    else:
        assert publish("new", "my-clinic", cwd=tmp_path).code == 0
    compared = 0
    for language, path, text, printed in examples:
        if is_made(path):
            if not (workspace / path).exists():
                assert publish("my-clinic", cwd=tmp_path).code == 0
            assert spaced(text) in spaced(content(workspace / path)), path
            compared += 1
        elif path:
            (workspace / path).parent.mkdir(parents=True, exist_ok=True)
            (workspace / path).write_text(text, encoding="utf-8")
        elif language == "sh" and printed:
            assert lines(output_of(text, tmp_path)) == lines(printed)
            compared += 1
    assert compared, f"docs/{name}.md needs an example: see {__name__}"


def is_article(path: str) -> bool:
    return path.endswith(".md") and not path.startswith("sources/authors/")


def is_made(path: str) -> bool:
    return path.startswith("output/")


def content(file: Path) -> str:
    """The text of a finished file; of a PDF, that of its pages."""
    if file.suffix == ".pdf":
        return "\n".join(pdf_text(file, "-raw"))
    return file.read_text(encoding="utf-8")


def spaced(text: str) -> str:
    """`text` with ordinary white space folded: the spaces at which no line breaks stay."""
    return re.sub(r"[ \n]+", " ", text).strip()


def output_of(commands: str, folder: Path) -> str:
    """Everything that the commands of a block print."""
    return "".join(
        done(shlex.split(command, comments=True), folder) for command in commands.splitlines()
    )


def done(words: list[str], folder: Path) -> str:
    assert words[0] == "python3"
    program = [str(ROOT / word) if word == "publish.py" else word for word in words[1:]]
    ran = subprocess.run(
        [sys.executable, *program], cwd=folder, capture_output=True, encoding="utf-8", timeout=300
    )
    return timeless(ran.stdout) + timeless(ran.stderr)


def lines(printed: str) -> list[str]:
    """The printed lines, sorted: a file that takes longer to make is reported later."""
    return sorted(MEASURED.sub("", printed).splitlines())
