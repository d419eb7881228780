"""Addresses in template code: those of Jekyll, Hugo and Hexo that only name a path of the site."""

from __future__ import annotations

import re

# An address in Hexo's `{% link words address %}`; Jekyll writes the name of a file there.
WHERE = r"(?:https?://|mailto:|\.{0,2}/|#)[^\s\"'{}]+"
_SITE = re.compile(r"\{\{-?\s*site\.(?:base_?)?url\s*-?\}\}", re.I)
_PATH = re.compile(
    r"\{\{-?\s*[\"']([^\"'{}]+)[\"']\s*\|\s*(?:relative|absolute|rel|abs)_?url\s*-?\}\}"
    r"|\{\{[<%]\s*(?:rel)?ref\s+[\"“]?([^\"”{}\s]+)[\"”]?\s*[>%]\}\}|\{%-?\s*(?:link|post_url|asset_path)\s+[\"']?([^\s{}]+?)[\"']?\s*-?%\}",
    re.I,
)


def target(written: str) -> str:
    """Return the `written` address with the paths in place of the template code that only puts their site before them."""
    if "{" not in written:
        return written
    path = _PATH.sub(lambda m: next(filter(None, m.groups())), _SITE.sub("", written))
    return f"{path}.md" if "post_url" in written and not path.endswith(".md") else path
