"""Exit codes: 2 and 70 as in getopt and sysexits.h, 130 as in shells for Ctrl-C."""

from __future__ import annotations

DONE, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 70, 130
