"""Authors: those that settings name, from a file of their own, from a list of another program, or by name alone."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from handpress.assets.picture import Picture
from handpress.core.caches.cache import Cache
from handpress.core.files.disk import digest
from handpress.core.files.file_names import is_markdown, stem_of
from handpress.core.files.source import read_source
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Place, Problem, nearest, problem
from handpress.markup.quotes import typographic
from handpress.series.article import Article, Target, slug_of, words_of
from handpress.series.article_cache import parse_cached
from handpress.series.frontmatter.salvage import FORMATS
from handpress.series.links.references import resolve_in_bio
from handpress.series.model import Author
from handpress.series.names import Name
from handpress.series.settings.nodes import Broken
from handpress.series.settings.people import Person, read_people
from handpress.series.settings.schema import AUTHOR
from handpress.series.settings.yaml_format import read_yaml
from handpress.series.settings.yaml_reader import Settings
from handpress.series.translated import inherited
from handpress.series.translations import files_beside

# Lists of authors by key, of Docusaurus and Jekyll.
LISTS = (
    "authors.yml",
    "authors.yaml",
    "_data/authors.yml",
    "_data/authors.yaml",
    "../_data/authors.yml",
)
# A file for each author, by the key, in sites of Hugo.
EACH = "data/authors"
ENDINGS = {".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".json": "json"}


class Authors:
    """The authors of one series, and the problems found while reading them."""

    def __init__(
        self,
        workspace: Workspace,
        folder: str,
        cache: Cache,
        language: str,
        picture: Callable[[str, Place], Picture | None],
    ) -> None:
        self.workspace, self.disk, self.folder = workspace, workspace.disk, folder
        self.cache, self.language, self.picture = cache, language, picture
        self.problems: list[Problem] = []
        self.digests: dict[str, str] = {}
        self.targets: dict[str, tuple[Target | None, ...]] = {}
        self.people: dict[str, Author] = {}
        found = [*filter(is_markdown, self.disk.names(workspace.authors))]
        beside = files_beside(found)
        # Translations of their files, in the language of this series, by the names of the originals.
        self.translated = {
            stem_of(original): name
            for tag in (language.partition("-")[0].lower(), language)
            for name, original in beside.get(tag, {}).items()
        }
        apart = {name for files in beside.values() for name, first in files.items() if first}
        self.files = {stem_of(name): name for name in found if name not in apart}
        self.listed = self.read_lists()

    def of(self, settings: Settings) -> tuple[Author, ...]:
        """Return the authors that `settings` name, each once."""
        found: dict[str, Author] = {}
        for key in ("author", "authors"):
            for index, person in enumerate(settings.get(key, ())):
                author = self.author(person, settings.place(key, index))
                found.setdefault(author.name, author)
        return tuple(found.values())

    def author(self, person: Person, place: Place) -> Author:
        """Return the author with more about `person`, or one with what `person` has itself."""
        name = typographic(person.name, self.language)
        for slug in (slug_of(person.key), slug_of(person.name)):
            if slug in self.files:
                return self.read(slug)
        for slug in self.files:
            if self.read(slug).name == name:
                return self.read(slug)
        person = self.listed.get(person.key) or self.doubted(person, place)
        author = Author(
            None,
            typographic(person.name, self.language),
            credentials=person.credentials,
            role=typographic(person.role, self.language),
            short=typographic(person.short, self.language),
            links=person.links,
            photo=self.portrait(person, place),
        )
        if author.tells or not author.credentials:
            return author
        # The letters are printed with the name, since nothing else is.
        return replace(author, name=f"{author.name}, {author.credentials}", credentials="")

    def portrait(self, person: Person, place: Place) -> Picture | None:
        return self.picture(person.photo, place) if person.photo else None

    def doubted(self, person: Person, place: Place) -> Person:
        """Return `person`, and report a name that looks like that of a file that is not there.

        Such a name with hyphens is printed as the words in it.
        """
        meant = nearest(slug_of(person.name), self.files)
        file_name = person.name == slug_of(person.name)
        shown = words_of(person.name).title() if file_name and "-" in person.name else person.name
        if meant or (file_name and (self.files or shown != person.name)):
            facts = {"author": slug_of(person.name), "name": shown}
            self.problems.append(problem("unknown-author", place, meant=meant, **facts))
        return replace(person, name=shown)

    def read(self, slug: str) -> Author:
        """Return the author who has the file of the name `slug`."""
        if slug in self.people:
            return self.people[slug]
        bio, problems = self.parsed(slug, self.files[slug])
        settings = bio.settings
        if translated := self.translated.get(slug):
            bio, _ = self.parsed(slug, translated, original=bio.path)
            settings = inherited(bio.settings, settings)
        unread = problems and not bio.source.text
        if not settings.get("name") and not unread:
            example = "write `name: First Last`"
            place = settings.place("name")
            reason = f"`{words_of(slug).title()}` is printed, from the name of the file"
            facts = {"key": "name", "reason": reason, "example": example}
            self.problems.append(problem("missing-value", place, **facts))
        photo = settings.get("photo")
        place = settings.place("photo")
        self.people[slug] = Author(
            slug=slug,
            name=settings.get("name") or words_of(slug).title(),
            credentials=settings.get("credentials", ""),
            role=settings.get("role", ""),
            short=settings.get("short", ""),
            file_as=settings.get("file_as", ""),
            links=tuple(settings.get("links", {}).items()),
            photo=self.picture(photo, place) if photo else None,
            bio=bio,
        )
        return self.people[slug]

    def parsed(self, slug: str, file: str, original: str = "") -> tuple[Article, list[Problem]]:
        """Return the bio in a file, with its problems."""
        path = f"{self.workspace.authors}/{file}"
        name = Name(f"author-{slug}", slug)
        bio, problems = parse_cached(
            self.cache, self.disk, path, name, AUTHOR, "an author", self.language, original
        )
        self.problems += problems
        self.digests[path] = bio.digest
        self.targets[bio.path], unresolved = resolve_in_bio(bio)
        self.problems += unresolved
        return bio, problems

    def read_lists(self) -> dict[str, Person]:
        """Return the people in the lists of other programs, by key, without those that cannot be read."""
        found: dict[str, Person] = {}
        for name in LISTS:
            path = posixpath.normpath(f"{self.folder}/{name}")
            if path.startswith("..") or not self.disk.has(path):
                continue
            source, _ = read_source(self.disk, path)
            self.digests[path] = digest(source.text.encode())
            try:
                node = read_yaml(source.text)
            except Broken:
                continue
            people = [person for person, _ in read_people(node)] if node else []
            found |= {p.key: p for p in people if isinstance(p, Person)}
        for path, key, form in self.files_of_people():
            source, _ = read_source(self.disk, path)
            self.digests[path] = digest(source.text.encode())
            try:
                node = FORMATS[form](source.text)
            except Broken:
                continue
            person, _ = next(read_people(node), (None, None)) if node else (None, None)
            if isinstance(person, Person):
                found[key] = person
        # A picture there is a path on the site, which its own program resolves.
        return {key: replace(person, photo="") for key, person in found.items()}

    def files_of_people(self) -> Iterator[tuple[str, str, str]]:
        """Yield the path of each file of one author, the author's key, and the format."""
        folder = posixpath.normpath(f"{self.folder}/{EACH}")
        for name in self.disk.names(folder) if self.disk.is_dir(folder) else ():
            key, ending = posixpath.splitext(name)
            if form := ENDINGS.get(ending.lower()):
                yield f"{folder}/{name}", key, form
