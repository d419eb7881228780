"""The guard: what every request and every response of a local server passes through."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handpress.serve.door import NO_TOKEN, PARAMETER, SAFE, Door, Refusal

# Nothing inline, nothing from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with none at all, a form of ours would have the origin `null`
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TOO_LARGE = Refusal(413, "That is too large.")
TOO_MANY = Refusal(429, "Too many wrong passwords. Wait a minute.")
TOO_BUSY = Refusal(503, "Too much is arriving at once. Try again in a moment.")
TOO_SLOW = Refusal(408, "That took too long to arrive.")
GUESSES, MINUTE = 10, 60.0  # wrong passwords in so many seconds
ENTRANCE = "/enter"
OPEN = "/static/"  # colours and faces of the form for the password; no file there is anybody's
ENTER = Response()  # a mark: the answer depends on the body

# The words of the form for a password; `language` is their tag.
ENGLISH: Mapping[str, str] = {
    "language": "en",
    "skip": "Skip to the content",
    "password": "Password",
    "password_hint": "It was chosen when this page was opened to other devices.",
    "password_wrong": "That is not the password. Try again.",
    "password_open": "Open",
}
WordsFor = Callable[[str], Mapping[str, str]]  # by the header `Accept-Language`


class Limits(Struct, frozen=True):
    """The largest body of a request in bytes, the seconds that one may take, and the bytes of all bodies together."""

    body: int = 1_000_000
    seconds: float = 20.0
    together: int = 64_000_000


class Guard:
    """Let requests of our own pages through to `application`, each with its whole body. Refuse all others."""

    def __init__(
        self, application: ASGIApp, door: Door, limits: Limits, words_for: WordsFor
    ) -> None:
        self.application, self.door, self.limits = application, door, limits
        self.words_for = words_for
        self.wrong: list[float] = []  # times of wrong passwords
        self.held = 0  # bytes of bodies in memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.application(scope, receive, send)
            return
        if scope["type"] != "http":  # no application has a web socket
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self.answer(scope)
        if answer is None or answer is ENTER:
            with self.holding() as hold:
                body = await self.body(scope, receive, hold)
                if answer is None and isinstance(body, bytes):
                    await self.application(scope, _replayed(body, receive), sent)
                    return
                answer = self.enter(scope, body) if isinstance(body, bytes) else _response(body)
        await answer(scope, receive, sent)

    @contextlib.contextmanager
    def holding(self) -> Iterator[Callable[[int], bool]]:
        """Yield a function that counts bytes of a body, and returns whether there is room for them."""
        own = 0

        def hold(size: int) -> bool:
            nonlocal own
            own += size
            self.held += size
            return self.held <= self.limits.together

        try:
            yield hold
        finally:
            self.held -= own

    def answer(self, scope: Scope) -> Response | None:
        """Return the response to a request that may not reach the application, or None if it may."""
        headers = {n.decode("latin-1"): v.decode("latin-1") for n, v in scope["headers"]}
        if refusal := self.door.refusal(scope["method"], headers):
            return _response(refusal)
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token = dict(query).get(PARAMETER)
        if token is None or scope["method"] not in SAFE:
            if self.door.admits(headers):
                return None
            return self.outside(scope) if self.door.password else _response(NO_TOKEN)
        if not self.door.opens(token):
            return _response(NO_TOKEN)
        rest = urlencode([(name, value) for name, value in query if name != PARAMETER])
        # One slash, or a path such as //example.com would be another site's address.
        path = "/" + scope.get("raw_path", b"/").decode("latin-1").partition("?")[0].lstrip("/\\")
        place = f"{path}?{rest}" if rest else path
        return Response(
            status_code=303, headers={"Location": place, "Set-Cookie": self.door.set_cookie()}
        )

    def outside(self, scope: Scope) -> Response | None:
        """Return the response to a request without the cookie, where a password gives it."""
        if scope["method"] == "POST":
            return ENTER if scope["path"] == ENTRANCE else _response(NO_TOKEN)
        return None if scope["path"].startswith(OPEN) else self.entrance(scope, 401)

    def enter(self, scope: Scope, body: bytes) -> Response:
        """Return the response to a password: the cookie, or the form again. Guesses are few a minute."""
        now = time.monotonic()
        self.wrong = [at for at in self.wrong if now - at < MINUTE]
        if len(self.wrong) >= GUESSES:
            return _response(TOO_MANY)
        given = dict(parse_qsl(body.decode("utf-8", "replace"))).get("password", "")
        if not self.door.unlocks(given):
            self.wrong.append(now)
            return self.entrance(scope, 403, wrong=True)
        return Response(
            status_code=303, headers={"Location": "/", "Set-Cookie": self.door.set_cookie()}
        )

    def entrance(self, scope: Scope, status: int, wrong: bool = False) -> Response:
        """Return the form for a password, in a language of the browser."""
        from handpress.serve.pages import HERE, page, templates

        accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
        words = self.words_for(accepted)
        form = templates(HERE / "templates")
        return page(form, "enter.html", status=status, wrong=wrong, words=words)

    async def body(
        self, scope: Scope, receive: Receive, hold: Callable[[int], bool]
    ) -> bytes | Refusal:
        """Return the whole body of a request, or why it is refused."""
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self.limits.body:
            return TOO_LARGE
        found = bytearray()
        try:
            async with asyncio.timeout(self.limits.seconds):
                more = True
                while more:
                    message = await receive()
                    part = message.get("body", b"")
                    if not hold(len(part)):
                        return TOO_BUSY
                    found += part
                    more = message.get("more_body", False)
                    if len(found) > self.limits.body:
                        return TOO_LARGE
        except TimeoutError:
            return TOO_SLOW
        return bytes(found)


def _response(refusal: Refusal) -> Response:
    # The rest of the body, if there is one, is not read: the connection ends.
    headers: Mapping[str, str] = {"Connection": "close"}
    return PlainTextResponse(f"{refusal.reason}\n", refusal.status, headers)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives a body that was read already, then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
