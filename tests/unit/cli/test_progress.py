"""Long work shows itself: lines of progress without a terminal, times on request, nothing with `--quiet`."""

from __future__ import annotations

import json

import pytest

from handpress.build.outcome import Event
from handpress.cli.report import Progress
from handpress.cli.timings import Timings, kind_of
from helpers.workspaces import Book


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_line_each_ten_seconds(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """It has what is done and left, the time, and the next file; a short build has none."""
    progress = Progress("human", lambda: None, clock=clock)
    progress.expect(["a.pdf", "b.pdf", "c.pdf", "d.pdf"])
    for clock.now, path in ((4.0, "a.pdf"), (12.0, "b.pdf"), (15.0, "c.pdf")):
        progress.tell(Event("pressed", path))
    assert capsys.readouterr().err == "handpress: 2 of 4, 12 s, 12 s left  c.pdf\n"


def test_the_first_files_do_not_tell_how_long_the_rest_takes(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each process starts up before them."""
    names = [f"{number}.pdf" for number in range(20)]
    progress = Progress("human", lambda: None, clock=clock)
    progress.expect(names)
    for clock.now, path in ((10.0, "0.pdf"), (20.0, "1.pdf")):
        progress.tell(Event("pressed", path))
    assert capsys.readouterr().err.splitlines() == [
        "handpress: 1 of 20, 10 s  1.pdf",
        "handpress: 2 of 20, 20 s, 180 s left  2.pdf",
    ]


def test_no_line_when_there_is_nothing_to_do(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a build that waited for another one, which made everything."""
    progress = Progress("human", lambda: None, clock=clock)
    clock.now = 60.0
    progress.expect([])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("form", "quiet"), [("json", False), ("short", False), ("human", True)])
def test_no_line_for_programs_or_if_quiet(
    form: str, quiet: bool, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = Progress(form, lambda: None, quiet=quiet, clock=clock)
    clock.now = 60.0
    progress.expect(["a.pdf"])
    assert capsys.readouterr().err == ""


def test_a_slow_file_is_named_with_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress("human", lambda: None)
    for seconds in (4.9, 6.7):
        progress.tell(Event("made", "m/a.pdf", 2, "new", seconds=seconds))
    assert capsys.readouterr().out.splitlines() == [
        "made m/a.pdf  2 pages  new",
        "made m/a.pdf  2 pages  took 7 s  new",
    ]


def test_quiet_shows_problems_alone(book: Book) -> None:
    book.edit("sources/moon/02-spring.md", "At full and", "#### At full and")
    ran = book.build("--quiet", "--only", "web")
    assert (ran.code, ran.out, "[heading-skips]" in ran.err) == (0, "", True)
    assert (book.output / "moon/articles/spring.html").is_file()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("moon/moon.pdf: neap", "pieces of books"),
        ("moon/moon.pdf", "*.pdf"),
        ("moon/handouts/neap.pdf", "handouts/*.pdf"),
        ("moon/handouts/large-print/a5/neap.pdf", "handouts/large-print/a5/*.pdf"),
        ("index.html", "*.html"),
    ],
)
def test_the_kind_of_a_file(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_timings_are_gathered_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    timings = Timings()
    with timings.taken(lambda event: None) as tell:
        tell(Event("made", "m/handouts/a.pdf", seconds=0.5))
        tell(Event("made", "m/handouts/b.pdf", seconds=2.0))
        tell(Event("pressed", "m/m.pdf: a", seconds=0.25))
        tell(Event("removed", "m/handouts/c.pdf"))
    timings.planning = 0.125
    timings.show("json")
    timings.show("human")
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "type": "timings",
        "planning": 0.125,
        "rows": [
            {"what": "handouts/*.pdf", "number": 2, "seconds": 2.5, "longest": "m/handouts/b.pdf"},
            {"what": "pieces of books", "number": 1, "seconds": 0.25, "longest": "m/m.pdf: a"},
        ],
    }
    assert err.splitlines() == [
        "    2.50 s      2 handouts/*.pdf, longest m/handouts/b.pdf",
        "    0.25 s      1 pieces of books, longest m/m.pdf: a",
        "    0.12 s        reading, planning, writing",
    ]


@pytest.mark.anew
def test_a_build_takes_the_times_of_its_workers(book: Book) -> None:
    ran = book.build("--timings", "--only", "handout", "--message-format", "json")
    (rows,) = [told["rows"] for told in map(json.loads, ran.out.splitlines()) if "rows" in told]
    handouts = next(row for row in rows if row["what"] == "handouts/*.pdf")
    assert handouts["number"] == 2
    assert handouts["seconds"] > 0
