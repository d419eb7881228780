"""The server: listen on this machine, show the address, and end clean on Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

import h11
import uvicorn
from msgspec import Struct
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import Lifespan
from uvicorn.protocols.http.h11_impl import H11Protocol

from handpress.core.user import open_in_browser
from handpress.serve.door import Door
from handpress.serve.guard import ENGLISH, Guard, Limits, WordsFor

LOOPBACK = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")
CONNECTIONS = 200  # at once; more are answered with 503


class Listening(Struct, frozen=True):
    """The address and port to listen on, 0 for any free one, and whether to open the browser.

    With a `password`, other devices can enter without the token.
    """

    host: str = LOOPBACK
    port: int = 0
    browser: bool = True
    password: str = ""


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach `host`."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    routes: Sequence[BaseRoute],
    listening: Listening,
    announce: Callable[[str], None],
    *,
    lifespan: Lifespan[Starlette] | None = None,
    limits: Limits | None = None,
    words_for: WordsFor = lambda _: ENGLISH,
) -> None:
    """Serve `routes` until Ctrl-C; call `announce` with the address as soon as it answers.

    The form for a password has the words that `words_for` gives.

    An application that streams without end waits for `app.state.ending` (:class:`asyncio.Event`) as well. Raises
    OSError if the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    door_limits = limits or Limits()
    with socket.create_server((listening.host, listening.port), family=family) as listener:
        door = Door(
            listener.getsockname()[1],
            frozenset({"localhost", listening.host.casefold()}),
            network=not is_loopback(listening.host),
            password=listening.password,
        )
        address = door.address(_reachable(listening.host))
        application = Starlette(routes=routes, lifespan=lifespan)
        config = uvicorn.Config(
            Guard(application, door, door_limits, words_for),
            loop="asyncio",
            http=_patience(door_limits.seconds),
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="error",  # errors of ours, not each odd request
            access_log=False,  # it would have the token
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=3,
            limit_concurrency=CONNECTIONS,
        )

        def started() -> None:
            announce(address)
            if listening.browser:  # a thread: some systems wait for the browser
                threading.Thread(target=open_in_browser, args=(address,), daemon=True).start()

        with contextlib.suppress(KeyboardInterrupt):
            _Server(config, application, started).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that reports its start, and tells the application when it ends."""

    def __init__(
        self, config: uvicorn.Config, application: Starlette, started: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self.application, self.report = application, started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.application.state.ending = asyncio.Event()
        await super().startup(sockets)
        self.report()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.application.state.ending.set()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        """Treat the signal to end as Ctrl-C."""
        with super().capture_signals():
            yield
            self._captured_signals = [signal.SIGINT for _ in self._captured_signals[:1]]


def _patience(seconds: float) -> type[H11Protocol]:
    """Return the protocol of a connection that ends if the head of a request takes longer than `seconds`."""

    class Patient(H11Protocol):
        late: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self.wait()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            self.stop()

        def wait(self) -> None:
            if self.conn.their_state is not h11.IDLE:
                self.stop()
            elif self.late is None:
                self.late = self.loop.call_later(seconds, self.end)

        def stop(self) -> None:
            if self.late is not None:
                self.late.cancel()
                self.late = None

        def end(self) -> None:
            self.late = None
            if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
                self.transport.close()

    return Patient


def _reachable(host: str) -> str:
    """Return an address for other devices, if `host` means all addresses of this machine."""
    if host not in EVERYWHERE:
        return host
    family, outside = (
        (socket.AF_INET, "192.0.2.1") if host == "0.0.0.0" else (socket.AF_INET6, "2001:db8::1")
    )
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((outside, 9))  # an address for examples: only the route is looked up
            return str(probe.getsockname()[0])
        except OSError:
            return LOOPBACK if family is socket.AF_INET else "::1"
