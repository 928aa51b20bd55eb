"""Fetch, clean and file at the same time: while one batch is cleaned, the next is fetched and the one before it filed.

    pending ─▶ fetch (a thread of its own) ─▶ record ─▶ clean (processes) ─▶ file
                      └───────── at most AHEAD batches between its ends ─────────┘

This thread alone uses the warehouse: every fetch is written down before its page is cleaned, every batch is one short
transaction, and batches are filed in the order in which they were asked for, however fast each of them was. Killed
anywhere, what was recorded waits to be cleaned and the rest to be fetched; memory holds AHEAD batches, never a round.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from typing import TypeVar

from flows.cleaning import Cleaning
from flows.desk import Desk
from flows.progress import tell
from flows.records import record_batches
from flows.revising import tell_vanished
from flows.stages import file_batch
from news.article import FetchedPage, PageToFetch, RobotsFile
from news.filing import url_key
from sources.pages import PageFetcher
from sources.robots import GOOD_FOR
from warehouse import pages, robots

log = logging.getLogger(__name__)

BATCH = 40  # pages; a batch's fetches are written down together, so a kill costs those of AHEAD batches at most
SMALL = 20  # pages of the first and the last batches of a long line
LIGHT_BYTES = 20_000_000  # of a batch: where pages are larger than usual, the next ones have fewer
AHEAD = 4  # batches between being asked for and being filed
WINDOW = 400  # pages looked up at once
LEFT_BATCH = 100
MEMORY = "512MB"  # for the warehouse while pages come in
TOLD_EVERY_S = 0.2
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a round took in: pages that answered with a page, and new articles they made."""

    fetched: int
    new: int


def take_in(desk: Desk, now: datetime) -> TakenIn:
    """Fetches every page that is pending, cleans and files it; what an earlier run fetched and did not file is first.

    Of a page that can never be read (too large, forbidden, gone) its source's own text is filed, else it is a reject.
    """
    # The cores are for cleaning; and what was written once need not stay in memory.
    with desk.warehouse.lease(threads=1, memory=MEMORY):
        new = file_left(desk, now)
        line = _Line(desk, now)
        if line.look_up():
            with desk.warehouse.reading() as tx:
                known = robots.known(tx, now - GOOD_FOR)
            fetcher = PageFetcher(
                desk.limits,
                desk.topic,
                now,
                user_agent=desk.settings.user_agent,
                sleep=desk.sleep,
                known_robots=known,
                on_robots=line.robots.put,
            )
            with fetcher:
                line.run(fetcher)
    return TakenIn(line.fetched, line.new + new)


def file_left(desk: Desk, now: datetime) -> int:
    """Cleans and files what was fetched and recorded, by a run that was killed; returns how many new articles."""
    new = 0
    while True:
        with desk.warehouse.reading() as tx:
            raw = pages.uncleaned(tx, LEFT_BATCH)
        if not raw:
            return new
        desk.cleaner.warm_up(len(raw))
        new += _file(desk, [_begin(desk, raw, now)], now)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was fetched and waits to be filed: pages that are being cleaned, and files of records."""

    cleaning: Cleaning
    records: tuple[FetchedPage, ...]


def _begin(desk: Desk, raw: Sequence[FetchedPage], now: datetime) -> _Batch:
    single = [page for page in raw if page.outcome != "records"]
    return _Batch(desk.cleaner.begin(single, now), tuple(page for page in raw if page.outcome == "records"))


def _file(desk: Desk, batches: Sequence[_Batch], now: datetime) -> int:
    """Files some batches as one; a kill among a file's records leaves that file waiting, and costs no record."""
    raw = [page for batch in batches for page in batch.cleaning.pages]
    records = [page for batch in batches for page in batch.records]
    new = 0
    if raw:
        new = file_batch(desk, [one for batch in batches for one in batch.cleaning.result()], now, raw)
    if records:
        new += sum(file_batch(desk, some, now) for some in record_batches(records, desk.topic, now))
        with desk.warehouse.transaction() as tx:
            pages.mark_cleaned(tx, records, now)
    return new


@dataclass
class _Line:
    """The line of batches, from being asked for to being filed."""

    desk: Desk
    now: datetime
    waiting: Sequence[PageToFetch] = ()
    more: bool = True  # pending than have been looked up
    fetching: deque[Future[list[FetchedPage]]] = field(default_factory=deque)
    cleaning: deque[_Batch] = field(default_factory=deque)
    asked: set[str] = field(default_factory=set)
    told: SimpleQueue[FetchedPage] = field(default_factory=SimpleQueue)
    robots: SimpleQueue[RobotsFile] = field(default_factory=SimpleQueue)
    grown: int = 0  # the last batch's size
    mean_bytes: float = 0.0  # of the pages of the last batch fetched
    fetched: int = 0
    new: int = 0

    def run(self, fetcher: PageFetcher) -> None:
        """Moves batches on until none is left."""
        while self._ask(fetcher):
            if self.fetching and self.fetching[0].done():
                self._record(self.fetching.popleft().result())
            elif self.cleaning and self.cleaning[0].cleaning.is_done():
                self._file(self._cleaned())
            else:
                self._wait()
            self._tell()

    def _ask(self, fetcher: PageFetcher) -> bool:
        """Fills the line up; whether there is anything in it."""
        while len(self.fetching) + len(self.cleaning) < AHEAD and (self.waiting or self.look_up()):
            size = self._size()
            batch, self.waiting = self.waiting[:size], self.waiting[size:]
            self.asked.update(url_key(page.url) for page in batch)
            self.fetching.append(fetcher.begin(batch, self.told.put))
        return bool(self.fetching or self.cleaning)

    def _size(self) -> int:
        """How many pages the next batch has: few at a long line's ends, where one step's work waits for another's."""
        if not self.grown and len(self.waiting) <= BATCH:
            return BATCH
        self.grown = min(BATCH, 2 * self.grown or SMALL, max(1, int(LIGHT_BYTES / max(1.0, self.mean_bytes))))
        return min(self.grown, max(SMALL, len(self.waiting) // 2)) if not self.more else self.grown

    def look_up(self) -> bool:
        """Looks what else is pending; what is on its way is pending still, and left out."""
        if not self.more:
            return False
        limit = WINDOW + len(self.asked)
        with self.desk.warehouse.reading() as tx:
            found = pages.pending(tx, self.now, limit, self.desk.settings.revisits)
        self.more = len(found) == limit
        self.waiting = [page for page in found if url_key(page.url) not in self.asked]
        self.desk.cleaner.warm_up(len(self.waiting))
        return bool(self.waiting)

    def _record(self, fetched: Sequence[FetchedPage]) -> None:
        self.mean_bytes = sum(len(page.body) for page in fetched) / max(1, len(fetched))
        bodies = pages.pack(fetched)
        with self.desk.warehouse.transaction() as tx:
            pages.record(tx, fetched, bodies)
            robots.record(tx, _emptied(self.robots))
            raw = pages.waiting(tx, fetched)
            tell_vanished(tx, fetched, self.desk.topic, self.now)
        self.asked.difference_update(url_key(page.url) for page in fetched)
        self.fetched += sum(page.outcome == "page" for page in fetched)
        if raw:
            self.cleaning.append(_begin(self.desk, raw, self.now))

    def _cleaned(self) -> list[_Batch]:
        """The batches at the line's end that are cleaned: filed together, they cost hardly more than one of them."""
        done = [self.cleaning.popleft()]
        while self.cleaning and self.cleaning[0].cleaning.is_done():
            done.append(self.cleaning.popleft())
        return done

    def _file(self, done: Sequence[_Batch]) -> None:
        self.new += _file(self.desk, done, self.now)

    def _wait(self) -> None:
        heads = [*list(self.fetching)[:1], *(self.cleaning[0].cleaning.futures if self.cleaning else ())]
        wait([one for one in heads if not one.done()], TOLD_EVERY_S, FIRST_COMPLETED)

    def _tell(self) -> None:
        """Says what was fetched; here, since Prefect's log and the display belong to this thread."""
        for page in _emptied(self.told):
            tell("fetched", int(page.outcome == "page"))


def _emptied(queue: SimpleQueue[Given]) -> list[Given]:
    """What another thread has put there so far."""
    return [queue.get() for _ in range(queue.qsize())]
