"""The builder: load a workspace, make and write artefacts that are out of date, remove obsolete ones."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.build import manifest, up_to_date
from handpress.build.carried import Carried
from handpress.build.load import listing, load, open_cache, open_memory
from handpress.build.manifest import Damage
from handpress.build.outcome import Event, Expected, Outcome, Told
from handpress.build.places import LOCK, MARK
from handpress.build.plan import Plan, carry_out, open_store
from handpress.build.request import Request
from handpress.build.source_map import locate_finding
from handpress.build.up_to_date import LastBuild
from handpress.core.files.disk import (
    Outside,
    below,
    digest,
    digest_below,
    remove_file,
    set_aside,
    write_file,
)
from handpress.core.files.workspace import Workspace
from handpress.core.problems.levels import Levels
from handpress.core.problems.problem import (
    BrokenLayout,
    Place,
    Problem,
    has_errors,
    in_order,
    problem,
)
from handpress.core.problems.report import many
from handpress.press.pool import Failed, Workers
from handpress.press.presses import PRESSES
from handpress.press.recipe import Recipe
from handpress.press.result import Finding, Rendered
from handpress.series.article import Article


def make_stale(
    workspace: Workspace, request: Request, tell: Told, expect: Expected, workers: Workers | None
) -> Outcome:
    """Make every artefact that is not fresh; see :func:`.run.build`."""
    output = workspace.output
    strict = Levels(strict=request.strict)
    problems = strict.apply(_damaged(output, found) for found in manifest.settle(output))
    cache = open_cache(output)
    remembered = open_memory(output, cache)
    loaded = load(workspace, request.keep_going, cache, request.strict, remembered)
    if not (loaded.layouts or loaded.partial):
        if output.is_dir():  # the parsed articles are kept for the next attempt
            cache.save()
        return Outcome((*problems, *loaded.problems), discarded=cache.damaged)
    with _locked(output, tell):
        entries, damages = manifest.load_checked(output)
        problems += strict.apply(_damaged(output, found, kept=True) for found in damages)
        once = bool(problems)
        plan = Plan(loaded, request, entries, output, open_store(output))
        builder = _Builder(plan, tell, expect, problems=problems)
        try:
            if workers:
                builder.run(workers)
            else:
                with Workers(request.jobs or os.cpu_count() or 1) as own:
                    builder.run(own)
            if request.whole:
                builder.sweep()
                plan.store.sweep()
                cache.sweep()
                remembered.sweep()
        except BrokenLayout as broken:
            builder.problems.append(broken.problem)
        finally:
            manifest.save(output, entries)
            cache.save()
            remembered.save()
        found = tuple(in_order([*loaded.problems, *builder.problems]))
        series = listing(loaded)
        # A damaged record is reported once, so the next build has to find the rest again.
        if not (once or builder.faults or has_errors(found)):
            left = LastBuild(builder.made + builder.fresh, series, found)
            up_to_date.record_build(workspace, request.scope, left, entries)
    return Outcome(
        found,
        builder.made,
        builder.fresh,
        builder.removed,
        tuple(_listed(builder.faults)),
        cache.damaged + remembered.damaged,
        series,
    )


def _listed(faults: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield each fault of ours once, with the first path that it has, and the number of others."""
    for reason, (first, *others) in faults.items():
        rest = f" and {many(len(others), 'other file')}" if others else ""
        yield f"{first}{rest}: {reason}"


def _damaged(output: Path, damage: Damage, kept: bool = False) -> Problem:
    """Return the problem of a damaged file of ours. If `kept`, move it aside, so it is reported only once."""
    reason = damage.reason
    if kept:
        reason += f"; it is kept as `{set_aside(output, damage.file)}`"
    return problem("damaged-record", Place(str(output / damage.file)), reason=reason)


@contextlib.contextmanager
def _locked(output: Path, tell: Told) -> Iterator[None]:
    """Allow one build at a time in an output folder: a second reports that, and waits for the first to end."""
    from filelock import FileLock, Timeout

    (output / MARK).mkdir(parents=True, exist_ok=True)
    lock = FileLock(output / LOCK)
    try:
        held = lock.acquire(timeout=0)
    except Timeout:
        tell(Event("waits", str(output)))
        held = lock.acquire()
    with held:
        for part in output.rglob(".handpress-*.part"):  # left by a build that was killed
            with contextlib.suppress(OSError):
                part.unlink()
        yield


class _Builder(Struct, dict=True):
    plan: Plan
    tell: Told
    expect: Expected
    made: int = 0
    fresh: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)  # by reason: paths
    said: dict[str, list[Problem]] = field(default_factory=dict)  # of the preflight, by path
    reasons: dict[str, str] = field(default_factory=dict)  # why each artefact is made, by path
    pieces: list[Recipe] = field(default_factory=list)  # of books, in this stage

    @cached_property
    def carried(self) -> Carried:
        return Carried(self.plan.loaded, self.said)

    def run(self, workers: Workers) -> None:
        """Make every wanted artefact that is not fresh."""

        def make(recipes: Iterable[Recipe]) -> None:
            self.pieces.clear()
            self.make(recipes, workers)
            self.report_pieces()

        self.plan = carry_out(self.plan, make)
        for id_, book in self.plan.books.items():
            if book.complete:
                self.plan.store.put_labels(id_, book.labels)
        self.problems += [found for problems in self.said.values() for found in problems]

    def make(self, stage: Iterable[Recipe], workers: Workers) -> None:
        for recipe, result in workers.press(self.wanted(stage)):
            if isinstance(result, Failed):
                self.failed(recipe, result)
            elif has_errors(self.judge(recipe, result.findings)):
                self.lost(recipe)
            elif recipe.piece:
                self.plan.store.put(recipe, result)
                took = workers.took.get(recipe.path, 0.0)
                self.tell(Event("pressed", recipe.path, result.pages, seconds=took))
            elif not self.foreign(recipe, result):
                warnings = self.carried.count(recipe)
                made = manifest.entry(recipe, result, self.on_request(recipe), warnings)
                manifest.announce(self.plan.output, recipe.path, made)
                write_file(self.plan.output, recipe.path, result.data)
                self.plan.entries[recipe.path] = made
                self.plan.seen.add((recipe.path, made.sha256))
                if result.memory:
                    self.plan.store.put_memory(recipe, result.memory)
                self.made += 1
                self.tell(
                    Event(
                        "made",
                        recipe.path,
                        result.pages,
                        self.reasons[recipe.path],
                        result.full,
                        result.tight,
                        warnings,
                        workers.took.get(recipe.path, 0.0),
                    )
                )

    def wanted(self, stage: Iterable[Recipe]) -> Iterator[Recipe]:
        """Yield the recipes of a stage that have to be made, each as soon as it is planned."""
        for recipe in stage:
            if PRESSES[recipe.press].remembers:
                self.plan.store.keep_memory(recipe)
            if recipe.piece:
                self.pieces.append(recipe)
                wanted = self.plan.piece(recipe) is None
            elif not recipe.complete:  # the reason is already reported, with its missing piece
                wanted = False
            elif reason := self.reason(recipe):
                self.reasons[recipe.path] = reason
                wanted = not self.in_the_way(recipe)
            else:
                self.keep(recipe)
                wanted = False
            if wanted:
                self.expect([recipe.path])
                yield self.plan.with_earlier(recipe.ready())

    def on_request(self, recipe: Recipe) -> bool:
        """Return whether the artefact is a variant that only an option asked for, now or before."""
        old = self.plan.entries.get(recipe.path)
        if recipe.asked:
            return True
        if not recipe.style or not self.plan.request.variant:  # only what has styles has variants
            return bool(old and old.asked)
        series = next(
            layout.series
            for layout in (*self.plan.loaded.layouts, *self.plan.loaded.partial)
            if layout.series.id == recipe.series
        )
        own = recipe.style in series.styles and recipe.paper == series.paper and not recipe.grey
        return not own

    def keep(self, recipe: Recipe) -> None:
        """Keep a fresh artefact, and update its causes, so that the next reason is right."""
        self.fresh += 1
        old = self.plan.entries[recipe.path]
        self.plan.seen.add((recipe.path, old.sha256))
        self.judge(recipe, old.findings)
        self.plan.entries[recipe.path] = replace(
            manifest.entry(recipe, Rendered(b"", old.pages, {}, old.full, old.tight, old.findings)),
            sha256=old.sha256,
            bytes=old.bytes,
            asked=old.asked,
            warnings=self.carried.count(recipe),
        )

    def in_the_way(self, recipe: Recipe) -> bool:
        """Return whether the artefact's place is blocked. If so, report it; the artefact is not made.

        A plain file that may be ours does not block it: see :meth:`foreign`.
        """
        output = self.plan.output
        try:
            there = below(output, recipe.path).lstat()
        except FileNotFoundError:
            return False
        except NotADirectoryError:
            self.blocked("foreign-file", recipe, lambda place: not place.is_dir())
        except Outside:
            self.blocked("outside-folder", recipe, Path.is_symlink)
        else:
            if recipe.path in self.plan.entries or stat.S_ISREG(there.st_mode):
                return False
            self.blocked("foreign-file", recipe, lambda place: place == output / recipe.path)
        return True

    def blocked(self, code: str, recipe: Recipe, is_it: Callable[[Path], bool]) -> None:
        """Report the file or folder in the way: the first on the artefact's path that `is_it` accepts."""
        names = recipe.path.split("/")
        ways = ("/".join(names[:n]) for n in range(1, len(names) + 1))
        name = next(way for way in ways if is_it(self.plan.output / way))
        self.problems.append(problem(code, Place(str(self.plan.output / name)), file=name))

    def foreign(self, recipe: Recipe, result: Rendered) -> bool:
        """Return whether a file that is not ours has the artefact's place. If so, keep the file and report it.

        A file without an entry is still ours if it has exactly the same bytes: the manifest was lost.
        """
        there = digest_below(self.plan.output, recipe.path)
        if recipe.path in self.plan.entries or there in (None, digest(result.data)):
            return False
        self.blocked("foreign-file", recipe, lambda place: place == self.plan.output / recipe.path)
        return True

    def reason(self, recipe: Recipe) -> str | None:
        found = manifest.reason(recipe, self.plan.entries, self.plan.output)
        return found or ("asked for with --rebuild" if self.plan.request.rebuild else None)

    def failed(self, recipe: Recipe, result: Failed) -> None:
        if result.machine:
            raise result.machine  # the next artefact would only fail in the same way
        if result.ours:
            self.faults.setdefault(result.reason, []).append(recipe.path)
        else:
            place = Place(recipe.source or recipe.path)
            self.problems.append(problem("press-limit", place, reason=result.reason))
        self.tell(Event("failed", recipe.path, reason=result.reason.partition("\n")[0]))

    def lost(self, recipe: Recipe) -> None:
        """Report an artefact that is not written, since its findings have an error."""
        reason = next(found.what for found in self.said[recipe.path] if found.severity == "error")
        self.tell(Event("failed", recipe.path, reason=reason))

    def report_pieces(self) -> None:
        """Report the preflight's findings on stored pieces, made in this build or before.

        A piece of a book may be rendered several times until its page numbers settle. Only the last counts.
        """
        for recipe in self.pieces:
            if kept := self.plan.store.get(recipe):
                self.judge(recipe, kept.findings)

    def judge(self, recipe: Recipe, findings: Iterable[Finding]) -> list[Problem]:
        """Return the problems of the preflight's `findings`, which replace earlier ones of the artefact."""
        article = self.article(recipe)
        source = recipe.source or recipe.path
        settings = self.settings.get(recipe.series, {})
        found = [locate_finding(f, recipe.path, source, article, settings) for f in findings]
        self.said[recipe.path] = self.plan.levels(recipe).apply(found)
        return self.said[recipe.path]

    def article(self, recipe: Recipe) -> Article | None:
        """Return the article that a recipe lays out, or None if it lays out none."""
        return self.articles.get((recipe.series, recipe.source))

    @cached_property
    def settings(self) -> dict[str, Mapping[str, Place]]:
        """The places of the settings of each series, by its id."""
        layouts = (*self.plan.loaded.partial, *self.plan.loaded.layouts)
        return {layout.series.id: layout.series.places for layout in layouts}

    @cached_property
    def articles(self) -> dict[tuple[str, str], Article]:
        """The articles by the id of their series and by their file."""
        layouts = (*self.plan.loaded.partial, *self.plan.loaded.layouts)
        return {(x.series.id, a.path): a for x in layouts for a in x.series.articles}

    def sweep(self) -> None:
        """Remove obsolete artefacts, but only files that we made and that nobody has changed since."""
        kept_series = set(self.plan.loaded.failed)
        for path, old in list(self.plan.entries.items()):
            if path in self.plan.planned or kept_series & {old.series, *old.members}:
                continue
            there = digest_below(self.plan.output, path)
            del self.plan.entries[path]
            if there == old.sha256:
                remove_file(self.plan.output, path)
                self.removed += 1
                self.tell(Event("removed", path, reason="nothing makes it any more"))
            elif there is not None:
                self.tell(
                    Event(
                        "kept", path, reason="nothing makes it any more, but it was changed by hand"
                    )
                )
