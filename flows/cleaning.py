"""Cleans fetched pages, in processes of their own when there are enough: trafilatura holds the interpreter's lock."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from threading import Thread

from news.article import CleanArticle, FetchedPage, Reject
from news.errors import RejectedInput, StepError
from news.topic import Topic
from sources.cleaning import clean_page

POOL_FROM = 24  # fewer pages than this are cleaned here before a pool of processes has started
EXCERPT = 200


class Cleaner:
    """Turns fetched pages into articles or rejects; keeps its processes from batch to batch."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._pool: ProcessPoolExecutor | None = None

    def clean(self, pages: Sequence[FetchedPage], now: datetime) -> list[CleanArticle | Reject]:
        """One article or reject for each page, in the pages' order."""
        work = partial(clean_one, topic=self._topic, now=now)
        if len(pages) < POOL_FROM:
            return [work(page) for page in pages]
        if self._pool is None:
            # Spawned, not forked: Prefect and the progress display run threads, and a fork would copy their locks.
            self._pool = ProcessPoolExecutor(
                os.cpu_count(), mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent
            )
        return list(self._pool.map(work, pages, chunksize=4))


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
