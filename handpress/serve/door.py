"""The door: which requests may enter a local server, and the cookie that they enter with.

Every page in the browser can send requests to this machine. So a request needs more than to arrive:

- its `Host` must be an address or a name of this server: another site's name that now resolves to this machine
  (DNS rebinding) is refused;
- `Sec-Fetch-Site` and `Origin`, which browsers set and scripts cannot, must be those of our own pages. Other devices
  send `Origin` alone, as the connection is not encrypted;
- it must have the cookie, which the first address gives in exchange for its token.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from msgspec import Struct, field

SAFE = frozenset({"GET", "HEAD"})
OWN_SITES = frozenset({"none", "same-origin"})  # `none`: typed, or opened by another program
PARAMETER = "token"


class Refusal(Struct, frozen=True):
    """The status of a refused request, and the reason for the person who sent it."""

    status: int
    reason: str


FOREIGN_HOST = Refusal(421, "This server does not answer for that name.")
FOREIGN_SITE = Refusal(
    403, "Only pages of this server may ask for that. Paste the address instead."
)
NO_TOKEN = Refusal(403, "Open the whole address that Handpress printed when it started.")


class Door(Struct, frozen=True):
    """The secrets of one run of a server, and the names by which it may be called.

    `network` opens it to other devices, which call it by any of its addresses. With a `password`, they enter by that
    as well as by the token.
    """

    port: int
    names: frozenset[str] = frozenset({"localhost"})
    network: bool = False
    password: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The name of the cookie. Browsers send cookies to every port of a host, so it has the port."""
        return f"handpress-{self.port}"

    def address(self, host: str) -> str:
        """Return the first address to open."""
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}/?{PARAMETER}={self.token}"

    def refusal(self, method: str, headers: Mapping[str, str]) -> Refusal | None:
        """Return why another site's request may not enter, or None. `headers` have lower-case names."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            return FOREIGN_HOST
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in OWN_SITES:
            return FOREIGN_SITE
        # A page that sends no referrer has the origin `null`, and so has another site's hidden frame.
        if (
            origin is not None
            and origin != f"http://{host}"
            and (origin, site) != ("null", "same-origin")
        ):
            return FOREIGN_SITE
        if method not in SAFE and origin is None and site != "same-origin":
            return FOREIGN_SITE
        return None

    def admits(self, headers: Mapping[str, str]) -> bool:
        """Return whether a request has the cookie."""
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and _same(found.value, self.session)

    def opens(self, token: str) -> bool:
        """Return whether `token` is the one of the first address."""
        return _same(token, self.token)

    def unlocks(self, password: str) -> bool:
        """Return whether `password` is the one of this run, if it has any."""
        return bool(self.password) and _same(password, self.password)

    def set_cookie(self) -> str:
        """Return the header that gives the cookie: for this server's own pages, and not for scripts."""
        return f"{self.cookie}={self.session}; Path=/; HttpOnly; SameSite=Strict"

    def _is_ours(self, host: str) -> bool:
        name, colon, port = host.rpartition(":")
        if not colon or port != str(self.port):
            return False
        if name.casefold() in self.names:
            return True
        try:
            found = ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return found.is_loopback or self.network


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())
