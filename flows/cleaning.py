"""Cleans fetched pages, in processes of their own when there are enough: trafilatura holds the interpreter's lock."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from itertools import count
from threading import Thread

from news.article import CleanArticle, FetchedPage, Reject
from news.errors import RejectedInput, StepError
from news.topic import Topic
from sources.cleaning import clean_page
from sources.extraction import forget

log = logging.getLogger(__name__)

POOL_FROM = 24  # fewer pages than this are cleaned here before a pool of processes has started
CHUNK = 4  # pages a process is given at a time,
CHUNK_BYTES = 1_000_000  # or fewer, where they are large: what a process once needed it hardly ever gives back
FORGET_EVERY = 250  # chunks: what libraries keep of earlier pages grows, and helps with none of another outlet
EXCERPT = 200
Cleaned = list[CleanArticle | Reject]
Work = Callable[[Sequence[FetchedPage], datetime], Cleaned]


class Cleaning:
    """A batch that is being cleaned. `futures` are what it waits for; `result` waits for all of them."""

    def __init__(self, cleaner: Cleaner, pages: Sequence[FetchedPage], now: datetime) -> None:
        self.pages = pages
        self.futures: list[Future[Cleaned]] = []
        self._cleaner = cleaner
        self._now = now

    def is_done(self) -> bool:
        """Whether `result` would come at once."""
        return all(one.done() for one in self.futures)

    def result(self) -> Cleaned:
        """One article or reject for each page, in the pages' order."""
        try:
            return [one for future in self.futures for one in future.result()]
        except BrokenProcessPool:
            return self._cleaner.clean_alone(self.pages, self._now)


class Cleaner:
    """Turns fetched pages into articles or rejects; keeps its processes from batch to batch.

    `work` is what a process does with some pages; it must be a function of a module.
    """

    def __init__(self, topic: Topic, work: Work | None = None) -> None:
        self._topic = topic
        self._work = work or clean_some
        self._pool: ProcessPoolExecutor | None = None

    def clean(self, pages: Sequence[FetchedPage], now: datetime) -> Cleaned:
        """One article or reject for each page, in the pages' order."""
        self.warm_up(len(pages))
        return self.begin(pages, now).result()

    def warm_up(self, count: int) -> None:
        """Starts the processes when so many pages are to come that they pay."""
        if count >= POOL_FROM and self._pool is None:
            self._pool = _start(self._topic, os.cpu_count() or 1)
            for _ in range(os.cpu_count() or 1):
                self._pool.submit(os.getpid)  # they start when something is asked of them

    def begin(self, pages: Sequence[FetchedPage], now: datetime) -> Cleaning:
        """Cleans a batch in the processes when there are any, else here and now."""
        batch = Cleaning(self, pages, now)
        batch.futures.extend(self._submit(some, now) for some in deal(pages))
        return batch

    def clean_alone(self, pages: Sequence[FetchedPage], now: datetime) -> Cleaned:
        """Cleans a batch whose process died (of a fault in a parser, of memory): the page that kills it is kept out."""
        log.warning("a process that cleans pages died: its %d pages are cleaned one by one", len(pages))
        self._pool = None
        cleaned: Cleaned = []
        alone = _start(self._topic, 1)
        for page in pages:
            try:
                cleaned += alone.submit(self._work, [page], now).result()
            except BrokenProcessPool:
                given = f"{page.url} cannot be cleaned (the process that tried died)"
                cleaned.append(Reject(given=page.url, reason=given, mend="report the page", excerpt="", at=now))
                alone = _start(self._topic, 1)
        alone.shutdown()
        return cleaned

    def _submit(self, pages: Sequence[FetchedPage], now: datetime) -> Future[Cleaned]:
        if self._pool is not None:
            try:
                return self._pool.submit(self._work, pages, now)
            except BrokenProcessPool as error:
                broken: Future[Cleaned] = Future()
                broken.set_exception(error)
                return broken
        done: Future[Cleaned] = Future()
        done.set_result([clean_one(page, self._topic, now) for page in pages])
        return done


def deal(pages: Sequence[FetchedPage]) -> Iterator[list[FetchedPage]]:
    """The pages in order, as many at a time as a process is given."""
    some: list[FetchedPage] = []
    for page in pages:
        if some and (len(some) == CHUNK or sum(len(one.body) for one in (*some, page)) > CHUNK_BYTES):
            yield some
            some = []
        some.append(page)
    if some:
        yield some


_TOPIC: list[Topic] = []
"""The topic of a process that cleans, given once: it is larger than a page."""

_CHUNKS = count(1)


def _start(topic: Topic, processes: int) -> ProcessPoolExecutor:
    # Spawned, not forked: Prefect and the progress display run threads, and a fork would copy their locks.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=begin_process, initargs=(topic,))


def begin_process(topic: Topic) -> None:
    """Prepares a process that cleans."""
    _TOPIC[:] = [topic]
    gc.freeze()  # modules and topic stay for good: no collection need walk through them again, a twentieth of the time
    end_with_parent()


def clean_some(pages: Sequence[FetchedPage], now: datetime) -> Cleaned:
    """One article or reject for each page; in a process that cleans."""
    if next(_CHUNKS) % FORGET_EVERY == 0:
        forget()
    return [clean_one(page, _TOPIC[0], now) for page in pages]


def end_with_parent() -> None:
    """Ends this process when the one that started it is gone: killed, it can tell nobody, and we would wait forever."""

    def wait() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def clean_one(page: FetchedPage, topic: Topic, now: datetime) -> CleanArticle | Reject:
    """The article on one page, or why there is none."""
    try:
        return clean_page(page, topic, now)
    except RejectedInput as error:
        excerpt = page.body[:EXCERPT].decode("utf-8", "replace")
        return Reject(given=page.url, reason=error.message, mend=error.mend, excerpt=excerpt, at=now)
    except StepError:  # no fault of the page's
        raise
    except Exception as error:  # noqa: BLE001 - one page must not stop the others; it is kept as a reject
        reason = " ".join(str(error).split())[:EXCERPT] or type(error).__name__
        given = f"{page.url} cannot be cleaned ({reason})"
        return Reject(given=page.url, reason=given, mend="report the page", excerpt="", at=now)
