"""page-validation: check finished PDF files by the standards that they claim, PDF/UA-1 and PDF/A-2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from handpress.core.problems.problem import Place, Problem, problem
from handpress.press.claims import Claims

TOOL, MODULE = "page-validation", "page"  # the names of the package, and of its module


def is_installed() -> bool:
    return find_spec(MODULE) is not None


def validate_pdfs(output: Path, paths: Iterable[str]) -> list[Problem]:
    """Return the validator's messages about the PDF files among `paths`."""
    page = import_module(MODULE)
    found = (path for path in sorted(paths) if path.endswith(".pdf"))
    return [each for path in found for each in _failures(page, output, path)]


def _failures(page: Any, output: Path, path: str) -> Iterator[Problem]:
    data = (output / path).read_bytes()
    claims = Claims.of(data)
    profiles = page.ValidationProfile
    wanted = [profiles.PDF_UA_1] if claims.accessible else []
    if claims.archival:
        wanted.append(profiles.PDF_A_2A if claims.accessible else profiles.PDF_A_2U)
    for profile in wanted:
        for failure in page.validate_pdf_bytes(data, profile=profile).failures:
            yield problem(
                "invalid-pdf", Place(path), None, message=f"{failure.rule_id}: {failure.message}"
            )
