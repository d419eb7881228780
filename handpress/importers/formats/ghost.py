"""Ghost's export: a JSON file of its database, alone or in a zip with the pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handpress.importers.beside import pictures_beside
from handpress.importers.dates import date_in
from handpress.importers.model import Export, ImportRefused, Loss, LossKind, Post, Writer
from handpress.importers.source import Source

HERE = "__GHOST_URL__"  # the place-holder of the site's address
Rows = list[dict[str, Any]]


def detect(source: Source) -> bool:
    return bool(_files(source))


def _files(source: Source) -> list[str]:
    found = []
    for name in source.ending(".json"):
        start = source.read(name)
        if b'"posts"' in start and (b'"db"' in start[:2000] or b'"data"' in start[:2000]):
            found.append(name)
    return found


def read(source: Source) -> Export:
    posts: list[Post] = []
    facts: dict[str, str] = {}
    for name in _files(source):
        data = _data(source.read(name), name)
        facts |= {str(r.get("key")): str(r.get("value") or "") for r in _rows(data, "settings")}
        site = facts.get("url", "").rstrip("/")
        writers = _linked(
            data, "posts_authors", "author_id", {u["id"]: _writer(u) for u in _rows(data, "users")}
        )
        tags = _linked(
            data,
            "posts_tags",
            "tag_id",
            {t["id"]: str(t.get("name", "")) for t in _rows(data, "tags")},
        )
        posts += [_post(row, site, writers, tags) for row in _rows(data, "posts")]
    return Export(
        "Ghost",
        tuple(posts),
        facts.get("title", ""),
        facts.get("description", ""),
        facts.get("locale", "") or facts.get("lang", "") or facts.get("default_locale", ""),
        facts.get("url", ""),
        pictures_beside(source),
        web=True,
    )


def _data(written: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(written)
        found = found["db"][0]["data"] if "db" in found else found["data"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise ImportRefused(
            f"`{name}` is not an export of Ghost", "export it again in Settings → Migration"
        ) from None
    if not isinstance(found, dict):
        raise ImportRefused(f"`{name}` is not an export of Ghost")
    return found


def _rows(data: Mapping[str, Any], table: str) -> Rows:
    rows = data.get(table)
    return [r for r in rows if isinstance(r, dict)] if isinstance(rows, list) else []


def _linked(
    data: Mapping[str, Any], table: str, column: str, values: Mapping[Any, Any]
) -> dict[str, list[Any]]:
    """Return the values of each post by its id, in their order."""
    found: dict[str, list[Any]] = {}
    for row in sorted(_rows(data, table), key=lambda r: int(r.get("sort_order") or 0)):
        if row.get(column) in values:
            found.setdefault(str(row.get("post_id")), []).append(values[row[column]])
    return found


def _writer(row: Mapping[str, Any]) -> Writer:
    bio = str(row.get("bio") or "")
    return Writer(
        str(row.get("name") or row.get("slug") or ""),
        f"<p>{bio}</p>" if bio else "",
        str(row.get("website") or ""),
    )


def _post(
    row: Mapping[str, Any],
    site: str,
    writers: Mapping[str, list[Writer]],
    tags: Mapping[str, list[str]],
) -> Post:
    def said(*keys: str) -> str:
        """Return the first of some values that says something."""
        return str(next(filter(None, map(row.get, keys)), ""))

    title, slug = said("title"), said("slug")
    body = said("html")
    losses: list[Loss] = []
    if not body:
        body = "".join(f"<p>{p}</p>" for p in said("plaintext").split("\n\n") if p.strip())
        if said("lexical", "mobiledoc"):
            kind: LossKind = "changed" if body else "missing"
            losses.append(Loss(title or slug, kind, "the export has no HTML of it"))
    if said("visibility") not in ("", "public"):
        losses.append(Loss(title, "changed", "an article for members is open to all"))
    for code in filter(None, map(said, ("codeinjection_head", "codeinjection_foot"))):
        losses.append(Loss(title, "left out", "code that was added to the page", code[:120]))
    key = said("id") or slug
    url = said("canonical_url") or (f"{site}/{slug}/" if site else "")
    draft = said("status") not in ("", "published", "sent")
    return Post(
        key,
        title or slug,
        title,
        body.replace(HERE, site or ""),
        slug=slug,
        summary=said("custom_excerpt", "meta_description"),
        date=date_in(said("published_at", "created_at")),
        writers=tuple(w for w in writers.get(key, []) if w.name),
        tags=tuple(t for t in tags.get(key, []) if t and not t.startswith("#")),
        draft=draft,
        page=said("type") == "page" or bool(row.get("page")),
        url="" if draft else url,
        image=said("feature_image").replace(HERE, site or ""),
        base=url or f"{slug}/",
        others=(f"{site}/{slug}/", f"/{slug}/"),
        losses=tuple(losses),
    )
