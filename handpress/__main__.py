"""``python -m handpress``: the command, where no script is on the path."""

import sys

from handpress.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
