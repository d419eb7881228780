"""The engine: WeasyPrint as Handpress needs it."""

from __future__ import annotations

import subprocess
import sys

from helpers.workspaces import ROOT


def test_a_weasyprint_that_tags_in_another_way_is_refused() -> None:
    """Our tags replace its function; without that function, every PDF would have its tags. Also with `-O`."""
    script = (
        "import weasyprint.pdf; del weasyprint.pdf.add_tags\n"
        "from handpress.press.pdf.engine import engine; engine()"
    )
    ran = subprocess.run(
        [sys.executable, "-O", "-W", "ignore", "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert ran.returncode == 1
    assert ran.stderr.endswith("ImportError: WeasyPrint tags in another way than version 70\n")
