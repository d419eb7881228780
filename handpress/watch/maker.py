"""The maker: follow the saved files. The page that the author looks at comes first, then everything else.

It runs in a thread of its own. A save that arrives during a build ends that build between two artefacts; what was
finished is kept.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Event as Signal
from typing import Any

from msgspec import Struct

from handpress.build.outcome import Event, Foreign, Outcome
from handpress.build.request import Request
from handpress.build.run import build
from handpress.core.files.disk import file_digest
from handpress.core.files.workspace import find
from handpress.core.problems.problem import BrokenLayout, Problem
from handpress.press.result import Rendered
from handpress.watch.ahead import WarmWorkers
from handpress.watch.hub import Hub
from handpress.watch.problems import as_groups, summary_of
from handpress.watch.sources import Known, Sources
from handpress.watch.views import Views
from handpress.watch.words import changed_at, words_around

OFTEN = 0.2  # seconds between two reports of progress
DRAWING = 0.25  # seconds to wait for a browser to draw the handout: one may be in the background


class Superseded(Exception):
    """A newer save makes the rest of this build pointless."""


class Look(Struct, frozen=True):
    """A wish of the page: another article, or a line of it."""

    path: str
    line: int = 0


Wish = Sequence[str] | Look | None  # changed files; an article to look at; the end


class Maker:
    """The state of the page, and the thread that keeps it up to date."""

    def __init__(self, root: Path, output: Path, workers: WarmWorkers) -> None:
        self.root, self.output, self.workers = root, output, workers
        self.sources, self.views, self.hub = Sources(root, output), Views(output), Hub()
        self.wishes: Queue[Wish] = Queue()
        self.ended = False
        self.looking = ""  # the article on the page, by its file
        self.words: tuple[str, ...] = ()  # at the place that changed
        self.focus = 0  # counts the places, so that the page scrolls once to each
        self.problems: tuple[Problem, ...] = ()
        self.building: dict[str, Any] | None = None
        self.notice = ""
        self.visible: tuple[str, ...] = ()  # media that the page shows
        self.drawn = Signal()  # a browser has drawn the newest handout
        self.reported = 0.0

    def run(self) -> None:
        """Build, then follow the changes until :meth:`end`."""
        self.guarded(self.begin)
        while (wishes := self.gathered()) is not None:
            self.guarded(lambda wishes=wishes: self.follow(wishes))

    def end(self) -> None:
        self.ended = True
        self.wishes.put(None)

    def guarded(self, act: Any) -> None:
        """Run a step. Whatever fails in it is shown on the page, and the next save is a new attempt."""
        try:
            act()
        except Superseded:
            return  # the next step is waiting
        except BrokenLayout as broken:
            self.problems = (broken.problem,)
        except Foreign:
            self.notice = f"`{self.output}` holds files that Handpress did not make."
        except OSError as error:  # a file that is being written, or a full disk
            reason = error.strerror or str(error)
            self.notice = f"{error.filename}: {reason}" if error.filename else reason
        except Exception as error:  # noqa: BLE001  # ours; the page must survive it
            traceback.print_exc(file=sys.stderr)
            self.notice = f"A bug in Handpress: {type(error).__name__}: {error}"
        self.building = None
        self.publish()

    # Wishes

    def gathered(self) -> list[Wish] | None:
        """Wait for a wish, and return it with all others that have come; None at the end."""
        found = [self.wishes.get()]
        while True:
            try:
                found.append(self.wishes.get_nowait())
            except Empty:
                return None if self.ended else found

    def begin(self) -> None:
        self.sources.read(())
        self.looking = self.newest()
        self.building = nothing_made()
        self.show()
        self.publish()
        self.build()
        self.warm()

    def follow(self, wishes: Iterable[Wish]) -> None:
        changed = [path for wish in wishes if isinstance(wish, Sequence) for path in wish]
        for wish in wishes:
            if isinstance(wish, Look):
                self.look(wish)
        if not changed:
            self.show()
            return
        self.building = nothing_made()
        before, previous = self.sources.articles, self.looking
        file_digest.cache_clear()  # times and sizes of files decide nothing between two saves
        whole = not self.sources.reread(changed)
        if whole:
            self.sources.read(changed)
        place = self.choose(changed, before)
        self.drawn.clear()
        if self.press_handout() and self.hub.waiting:
            self.drawn.wait(DRAWING)  # until then, each bit of work here keeps the browser waiting
        self.workers.begin(self.sources.handouts(self.looking))  # in other styles, for the build
        if place:
            self.turn_to(*place)
        # The other pages are those of the last build: of this article too, if it was not on the page before.
        self.show(only="handout" if self.looking == previous else "")
        self.publish()
        if not whole:
            self.sources.read(changed)
        if set(self.sources.problems) - set(self.problems):
            self.problems = self.sources.problems  # the build may take a while to find all
            self.publish()
        self.sources.keep()
        self.build()

    def choose(self, changed: Sequence[str], before: dict[str, Known]) -> tuple[str, int] | None:
        """Look at the article that was saved last; return its text and the offset that changed, if it did."""
        saved = [path for path in changed if path in self.sources.articles]
        if saved:
            self.looking = saved[-1]
            text = self.sources.articles[self.looking].article.source.text
            old = before.get(self.looking)
            at = changed_at(old.article.source.text, text) if old else 0
            self.notice = ""
            return None if at is None else (text, at)
        if self.looking and self.looking not in self.sources.articles:
            self.notice = f"`{self.looking}` is gone. These are its last pages."
        else:
            self.notice = ""
        return None

    def look(self, wish: Look) -> None:
        known = self.sources.articles.get(wish.path)
        if known is None:
            return
        self.looking = wish.path
        source = known.article.source
        if 0 < wish.line <= len(source.starts):
            self.turn_to(source.text, source.starts[wish.line - 1])

    def turn_to(self, text: str, offset: int) -> None:
        self.words = words_around(text, offset)
        self.focus += 1

    def newest(self) -> str:
        """Return the article that was saved last, by the time of its file."""

        def saved(path: str) -> float:
            try:
                return (self.root_of_paths() / path).stat().st_mtime
            except OSError:
                return 0.0

        return max(self.sources.articles, key=saved, default="")

    def root_of_paths(self) -> Path:
        """Return the folder that the paths of messages are relative to."""
        workspace = self.sources.workspace
        return workspace.disk.root if workspace else self.root

    # Making

    def press_handout(self) -> bool:
        """Press the handout of the article on the page, and show it. Return whether the page has to be drawn again."""
        recipe = next(self.sources.handouts(self.looking), None)
        known = self.sources.articles.get(self.looking)
        if recipe is None or known is None:
            return False
        if self.visible and "handout" not in self.visible:
            return False
        before = self.views.version("handout")
        for _, result in self.workers.press([recipe]):
            if isinstance(result, Rendered):
                self.views.show_handout(known.article, recipe.path, result.data)
                self.publish()
                self.views.draw_handout()
                self.hub.wake()
        return self.views.version("handout") != before

    def warm(self) -> None:
        """Let the workers read what the next handout needs, before it is saved."""
        if recipe := next(self.sources.handouts(self.looking), None):
            list(self.workers.press([recipe]))

    def build(self) -> None:
        """Make every artefact that is out of date, as the command does; first the medium that is looked at alone."""
        workspace = find(self.root, self.output)
        if workspace is None:
            self.notice = "There is nothing to publish: no article is left."
            return
        self.building = nothing_made()
        if len(self.visible) == 1 and "handout" not in self.visible:
            build(workspace, Request(only=self.visible), self.tell, self.expect, self.workers)
            self.show(*self.visible)
            self.publish()
            workspace = find(self.root, self.output) or workspace
        outcome = build(workspace, Request(), self.tell, self.expect, self.workers)
        self.building = None
        self.made(outcome)

    def made(self, outcome: Outcome) -> None:
        self.problems = outcome.problems
        if outcome.faults:
            self.notice = f"A bug in Handpress: {outcome.faults[0].partition(chr(10))[0]}"
            print(*outcome.faults, sep="\n", file=sys.stderr)
        self.show()

    def expect(self, paths: Sequence[str]) -> None:
        self.interrupt()
        if self.building is not None:
            self.building["total"] += len(paths)

    def tell(self, event: Event) -> None:
        self.interrupt()
        if self.building is None or event.action not in ("made", "failed", "pressed"):
            return
        self.building["done"] += 1
        self.building["what"] = event.path
        if time.monotonic() - self.reported > OFTEN:
            self.publish()

    def interrupt(self) -> None:
        if self.ended or any(isinstance(wish, Sequence) for wish in list(self.wishes.queue)):
            raise Superseded

    # The page

    def show(self, only: str = "") -> None:
        """Bring the pages of the article up to date."""
        if known := self.sources.articles.get(self.looking):
            self.views.update(known.series, known.article, self.words, only)

    def publish(self) -> None:
        self.reported = time.monotonic()
        known = self.sources.articles.get(self.looking)
        self.hub.publish(
            {
                "looking": self.looking,
                "title": known.article.title if known else "",
                "articles": [
                    {"path": path, "title": k.article.title, "series": k.series.title}
                    for path, k in self.sources.articles.items()
                ],
                "views": self.views.as_json(),
                "words": self.words,
                "focus": self.focus,
                "building": self.building,
                "problems": as_groups(self.problems),
                "summary": summary_of(self.problems),
                "notice": self.notice,
            }
        )


def nothing_made() -> dict[str, Any]:
    """Return the progress of a build that begins."""
    return {"done": 0, "total": 0, "what": ""}
