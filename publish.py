"""Publish the workspace you stand in: ``python publish.py --help`` says what else there is."""

import sys

from handpress.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
