"""Build: the way through the house. Cheap stages always run; the press only makes what differs.

    assemble ──▶ compose ──▶ lay out ──▶ (only what is not fresh) press ──▶ write

It goes in waves, because a later artefact may show an earlier one: the ebook its cover, a page the
sizes of its downloads, the shelf its series.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import manifest, unchanged
from .article import Article
from .cache import Cache
from .layout import Layout, Made
from .manifest import Entries, Finished
from .medium import TABLE
from .pdf import Pressed
from .press import Failed, Workers
from .printed import Labels, Variant
from .problem import BrokenLayout, Place, Problem, has_errors, in_order, problem
from .proof import Finding
from .recipe import Recipe
from .series import KEPT, Series, assemble
from .source import write
from .store import Store
from .trace import traced
from .unchanged import Listed
from .workspace import Workspace

if TYPE_CHECKING:
    from .book import Paged
    from .volume import Volume


@dataclass(frozen=True)
class Request:
    """What was asked for. Empty tuples ask for what each series says itself."""

    series: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    grey: bool = False
    booklets: bool = False
    bundle: str = ""  # the title of an ebook of all of the `series`
    articles: tuple[str, ...] = ()  # that are to be ebooks by themselves
    jobs: int = 0
    rebuild: bool = False
    keep_going: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything was asked for: only then is it known what nothing makes any more."""
        return not (self.only or self.series or self.variant)

    @property
    def variant(self) -> bool:
        """Whether another look was asked for than the series say."""
        return bool(self.styles or self.papers or self.grey)

    @property
    def apart(self) -> bool:
        """Whether ebooks were asked for that no series is by itself: then nothing else is made."""
        return bool(self.bundle or self.articles)

    @property
    def scope(self) -> str:
        """What is to be there in the end, however it is made."""
        asked = (self.series, self.only, self.styles, self.papers, self.grey, self.booklets)
        return repr((*asked, self.bundle, self.articles, self.keep_going))


@dataclass(frozen=True)
class Event:
    """Something that happened to an artefact: it was `made`, `removed`, `kept` or has `failed`."""

    action: str
    path: str
    pages: int | None = None
    reason: str = ""
    full: int | None = None  # per cent of the last page
    tight: str = ""  # the step by which the style was tightened


@dataclass(frozen=True)
class Outcome:
    """How a build ended."""

    problems: tuple[Problem, ...]
    made: int = 0
    fresh: int = 0
    removed: int = 0
    faults: tuple[str, ...] = ()
    discarded: int = 0  # files of the cache that were damaged, foreign or old


class Foreign(Exception):
    """The output folder holds files that are not ours and would be overwritten."""


Told = Callable[[Event], None]


# --- Reading -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    """Every series of a workspace, laid out as far as it goes without the press."""

    layouts: tuple[Layout, ...]  # of the series without errors
    partial: tuple[Layout, ...]  # of those with errors that `keep_going` makes handouts of
    failed: tuple[str, ...]  # ids of the series with errors
    shown: tuple[Layout, ...]  # what the shelf shows
    problems: tuple[Problem, ...]


def read(workspace: Workspace, keep_going: bool = False, cache: Cache | None = None) -> Reading:
    """Assemble and compose every series; gather all problems. What `cache` has is not parsed again."""
    cache = cache or Cache(None)
    problems: list[Problem] = []
    layouts, partial, failed, shown = [], [], [], []
    ids: dict[str, str] = {}
    for folder in workspace.folders:
        series, found = assemble(workspace, folder, cache)
        layout = None
        try:
            layout = Layout(workspace, series, cache)
            if not has_errors(found):
                found += layout.compose()
        except BrokenLayout as broken:
            found.append(broken.problem)
        if other := ids.get(series.id):
            place = Place(f"{folder}/series.yaml")
            found.append(problem("duplicate-series", place, other=other, id=series.id))
        ids.setdefault(series.id, folder)
        problems += found
        if not has_errors(found) and layout:
            layouts.append(layout)
            shown.append(layout)
        else:
            failed.append(series.id)
            if layout and series.articles:
                shown.append(layout)
                wrong = {p.place.path for p in found if p.severity == "error"}
                if keep_going and layout.compose_sound(wrong):
                    partial.append(layout)
    unique = tuple(in_order(problems))
    return Reading(tuple(layouts), tuple(partial), tuple(failed), tuple(shown), unique)


def listing(reading: Reading) -> tuple[Listed, ...]:
    """Every series that is shown, as `list` shows it."""
    return tuple(
        Listed(
            layout.series.id,
            layout.series.title,
            tuple((a.title, a.path) for a in layout.series.articles),
            layout.series.id in reading.failed,
        )
        for layout in reading.shown
    )


# --- Waves -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """What the waves are given: what was read, what was asked, what is there."""

    reading: Reading
    request: Request
    entries: Entries
    output: Path
    store: Store
    planned: dict[str, str] = field(
        default_factory=dict
    )  # path to fingerprint, of the waves so far
    paged: dict[str, Paged] = field(default_factory=dict)  # books by series, once pages are known

    def layouts(self, medium: str) -> Iterator[Layout]:
        """The series whose `medium` is wanted."""
        if self.request.apart or (self.request.only and medium not in self.request.only):
            return
        for layout in self.reading.layouts:
            if medium in layout.series.media and self.wanted(layout.series.id):
                yield layout

    def wanted(self, *ids: str) -> bool:
        """Whether any of these series is."""
        return not self.request.series or not {*ids}.isdisjoint(self.request.series)

    def variants(self, series: Series) -> list[Variant]:
        """The looks that the handouts of a series are wanted in."""
        wanted = {
            Variant(style, paper, self.request.grey)
            for style in self.request.styles or series.styles
            for paper in self.request.papers or (series.paper,)
        }
        return sorted(wanted | self.asked_before(series, TABLE["handout"].name))

    def asked_before(self, series: Series, medium: str) -> set[Variant]:
        """The looks that were asked for once: a build that is asked for none keeps them right as long
        as their files are there.
        """
        if self.request.variant:
            return set()
        return {
            Variant(e.style, e.paper, e.grey)
            for path, e in self.entries.items()
            if e.asked
            and (e.series, e.medium) == (series.id, medium)
            and (self.output / path).is_file()
        }

    def sound(self, medium: str) -> Iterator[Layout]:
        """The series whose `medium` is wanted, and what is sound of those with errors."""
        yield from self.layouts(medium)
        for layout in () if self.request.apart else self.reading.partial:
            if medium in layout.composed and self.wanted(layout.series.id):
                yield layout

    def labels(self, series: Series) -> Labels:
        """The page numbers of the series' book. Where a piece could not be pressed, or is only looked at
        and not made, they are the last that were known: a sheet is not made again for that.
        """
        book = self.paged.get(series.id)
        return book.labels if book and book.complete else self.store.labels(series.id)

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        """The ebooks that only an option asks for. A build that is asked for none keeps those right that
        were asked for before, as long as their files are there.
        """
        from .volume import alone, bundle

        medium, wanted = TABLE["epub"].name, self.request
        layouts = {x.series.id: x for x in self.reading.layouts if medium in x.series.media}
        bundles = {wanted.bundle: wanted.series} if wanted.bundle else {}
        articles = {(id_, slug) for id_ in wanted.series or layouts for slug in wanted.articles}
        if not wanted.apart and (not wanted.only or medium in wanted.only):
            before = [
                e
                for path, e in self.entries.items()
                if e.asked and e.medium == medium and (self.output / path).is_file()
            ]
            bundles = {e.bundle: e.members for e in before if e.members}
            articles = {(e.series, e.article) for e in before if e.article}
        found = [
            bundle(title, [layouts[id_] for id_ in ids])
            for title, ids in sorted(bundles.items())
            if layouts.keys() >= set(ids) and (wanted.apart or self.wanted(*ids))
        ]
        found += [
            alone(layouts[id_], slug)
            for id_, slug in sorted(articles)
            if id_ in layouts and self.wanted(id_) and layouts[id_].series.has(slug)
        ]
        return tuple(found)

    def find(self, path: str) -> Finished:
        """What is known of an artefact of an earlier wave that a later one is made of."""
        return manifest.finished(path, self.planned.get(path, ""), self.entries, self.output)

    def made(self) -> dict[str, Made]:
        """What pages may offer: in a whole build, nothing that will be swept away at its end."""
        if not self.request.whole:
            return manifest.made(self.entries, self.output)
        failed = set(self.reading.failed)
        kept = {p for p, e in self.entries.items() if failed & {e.series, *e.members}}
        return manifest.made(self.entries, self.output, sorted(self.planned.keys() | kept))


def _handouts(job: Job) -> Iterator[Recipe]:
    from .printed import handouts

    for layout in job.sound("handout"):
        labels = job.labels(layout.series)
        for variant in job.variants(layout.series):
            yield from handouts(layout, variant, labels)


def _books(job: Job) -> Iterator[Recipe]:
    from .book import bound

    for layout in job.layouts("book"):
        yield bound(layout, job.paged[layout.series.id], job.store.get)


def _packs(job: Job) -> Iterator[Recipe]:
    from .pack import packs

    for layout in job.sound("handout"):
        for variant in job.variants(layout.series):
            yield from packs(layout, variant, job.find)


def _booklets(job: Job) -> Iterator[Recipe]:
    from .booklet import book_booklet, pack_booklets

    for layout in job.layouts("book"):
        series = layout.series
        papers = {look.paper for look in job.asked_before(series, "booklet") if not look.style}
        if job.request.booklets:
            papers |= set(job.request.papers or (series.paper,))
        for paper in sorted(papers):
            yield book_booklet(layout, paper, job.find)
    for layout in job.sound("handout"):
        before = job.asked_before(layout.series, "booklet")
        for variant in job.variants(layout.series):
            if job.request.booklets or variant in before:
                yield from pack_booklets(layout, variant, job.find)


def _covers(job: Job) -> Iterator[Recipe]:
    from .printed import cover

    covered = {layout.series.id: layout for m in ("epub", "web") for layout in job.layouts(m)}
    for layout in covered.values():
        yield cover(layout)
    for volume in job.volumes:
        yield replace(
            cover(volume.layout),
            path=volume.cover,
            article=volume.article,
            members=volume.bundled,
            asked=True,
        )


def _drawings(job: Job) -> Iterator[Recipe]:
    from .drawing import drawings

    for layout in (*job.layouts("epub"), *(volume.layout for volume in job.volumes)):
        yield from drawings(layout).values()


def _ebooks(job: Job) -> Iterator[Recipe]:
    from .ebook import ebook
    from .volume import whole

    made = job.made()
    for layout in job.layouts("epub"):
        if (volume := whole(layout)).cover in made:
            yield ebook(volume, made, job.store.get, job.paged.get(layout.series.id))
    for volume in job.volumes:
        if volume.cover in made:
            yield ebook(volume, made, job.store.get)


def _sites(job: Job) -> Iterator[Recipe]:
    from .web import site

    made = job.made()
    for layout in job.layouts("web"):
        yield from site(layout, made)


def _shelf(job: Job) -> Iterator[Recipe]:
    from .web import shelf

    if job.reading.shown and (not job.request.only or "web" in job.request.only):
        yield from shelf(job.reading.shown, job.made())


WAVES = ((_handouts, _books), (_ebooks, _packs), (_booklets,), (_sites,), (_shelf,))


def plan(job: Job) -> Iterator[list[Recipe]]:
    """The recipes of each wave. A wave is laid out when it is asked for: the one before is made then.

    The pages of a book take several waves, since a chapter may show page numbers of another. Whatever
    shows them waits for them, also where the book itself is not asked for: it is the same then.
    """
    from .book import paged

    bound = {layout.series.id for layout in job.layouts("book")}
    books = {
        layout.series.id: paged(layout, job.store.get, layout.series.id in bound)
        for medium in TABLE.values()
        for layout in job.layouts(medium.name)
        if medium.pages in layout.series.media
    }
    wave = [*_covers(job), *_drawings(job)]
    while wave or books:
        for id_, book in list(books.items()):
            try:
                wave += next(book)
            except StopIteration as end:
                job.paged[id_] = end.value
                del books[id_]
        yield wave
        wave = []
    for lay_outs in WAVES:
        yield [recipe for lay_out in lay_outs for recipe in lay_out(job)]


# --- Building ----------------------------------------------------------------------------------


def build(
    workspace: Workspace, request: Request, tell: Told, expect: Callable[[int], None]
) -> Outcome:
    """Make what is out of date. `tell` hears of each artefact; `expect`, how many more are to come.

    Raises :class:`Foreign` before anything is written when the output folder is not ours.
    """
    output = workspace.output
    _not_foreign(output)
    seen = unchanged.seen(workspace, request.scope)
    if seen is not None and not request.rebuild:
        return Outcome((), fresh=seen.fresh)
    cache = kept(output)
    reading = read(workspace, request.keep_going, cache)
    if not (reading.layouts or reading.partial):
        if output.is_dir():  # what was parsed is kept for the author who mends the rest
            cache.save()
        return Outcome(reading.problems, discarded=cache.damaged)
    with _locked(output):
        entries = manifest.load(output)
        job = Job(reading, request, entries, output, store(output))
        builder = _Builder(job, tell, expect)
        try:
            builder.run()
            if request.whole:
                builder.sweep()
                job.store.sweep()
                cache.sweep()
        except BrokenLayout as broken:
            builder.problems.append(broken.problem)
        finally:
            manifest.save(output, entries)
            cache.save()
        if not (reading.problems or builder.problems or builder.faults):
            unchanged.save(workspace, request.scope, builder.made + builder.fresh, listing(reading))
    problems = tuple(in_order([*reading.problems, *builder.problems]))
    return Outcome(
        problems,
        builder.made,
        builder.fresh,
        builder.removed,
        tuple(builder.faults),
        cache.damaged,
    )


def kept(output: Path) -> Cache:
    return Cache(output / manifest.MARK / "cache", KEPT)


def store(output: Path) -> Store:
    return Store(output / manifest.MARK / "pieces")


def _not_foreign(output: Path) -> None:
    ours = (output / manifest.MARK).is_dir() or (output / manifest.NAME).is_file()
    if output.is_dir() and not ours and any(output.iterdir()):
        raise Foreign(str(output))


@contextlib.contextmanager
def _locked(output: Path) -> Iterator[None]:
    """One build at a time in one output folder: a second waits for the first to end."""
    from filelock import FileLock

    (output / manifest.MARK).mkdir(parents=True, exist_ok=True)
    with FileLock(output / manifest.MARK / "lock"):
        for part in output.rglob(".handpress-*.part"):  # of a build that was killed
            with contextlib.suppress(OSError):
                part.unlink()
        yield


@dataclass
class _Builder:
    job: Job
    tell: Told
    expect: Callable[[int], None]
    made: int = 0
    fresh: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    said: dict[str, list[Problem]] = field(default_factory=dict)  # by the proof, by path

    def run(self) -> None:
        with Workers(self.job.request.jobs or os.cpu_count() or 1) as workers:
            for wave in plan(self.job):
                self.make(wave, workers)
                self.proofed(wave)
        for id_, book in self.job.paged.items():
            if book.complete:
                self.job.store.put_labels(id_, book.labels)
        self.problems += [found for problems in self.said.values() for found in problems]

    def make(self, wave: list[Recipe], workers: Workers) -> None:
        # An incomplete one has told why already, by the piece that it lacks.
        recipes = [r for r in wave if not r.piece]
        self.job.planned.update((r.path, r.fingerprint) for r in recipes)
        reasons = {r.path: self.reason(r) for r in recipes if r.complete}
        stale = [r for r in recipes if r.complete and reasons[r.path] and not self.in_the_way(r)]
        self.fresh += sum(self.is_fresh(r, reasons[r.path]) for r in recipes if r.complete)
        missing = [r for r in wave if r.piece and self.job.store.get(r) is None]
        self.expect(len(stale) + len(missing))
        for recipe, result in workers.press([*missing, *stale]):
            if isinstance(result, Failed):
                self.failed(recipe, result)
            elif recipe.piece:
                self.job.store.put(recipe, result)
                self.tell(Event("pressed", recipe.path, result.pages))
            else:
                made = manifest.entry(recipe, result, self.asked(recipe))
                manifest.announce(self.job.output, recipe.path, made)
                write(self.job.output / recipe.path, result.data)
                self.job.entries[recipe.path] = made
                self.made += 1
                why = reasons[recipe.path] or ""
                event = Event("made", recipe.path, result.pages, why, result.full, result.tight)
                self.tell(event)

    def asked(self, recipe: Recipe) -> bool:
        """Whether the artefact is a variant that only an option asked for, now or before."""
        old = self.job.entries.get(recipe.path)
        if recipe.asked:
            return True
        if not recipe.style or not self.job.request.variant:  # only what has styles has variants
            return bool(old and old.asked)
        series = next(
            layout.series
            for layout in (*self.job.reading.layouts, *self.job.reading.partial)
            if layout.series.id == recipe.series
        )
        own = recipe.style in series.styles and recipe.paper == series.paper and not recipe.grey
        return not own

    def is_fresh(self, recipe: Recipe, reason: str | None) -> bool:
        """Count a fresh artefact; what it is made from now is noted, so that the next reason is true."""
        if reason is not None:
            return False
        old = self.job.entries[recipe.path]
        self.job.entries[recipe.path] = replace(
            manifest.entry(recipe, Pressed(b"", old.pages, {}, old.full, old.tight, old.findings)),
            sha256=old.sha256,
            bytes=old.bytes,
            asked=old.asked,
        )
        return True

    def in_the_way(self, recipe: Recipe) -> bool:
        """Whether a file that is not ours lies where the artefact would: it is left alone, and said."""
        file = self.job.output / recipe.path
        if recipe.path in self.job.entries or not file.exists():
            return False
        self.problems.append(problem("foreign-file", Place(str(file)), file=recipe.path))
        return True

    def reason(self, recipe: Recipe) -> str | None:
        found = manifest.reason(recipe, self.job.entries, self.job.output)
        return found or ("asked for with --rebuild" if self.job.request.rebuild else None)

    def failed(self, recipe: Recipe, result: Failed) -> None:
        if result.ours:
            self.faults.append(f"{recipe.path}: {result.reason}")
        else:
            self.say(recipe, result.findings)
            if not result.findings:
                place = Place(recipe.source or recipe.path)
                self.problems.append(problem("press-limit", place, reason=result.reason))
        lost = [found.what for found in self.said.get(recipe.path, ()) if found.severity == "error"]
        reason = lost[0] if lost else result.reason.partition("\n")[0]
        self.tell(Event("failed", recipe.path, reason=reason))

    def proofed(self, wave: list[Recipe]) -> None:
        """Say what the proof had to say of everything that is there, made now or before.

        A book's piece may be pressed several times, as its page numbers settle: the last one counts.
        """
        for recipe in wave:
            if recipe.piece:
                kept = self.job.store.get(recipe)
                findings = kept.findings if kept else None
            else:
                made = self.job.entries.get(recipe.path)
                fresh = made is not None and made.fingerprint == recipe.fingerprint
                findings = made.findings if made and fresh else None
            if findings is not None:
                self.say(recipe, findings)

    def say(self, recipe: Recipe, findings: Iterable[Finding]) -> None:
        article = self.article(recipe)
        source = recipe.source or recipe.path
        self.said[recipe.path] = [traced(f, recipe.path, source, article) for f in findings]

    def article(self, recipe: Recipe) -> Article | None:
        """The article that a recipe lays out."""
        for layout in (*self.job.reading.layouts, *self.job.reading.partial):
            for article in layout.series.articles:
                if layout.series.id == recipe.series and article.path == recipe.source:
                    return article
        return None

    def sweep(self) -> None:
        """Remove what nothing makes any more: only files that we made and nobody changed since."""
        kept_series = set(self.job.reading.failed)
        for path, old in list(self.job.entries.items()):
            if path in self.job.planned or kept_series & {old.series, *old.members}:
                continue
            there = manifest.held(self.job.output, path)
            del self.job.entries[path]
            if there == old.sha256:
                _remove(self.job.output, path)
                self.removed += 1
                self.tell(Event("removed", path, reason="nothing makes it any more"))
            elif there is not None:
                self.tell(
                    Event(
                        "kept", path, reason="nothing makes it any more, but it was changed by hand"
                    )
                )


def _remove(output: Path, path: str) -> None:
    file = output / path
    with contextlib.suppress(OSError):
        file.unlink()
        for folder in file.parents:
            if folder == output:
                break
            folder.rmdir()  # fails, and ends the walk, where something else lies
