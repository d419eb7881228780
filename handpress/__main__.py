"""``python -m handpress``: the command, where no script is on the path."""

from __future__ import annotations

import atexit
import os
import sys

from handpress.cli.exit_codes import INTERRUPTED
from handpress.core.caches.patterns import keep_patterns
from handpress.core.call_stack import with_room


@with_room
def run() -> int:
    """Run the command; return its exit code. Ctrl-C ends it quietly, also while its modules are imported."""
    try:
        keep_patterns()
        from handpress.cli.main import main
    except KeyboardInterrupt:
        return INTERRUPTED
    return main()


def command() -> int:
    """Run the command as a process of its own, which ends at once; return its exit code."""
    code: list[int] = []
    atexit.register(_end_at_once, code)  # the first of these functions, so it is called last
    code.append(run())
    return code[0]


def _end_at_once(code: list[int]) -> None:
    """End the process without giving back its memory, object by object: the system does that faster."""
    if not code:
        return  # an error ends it
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        return  # Python reports it
    os._exit(code[0])


if __name__ == "__main__":
    sys.exit(command())
