"""Local servers on the command line: their arguments, and how they start and end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from handpress.cli.exit_codes import DONE
from handpress.cli.report import print_lines, wrong

if TYPE_CHECKING:
    from handpress.serve.server import Listening

SHORTEST = 8  # characters of a password


def add_listening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        metavar="N",
        type=_port,
        default=0,
        help="listen on this port; a free one by default",
    )
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        help="listen on this address; only this machine can reach the default. 0.0.0.0 is every address:"
        " any device of the network that has the whole address can then read the pages",
    )
    parser.add_argument("--no-open", action="store_true", help="print the address, open no browser")


def _password() -> str:
    """Return a password for other devices: typed, or the first line of standard input."""
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass("Password for other devices: ")
    return sys.stdin.readline().rstrip("\r\n")


def _port(written: str) -> int:
    number = int(written)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


def run_server(
    command: str,
    options: argparse.Namespace,
    serve: Callable[[Listening], None],
    *,
    locked: bool = False,
) -> int:
    """Run the server of a `command`; return its exit code. `serve` serves until Ctrl-C.

    One that is `locked` asks for a password before it lets other devices in.
    """
    from handpress.core.program import install
    from handpress.serve.extra import missing

    if names := missing():
        return wrong(
            f"`{command}` needs packages that are not installed: {', '.join(names)}",
            f"install them with `{install('desk')}`",
        )
    from handpress.serve.server import Listening, is_loopback

    password = ""
    if not is_loopback(options.host):
        means = (
            "can use these pages" if locked else "that have the whole address can read the pages"
        )
        print_lines(
            f"handpress: warning: other devices {means} at `{options.host}`; the connection is not encrypted",
            "  = help: use it only in a network that you trust, and end it with Ctrl-C",
            file=sys.stderr,
        )
        if locked and len(password := _password()) < SHORTEST:
            return wrong(
                f"the password for other devices needs at least {SHORTEST} characters",
                "type a longer one, or leave out `--host`",
            )
    try:
        serve(Listening(options.host, options.port, not options.no_open, password))
    except OSError as error:
        return wrong(
            f"cannot listen on {options.host}:{options.port}: {error.strerror or error}",
            "choose another `--port`, or leave it out to get a free one",
        )
    return DONE
