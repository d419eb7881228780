"""The codes that no folder in ``tests/cases`` shows, each with the reason."""

from __future__ import annotations

from handpress.core.problems.catalogue import KINDS
from handpress.press.preflight.rules import RULES

# Only the press finds these, so `check` cannot. Each has a test below tests/unit instead: test_build.py,
# test_output.py, test_preflight.py, test_copyfit.py or test_epub_validators.py.
OF_THE_PRESS = {
    "foreign-file": "what lies in the output folder matters only when something is made",
    "outside-folder": "what lies in the output folder matters only when something is made",
    "damaged-record": "what lies in the output folder matters only when something is made",
    **{rule.code: "only finished pages show it" for rule in RULES if rule.code not in KINDS},
    **dict.fromkeys(
        ("unreadable-table", "unknown-column", "private-column", "refused-row"),
        "only a table of clients shows it, which is not a source",
    ),
    "press-limit": "the press fails only when it presses",
    "invalid-ebook": "only a validator finds it, in the finished ebook",
    "doubtful-ebook": "only a validator finds it, in the finished ebook",
    "invalid-pdf": "only a validator finds it, in the finished PDF",
    "dead-link": "only `check --online` asks the web",
    "missing-validator": "whether a validator is installed matters when it is asked for",
}
