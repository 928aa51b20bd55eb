"""Asking each source what it has. A bad source is a result, never an exception."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from news.article import FeedItem, Poll, RobotsFile, Validators
from news.errors import FetchError
from news.topic import Source, Topic
from sources.asking import longest, read_freshness
from sources.fetcher import NO_VALIDATORS, USER_AGENT, Fetcher, FetchLimits, Response
from sources.kinds import LISTERS, READERS, Document, Reader, Reading
from sources.kinds.document import finish
from sources.kinds.local import fingerprint
from sources.politeness import Sleep
from sources.retries import read_retry_after
from sources.robots import HostClosed, RobotsForbid

_NOT_MODIFIED = 304
_INDEX_LEVELS = 2
_LARGE_BYTES = 50_000  # a document of this size can take its parser seconds
_MOST_FURTHER = 20  # sitemaps of all the indexes inside an index
_OWN_MARK = "sha256:"  # no server's ETag begins like this: those stand in quotes (RFC 9110, 8.8.3)


async def poll(source: Source, validators: Validators, fetcher: Fetcher, now: datetime) -> Poll:
    """One look at one source.

    Never raises for what the source does: `failed` polls carry a one-line error. A source whose server gives no
    validators is compared by a hash of its bytes, which comes back in `validators.etag` and is never sent.
    """
    began = time.monotonic()
    try:
        found = await (_look_at_files if source.kind in LISTERS else _look)(source, validators, fetcher, now)
    except FetchError as error:
        found = Poll(
            source.id,
            now,
            "failed",
            validators=validators,
            http_status=error.status,
            error=str(error),
            retry_after_s=error.retry_after_s,
            robots=_robots_of(error),
        )
    except Exception as error:  # noqa: BLE001 - one source must not stop the others; the failure is recorded
        reason = f"{source.address} could not be polled ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        found = Poll(source.id, now, "failed", validators=validators, error=reason)
    return replace(found, took_ms=round((time.monotonic() - began) * 1000))


def poll_sources(
    sources: Sequence[tuple[Source, Validators]],
    limits: FetchLimits,
    topic: Topic,
    now: datetime,
    on_poll: Callable[[Poll], None],
    *,
    user_agent: str = USER_AGENT,
    robots: bool = True,
    sleep: Sleep = asyncio.sleep,
    known_robots: Sequence[RobotsFile] = (),
    on_robots: Callable[[RobotsFile], None] | None = None,
) -> list[Poll]:
    """Poll many sources at once; `on_poll` hears each result as it comes, the list keeps the order of `sources`.

    Must not be called from a running event loop.
    """

    async def run() -> list[Poll]:
        fetcher = Fetcher(
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
        async with fetcher:

            async def one(source: Source, validators: Validators) -> Poll:
                result = await poll(source, validators, fetcher, now)
                on_poll(result)
                return result

            return await asyncio.gather(*(one(source, validators) for source, validators in sources))

    return asyncio.run(run())


async def _look(source: Source, validators: Validators, fetcher: Fetcher, now: datetime) -> Poll:
    reader = READERS.get(source.kind)
    if reader is None:
        raise FetchError(
            f"source {source.id} is of kind {source.kind!r}", f"known are {', '.join((*READERS, *LISTERS))}"
        )
    own_mark = validators.etag if (validators.etag or "").startswith(_OWN_MARK) else None
    address = reader.complete(source.address)
    if reader.apart_s:
        fetcher.keep_apart(address, reader.apart_s)
    answer = await fetcher.get(address, NO_VALIDATORS if own_mark else validators, accept=reader.accept)
    marks = answer.validators if answer.validators != NO_VALIDATORS else Validators(etag=_mark(answer.body))
    if answer.status == _NOT_MODIFIED or (own_mark and own_mark == marks.etag):
        return replace(_result(source, now, answer, Reading()), outcome="unchanged", validators=marks)
    reading = await _read(reader, replace(_document(answer), select=source.select), now)
    if reading.further:
        # An index can stay the same while the sitemaps in it change, so it is read anew each time.
        reading, marks = await _read_further(answer.final_url, reading, reader, fetcher, now), NO_VALIDATORS
    # What was not understood is read again next time, even if it has not changed: we may have.
    outcome, marks = ("items", marks) if reading.understood else ("failed", validators)
    return replace(_result(source, now, answer, reading), outcome=outcome, validators=marks)


async def _read_further(root: str, index: Reading, reader: Reader, fetcher: Fetcher, now: datetime) -> Reading:
    """The items of a sitemap index's sitemaps; a missing one costs only its own items.

    The protocol knows no index inside an index, publishers do: one more level is followed, within the same bound.
    """
    readings: list[Reading] = []
    asked = {root}
    waiting = index.further
    for _ in range(_INDEX_LEVELS):
        asked.update(waiting)
        found = await asyncio.gather(*(_read_one(url, reader, fetcher, now) for url in waiting))
        readings += [reading for reading in found if not reading.further]
        below = [url for reading in found for url in reading.further if url not in asked]
        waiting = tuple(dict.fromkeys(below))[:_MOST_FURTHER]
    faults = [reading.error for reading in readings if reading.error]
    faults += [f"{url} is an index too far inside others, which is not followed" for url in waiting]
    items: list[FeedItem | None] = [item for reading in readings for item in reading.items]
    error = index.error or (f"{len(faults)} of {len(asked) - 1} sitemaps: {faults[0]}" if faults else None)
    windowed = any(reading.items for reading in readings) and all(one.windowed for one in readings if one.items)
    return replace(finish(items, error), understood=bool(items) or not faults, windowed=windowed)


async def _read_one(url: str, reader: Reader, fetcher: Fetcher, now: datetime) -> Reading:
    try:
        return await _read(reader, _document(await fetcher.get(url, accept=reader.accept)), now)
    except FetchError as error:
        return Reading(error=error.message, understood=False)


async def _read(reader: Reader, document: Document, now: datetime) -> Reading:
    """The reading of a document; of a large one in a thread, so that other sources' requests go on meanwhile."""
    if len(document.body) < _LARGE_BYTES:
        return reader.read(document, now)
    return await asyncio.to_thread(reader.read, document, now)


async def _look_at_files(source: Source, validators: Validators, fetcher: Fetcher, now: datetime) -> Poll:
    del fetcher  # files need none
    reading = await asyncio.to_thread(LISTERS[source.kind], source.address)
    items = tuple(replace(item, outlet=source.outlet) for item in _in_language(reading.items, source))
    marks = Validators(etag=fingerprint(items))
    if marks == validators:
        return Poll(source.id, now, "unchanged", validators=marks, windowed=False)
    return Poll(source.id, now, "items", items, marks, error=reading.error, windowed=False)


def _robots_of(error: FetchError) -> str | None:
    if isinstance(error, RobotsForbid):
        return "closed"
    return "unreachable" if isinstance(error, HostClosed) else None


def _result(source: Source, now: datetime, answer: Response, reading: Reading) -> Poll:
    return Poll(
        source_id=source.id,
        at=now,
        outcome="items",
        items=_in_language(reading.items, source),
        http_status=answer.status,
        error=f"{source.address}: {reading.error}" if reading.error else None,
        moved_to=reading.moved_to or answer.permanent_redirect,
        asked_s=longest(reading.asked_s, read_freshness(answer.headers)),
        retry_after_s=read_retry_after(answer.headers.get("retry-after"), answer.headers.get("date")),
        robots=answer.robots,
        windowed=reading.windowed,
    )


def _in_language(items: tuple[FeedItem, ...], source: Source) -> tuple[FeedItem, ...]:
    """The items, those that name no language in the source's."""
    return tuple(replace(item, lang=item.lang or source.lang) for item in items)


def _document(answer: Response) -> Document:
    return Document(answer.final_url, answer.body, answer.content_type, answer.headers.get("content-language"))


def _mark(body: bytes) -> str:
    return _OWN_MARK + hashlib.sha256(body).hexdigest()
