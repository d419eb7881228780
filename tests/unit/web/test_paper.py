"""Pages of the web on paper: what a browser prints."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from helpers.printed import MM, letters
from helpers.workspaces import publish, with_fonts_of_the_machine

BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
TEXT = "# Knee\n\nMove it.[^n]\n\n!!! emergency \"Call if:\"\n\n    - it hurts\n\n[^n]: A note.\n"  # fmt: skip


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("paper")
    (root / "knee").mkdir()
    (root / "knee/move.md").write_text(TEXT)
    assert publish(root / "knee", "--only", "web").code == 0
    page, made = root / "knee/output/knee/articles/move.html", root / "paper.pdf"
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={root / 'profile'}", f"--print-to-pdf={made}", page.as_uri()]
    env = with_fonts_of_the_machine()
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=env)
    return made


def test_signs_are_printed(paper: Path) -> None:
    """They are backgrounds, which browsers leave out by default."""
    with pypdfium2.PdfDocument(paper) as document:
        found = [*letters(document, 1)]
        text = "".join(letter.text for letter in found)
        level = found[text.index("Emergency")]
        page = document[0].render(scale=4).to_pil().convert("L")
        x, y = 4 * level.x, page.height - 4 * level.y
        sign = page.crop((int(x - 4 * 22), int(y - 4 * 12), int(x - 4 * 4), int(y + 4 * 2)))
        assert sum(sign.histogram()[:100]) > 0.2 * sign.width * sign.height


def test_pages_have_margins_and_no_way_back(paper: Path) -> None:
    with pypdfium2.PdfDocument(paper) as document:
        found = [*letters(document, 1)]
        assert min(letter.x for letter in found) / MM >= 15
        assert "Back" not in "".join(letter.text for letter in found)
