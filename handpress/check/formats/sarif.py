"""SARIF 2.1.0: problems for code scanning and other programs that show results of analysis.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from handpress import __version__
from handpress.build.kinds import ALL_KINDS
from handpress.check.rules import RULES
from handpress.core.files.disk import digest
from handpress.core.problems.catalogue import Severity
from handpress.core.problems.problem import Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}


def sarif(problems: Sequence[Problem]) -> str:
    """Return one run with all problems, and the rules that they break."""
    codes = sorted({p.code for p in problems})
    driver = {
        "name": "handpress",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        # Columns are counted in characters, not in UTF-16 units (section 3.14.17).
        "columnKind": "unicodeCodePoints",
        "results": [_result(p, codes.index(p.code)) for p in problems],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> dict[str, Any]:
    rule = RULES.get(code)
    kind = rule.kind if rule else ALL_KINDS[code]
    described: dict[str, Any] = {
        "id": code,
        "defaultConfiguration": {"level": LEVELS[kind.severity]},
    }
    if rule:
        described["shortDescription"] = {"text": rule.reason}
        described["help"] = {"text": f"{rule.reason} Source: {rule.source}."}
    return described


def _result(p: Problem, index: int) -> dict[str, Any]:
    place = p.place
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.length,
    }
    if place.text:
        region["snippet"] = {"text": place.text}
    location = {
        "artifactLocation": {"uri": quote(place.path.encode("utf-8", "surrogateescape"))},
        "region": region,
    }
    words = place.text[place.column - 1 : place.column - 1 + place.length]
    identity = f"{place.path}\n{p.code}\n{words}"
    return {
        "ruleId": p.code,
        "ruleIndex": index,
        "level": LEVELS[p.severity],
        "message": {"text": f"{p.what}: {p.why}; {p.help}"},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {
            "text/v1": digest(identity.encode("utf-8", "surrogateescape"))[:16]
        },
    }
