"""JSON: one object for each problem on its own line, as `docs/check.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handpress.core.problems.escaping import json_line
from handpress.core.problems.problem import Problem
from handpress.core.problems.report import as_json

VERSION = 1  # of the schema; a new field does not change it


def json_lines(problems: Sequence[Problem]) -> str:
    """Return one line for each problem, as a build writes it, with the version of its form."""
    return "".join(
        json_line({**json.loads(as_json(p)), "version": VERSION}) + "\n" for p in problems
    )
