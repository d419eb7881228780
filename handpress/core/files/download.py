"""Downloading: a small file from the public web, for a command that asks for it; no build ever does.

Only `http` and `https` are followed, over few redirects, and only to public addresses: a page that anybody wrote must
not reach the printer or the router of the one who publishes it. The address that was checked is the one that is
connected to.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from handpress import __version__

MOST = 25_000_000  # bytes of a file
SECONDS = 60  # for a file, and for each wait
REDIRECTS = 5
NO_HOST = "its host is unknown"


class DownloadRefused(OSError):
    """A download that is not allowed, or not possible, with the reason."""


def download(url: str, private: bool = False, seconds: float = SECONDS) -> bytes:
    """Return the bytes at `url`; from an address of a `private` network only if that is allowed.

    Raises :class:`DownloadRefused`.
    """
    end = time.monotonic() + seconds
    request = urllib.request.Request(
        _checked(url), headers={"User-Agent": f"Handpress/{__version__}", "Accept": "image/*"}
    )
    found = bytearray()
    try:
        with _opener(private).open(request, timeout=seconds) as response:
            while piece := response.read1(65_536):
                found += piece
                if len(found) > MOST:
                    raise DownloadRefused(f"larger than {MOST // 1_000_000} MB")
                if time.monotonic() > end:
                    raise DownloadRefused(f"not complete after {seconds:g} s")
            if response.length:
                raise DownloadRefused("it broke off")
    except urllib.error.HTTPError as error:
        raise DownloadRefused(f"{error.code} {error.reason}") from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, DownloadRefused):
            raise error.reason from None
        raise DownloadRefused(
            str(getattr(error.reason, "strerror", None) or error.reason)
        ) from None
    except DownloadRefused:
        raise
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise DownloadRefused(str(error) or type(error).__name__) from None
    return bytes(found)


def status(url: str, private: bool = False, seconds: float = 10) -> int:
    """Return the status of HTTP at `url`, 404 if there is nothing. Raises :class:`DownloadRefused` without an answer."""
    agent = {"User-Agent": f"Handpress/{__version__} (looks for dead links)"}
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(_checked(url), headers=agent, method=method)
        try:
            with _opener(private).open(request, timeout=seconds) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            # Some servers answer HEAD with an error of their own.
            if method == "GET" or error.code not in (400, 403, 404, 405, 500, 501):
                return error.code
        except urllib.error.URLError as error:
            if isinstance(error.reason, socket.gaierror):
                raise DownloadRefused(NO_HOST) from None
            raise DownloadRefused(str(error.reason)) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise DownloadRefused(str(error) or type(error).__name__) from None
    return 0


def _opener(private: bool) -> urllib.request.OpenerDirector:
    # Without proxies, since the address that a proxy connects to is unknown.
    return urllib.request.build_opener(
        urllib.request.ProxyHandler({}), _Redirects(), _Http(private), _Https(private)
    )


def _checked(url: str) -> str:
    pieces = urlsplit(url)
    if pieces.scheme.lower() not in ("http", "https") or not pieces.hostname:
        raise DownloadRefused("only `http:` and `https:` addresses are followed")
    if pieces.username is not None:
        raise DownloadRefused("the address has a user's name")
    return url


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECTS

    def redirect_request(self, *arguments: Any) -> urllib.request.Request | None:
        _checked(arguments[-1])
        return super().redirect_request(*arguments)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, private: bool) -> None:
        super().__init__()
        self.private = private

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_connector(http.client.HTTPConnection, self.private), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, private: bool) -> None:
        super().__init__()
        self.private = private

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_connector(http.client.HTTPSConnection, self.private), req)


def _connector(kind: Any, private: bool) -> Any:
    """Return a `kind` of connection that looks at the address before it connects."""

    class Checked(kind):  # type: ignore[misc]
        def __init__(self, host: str, **options: Any) -> None:
            super().__init__(host, **options)
            self._create_connection = partial(_connect, private)

    return Checked


def _connect(
    private: bool, address: tuple[str, int], timeout: Any = None, source: Any = None
) -> socket.socket:
    host, port = address
    last: OSError = DownloadRefused("its host has no address")
    for *_, found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not private and not is_public(str(found[0])):
            last = DownloadRefused("its host is in a private network")
            continue
        try:
            return socket.create_connection((str(found[0]), port), timeout, source)
        except OSError as error:
            last = error
    raise last


def is_public(address: str) -> bool:
    """Return whether a numeric address is on the public internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    found = mapped or found
    return found.is_global and not found.is_multicast
