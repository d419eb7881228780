"""``python -m handpress``: the command, where no script is on the path."""

from __future__ import annotations

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


if __name__ == "__main__":
    sys.exit(run())
