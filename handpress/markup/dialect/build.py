"""Building: the tokens of an article to the tree of Python-Markdown, in place of its own parser of blocks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry
from markdown_it.token import Token

from handpress.markup.dialect.east_asian import joined
from handpress.markup.dialect.players import Player
from handpress.markup.dialect.reader import blocks_of, environment, inlines_of
from handpress.markup.dialect.slips import Slip, is_unclosed, unclosed_code
from handpress.markup.dialect.unread import DRAWN, MATHS, Unread, includes
from handpress.markup.quotes import keep_escaped
from handpress.markup.template_addresses import target
from handpress.markup.tree import FLOW, SECTIONS, Node, serialize_element

if TYPE_CHECKING:
    from markdown import Markdown

UNREAD_CODE = {"formula": MATHS, "drawn_table": DRAWN}  # mark-up that is kept as code
CODE_TOKENS = ("fence", "code_block", *UNREAD_CODE)
HIDDEN_TOKENS = (*CODE_TOKENS, "comment")  # of lines that have no links
_TITLE = re.compile(
    r"\b(?:title|caption|filename)=(?:\"([^\"]*)\"|'([^']*)')"
)  # of code, after its fence
_WIDTH = re.compile(r"\|(\d+)(?:x\d+)?$")  # at the end of the words, as Obsidian writes it
_BLOCK_TAGS = FLOW | {"li", "dt", "dd", "thead", "tbody", "tr", "th", "td"}


class Dialect(Extension):
    """Makes a Markdown object read the dialect. It comes first: later extensions may add patterns of inlines and
    processors of the tree.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reset()

    def reset(self) -> None:
        """Forget the article that was read."""
        self.notices: list[Player | Slip | Unread] = []
        self.code: list[range] = []
        self.from_right = False  # whether its text runs from right to left

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        md.treeprocessors.deregister("inline")
        md.treeprocessors.deregister("prettify")
        # Before Python-Markdown returns them to what they were.
        md.treeprocessors.register(_Escapes(md), "escapes", 1)
        md.inlinePatterns = Registry()  # those of extensions that are registered later
        md.parser = _Blocks(md, self)


def serialize(root: Element) -> str:
    """Return a tree of Python-Markdown as HTML; its own serializer takes text such as `&copy;` for a reference."""
    for element in root.iter():
        # In order of their names, and empty if it has no value.
        element.attrib = {key: value or "" for key, value in sorted(element.attrib.items())}
    return serialize_element(root)


class _Escapes(Treeprocessor):
    def run(self, root: Element) -> None:
        keep_escaped(root)


class _Blocks(BlockParser):
    """Parses the blocks of a document, and their inlines."""

    def __init__(self, md: Markdown, dialect: Dialect) -> None:
        super().__init__(md)
        self.dialect = dialect

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        self.root = Element(self.md.doc_tag)
        env = environment()
        env["notices"] = self.dialect.notices
        env["from right"] = self.dialect.from_right
        env["abbreviations"] = cast(AbbrTreeprocessor, self.md.treeprocessors["abbr"]).abbrs
        env["patterns"] = list(self.md.inlinePatterns)
        tokens = blocks_of("\n".join(lines), env)
        self.dialect.code += [range(*t.map) for t in tokens if t.map and t.type in HIDDEN_TOKENS]
        _Builder(self.md, env).build(tokens, self.root)
        return ElementTree(self.root)


class _Builder:
    """Builds one tree; `notes` are gathered at its end."""

    def __init__(self, md: Markdown, env: dict[str, Any]) -> None:
        self.md, self.env = md, env
        self.numbers: dict[str, int] = {}  # of the notes that were called, by label
        self.notes: dict[str, Element] = {}
        self.inline_notes = 0

    def build(self, tokens: list[Token], root: Element) -> None:
        self.blocks(tokens, root)
        if self.notes:
            group = SubElement(root, "div", {"class": "footnote"})
            items = SubElement(group, "ol")
            items.extend(self.notes.values())

    def blocks(self, tokens: list[Token], root: Element) -> None:
        stack = [root]
        for token in tokens:
            top = stack[-1]
            if token.type == "note_open":
                label = token.meta["label"]
                # Two notes of one label become one.
                stack.append(self.notes.setdefault(label, Element("li", {"id": f"fn:{label}"})))
            elif token.hidden:
                continue
            elif token.nesting > 0:
                stack.append(_begin(top, token))
            elif token.nesting < 0:
                stack.pop().tail = "\n"
            elif token.type == "inline":
                self.env["inline"] = token
                self.inlines(top, inlines_of(token.content, self.env))
            elif token.type == "html_block":
                _text(top, self.md.htmlStash.store(token.content))
            elif token.type in CODE_TOKENS:
                _code(top, token)
                if token.type == "fence" and is_unclosed(token):
                    self.env["notices"].append(unclosed_code(token))
                if _is_formula(token):
                    self.env["notices"].append(_in_tex(token))
                elif kind := UNREAD_CODE.get(token.type):
                    first = token.content.split("\n")[0]
                    self.env["notices"].append(Unread(kind, (token.map or [0])[0], "", first))
                else:
                    self.env["notices"] += includes(token)
            elif token.type == "hr":
                _begin(top, token).tail = "\n"
            elif token.type == "sections":
                SubElement(top, "div", {"class": SECTIONS, "only": "web epub"}).tail = "\n"

    def inlines(self, parent: Element, tokens: list[Token]) -> None:
        stack = [parent]
        # Texts that follow each other are added together, since there may be thousands.
        texts: list[str] = []
        for token in joined(tokens):
            top = stack[-1]
            if (text := self.text(token)) is not None:
                texts.append(text)
                continue
            _text(top, "".join(texts))
            texts.clear()
            if token.nesting > 0:
                stack.append(SubElement(top, token.tag, _attributes(token)))
            elif token.nesting < 0:
                stack.pop()
            else:
                self.inline(top, token)
        _text(stack[-1], "".join(texts))

    def text(self, token: Token) -> str | None:
        """Return the text of a token that is nothing else, as Python-Markdown keeps it, or None."""
        match token.type:
            case "text":
                return token.content
            case "softbreak":
                return "\n"
            case "text_special" if token.info == "entity":
                return literal(html.unescape(token.markup))
            case "text_special" | "code_text":
                return literal(token.content)
            case "html_inline":
                return self.md.htmlStash.store(token.content)
        return None

    def formula(self, top: Element, nodes: list[Node]) -> Element:
        """Return the element for a formula: one of its own in a text from right to left, if it is set as text."""
        drawn = isinstance(nodes[0], Element) and nodes[0].get("class") == "formula"
        if drawn or not self.env["from right"]:
            return top
        return SubElement(top, "bdi", {"dir": "ltr"})

    def inline(self, top: Element, token: Token) -> None:
        """Add the element of one `token` at the end of `top`."""
        if token.type == "hardbreak":
            SubElement(top, "br").tail = "\n"
        elif token.type == "formula":
            _put(self.formula(top, token.meta["nodes"]), token.meta["nodes"])
        elif token.type == "code_inline":
            SubElement(top, "code").text = AtomicString(token.content)
        elif token.type == "script":
            SubElement(top, token.tag).text = AtomicString(token.content)
        elif token.type == "image":
            _describe(SubElement(top, "img", _attributes(token)), _words(token.children or []))
        elif token.type == "note_call":
            self.call(top, token.meta["label"])
        elif token.type == "inline_note":
            self.inline_notes += 1
            label = f"inline-{self.inline_notes}"
            while label in self.env["notes"]:
                label += "-"
            self.env["notes"].add(label)
            self.notes[label] = Element("li", {"id": f"fn:{label}"})
            self.call(top, label)
            paragraph = SubElement(self.notes[label], "p")
            self.inlines(paragraph, inlines_of(token.content, self.env))
        elif token.type == "node":
            self.node(top, token.meta["node"])

    def call(self, top: Element, label: str) -> None:
        number = self.numbers.setdefault(label, len(self.numbers) + 1)
        sup = SubElement(top, "sup", {"id": f"fnref:{label}"})
        link = SubElement(sup, "a", {"class": "footnote-ref", "href": f"#fn:{label}"})
        link.text = AtomicString(str(number))

    def node(self, top: Element, node: Element | str | None) -> None:
        """Add what a pattern of Python-Markdown made; its text is read as other text is."""
        if isinstance(node, str):
            _text(top, node)
        elif node is not None:
            written = node.text
            top.append(node)
            if written and not isinstance(written, AtomicString) and not len(node):
                node.text = None
                self.inlines(node, inlines_of(written, self.env))


def _begin(top: Element, token: Token) -> Element:
    if token.tag in _BLOCK_TAGS and not len(top) and not top.text:
        top.text = "\n"
    return SubElement(top, token.tag, _attributes(token))


def _code(top: Element, token: Token) -> None:
    """Add a block of code, with the language and the id that are written after its fence."""
    pre = _begin(top, Token("pre", "pre", 1))
    formula = _is_formula(token)
    language = None if formula else re.match(r"\{?[ ]*\.?([\w+#-]+)", token.info.strip())
    if token.info.strip().startswith("{") and (name := re.search(r"#([\w-]+)", token.info)):
        pre.set("id", name[1])
    written = _TITLE.search(token.info)
    if title := token.meta.get("title") or (written and (written[1] or written[2])):
        pre.set("title", title)
    kind = "formula" if formula else f"language-{language[1]}" if language else ""
    code = SubElement(pre, "code", {"class": kind} if kind else {})
    code.text = AtomicString(token.content)
    pre.tail = "\n"


def _is_formula(token: Token) -> bool:
    return token.type == "formula" or (token.type == "fence" and token.info.strip() == "math")


def _in_tex(token: Token) -> Unread:
    """Return the formula of a block, which is shown by its first line that has more than marks."""
    lines = token.content.split("\n")
    number = next((n for n, line in enumerate(lines) if re.search(r"\w", line)), 0)
    line = (token.map or [0])[0] + number + (token.type == "fence")
    return Unread(MATHS, line, "", lines[number].strip(), token.content)


def _put(top: Element, nodes: list[Node]) -> None:
    """Add `nodes` at the end of `top`, with their text as it is."""
    for node in nodes:
        if isinstance(node, str):
            _text(top, literal(node))
        else:
            top.append(node)


def _describe(image: Element, words: str) -> None:
    """Set the text in place of `image`: what its attributes give, as Quarto's do, and then `words` are its caption."""
    if sized := _WIDTH.search(words):
        words = words[: sized.start()]
        image.attrib.setdefault("width", sized[1])
    given = image.attrib.pop("fig-alt", "") or image.get("alt", "")
    if given and words and given != words:
        image.attrib.setdefault("title", words)
    image.set("alt", given or words)


def _attributes(token: Token) -> dict[str, str]:
    return {
        key: target(str(value)) if key in ("href", "src") else str(value)
        for key, value in token.attrs.items()
    }


def _text(top: Element, text: str) -> None:
    if not text:
        return
    if len(top):
        top[-1].tail = (top[-1].tail or "") + text
    else:
        top.text = (top.text or "") + text


def literal(text: str) -> str:
    """Return `text` with its punctuation as Python-Markdown keeps what no later step may change."""
    return re.sub(r"[!-/:-@\[-`{-~]", lambda m: f"\x02{ord(m[0])}\x03", text)


def _words(tokens: list[Token]) -> str:
    """Return the words in `tokens`, for the text in place of a picture."""
    found = []
    for token in joined(tokens):
        if token.type == "image":
            found.append(_words(token.children or []))
        elif token.type in ("softbreak", "hardbreak"):
            found.append("\n")
        elif token.type != "html_inline":
            found.append(token.content)
    return "".join(found)
