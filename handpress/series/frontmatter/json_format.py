"""JSON to nodes. The json module validates it, but keeps no positions."""

from __future__ import annotations

import json
import re

import yaml

from handpress.series.frontmatter.tokens import Tokens
from handpress.series.settings.nodes import Broken, Pair, mark, scalar

# Commas and colons need no tokens, since valid JSON has them in all the right places.
TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*")|(?P<sign>[\[\]{}])|(?P<word>[^\s\[\]{},:"]+)"""
)


def read_json(text: str) -> yaml.Node | None:
    """Return the node of a JSON object. Its braces may be missing, as they are between fences `;;;`."""
    bare = not text.lstrip().startswith("{")
    try:
        json.loads(f"{{{text}}}" if bare else text)
    except json.JSONDecodeError as error:
        raise Broken(error.msg, max(0, error.pos - bare)) from None
    except RecursionError:
        raise Broken("its brackets are nested too deeply", 0) from None
    tokens = Tokens(text, TOKEN)
    if not bare:
        return _value(tokens)
    pairs = []
    while tokens.next.kind != "end":
        pairs.append(_member(tokens))
    return yaml.MappingNode("", pairs, mark(0), mark(len(text)))


def _member(tokens: Tokens) -> Pair:
    return _value(tokens), _value(tokens)


def _value(tokens: Tokens) -> yaml.Node:
    token = tokens.take()
    if token.text == "{":
        pairs = []
        while tokens.next.text != "}":
            pairs.append(_member(tokens))
        return yaml.MappingNode("", pairs, mark(token.start), mark(tokens.take().end))
    if token.text == "[":
        items = []
        while tokens.next.text != "]":
            items.append(_value(tokens))
        return yaml.SequenceNode("", items, mark(token.start), mark(tokens.take().end))
    if token.kind == "string":
        return scalar(json.loads(token.text), token.start, token.end, '"')
    return scalar(token.text, token.start, token.end)
