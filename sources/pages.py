"""Fetching the pages that are pending, many at once. One bad page never stops the others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from news.article import FetchedPage, PageToFetch, RobotsFile
from news.errors import FetchError
from news.topic import Topic
from sources.charset import decode
from sources.decoding import gunzip
from sources.fetcher import USER_AGENT, Fetcher, FetchLimits, Response
from sources.guard import check_url
from sources.kinds import LISTERS
from sources.kinds.folder import content_type
from sources.kinds.local import is_below, locate
from sources.kinds.mail import CONTENT_TYPE, find_message
from sources.kinds.records import RECORD_KINDS
from sources.metadata import find_own_address
from sources.politeness import Sleep

_HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_NOT_MODIFIED = 304
_GONE = frozenset({404, 410})
_SNIFFED = 1024
Result = TypeVar("Result")


def fetch_pages(
    pages: Sequence[PageToFetch],
    limits: FetchLimits,
    topic: Topic,
    now: datetime,
    on_page: Callable[[FetchedPage], None],
    *,
    user_agent: str = USER_AGENT,
    robots: bool = True,
    sleep: Sleep = asyncio.sleep,
    known_robots: Sequence[RobotsFile] = (),
    on_robots: Callable[[RobotsFile], None] | None = None,
) -> list[FetchedPage]:
    """Fetch pages; `on_page` hears each result as it comes, the list keeps the order of `pages`.

    Never raises for what a page does. `file:` addresses are read only for a source of local files of the topic, and
    only below its folder.
    """
    fetcher = PageFetcher(
        limits,
        topic,
        now,
        user_agent=user_agent,
        robots=robots,
        sleep=sleep,
        known_robots=known_robots,
        on_robots=on_robots,
    )
    with fetcher:
        return fetcher.begin(pages, on_page).result()


class PageFetcher:
    """Fetches batches of pages in a thread of its own; use it as a context manager.

    One fetcher serves all batches: connections, the hosts' rules and the pauses between requests are shared, so a host
    is treated with the same care however its pages are dealt out. Leaving the block gives up what is still under way.
    """

    def __init__(
        self,
        limits: FetchLimits,
        topic: Topic,
        now: datetime,
        *,
        user_agent: str = USER_AGENT,
        robots: bool = True,
        sleep: Sleep = asyncio.sleep,
        known_robots: Sequence[RobotsFile] = (),
        on_robots: Callable[[RobotsFile], None] | None = None,
    ) -> None:
        self._topic = topic
        self._now = now
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="fetch", daemon=True)
        self._fetcher = Fetcher(
            limits,
            user_agent=user_agent,
            allow_hosts=topic.allow_hosts,
            resolve=dict(topic.resolve),
            robots=robots,
            sleep=sleep,
            now=now,
            known_robots=known_robots,
            on_robots=on_robots,
        )

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        self._run(self._fetcher.__aenter__()).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up what is under way, close every connection and end the thread."""
        self._run(self._close()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def begin(self, pages: Sequence[PageToFetch], on_page: Callable[[FetchedPage], None]) -> Future[list[FetchedPage]]:
        """Fetch a batch; several may be under way. `on_page` and `on_robots` are called in the fetching thread."""

        async def one(page: PageToFetch) -> FetchedPage:
            result = await fetch_page(page, self._fetcher, self._topic, self._now)
            on_page(result)
            return result

        async def every() -> list[FetchedPage]:
            return await asyncio.gather(*(one(page) for page in pages))

        return self._run(every())

    def _run(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _close(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._fetcher.__aexit__(None, None, None)
        await self._loop.shutdown_default_executor()


async def fetch_page(page: PageToFetch, fetcher: Fetcher, topic: Topic, now: datetime) -> FetchedPage:
    """One page fetched, whatever comes of it."""
    began = time.monotonic()
    blank = FetchedPage(page.url, page.source_id, page.item, now, "failed", validators=page.validators)
    if page.item.partial:
        return replace(blank, outcome="feed", final_url=page.url)  # nothing is asked of anybody
    try:
        if page.url.startswith("file:"):
            found = await asyncio.to_thread(_read_file, page, blank, topic, fetcher.limits.body_bytes)
        else:
            found = _result(blank, await fetcher.get(page.url, page.validators, accept=_HTML))
    except FetchError as error:
        found = replace(
            blank,
            outcome="gone" if error.status in _GONE else "failed",
            http_status=error.status,
            error=str(error),
            permanent=error.permanent,
            attempts=error.attempts,
        )
    except Exception as error:  # noqa: BLE001 - one page must not stop the others; the failure is recorded
        reason = f"{page.url} could not be fetched ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        found = replace(blank, error=reason)
    return replace(found, took_ms=round((time.monotonic() - began) * 1000))


def _result(blank: FetchedPage, answer: Response) -> FetchedPage:
    found = replace(
        blank,
        outcome="unchanged" if answer.status == _NOT_MODIFIED else "page",
        final_url=answer.final_url,
        http_status=answer.status,
        content_type=answer.content_type,
        body=answer.body,
        validators=answer.validators,
        attempts=answer.attempts,
    )
    if found.outcome == "unchanged":
        return found
    if not answer.body:
        return replace(found, outcome="failed", error=f"{blank.url} is empty: fetch it again later")
    if not _is_html(answer):
        stated = (answer.content_type or "no content type").partition(";")[0][:60]
        fault = f"{blank.url} is no HTML page ({stated}): only HTML pages are read"
        return replace(found, outcome="failed", error=fault, permanent=True, body=b"")
    return found


def _is_html(answer: Response) -> bool:
    stated = (answer.content_type or "").partition(";")[0].strip().lower()
    if stated:
        return stated in _PAGE_TYPES
    head = answer.body[:_SNIFFED].lower()
    return b"<html" in head or b"<!doctype html" in head


def _read_file(page: PageToFetch, blank: FetchedPage, topic: Topic, limit: int) -> FetchedPage:
    source = next((one for one in topic.sources if one.id == page.source_id and one.kind in LISTERS), None)
    path = locate(page.url)
    if source is None or not is_below(path, source.address):
        raise FetchError(f"{page.url} is a local file outside of its source's folder", "remove it", permanent=True)
    try:
        found = find_message(path) if source.kind == "mail" else path
        if found is None or not is_below(found, source.address) or not found.is_file():
            return replace(blank, outcome="gone", error=f"{page.url} is no longer there", permanent=True)
        if source.kind in RECORD_KINDS:
            return replace(blank, outcome="records", final_url=page.url)
        if found.stat().st_size > limit:
            raise FetchError(f"{page.url} is larger than {limit / 1e6:g} MB", "it is not read", permanent=True)
        body = found.read_bytes()
    except OSError as error:
        raise FetchError(f"{page.url} cannot be read ({error.strerror})", "check its permissions") from error
    kind = CONTENT_TYPE if source.kind == "mail" else content_type(path)
    own = _find_own_address(page.url, body, limit) if kind == "text/html" else None
    return replace(blank, outcome="page", final_url=own or page.url, content_type=kind, body=body)


def _find_own_address(name: str, body: bytes, limit: int) -> str | None:
    """Where a saved page came from, by its own word: an article that a reader can open, and that is known by it."""
    try:
        text = decode(gunzip(name, body, limit=limit), "text/html")
        return check_url(find_own_address(text) or "") if text else None
    except FetchError:
        return None
