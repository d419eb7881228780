"""The catalogue of problems: severity and wording of each code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Kind:
    """What is common to all problems of one code: its severity and its wording.

    `why` stands beside the caret, `help` in the last line; both take the problem's facts in braces.
    """

    severity: Severity
    what: str
    why: str
    help: str


KINDS: dict[str, Kind] = {
    # Links
    "unknown-article": Kind(
        "error",
        "link leads nowhere",
        "no article `{file}` in this series",
        "name an article of this series by its file name, as `other-article.md`",
    ),
    "unknown-anchor": Kind(
        "error",
        "link leads nowhere",
        "no anchor `{anchor}` in `{file}`",
        "set the anchor with `{{: #{anchor} }}` after a heading, or link to the article alone",
    ),
    "draft-article": Kind(
        "error",
        "link leads to a draft",
        "`{file}` is a draft and is not published",
        "take out the link, or `draft: true` in `{file}`",
    ),
    "unreachable-anchor": Kind(
        "error",
        "link leads nowhere in one medium",
        "`{anchor}` is left out of the {medium} by its `only`",
        "give the link's block the same `only`, or let the place stand in the {medium} too",
    ),
    "foreign-link": Kind(
        "error",
        "link leads out of the series",
        "`{target}` is neither an article nor a whole address",
        "write the whole address with `https://`, or the file name of an article of this series",
    ),
    "article-in-bio": Kind(
        "error",
        "link in a bio leads to an article",
        "a bio stands in every series that its author writes for, and `{target}` is in one",
        "write its whole address with `https://`, or link to it from an article",
    ),
    "unsafe-link": Kind(
        "warning",
        "link was taken out",
        "links of the kind `{scheme}:` are not published",
        "use a `https:`, `mailto:` or `tel:` address",
    ),
    "unknown-footnote": Kind(
        "error",
        "footnote is not there",
        "no line begins with `[^{label}]:`",
        "write `[^{label}]: the note` on a line of its own",
    ),
    "unused-footnote": Kind(
        "warning",
        "footnote is never called",
        "nothing in the text says `[^{label}]`",
        "call it with `[^{label}]` where it belongs, or delete it",
    ),
    "nested-footnote": Kind(
        "error",
        "footnote is called in a footnote",
        "`[^{label}]` stands inside another note",
        "say it in that note itself, or call it from the text",
    ),
    "title-footnote": Kind(
        "error",
        "footnote is called in the title",
        "a title also stands in the contents and at the head of pages, where no note can be",
        "call it from the first sentence of the text",
    ),
    "duplicate-id": Kind(
        "error",
        "two places have one name",
        "`{id}` is set a second time",
        "give the second place another name",
    ),
    # Pictures
    "missing-picture": Kind(
        "error",
        "picture is not there",
        "no file `{file}`",
        "put the picture there, or mend its path: it starts at the article's folder",
    ),
    "outside-picture": Kind(
        "error",
        "picture lies outside the workspace",
        "`{file}` leads out of the folder that is published",
        "copy the picture into the series' `images/` folder",
    ),
    "remote-picture": Kind(
        "error",
        "picture is not in the workspace",
        "pictures are never fetched from the network",
        "save it in the series' `images/` folder and link to that file",
    ),
    "broken-picture": Kind(
        "error",
        "picture cannot be read",
        "{reason}",
        "save it again as SVG, PNG or JPEG",
    ),
    "huge-picture": Kind(
        "error",
        "picture is too large",
        "{reason}",
        "save it smaller: 2500 pixels a side are enough for a full page in print",
    ),
    "incomplete-picture": Kind(
        "error",
        "drawing would lose something",
        "{reason}",
        "save it with its words as text and its pictures inside it, or save it as PNG",
    ),
    "missing-alt": Kind(
        "error",
        "picture has no alternative text",
        "a reader who cannot see it gets nothing",
        "say in the brackets what it shows, or mark it `{{: .decorative }}` if it says nothing",
    ),
    # Front matter and settings
    "broken-yaml": Kind(
        "error",
        "settings cannot be read",
        "{reason}",
        "write `key: value`, one a line; put a value with a colon or a hash in quotes",
    ),
    "unclosed-front-matter": Kind(
        "error",
        "front matter has no end",
        "no line `---` ends what begins here",
        "write `---` on a line of its own below the last `key: value`",
    ),
    "unknown-key": Kind(
        "error", "unknown key", "`{key}` is not a key of {owner}", "use one of: {known}"
    ),
    "duplicate-key": Kind(
        "error", "key stands twice", "`{key}` was set before", "keep one of the two lines"
    ),
    "wrong-value": Kind("error", "wrong value", "{reason}", "{example}"),
    "missing-value": Kind("error", "value is missing", "`{key}` is needed here", "{example}"),
    "unknown-author": Kind(
        "error",
        "author is not known",
        "no file `authors/{author}.md`",
        "write that file, or name one of the authors that are there",
    ),
    "missing-article": Kind(
        "error",
        "article is not there",
        "no file for `{article}` in this series' folder",
        "name the files in the order that you want, without number and `.md`",
    ),
    "missing-handout": Kind(
        "error",
        "pack has no such handout",
        "`{article}` is not published in this series",
        "name articles of this series in a pack, without number and `.md`",
    ),
    "unlisted-article": Kind(
        "warning",
        "article is not published",
        "`{file}` is not among the `articles` of the series",
        "add `{slug}` to `articles`, or move the file away",
    ),
    "duplicate-article": Kind(
        "error",
        "two files are one article",
        "`{other}` has the name `{slug}` too",
        "rename one of them",
    ),
    "long-name": Kind(
        "warning",
        "file name is too long for an address",
        "the article's address is `{slug}`",
        "give the file a name of at most 100 letters",
    ),
    "duplicate-series": Kind(
        "error",
        "two series have one id",
        "`{other}` has the id `{id}` too",
        "give one of them another `id`",
    ),
    # Text
    "not-utf8": Kind(
        "error",
        "file is not UTF-8 text",
        "byte {byte} cannot be read",
        "save the file as UTF-8 in your editor",
    ),
    "unreadable-file": Kind(
        "error", "file cannot be read", "{reason}", "look at the file and its permissions"
    ),
    "control-character": Kind(
        "error",
        "invisible control character",
        "U+{code} does not belong in text",
        "delete it; it often comes with text that is pasted from a PDF",
    ),
    "missing-glyph": Kind(
        "error",
        "character cannot be printed",
        "no font has U+{code} {name}",
        "use another character, or put a font that has it in the workspace's `fonts/` folder",
    ),
    "too-large": Kind(
        "error",
        "file is too large",
        "{size} where {limit} are read",
        "split it into several articles",
    ),
    "too-deep": Kind(
        "error",
        "text is nested too deeply",
        "more than {limit} levels inside each other",
        "use fewer levels of quotes, lists or tags",
    ),
    "too-slow": Kind(
        "error",
        "article takes too long to read",
        "gave up after {seconds} s",
        "look for very long runs of brackets, stars or quotes, and shorten them",
    ),
    "too-much": Kind(
        "error",
        "article grows too large",
        "it takes more than {limit} to read",
        "look for a table with very many columns, or something long that is repeated very often",
    ),
    "empty-article": Kind(
        "error",
        "article is empty",
        "there is no text in it",
        "write it, or mark it `draft: true` until it is written",
    ),
    "html-removed": Kind(
        "warning",
        "HTML was taken out",
        "{what} not published",
        "write it in Markdown, or delete it",
    ),
    "unclosed-tag": Kind(
        "warning",
        "tag has no end",
        "`<{tag}>` is {done}, since no `</{tag}>` follows",
        "put it in backticks if it is text, or write `</{tag}>` where it ends",
    ),
    "heading-skips": Kind(
        "warning",
        "heading skips a level",
        "level {level} follows level {before}; it is set as level {now}",
        "begin it with `{marks}`",
    ),
    "unknown-box": Kind(
        "warning",
        "box of an unknown kind",
        "`{kind}` is set as a plain note",
        "use one of: {known}",
    ),
    "unknown-dose": Kind(
        "error",
        "unknown line in an exercise",
        "`{term}` is not a part of the dosage",
        "use one of: {known}",
    ),
    "stray-attributes": Kind(
        "warning",
        "attributes speak of nothing",
        "`{written}` stands within other text and is published as it is",
        "put it behind a heading, or on a line of its own below the block that it speaks of",
    ),
    "unknown-medium": Kind(
        "error", "unknown medium", "`{medium}` is not a medium", "use some of: {known}"
    ),
    # Workspace and press
    "no-articles": Kind(
        "error",
        "nothing to publish",
        "no article in `{folder}`",
        "put a Markdown file there, or start with `handpress new FOLDER`",
    ),
    "broken-layout": Kind(
        "error",
        "layout cannot be used",
        "{reason}",
        "mend the workspace's own layout, or delete it to get the one that comes with Handpress",
    ),
    "clipped": Kind(
        "error",
        "table is wider than the page",
        "on {artefact} it is {amount} mm too wide",
        'use fewer columns or shorter words, or keep it from print with `{{: only="epub web" }}`',
    ),
    "clipped-picture": Kind(
        "error",
        "picture does not fit on the page",
        "on {artefact} it reaches {amount} mm too far",
        "make it smaller where the layout sets its size, as `max-width: 100%`",
    ),
    "clipped-line": Kind(
        "error",
        "line is wider than the page",
        "on {artefact} it is {amount} mm too wide",
        "break it, or let the layout break it, as `white-space: pre-wrap`",
    ),
    "moved-footnote": Kind(
        "error",
        "footnote is not on the page of its call",
        "in {artefact} it is called on page {page} and stands on page {other}",
        "shorten the note, or call it in an earlier paragraph",
    ),
    "small-text": Kind(
        "error",
        "text is too small",
        "in {artefact} it is {size} pt, and the style's `--smallest` is {smallest} pt",
        "set it larger in the workspace's own layout",
    ),
    "low-contrast": Kind(
        "error",
        "text is too pale",
        "in {artefact} its contrast is {ratio}:1 where {least}:1 can be read",
        "set it darker, or what lies behind it lighter, in the workspace's own layout",
    ),
    "heading-at-foot": Kind(
        "warning",
        "heading stands at the foot of a page",
        "page {page} of {artefact} ends with it",
        "shorten or lengthen the text before it by a line or two",
    ),
    "split-card": Kind(
        "warning",
        "box is split over two pages",
        "in {artefact} it begins on page {page} and ends on page {other}",
        "move it, or give it `break-inside: avoid` in the workspace's own layout",
    ),
    "runs-over": Kind(
        "warning",
        "handout runs a little over its sheets",
        "{artefact} is {lines} too long for {pages}",
        "{advice}{offer}",
    ),
    "does-not-fit": Kind(
        "error",
        "handout is longer than it may be",
        "{artefact} is {lines} too long for {pages}",
        "{advice}, or raise `fit`",
    ),
    "foreign-file": Kind(
        "error",
        "file is in the way",
        "Handpress did not make `{file}` and does not write over it",
        "move it away, or publish into another folder with `--output DIR`",
    ),
    "outside-folder": Kind(
        "error",
        "folder leads out of the output folder",
        "`{file}` is a link, and nothing is written through it",
        "put a folder in its place, or publish into another one with `--output DIR`",
    ),
    "damaged-record": Kind(
        "warning",
        "Handpress's own record is damaged",
        "{reason}",
        "nothing: it was written anew; delete what was kept when you have looked at it",
    ),
    "invalid-ebook": Kind(
        "error",
        "ebook is not valid",
        "{tool}: {message}",
        "write this place in another way; if it is plain Markdown, the fault is ours: please report it",
    ),
    "doubtful-ebook": Kind(
        "warning",
        "ebook may not please every reader",
        "{tool}: {message}",
        "write this place in another way; if it is plain Markdown, the fault is ours: please report it",
    ),
    "missing-validator": Kind("warning", "ebook was not validated", "{tool} {reason}", "{example}"),
    "press-limit": Kind(
        "error",
        "artefact could not be made",
        "the press {reason}",
        "split the article, or make its pictures and tables smaller",
    ),
}
