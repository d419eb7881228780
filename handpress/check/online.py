"""Dead links: ask the web, politely, whether the pages that articles link to exist.

Each host gets one request at a time and at most one a second. Answers are kept in the user's cache, so that the next
check asks only for new addresses.
"""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urldefrag, urlsplit

from msgspec import Struct, field

from handpress.build.kinds import levels_of
from handpress.check.page import Page
from handpress.core.caches import record
from handpress.core.caches.record import Damaged
from handpress.core.files import download
from handpress.core.files.disk import discard
from handpress.core.problems.problem import Place, Problem, problem
from handpress.core.user import cache_folder

NAME = "handpress/links"
GONE = (404, 410)
DAYS = {True: 7, False: 1}  # how long an answer is kept, by whether the page was there
PAUSE = 1.0  # seconds between two requests to one host
HOSTS = 8  # asked at once
PRIVATE = False  # whether hosts in a private network are asked: only by tests
_ADDRESS = re.compile(
    r"\]\(\s*<?(https?://(?:[^\s<>()]|\([^\s<>()]*\))+)|<(https?://[^\s<>]+)>|^ {0,3}\[[^\]\n]+\]:\s*<?(https?://[^\s>]+)"
    r"|(?<![\w(<\"'=\[/])(https?://(?:[^\s<>()\]]|\([^\s<>()]*\))*[\w/])",
    re.M,
)


class _Answer(Struct, frozen=True):
    """The answer for one address: a status of HTTP or a reason without one, and the day."""

    day: str
    status: int
    reason: str = ""

    @property
    def why_dead(self) -> str:
        """The reason why the link is dead, or "" if it is not known to be."""
        if self.status in GONE:
            return f"its page answers {self.status}"
        return self.reason if self.reason == download.NO_HOST else ""


class _Answers(Struct, frozen=True):
    by_address: Mapping[str, _Answer] = field(default_factory=dict)


def dead_links(pages: Sequence[Page], today: datetime.date, strict: bool) -> list[Problem]:
    """Return a problem for each link of the pages that is dead."""
    links = [(page, address, place) for page in pages for address, place in _links(page)]
    answers = _answers_for({address for _, address, _ in links}, today)
    found = []
    for page, address, place in links:
        if why := answers[address].why_dead:
            levels, _ = levels_of(page.series, strict)
            found += levels.apply([problem("dead-link", place, reason=why)])
    return found


def _links(page: Page) -> Iterator[tuple[str, Place]]:
    for found in _ADDRESS.finditer(page.written):
        group = found.lastindex or 0
        yield urldefrag(found[group]).url, page.place(*found.span(group))


def _answers_for(addresses: Iterable[str], today: datetime.date) -> Mapping[str, _Answer]:
    """Return the answer for each address: the one that is kept if it is recent, or a new one."""
    kept = {a: answer for a, answer in _kept().items() if _is_recent(answer, today)}
    by_host: dict[str, list[str]] = {}
    for address in sorted(set(addresses) - kept.keys()):
        by_host.setdefault(urlsplit(address).netloc, []).append(address)

    def ask(several: Sequence[str]) -> list[tuple[str, _Answer]]:
        answers = []
        for number, address in enumerate(several):
            if number:
                time.sleep(PAUSE)
            answers.append((address, _answer(address, today)))
        return answers

    with ThreadPoolExecutor(HOSTS) as pool:
        for several in pool.map(ask, by_host.values()):
            kept |= dict(several)
    try:
        record.save(cache_folder(), NAME, _Answers(kept))
    except OSError:  # a folder that cannot be written only costs time
        pass
    return kept


def _answer(address: str, today: datetime.date) -> _Answer:
    day = today.isoformat()
    try:
        return _Answer(day, download.status(address, PRIVATE))
    except download.DownloadRefused as refused:
        return _Answer(day, 0, str(refused))


def _is_recent(answer: _Answer, today: datetime.date) -> bool:
    age = (today - datetime.date.fromisoformat(answer.day)).days
    return 0 <= age < DAYS[not answer.why_dead]


def _kept() -> Mapping[str, _Answer]:
    try:
        found = record.load(_Answers, cache_folder(), NAME)
        return found.by_address if found else {}
    except Damaged:
        discard(cache_folder(), NAME)
    except OSError:
        pass
    return {}
