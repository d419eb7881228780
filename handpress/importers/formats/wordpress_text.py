"""WordPress's text to HTML: shortcodes, blocks that it fills itself, and line ends of the classic editor."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping

from handpress.importers.html import parse_fragment
from handpress.importers.model import Loss
from handpress.markup.tree import Element, Node, child_nodes, new_element, serialize, set_children

Gallery = list[tuple[str, str, str]]  # address, description and caption of each picture
BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][\w/-]*)\s+(?P<facts>\{.*?\}\s+)?(?P<empty>/)?-->", re.S
)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s\]]+))""")
# Blocks without HTML of their own that show nothing, or something else than text.
QUIET = frozenset({"more", "nextpage", "spacer", "separator", "post-title", "post-content", "post-date", "post-author",
                   "site-title", "footnotes", "block", "pattern"})  # fmt: skip
NOTES = ("ref", "footnote", "footnotes", "efn_note", "mfn", "note", "sidenote")
MEDIA = {"video": "video", "audio": "audio"}
SHORTCODE = re.compile(r"\[(\[?)(/?)([a-zA-Z][\w-]*)((?:\s[^\[\]]*?)?)(/?)\](\]?)")
LAYOUT = re.compile(
    r"^(?:vc_|et_pb_|fusion_|av_|fl_|cs_|x_|tatsu_|mk_|nectar_|wpb_|row|column|col|one_|two_|section|container|div|span|spacer|clear|box|tabs?|toggle|accordion|su_)"
)
KEEPS_LINES = frozenset({"pre", "textarea", "script", "style", "svg", "math", "select", "object"})
NO_TEXT = frozenset({"ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr", "colgroup", "figure", "picture", "video", "audio"})  # fmt: skip


def to_html(
    text: str,
    place: str,
    gallery: Callable[[str], Gallery],
    reusable: Mapping[str, str],
    notes: Mapping[str, str],
    losses: list[Loss],
) -> str:
    """Return the HTML that WordPress would show for a post, without what only a running site has."""
    blocks = bool(re.search(r"<!--\s+wp:", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if blocks:
        text = _blocks(text, place, reusable, losses)
    text = re.sub(r"<!--(?:more|nextpage|noteaser).*?-->", "\n\n", text, flags=re.S)
    text = _shortcodes(text, place, gallery, losses)
    if notes:
        items = "".join(
            f'<li id="{html.escape(name)}">{content} <a href="#{html.escape(name)}-link">↩︎</a></li>'
            for name, content in notes.items()
        )
        text += f'<ol class="wp-block-footnotes">{items}</ol>'
    tree = parse_fragment(text)
    if not blocks:
        _lines(tree)
    for verse in [e for e in tree.iter("pre") if "wp-block-verse" in e.get("class", "")]:
        verse.tag = "p"
        _lines(verse)
    return serialize(tree)


def _blocks(text: str, place: str, reusable: Mapping[str, str], losses: list[Loss]) -> str:
    """Replace the marks of blocks; record those that WordPress fills when it shows the page."""

    def replaced(found: re.Match[str]) -> str:
        name = found["name"].removeprefix("core/")
        if found["end"] or not found["empty"]:
            return ""
        try:
            facts = json.loads(found["facts"] or "{}")
        except ValueError:
            facts = {}
        if name == "block" and str(facts.get("ref", "")) in reusable:
            return BLOCK.sub("", reusable[str(facts["ref"])])
        if name not in QUIET:
            losses.append(Loss(place, "left out", f"a block that WordPress fills (`{name}`)"))
        return ""

    return BLOCK.sub(replaced, text)


def _shortcodes(
    text: str, place: str, gallery: Callable[[str], Gallery], losses: list[Loss]
) -> str:
    """Replace the shortcodes that are known; keep the content of others, and record them."""
    text = _pairs(text, "caption", _caption)
    text = _pairs(text, "wp_caption", _caption)
    text = _pairs(
        text,
        "embed",
        lambda facts, inside: (
            f'\n\n<p><a href="{html.escape(inside.strip())}">{html.escape(inside.strip())}</a></p>\n\n'
        ),
    )
    for name in NOTES:
        text = _pairs(text, name, lambda facts, inside: f"<note-text>{inside}</note-text>")
    unread: dict[str, int] = {}

    def replaced(found: re.Match[str]) -> str:
        escaped, end, name, written, _, escaped_end = found.groups()
        if escaped and escaped_end:
            return found[0][1:-1]
        facts = _facts(written)
        if name == "gallery":
            return "\n\n" + "".join(_shown(*one) for one in gallery(facts.get("ids", ""))) + "\n\n"
        if name in MEDIA and not end:
            source = next(
                (
                    facts[k]
                    for k in ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav")
                    if k in facts
                ),
                "",
            )
            return f'<{name} src="{html.escape(source)}"></{name}>' if source else ""
        if name in MEDIA:
            return ""
        known = bool(facts) or bool(end) or LAYOUT.match(name) or f"[/{name}]" in text
        if not known or not re.match(r"^[a-z][a-z0-9_-]+$", name):
            return found[0]
        if not end:
            unread[name] = unread.get(name, 0) + 1
        return "\n\n" if LAYOUT.match(name) else ""

    pieces = re.split(r"(<pre\b.*?</pre>|<code\b.*?</code>)", text, flags=re.S | re.I)
    text = "".join(p if n % 2 else SHORTCODE.sub(replaced, p) for n, p in enumerate(pieces))
    for name, number in unread.items():
        losses.append(
            Loss(
                place,
                "left out",
                f"the shortcode `[{name}]`, but not its content",
                f"{number} times" if number > 1 else "",
            )
        )
    return text


def _pairs(text: str, name: str, made: Callable[[dict[str, str], str], str]) -> str:
    pattern = rf"(?<!\[)\[{name}\b((?:\s[^\]]*)?)\](.*?)\[/{name}\]"
    return re.sub(pattern, lambda found: made(_facts(found[1]), found[2]), text, flags=re.S)


def _facts(written: str) -> dict[str, str]:
    return {
        m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(written)
    }


def _caption(facts: Mapping[str, str], inside: str) -> str:
    """Return a picture and its caption, which is an attribute in old posts and the text after the picture in others."""
    found = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", inside, re.S)
    shown, words = (found[1], found[2]) if found else (inside, "")
    words = words.strip() or facts.get("caption", "")
    return f"\n\n<figure>{shown}<figcaption>{words}</figcaption></figure>\n\n"


def _shown(address: str, alt: str, caption: str) -> str:
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{html.escape(address)}" alt="{html.escape(alt)}">{words}</figure>'


def _lines(tree: Element) -> None:
    """Turn the line ends of the classic editor into breaks, in place: two of them end a paragraph."""
    kept = {
        e for tag in ("pre", "textarea") for holder in tree.iter(tag) for e in holder.iter()
    } - {tree}
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in KEEPS_LINES:
            continue
        if element.tag in NO_TEXT or not any(
            isinstance(n, str) and "\n" in n for n in child_nodes(element)
        ):
            continue
        if element in kept:
            continue
        nodes: list[Node] = []
        for node in list(child_nodes(element)):
            if isinstance(node, str):
                lines = re.sub(r"\n\s*\n\s*", "\n\n", node).split("\n")
                for number, line in enumerate(lines):
                    nodes += [new_element("br", [])] if number else []
                    nodes += [line] if line else []
            else:
                nodes.append(node)
        set_children(element, nodes)
