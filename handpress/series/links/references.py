"""Cross-references: find the target of each link within the series.

Articles are parsed alone, so all targets are found here. A link with an unknown target keeps its words in every
medium, and a problem gives the reason.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from urllib.parse import quote

from msgspec import Struct

from handpress.core.files.disk import Disk
from handpress.core.files.file_names import INDEXES, bare, is_markdown
from handpress.core.problems.problem import Place, Problem, nearest, problem
from handpress.markup.dialect.obsidian import EMBED
from handpress.markup.dialect.roles import LABEL
from handpress.series.article import Article, Reference, Target, words_of
from handpress.series.links.addresses import as_text, path_and_anchor
from handpress.series.links.files import find_file
from handpress.series.links.index import PAGES, Index
from handpress.series.links.labels import Labels
from handpress.series.links.linked_files import is_document, is_offered
from handpress.series.links.links import scheme_of

# An address on the web without its scheme.
BARE = re.compile(r"(www\.)?[\w\-]+(\.[\w\-]+)*\.[a-z]{2,}(/\S*)?")
HOST = re.compile(r"[\w\-]+(\.[\w\-]+)*\.[a-z]{2,}/")  # of such an address, before a path

# The first page of a site, from its root, which may be no article.
HOME = frozenset({"", *(f"index{ending}" for ending in PAGES)})
MOST = 500  # articles that are compared with an unknown name
Answer = tuple[Target | None, Problem | None]


class Originals(Struct, frozen=True):
    """The published articles of a translation's original in its `folder`, with the `ways` to each by slug, and its `sections`."""

    articles: tuple[Article, ...]
    folder: str
    ways: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, Article]  # indexes without text, by their paths there and here


def resolve_references(
    articles: Iterable[Article],
    parsed: Iterable[Article],
    disk: Disk,
    folder: str,
    originals: Originals | None = None,
) -> tuple[dict[str, tuple[Target | None, ...]], list[Problem]]:
    """Return the targets of all references, by the path of the article that has them, and their problems.

    Only the `articles` of the series in `folder` are published; the others that are `parsed` help to explain. Links of
    a translation may be to the files of its `originals`.
    """
    published = tuple(articles)
    slugs = {a.slug for a in published}
    others = tuple(a for a in parsed if a.slug not in slugs)
    index, untranslated = Index.of(published, folder), Index.of((), folder)
    sections = Index.of((a for a in others if a.only_opens and not a.draft), folder)
    if originals:
        for way, there in originals.sections.items():
            sections.also(way, there, there.title)
        by_slug = {a.slug: a for a in published}
        missing = [a for a in originals.articles if a.slug not in slugs]
        untranslated = Index.of(missing, originals.folder)
        for there in originals.articles:
            own = by_slug.get(there.slug)
            for way in originals.ways[there.slug]:
                (index if own else untranslated).also(way, own or there, there.title)
    resolver = _Resolver(index, Index.of(others, folder), disk, untranslated, sections)
    targets, problems = {}, []
    for article in published:
        answers = [resolver.answer(r, article) for r in article.references]
        targets[article.path] = tuple(target for target, _ in answers)
        problems += [found for _, found in answers if found]
    return targets, problems


def resolve_in_bio(bio: Article) -> tuple[tuple[Target | None, ...], list[Problem]]:
    """Return the targets of the references in an author's `bio`, which has links to itself alone."""
    answers: list[Answer] = []
    for reference in bio.references:
        path, anchor = _read(reference)
        if scheme := scheme_of(reference.written):
            answers.append((None, problem("unsafe-link", reference.place, scheme=scheme)))
        elif anchor and not path:
            answers.append(_place_in(bio, anchor, path, reference.place))
        else:
            found = problem("article-in-bio", reference.place, target=reference.written)
            answers.append((None, found))
    return tuple(target for target, _ in answers), [found for _, found in answers if found]


def _read(reference: Reference) -> tuple[str, str]:
    """Return the path and the anchor of a reference; a wiki writes them without escapes."""
    if not reference.notation:
        return path_and_anchor(reference.written)
    path, _, anchor = reference.written.partition("|")[0].partition("#")
    return path.strip(), anchor.rpartition("#")[2].strip()


class _Resolver(Struct, frozen=True, dict=True):
    published: Index
    others: Index
    disk: Disk
    untranslated: Index  # of articles that only the original has
    sections: Index  # of indexes without text, which are not published

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.published.paths.values())

    @cached_property
    def hidden_labels(self) -> Labels:
        return Labels(self.others.paths.values())

    def answer(self, reference: Reference, article: Article) -> Answer:
        """Return the target of a `reference` in `article`, and its problem."""
        path, anchor = _read(reference)
        if reference.notation == LABEL:
            return self.answer_label(reference, article)
        if not path:
            there = _place_in(article, anchor, path, reference.place)
            if there[1] and (labelled := self.labels.written(anchor)):
                return labelled, None
            return there if anchor else (None, self.other_file(reference, article, path))
        if reference.notation:
            return self.answer_wiki(reference, article, path, anchor)
        if section := self.sections.exactly(path, article.path):
            return _list_of(section), None
        if found := self.published.find(path, article.path):
            return _place_in(found, anchor, path, reference.place, Target(found.slug))
        if found := self.untranslated.find(path, article.path):
            return _in_original(found, anchor), None
        if section := self.sections.find(path, article.path):
            return _list_of(section), None
        if path.startswith("/") and path.strip("/").lower() in HOME:
            indexes = (self.published.find(f"/{name}.md", article.path) for name in INDEXES)
            first = next(filter(None, indexes), None)
            return (Target(first.slug) if first else Target("", home=True)), None
        if is_markdown(path):
            return None, self.unknown(reference, article, path, anchor)
        with contextlib.suppress(OSError, ValueError):
            file, _ = find_file(self.disk, article.path, reference.written, article.original)
            return self.answer_file(reference, article, file)
        if labelled := self.labels.written(reference.written):
            return labelled, None
        return None, self.other_file(reference, article, path)

    def answer_label(self, reference: Reference, article: Article) -> Answer:
        """Return the place that has a label, or the article that it names, and a problem if there is neither."""
        label = reference.written.strip()
        if found := self.labels.find(label, article):
            return found, None
        if notes := self.published.find_note(label, article.path):
            return Target(notes[0].slug), None
        if hidden := self.hidden_labels.find(label, article):
            there = next(a for a in self.others.paths.values() if a.slug == hidden.slug)
            code = "draft-article" if there.draft else "unlisted-link"
            return None, problem(code, reference.place, file=there.file)
        facts = {"anchor": label, "where": "this series"}
        meant = nearest(label, self.labels.names)
        return None, problem("unknown-anchor", reference.place, meant=meant, **facts)

    def answer_wiki(self, reference: Reference, article: Article, path: str, anchor: str) -> Answer:
        """Return the target of a wiki's link, whose note may be anywhere, and its problem."""
        place = reference.place
        notes = self.published.find_note(path, article.path)
        if not notes and "|" in reference.written:  # `[[words|Note]]`, as in other wikis
            words, _, path = reference.written.partition("|")
            if others := self.published.find_note(path.strip(), article.path):
                return Target(others[0].slug, words=words.strip()), None
            path, _ = _read(reference)
        if not notes and (there := self.untranslated.find_note(path, article.path)):
            return _in_original(there[0], anchor), None
        if not notes and (sections := self.sections.find_note(path, article.path)):
            return _list_of(sections[0]), None
        if not notes:
            with contextlib.suppress(OSError, ValueError):
                file, _ = find_file(self.disk, article.path, quote(path), article.original)
                return self.answer_file(reference, article, file)
            if is_document(path):
                return None, problem("missing-file", reference.place, file=path)
            return None, self.unknown(reference, article, path, anchor)
        found, *equal = notes
        target, wrong = _place_in(found, anchor, path, place, Target(found.slug))
        if wrong is None and equal:
            facts = {"name": path, "file": found.path, "other": equal[0].path}
            wrong = problem("ambiguous-link", place, **facts)
        if wrong is None and reference.notation == EMBED:
            wrong = problem("embedded-note", place, file=found.file)
        return target, wrong

    def answer_file(self, reference: Reference, article: Article, file: str) -> Answer:
        """Return the target of a link to a file that is not Markdown; none for a picture shown in the article."""
        if as_text(file) in article.pictures:
            return None, None
        if is_offered(self.disk, file):
            return Target("", file=file), None
        return None, problem("unpublished-file", reference.place, file=file)

    def unknown(self, reference: Reference, article: Article, path: str, anchor: str) -> Problem:
        """Return the problem of a link to an article that is not published."""
        if reference.notation:
            hidden = next(iter(self.others.find_note(path, article.path)), None)
        else:
            hidden = self.others.find(path, article.path)
        if hidden and hidden.draft:
            return problem("draft-article", reference.place, file=path)
        if hidden:
            return problem("unlisted-link", reference.place, file=path)
        there = self.nearest(path)
        mark = f"#{anchor}" if anchor else ""
        guess = f"{_way(there, article)}{mark}" if there else None
        return problem("unknown-article", reference.place, meant=guess, file=path)

    def nearest(self, path: str) -> Article | None:
        """Return the article that has the most similar name; none among thousands, which takes too long."""
        stem = posixpath.splitext(posixpath.basename(path))[0]
        # Also files that `articles:` does not list: a renamed file is usually fixed there first.
        indexes = (self.others, self.published)
        if sum(len(index.paths) for index in indexes) > MOST:
            return None
        there = {a.slug: a for index in indexes for a in index.paths.values()}
        guess = nearest(stem, [slug for slug, a in there.items() if not a.draft])
        return there[guess] if guess else None

    def other_file(self, reference: Reference, article: Article, path: str) -> Problem | None:
        """Return the problem of a link to a file that does not exist."""
        hidden = self.others.find(path, article.path) if path else None
        if hidden and hidden.draft:
            return problem("draft-article", reference.place, file=path)
        if scheme := scheme_of(reference.written):
            return problem("unsafe-link", reference.place, scheme=scheme)
        meant = None
        way = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path))
        if path.lower().endswith(PAGES) and not way.startswith(".."):
            there = self.nearest(path)
            meant = _way(there, article) if there else None
        elif is_document(path) and not HOST.match(reference.written):
            return problem("missing-file", reference.place, file=path)
        elif BARE.fullmatch(reference.written):
            meant = f"https://{reference.written}"
        return problem("foreign-link", reference.place, meant=meant, target=reference.written)


def _list_of(section: Article) -> Target:
    """Return the place of the list that a program makes of a section: the page of the series, which has all articles."""
    own = section.settings.get("title") or words_of(
        bare(posixpath.basename(posixpath.dirname(section.path)))
    )
    return Target("", home=True, title=own)


def _in_original(article: Article, anchor: str) -> Target:
    """Return the place that an anchor means in an article that only the original has."""
    id_ = article.place_of(anchor) if anchor else None
    return Target("", id_ or None, untranslated=article.slug)


def _way(there: Article, here: Article) -> str:
    """Return the path of an article as another one writes it."""
    return posixpath.relpath(there.path, posixpath.dirname(here.path) or ".")


def _place_in(
    article: Article, anchor: str, path: str, place: Place, whole: Target | None = None
) -> Answer:
    """Return the place in `article` that an anchor behind a `path` means, or `whole` if it has no such place."""
    if not anchor:
        return whole, None
    id_ = article.place_of(anchor)
    if id_ is not None:
        return Target(article.slug, id_ or None), None
    if not article.body:  # unreadable: it has no anchors, and its problem is reported already
        return whole, None
    names = [a.id.partition("--")[2] for a in article.anchors if a.title or a.level == 0]
    guess = nearest(anchor, [name for name in names if not name.startswith("fnref-")])
    meant = f"{path}#{guess}" if guess else None
    facts = {"anchor": anchor, "where": f"`{path or article.file}`"}
    return whole, problem("unknown-anchor", place, meant=meant, **facts)
