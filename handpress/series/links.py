"""Web addresses: convert authors' input to a valid URL (WHATWG URL)."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit


def valid_url(written: str) -> str | None:
    """Return `written` as a valid URL (WHATWG URL, section 4.3), or None if that is impossible."""
    try:
        pieces = urlsplit(written)
        if pieces.scheme.lower() in ("http", "https"):
            host = _in_dns(unquote(pieces.hostname or ""))
            port = f":{pieces.port}" if pieces.port is not None else ""
            if not re.fullmatch(r"[\w\-]+(\.[\w\-]+)*\.?", host) and not re.fullmatch(
                r"[0-9a-f:]+", host
            ):
                return None
            shown = f"[{host}]" if ":" in host else host
            rest = quote(pieces.path, safe="/%:@!$&'()*+,;=~-._")
            rest += f"?{quote(pieces.query, safe='/%:@!$&()*+,;=~-._?')}" if pieces.query else ""
            if pieces.fragment:
                rest += f"#{quote(pieces.fragment, safe='/%:@!$&()*+,;=~-._?')}"
            address = f"{pieces.scheme.lower()}://{shown}{port}{rest}"
        else:
            scheme, _, rest = written.partition(":")
            if not rest.strip():
                return None
            address = f"{scheme.lower()}:{quote(rest.strip(), safe='/%@!$&()*+,;=~-._?')}"
    except (ValueError, UnicodeError):
        return None
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address)


def _in_dns(host: str) -> str:
    """Return the name of a host as browsers look it up (Unicode Technical Standard 46, not transitional)."""
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode()
    except (
        idna.IDNAError
    ):  # a sign, as in ☃.net: browsers still look it up, by the standard of 2003
        return host.encode("idna").decode()
