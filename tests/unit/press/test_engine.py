"""The engine: WeasyPrint as Handpress needs it."""

from __future__ import annotations

import subprocess
import sys

from helpers.workspaces import ROOT


def test_a_log_of_weasyprint_is_not_printed() -> None:
    """Another library may set the root logger up, and it would print this one too: its losses are reported as ours."""
    script = (
        "import logging; from handpress.press.pdf.engine import engine; engine()\n"
        "logging.basicConfig(); logging.getLogger('weasyprint').warning('x')"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")


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
