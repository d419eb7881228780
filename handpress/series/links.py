"""Web addresses: make what authors write a valid URL (WHATWG URL)."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit


def valid_url(written: str) -> str | None:
    """`written` as a valid URL (WHATWG URL, section 4.3), or None if it cannot be one."""
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
    """The name of a host as browsers look it up (Unicode Technical Standard 46, not transitional)."""
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        # A sign, as in ☃.net: IDNA 2008 forbids it, browsers look it up all the same.
        if re.search("[\u200c\u200d]", host):
            raise
    labels = idna.uts46_remap(host, std3_rules=False, transitional=False).split(".")
    if not all(map(idna.check_bidi, filter(None, labels))):
        raise ValueError(host)
    return ".".join(n if n.isascii() else f"xn--{n.encode('punycode').decode()}" for n in labels)
