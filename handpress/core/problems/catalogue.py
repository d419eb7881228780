"""The catalogue of problems: severity and wording of each code.

The rules on finished pages have their own: :mod:`.build.kinds` has all.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "advice"]


class Kind(NamedTuple):
    """Severity and wording of all problems of one code; braces name the problem's facts.

    An error misleads or endangers a reader, or loses content, and has no honest fallback. All else is a warning, or
    advice if it is a question of taste: only `check` gives advice, never a build.
    `what` is the first line, noun and state. `why` is printed beside the caret. `help` is the last
    line and begins with a verb. A series may lower an error only if it has a `fallback` after all.
    """

    severity: Severity
    what: str
    why: str
    help: str
    fallback: bool = False  # for an error; all else has one
    gathered: bool = False  # one message is enough for all of a build, whatever their facts

    @property
    def lowers(self) -> bool:
        """Whether its level may be less than an error."""
        return self.fallback or self.severity != "error"


KINDS: dict[str, Kind] = {
    # Links
    "unknown-article": Kind(
        "warning",
        "unknown article `{file}`",
        "this series has no such article",
        "link to an article of this series by its file name, such as `other-article.md`",
    ),
    "unknown-anchor": Kind(
        "warning",
        "unknown anchor `{anchor}`",
        "{where} has no such anchor",
        "add `{{: #{anchor} }}` after a heading there, or link to the article without an anchor",
    ),
    "draft-article": Kind(
        "warning",
        "link to a draft",
        "`{file}` is a draft and is not published",
        "remove the link, or remove `draft: true` from `{file}`",
    ),
    "unlisted-link": Kind(
        "warning",
        "link to an article that is not published",
        "`{file}` is not one of the articles that are published",
        "list it in `articles`, or remove the link",
    ),
    "unreachable-anchor": Kind(
        "warning",
        "link target is left out of the {medium}",
        "the `only` of `{anchor}` excludes the {medium}",
        "give the block with the link the same `only`, or add the {medium} to the target's `only`",
    ),
    "foreign-link": Kind(
        "warning",
        "link out of the series",
        "`{target}` is neither an article nor a full web address",
        "write the full address with `https://`, or the file name of an article of this series",
    ),
    "ambiguous-link": Kind(
        "warning",
        "link to one of several articles",
        "`{name}` is the name of `{file}`, which is taken, and of `{other}`",
        "write the folder before the name",
    ),
    "embedded-note": Kind(
        "warning",
        "embedded note becomes a link",
        "`{file}` is an article of its own, and is not printed here",
        "copy its text, or write a link without `!`",
    ),
    "missing-file": Kind(
        "warning",
        "missing file",
        "there is no file `{file}`",
        "add the file, or fix its path, which starts at the article's folder",
    ),
    "unpublished-file": Kind(
        "warning",
        "link to a file that is not published",
        "`{file}` is not an article, or a document such as a PDF",
        "write the full address of the file on the web, with `https://`",
    ),
    "unreachable-file": Kind(
        "warning",
        "linked file is on the web pages alone",
        "paper and ebooks have no address for `{file}`",
        "write the address of the series in `series.yaml`, for example `site: https://example.org/series/`",
    ),
    "article-in-bio": Kind(
        "warning",
        "link from a bio to an article",
        "a bio appears in every series its author writes for, but `{target}` is in only one of them",
        "write the article's full web address with `https://`, or link to it from an article",
    ),
    "dead-link": Kind(
        "warning",
        "dead link",
        "{reason}",
        "look for the new address of the page, or delete the link",
    ),
    "unsafe-link": Kind(
        "warning",
        "unsafe link removed",
        "`{scheme}:` links are not published",
        "use an `https:`, `mailto:` or `tel:` address",
    ),
    "unknown-footnote": Kind(
        "warning",
        "unknown footnote `{label}`",
        "it is printed as written: no line begins with `[^{label}]:`",
        "write `[^{label}]: the note` on a line of its own",
    ),
    "unused-footnote": Kind(
        "warning",
        "unused footnote `{label}`",
        "the text has no reference `{call}`",
        "add `{call}` where the note belongs, or delete the note",
    ),
    "nested-footnote": Kind(
        "warning",
        "footnote within a footnote",
        "the reference `[^{label}]` is inside another note, which gets its text in brackets",
        "put the text of `[^{label}]` into that note, or move the reference to the main text",
    ),
    "title-footnote": Kind(
        "warning",
        "footnote in the title",
        "its reference is moved to the first paragraph: contents and running heads have no footnotes",
        "move the reference to the first sentence of the text",
    ),
    "duplicate-id": Kind(
        "warning",
        "duplicate id `{id}`",
        "`{id}` is already used in this article: links lead to the first",
        "choose another id",
    ),
    "duplicate-footnote": Kind(
        "warning",
        "duplicate footnote `{label}`",
        "two notes have this label, so they are printed as one",
        "give each note a label of its own",
    ),
    # Pictures
    "missing-picture": Kind(
        "warning",
        "missing picture",
        "there is no file `{file}`",
        "add the picture, or fix its path, which starts at the article's folder",
    ),
    "outside-picture": Kind(
        "warning",
        "picture outside the workspace",
        "`{file}` is outside the folder that is published",
        "copy the picture into the series' `images/` folder",
    ),
    "guessed-picture": Kind(
        "warning",
        "picture found by its name",
        "{reason}",
        "write `{path}`, if that is the picture",
    ),
    "remote-picture": Kind(
        "warning",
        "remote picture",
        "a build never downloads pictures",
        "run `handpress fetch`, or save it in the series' `images/` folder and link to that file",
    ),
    "broken-picture": Kind(
        "warning", "unreadable picture", "{reason}", "save it again as SVG, PNG or JPEG"
    ),
    "huge-picture": Kind(
        "warning",
        "picture is too large",
        "{reason}",
        "save it smaller: 2500 pixels a side are enough for a full page in print",
    ),
    "incomplete-picture": Kind(
        "warning",
        "incomplete drawing",
        "{reason}",
        "save it with its labels as text and its pictures embedded, or save it as PNG",
    ),
    "missing-alt": Kind(
        "warning",
        "missing alternative text",
        "a reader who cannot see the picture gets nothing",
        "describe the picture in the brackets, or mark it `{{: .decorative }}` if it carries no meaning",
    ),
    # Front matter and settings
    "broken-yaml": Kind(
        "error",
        "invalid YAML",
        "{reason}",
        "write `key: value`, one per line; put quotes around a value with a colon or a hash",
    ),
    "unclosed-front-matter": Kind(
        "warning",
        "unclosed front matter",
        "no line `{fence}` closes it, so it ends at the first line that is not a setting",
        "add `{fence}` on a line of its own below the last `key: value`",
    ),
    "broken-front-matter": Kind(
        "warning",
        "invalid front matter",
        "{reason}",
        "write `key: value`, one per line; put quotes around a value with a colon or a hash",
    ),
    "loose-setting": Kind(
        "warning",
        "invalid setting, read as meant",
        "{reason}; `{key}` is read as `{value}`",
        "{example}",
    ),
    "kept-back": Kind(
        "warning",
        "article is not published",
        "`{written}` {reason}",
        "delete that line to publish the article, or write `draft: true` to leave it out silently",
    ),
    "unknown-key": Kind("warning", "unknown {key}", "{reason}", "{example}", gathered=True),
    "duplicate-key": Kind(
        "warning",
        "duplicate key `{key}`",
        "`{key}` is already set above; the last one is used",
        "delete one of the two lines",
    ),
    "wrong-value": Kind("warning", "wrong value", "{reason}", "{example}"),
    "missing-value": Kind("warning", "missing `{key}`", "{reason}", "{example}"),
    "missing-words": Kind(
        "warning",
        "no words of Handpress in `{language}`",
        "its own texts, such as the titles of the contents and of boxes, are in English",
        "translate them in `layouts/words/{language}.yaml` of the workspace",
    ),
    "guessed-language": Kind(
        "warning",
        "uncertain language",
        "{reason}; the articles are published in `{language}`, which they seem to be written in",
        "write `language: {language}`, or the right tag, into `series.yaml`",
    ),
    "unknown-author": Kind(
        "warning",
        "unknown author `{author}`",
        "there is no file `authors/{author}.md`; `{name}` is printed as the name",
        "create that file, or write the name as it should be printed",
    ),
    "missing-article": Kind(
        "warning",
        "missing article `{article}`",
        "it is skipped: this series' folder has no file for it",
        "list the file names in the order you want, without number and `.md`",
    ),
    "missing-handout": Kind(
        "warning",
        "missing handout `{article}`",
        "it is skipped: this series has no such handout",
        "list articles of this series in a pack, without number and `.md`, and none that is in `no_handout`",
    ),
    "unshown-text": Kind(
        "warning",
        "text is in no medium",
        "it is only for {media}, and the article is left out there",
        "name another medium in `only`, or delete the text",
    ),
    "unlisted-article": Kind(
        "warning",
        "unlisted article",
        "`{file}` is not published: it is not in the series' `articles`",
        "add its name to `articles`, or move the file away",
    ),
    "missing-translation": Kind(
        "warning",
        "article without translation",
        "`{file}` is left out of the edition in `{language}`",
        "write `{wanted}`",
    ),
    "unpaired-translation": Kind(
        "warning",
        "translation without original",
        "no article of the original has its name, so it comes last",
        "give it the name of its original, or list it in the `articles` of this edition",
    ),
    "unpaired-exercises": Kind(
        "warning",
        "exercises differ from the original",
        "this article has {here}, but `{file}` has {there}, so none has the dosage or picture of another",
        "write as many exercises as the original has, or give each its own dosage and picture",
    ),
    "untranslated-dose": Kind(
        "warning",
        "dosage in the language of the original",
        "`{dose}` is printed as it is in the original",
        "write the dosage in this exercise",
    ),
    "duplicate-article": Kind(
        "warning",
        "duplicate article `{slug}`",
        "`{other}` has the same name, so this article is named `{name}`",
        "rename one of the two files",
    ),
    "left-out": Kind("warning", "Markdown is left out", "{reason}", "{example}"),
    "broken-outline": Kind(
        "warning",
        "order file cannot be read",
        "`{file}`: {reason}; the articles are in the order of their names",
        "fix it, or list the `articles` in `series.yaml`",
    ),
    "unread-entry": Kind(
        "warning",
        "part of an order file is not read",
        "`{file}` has code here, which Handpress does not run: `{written}`",
        "write the names of the files in its place, or list the `articles` in `series.yaml`",
    ),
    "missing-entry": Kind(
        "warning",
        "listed file is missing",
        "`{other}` lists `{file}`, which does not exist",
        "add the file, or delete its line in `{other}`",
    ),
    "not-markdown": Kind(
        "warning",
        "listed file is not Markdown",
        "`{other}` lists `{file}`, which is not published",
        "save it as Markdown, or delete its line in `{other}`",
    ),
    "two-settings": Kind(
        "warning",
        "settings are in two files",
        "`{other}` is used, and this file is ignored",
        "delete one of the two files",
    ),
    "long-name": Kind(
        "warning",
        "file name is too long",
        "the article's web address is cut to `{slug}`",
        "shorten the file name to at most 100 letters",
    ),
    "duplicate-series": Kind(
        "error",
        "duplicate series id `{id}`",
        "`{other}` has the same id",
        "give one of the two another `id`",
    ),
    # The ledger of editions
    "conflict-marks": Kind(
        "error",
        "editions of two sides are not merged",
        "git left its conflict marks in the ledger",
        "keep the editions of one side, and release those of the other again",
    ),
    "broken-ledger": Kind(
        "error",
        "unreadable ledger of editions",
        "{reason}",
        "restore the file from git or a backup; Handpress does not overwrite it",
    ),
    "newer-ledger": Kind(
        "error",
        "ledger of editions from a newer Handpress",
        "its version is {version}, and the newest known one is {known}",
        "update Handpress, which does not overwrite the file",
    ),
    "edited-ledger": Kind(
        "warning",
        "edition {edition} was edited by hand",
        "its seal in the ledger does not match its content",
        "restore the file from git, and correct an edition with `handpress release --revision`",
    ),
    "older-edition": Kind(
        "warning",
        "`{key}` is not that of the newest edition",
        "`{written}` is ignored: the newest edition in the ledger has `{newest}`",
        "write `{key}: {newest}`, or delete the line",
    ),
    # Text
    "old-encoding": Kind(
        "warning",
        "file is not UTF-8 text",
        "byte {byte} is not UTF-8, so the file is read as {encoding}",
        "check its letters, and save the file as UTF-8 in your editor",
    ),
    "not-utf8": Kind(
        "error",
        "file is not UTF-8 text",
        "byte {byte} cannot be decoded",
        "save the file as UTF-8 in your editor",
    ),
    "unreadable-file": Kind(
        "error", "unreadable file", "{reason}", "check the file and its permissions"
    ),
    "control-character": Kind(
        "warning",
        "invisible control character",
        "it is left out: U+{code} is not allowed in text",
        "delete it; it often comes with text pasted from a PDF",
    ),
    "missing-glyph": Kind(
        "warning",
        "no font for {script}",
        "`�` is printed for {characters}",
        "{ways}, or publish without print: `media: [epub, web]`",
    ),
    "unreadable-print": Kind(
        "warning",
        "article is left out of print",
        "no font has its {script}: `�` would be printed for {characters}",
        "{ways}, or leave out print: `media: [epub, web]`",
        gathered=True,
    ),
    "missing-font": Kind(
        "error",
        "no font for {script}",
        "nobody could read it in print: `�` would be printed for {characters}",
        "{ways}, or publish without print: `media: [epub, web]`",
        fallback=True,
    ),
    "too-large": Kind(
        "error",
        "file is too large",
        "it has {size}; the limit is {limit}",
        "split it into several articles",
    ),
    "too-deep": Kind(
        "error",
        "text is nested too deeply",
        "it has more than {limit} levels",
        "use fewer levels of quotes, lists or tags",
    ),
    "too-slow": Kind(
        "error",
        "article takes too long to read",
        "reading stopped after {seconds} s",
        "shorten very long runs of brackets, asterisks or quotes",
    ),
    "too-much": Kind(
        "error",
        "article needs too much memory",
        "reading it takes more than {limit}",
        "look for a table with very many columns, or long text that is repeated very often",
    ),
    "empty-article": Kind(
        "warning",
        "empty article",
        "it has a title and no text",
        "write its text, or mark it `draft: true` until you do",
    ),
    "embedded-media": Kind(
        "warning",
        "embedded `{what}`",
        "paper and ebooks cannot play or load it; {instead} is in its place",
        "write a link to it in Markdown, with words that describe it",
    ),
    "html-removed": Kind(
        "warning", "HTML removed", "{what} not published", "write it in Markdown, or delete it"
    ),
    "unclosed-tag": Kind(
        "warning",
        "unclosed tag `<{tag}>`",
        "it is {done}, since no `</{tag}>` follows",
        "put it in backticks if it is text, or add `</{tag}>` where it ends",
    ),
    "unclosed-code": Kind(
        "warning",
        "unclosed block of code",
        "{reason}",
        "{example}",
    ),
    "unmerged-text": Kind(
        "error",
        "two versions of a text, not merged",
        "both would be printed, one after the other, with the marks of Git",
        "keep one version, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    ),
    "joplin-note": Kind(
        "error",
        "a note as Joplin keeps it",
        "it ends in facts for Joplin, such as the place where it was written, and others may be in the trash",
        "import the folder with the command `import`, which makes an article of each note",
        gathered=True,
    ),
    "heading-skips": Kind(
        "warning",
        "heading skips a level",
        "level {level} follows level {before}; it becomes level {now}",
        "start it with `{marks}`",
        gathered=True,
    ),
    "unknown-box": Kind(
        "warning", "unknown box `{kind}`", "it is printed as a plain note", "use one of: {known}"
    ),
    "unknown-exercise": Kind(
        "error",
        "unknown exercise `{name}`",
        "{reason}",
        "name an article of this series after `from=`, or `series/article`, and one of its exercises in the title",
    ),
    "unknown-dose": Kind(
        "warning",
        "unknown line `{term}`",
        "it is printed below the others: this kind of box has no such line",
        "use one of: {known}",
    ),
    "stray-attributes": Kind(
        "warning",
        "attribute list is not attached to a block",
        "`{written}` is inside other text and is published as it is",
        "put it after a heading, or on a line of its own below its block",
    ),
    "unread-markup": Kind(
        "warning",
        "{kind} is printed as it is written",
        "`{written}` is mark-up of another program, and not Markdown",
        "write it in Markdown, or put it between backticks if it is an example",
    ),
    "loose-markup": Kind(
        "warning",
        "invalid mark-up, read as meant",
        "{reason}",
        "{example}",
    ),
    "empty-box": Kind(
        "warning",
        "empty box",
        "{reason}, so nothing is in it",
        "{example}",
    ),
    "unknown-medium": Kind(
        "warning",
        "unknown medium `{medium}`",
        "it is ignored: there is no such medium",
        "use one or more of: {known}",
    ),
    # Workspace and press
    "no-articles": Kind(
        "error",
        "nothing to publish",
        "`{folder}` has no articles",
        "add a Markdown file, or start with `handpress new FOLDER`",
    ),
    "only-drafts": Kind(
        "error",
        "nothing to publish",
        "every article in `{folder}` is a draft",
        "remove the mark of a draft, such as `draft: true`, from an article",
    ),
    "broken-layout": Kind(
        "error",
        "layout cannot be used",
        "{reason}",
        "fix your own layout file, or delete it to use the built-in one",
    ),
    "foreign-file": Kind(
        "error",
        "file is in the way",
        "Handpress did not make `{file}` and does not overwrite it",
        "move it away, or publish into another folder with `--output DIR`",
    ),
    "outside-folder": Kind(
        "error",
        "link in the output folder",
        "`{file}` is a link, and Handpress does not write through links",
        "replace the link with a folder, or publish into another one with `--output DIR`",
    ),
    "damaged-record": Kind(
        "warning",
        "damaged Handpress record",
        "{reason}",
        "do nothing, since Handpress has replaced it; delete any copy it kept once you have looked at it",
    ),
    "invalid-ebook": Kind(
        "error",
        "invalid ebook",
        "{tool}: {message}",
        "rewrite this passage; if it is plain Markdown, report the message as a bug in Handpress",
    ),
    "doubtful-ebook": Kind(
        "warning",
        "ebook may not work in every reader",
        "{tool}: {message}",
        "rewrite this passage; if it is plain Markdown, report the message as a bug in Handpress",
    ),
    "invalid-pdf": Kind(
        "error",
        "PDF does not conform to its standard",
        "page-validation: {message}",
        "correct your own layout; without one, report the message as a bug in Handpress",
    ),
    "missing-validator": Kind("warning", "ebook was not validated", "{tool} {reason}", "{example}"),
    # Tables of clients
    "unreadable-table": Kind(
        "error",
        "unreadable table of clients",
        "{reason}",
        "save it again as CSV in UTF-8, with the headings in the first row",
    ),
    "unknown-column": Kind(
        "error",
        "unknown column `{column}`",
        "the sheet has no such field or exercise",
        "use `{known}`, or an exercise and a part of its dosage, such as `Bridge: sets`",
    ),
    "private-column": Kind(
        "error",
        "private column `{column}`",
        "a sheet does not need it, and it identifies the client",
        "delete the column",
    ),
    "refused-row": Kind(
        "error",
        "row {row} gives no sheet",
        "{reason}",
        "correct the row, and make a table of the refused rows only",
    ),
    "press-limit": Kind(
        "error",
        "artefact could not be made",
        "the press {reason}",
        "split the article, or make its pictures and tables smaller",
    ),
}
