"""Links: addresses as authors write them become valid URLs, or open references."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from handpress.core.files.file_names import is_markdown
from handpress.core.problems.problem import Place, Problem, problem
from handpress.markup.dialect.commands import article_named
from handpress.markup.dialect.obsidian import EMBED, WIKI
from handpress.markup.dialect.roles import LABEL
from handpress.markup.positions import Locator, plain_address
from handpress.markup.tree import Element, classes, take_out, text_of, unwrap
from handpress.series.article import OPEN, Reference
from handpress.series.links.addresses import path_and_anchor

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# A view of Obsidian: a list that it makes of notes, or a board of them.
VIEW = re.compile(r"([^#|]+\.(?:base|canvas))(?:[#|]|$)", re.I)
NOTATIONS = (WIKI, EMBED, LABEL)
# A label of MyST, whose first part looks like a scheme.
_LABEL = re.compile(r"[A-Za-z][\w.-]*:(?!//)[\w./:-]*[\w.-]")
WITHIN = "link"  # the scheme of links within a site of Nikola
# Schemes that browsers run, and read across a tab (WHATWG URL, section 4.4), which Markdown makes spaces of.
RUN = re.compile(r"(javascript|vbscript|data):", re.I)


def places_in(tree: Element, locate: Locator) -> dict[Element, Place]:
    """Return the places of all addresses in `tree`; a picture's comes before that of the link around it."""
    places: dict[Element, Place] = {}

    def walk(element: Element) -> None:
        for child in element:
            walk(child)
        address = element.get({"a": "href", "img": "src"}.get(element.tag, ""))
        if address is not None and "noteref" not in classes(element):
            for notation in NOTATIONS:
                address = address.removeprefix(notation)
            places[element] = locate.target(plain_address(address))

    walk(tree)
    return places


def open_links(
    tree: Element, places: Mapping[Element, Place], first: int
) -> tuple[list[Reference], list[Problem]]:
    """Make the links in `tree` web addresses or open references, numbered from `first`.

    Return the references, and a problem for each link that may not stay and leaves its words behind.
    """
    references: list[Reference] = []
    problems = without_views(tree, places)
    for parent in list(tree.iter()):
        for link in [e for e in parent if e.tag == "a"]:
            written = link.get("href")
            if "noteref" in classes(link) or (written is None and link.get("id")):
                continue
            if written is None:
                unwrap(parent, link)
                continue
            found = _read(plain_address(written), places[link])
            if isinstance(found, Problem):
                problems.append(found)
                unwrap(parent, link)
            elif isinstance(found, Reference):
                link.set("href", f"{OPEN}{first + len(references)}")
                references.append(found)
            else:
                link.set("href", found)
    return references, problems


def without_views(tree: Element, places: Mapping[Element, Place]) -> list[Problem]:
    """Take the embedded views of Obsidian out of a tree, in place; return a problem for each."""
    problems = []
    parents = {child: parent for parent in tree.iter() for child in parent}
    for link in [e for e in parents if e.tag == "a" and e.get("href", "").startswith(EMBED)]:
        if found := VIEW.match(link.get("href", "").removeprefix(EMBED)):
            facts = {"what": found[1].strip(), "instead": "nothing"}
            problems.append(problem("embedded-media", places[link], **facts))
            holder = parents[link]
            take_out(holder, link)
            if holder in parents and not len(holder) and not text_of(holder).strip():
                take_out(parents[holder], holder)
    return problems


def _read(written: str, place: Place) -> str | Reference | Problem:
    """The web address or the reference that was `written` at `place`, or the reason why it may not stay."""
    for notation in NOTATIONS:
        if written.startswith(notation):
            return Reference(written.removeprefix(notation), place, notation)
    if name := article_named(written):
        return Reference(name, place, WIKI)
    scheme = SCHEME.match(written) or RUN.match("".join(written.split()))
    if scheme and scheme[1].lower() in ("http", "https", "mailto", "tel"):
        return valid_url(written) or problem("foreign-link", place, target=written)
    known = scheme and (
        scheme[1] == WITHIN
        or is_markdown(path_and_anchor(written)[0])
        or (_LABEL.fullmatch(written) and not RUN.match(written))
    )
    if scheme and not known:
        return problem("unsafe-link", place, scheme=scheme[1].lower())
    return Reference(written, place)


def scheme_of(written: str) -> str:
    """Return the scheme of an address that was taken for a label, or ""."""
    found = SCHEME.match(written) if _LABEL.fullmatch(written) else None
    return found[1].lower() if found else ""


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
    except idna.IDNAError:
        # A sign, as in ☃.net: IDNA 2008 forbids it, browsers look it up all the same.
        if re.search("[\u200c\u200d]", host):
            raise
    labels = idna.uts46_remap(host, std3_rules=False, transitional=False).split(".")
    if not all(map(idna.check_bidi, filter(None, labels))):
        raise ValueError(host)
    return ".".join(n if n.isascii() else f"xn--{n.encode('punycode').decode()}" for n in labels)
