"""The report of an import: counts and losses as lines, and as a page with the source beside the result."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from handpress.core.problems.report import many
from handpress.importers.model import Loss, Result
from handpress.importers.run import Imported
from handpress.markup.tree import escape

REPORT = "import-report.html"
MOST = 3  # places that one line names
FEW = 10  # articles: of more, all sources and results are folded
STYLE = """
:root { --ink: #1c2326; --soft: #5a666b; --line: #d9e0e2; --paper: #fff; --tint: #f3f6f6; --accent: #0b5a5e;
  --warn: #8a3b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebec; --soft: #9fb0b5; --line: #37444a; --paper: #14191b;
  --tint: #1c2326; --accent: #7fd0d3; --warn: #ffb27a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 2rem 1.5rem 6rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.9rem; line-height: 1.2; }
article > h2 { margin: 0; font-size: 1.35rem; line-height: 1.25; }
.lead, .place { margin: 0 0 1rem; color: var(--soft); }
nav ol { margin: 0 0 2rem; padding-left: 2.6rem; columns: 22rem; column-gap: 3.5rem; }
nav li { break-inside: avoid; overflow-wrap: anywhere; }
nav b { margin-left: .3rem; font-size: .85rem; font-weight: 600; color: var(--soft); white-space: nowrap; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
summary { margin: .9rem 0; color: var(--accent); cursor: pointer; }
a { color: var(--accent); }
article { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 2px solid var(--line); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1.25rem; }
.side { min-width: 0; }
.side > h3 { margin: 0 0 .4rem; font-size: .85rem; font-weight: 600; color: var(--soft); }
.text { max-height: 32rem; overflow: auto; padding: .25rem 1.1rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--tint); overflow-wrap: anywhere; }
.text del { color: var(--soft); }
.text h1, .text h2, .text h3, .text h4, .text h5, .text h6 { margin: 1.1rem 0 .3rem; font-size: 1.05rem; }
.text table { border-collapse: collapse; } .text td, .text th { border: 1px solid var(--line); padding: .2rem .5rem; }
.text a { text-decoration: underline; } .text pre { overflow: auto; }
.losses { width: 100%; margin: .5rem 0 0; border-collapse: collapse; font-size: .94rem; }
.losses th { text-align: left; font-size: .85rem; color: var(--soft); }
.losses td, .losses th { padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.losses td:first-child { width: 6.5rem; white-space: nowrap; font-weight: 600; }
.losses td.missing { color: var(--warn); }
.losses pre { margin: 0; white-space: pre-wrap; font: .85rem/1.45 ui-monospace, monospace; }
"""


def lines(imported: Imported) -> Iterator[str]:
    """Yield the lines for the terminal: files, losses of one kind together, and the counts."""
    for file in imported.files:
        if file.state != "unchanged":
            yield f"{file.state} {file.path}"
    gathered: dict[tuple[str, str], list[Loss]] = {}
    for loss in imported.losses:
        gathered.setdefault((loss.kind, loss.what), []).append(loss)
    for (kind, what), losses in sorted(gathered.items()):
        places = list(dict.fromkeys(loss.place for loss in losses))
        more = f" and {len(places) - MOST} more" if len(places) > MOST else ""
        times = f" ({len(losses)} times)" if len(losses) > 1 else ""
        yield f"{kind}: {what}{times}: {', '.join(places[:MOST])}{more}"
    yield summary(imported)


def summary(imported: Imported) -> str:
    """Return the counts of an import on one line."""
    words, kept = (sum(getattr(r, n) for r in imported.results) for n in ("words", "kept"))
    # Rounded down, so that 100 % is all of them.
    share = f"{math.floor(1000 * kept / words) / 10:.1f}% of " if words else ""
    links = sum(r.links for r in imported.results)
    parts = [
        many(len(imported.results), "article"),
        f"{share}{many(words, 'word')}",
        many(imported.pictures, "picture"),
        many(links, "link"),
        many(len(imported.losses), "difference"),
    ]
    return f"{imported.export.format}: {', '.join(parts)}"


def page(imported: Imported) -> str:
    """Return the report as a page without scripts and without files of its own."""
    number = {r.post.key: f"a{n}" for n, r in enumerate(imported.results, 1)}
    few = len(imported.results) <= FEW
    listed = "".join(
        f'<li><a href="#{number[r.post.key]}">{escape(r.post.title)}</a>'
        + (f" <b>{many(len(r.losses), 'difference')}</b>" if r.losses else "")
        + "</li>"
        for r in imported.results
    )
    own = {id(loss) for r in imported.results for loss in r.losses}
    general = [loss for loss in imported.losses if id(loss) not in own]
    counts = Counter(loss.kind for loss in imported.losses)
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())) or "none"
    body = [
        "<header><h1>Import report</h1>",
        f'<p class="lead">{escape(summary(imported))}: {kinds}.</p></header>',
        _gathered(imported, number),
        *([f"<h2>Beside the articles</h2>{_table(general, places=True)}"] if general else []),
        f"<h2>Articles</h2><nav><ol>{listed}</ol></nav>",
        *(
            _article(
                r, imported.names[r.post.key], number[r.post.key], is_open=few and bool(r.losses)
            )
            for r in imported.results
        ),
    ]
    language = imported.export.language or "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language, quote=True)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Import report</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _gathered(imported: Imported, number: Mapping[str, str]) -> str:
    """Return a table of the differences of one kind, the most frequent first, with links to the first articles."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for result in imported.results:
        for loss in result.losses:
            gathered.setdefault((loss.kind, loss.what), []).append(result.post.key)
    if not gathered:
        return ""
    titles = {r.post.key: r.post.title for r in imported.results}
    rows = []
    for (kind, what), keys in sorted(gathered.items(), key=lambda row: (-len(row[1]), row[0])):
        own = list(dict.fromkeys(keys))
        links = ", ".join(
            f'<a href="#{number[key]}">{escape(titles[key])}</a>' for key in own[:MOST]
        )
        more = f" and {len(own) - MOST} more" if len(own) > MOST else ""
        rows.append(
            f'<tr><td class="{kind.split()[0]}">{kind}</td><td>{_noted(what)}</td><td>{len(keys)}</td><td>{links}{more}</td></tr>'
        )
    heads = "<th>Kind</th><th>Difference</th><th>Times</th><th>Articles</th>"
    return f'<h2>Differences</h2><table class="losses"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _article(result: Result, file: str, name: str, *, is_open: bool) -> str:
    """Return an article: its differences, then its source beside its result, which is folded unless `is_open`."""
    post = result.post
    kept = f"{result.kept} of {many(result.words, 'word')} kept" if result.words else "no words"
    return (
        f'<article id="{name}"><h2>{escape(post.title)}</h2>'
        f'<p class="place">{escape(post.place)} → {escape(file)}. {kept}.</p>'
        f"{_table(result.losses, places=False)}"
        f'<details{" open" if is_open else ""}><summary>Source and result</summary><div class="sides"><section class="side"><h3>Source</h3><div class="text" tabindex="0">{result.shown}</div></section>'
        f'<section class="side"><h3>Result</h3><div class="text" tabindex="0">{result.read}</div></section></div>'
        "</details></article>"
    )


def _noted(text: str) -> str:
    """Return a difference as HTML, with code between backticks."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))


def _table(losses: tuple[Loss, ...] | list[Loss], *, places: bool) -> str:
    if not losses:
        return ""
    rows = []
    for loss in losses:
        shown = (
            f"<pre>{escape(loss.excerpt)}</pre>" if "\n" in loss.excerpt else escape(loss.excerpt)
        )
        place = f"<td>{escape(loss.place)}</td>" if places else ""
        rows.append(
            f'<tr><td class="{loss.kind.split()[0]}">{loss.kind}</td>{place}<td>{_noted(loss.what)}</td><td>{shown}</td></tr>'
        )
    heads = (
        "<th>Kind</th>"
        + ("<th>Place</th>" if places else "")
        + "<th>Difference</th><th>In the source</th>"
    )
    return f'<table class="losses"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
