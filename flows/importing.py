"""Given files and single pages: filed at once, then read and compared like any others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path

from flows import delivering, stages
from flows.progress import tell_day
from flows.stages import Desk
from news.article import CleanArticle, FeedItem, PageToFetch, Reject
from news.errors import StepError
from sources.imports import read_imports
from sources.pages import fetch_pages
from warehouse import pages

FILE_BATCH = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: rows given, articles that were new, claims and findings they made, and the rejects."""

    given: int
    new: int
    claims: int
    findings: int
    rejected: tuple[Reject, ...] = ()


def import_files(desk: Desk, paths: Sequence[Path], mapping: Mapping[str, str], now: datetime) -> Imported:
    """Files every article of the paths, a batch at a time, then reads and compares them."""
    given = new = 0
    rejected: list[Reject] = []
    for batch in batches(read_imports(paths, mapping=dict(mapping), topic=desk.topic, now=now), FILE_BATCH):
        new += stages.file_batch(desk, batch, now)
        given += len(batch)
        rejected += [one for one in batch if isinstance(one, Reject)]
    claims = stages.read(desk, now)
    return Imported(given, new, claims, stages.compare_claims(desk, now), tuple(rejected))


def replay_files(desk: Desk, paths: Sequence[Path], mapping: Mapping[str, str], now: datetime) -> Imported:
    """Files an archive in the order it was seen, a simulated day at a time, comparing and digesting as days pass.

    The recording time is the end of each simulated day. Rejects are kept first, as of `now`.

    Raises:
        StepError: a digest did not go out; everything else was done, and the outbox keeps it.
    """
    rows = list(read_imports(paths, mapping=dict(mapping), topic=desk.topic, now=now))
    rejected = [one for one in rows if isinstance(one, Reject)]
    stages.file_batch(desk, rejected, now)
    seen = sorted((one for one in rows if isinstance(one, CleanArticle)), key=lambda one: one.seen)
    new = claims = findings = 0
    delivered = []
    for _, day in groupby(seen, key=lambda one: one.seen.date()):
        today = list(day)
        # The last one seen sets the clock: nothing is recorded before it was seen.
        moment = today[-1].seen.replace(hour=23, minute=59, second=59, microsecond=0)
        tell_day(moment)
        for batch in batches(today, FILE_BATCH):
            new += stages.file_batch(desk, batch, moment)
        claims += stages.read(desk, moment)
        findings += stages.compare_claims(desk, moment)
        delivering.digest(desk, moment)
        delivered.append(delivering.deliver(desk, moment))
    if problems := delivering.problems_of(delivered):
        raise StepError("\n".join(problems), "they stay in the outbox; see `volteface deliveries`")
    return Imported(len(rows), new, claims, findings, tuple(rejected))


def add_page(desk: Desk, url: str, now: datetime) -> Imported:
    """Fetches, files, reads and compares one page now.

    Raises:
        StepError: the page could not be fetched; says why.
    """
    page = PageToFetch(url=url, source_id=None, item=FeedItem(url=url))
    fetched = fetch_pages(
        [page], desk.limits, desk.topic, now, lambda _: None, user_agent=desk.settings.user_agent, sleep=desk.sleep
    )
    with desk.warehouse.transaction() as tx:
        pages.record(tx, fetched)
    if fetched[0].outcome == "failed" or fetched[0].outcome == "gone":
        raise StepError(f"{url} was not fetched: {fetched[0].error}", "check the address and try again")
    cleaned = desk.cleaner.clean(fetched, now)
    new = stages.file_batch(desk, cleaned, now, fetched)
    rejected = tuple(one for one in cleaned if isinstance(one, Reject))
    # Whoever adds a page by hand wants it read, on the topic or not.
    claims = stages.read(replace(desk, read_all=True), now)
    return Imported(1, new, claims, stages.compare_claims(desk, now), rejected)


def batches(rows: Iterable[CleanArticle | Reject], size: int) -> Iterator[list[CleanArticle | Reject]]:
    """The rows in lists of `size`, the last one shorter."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch
