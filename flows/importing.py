"""Given files and single pages: filed at once, then read and compared like any others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from flows import delivering, stages
from flows.collating import collate
from flows.comparing import compare_claims
from flows.desk import Desk
from flows.progress import tell_day
from flows.records import batches
from news.article import Article, CleanArticle, FeedItem, FetchedPage, PageToFetch, Reject
from news.claim import Claim
from news.errors import StepError
from sources.discovery import complete
from sources.imports import read_imports
from sources.pages import fetch_pages
from warehouse import articles, claims, pages

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
    # One thread: a statement of a batch's few rows is slower on several.
    with desk.warehouse.lease(threads=1):
        for batch in batches(read_imports(paths, mapping=dict(mapping), topic=desk.topic, now=now), FILE_BATCH):
            new += stages.file_batch(desk, batch, now)
            given += len(batch)
            rejected += [one for one in batch if isinstance(one, Reject)]
    read = stages.read(desk, now)
    found = compare_claims(desk, now) + collate(desk, now)
    return Imported(given, new, read, found, tuple(rejected))


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
    new = read = findings = 0
    delivered = []
    for _, day in groupby(seen, key=lambda one: one.seen.date()):
        today = list(day)
        # The last one seen sets the clock: nothing is recorded before it was seen.
        moment = today[-1].seen.replace(hour=23, minute=59, second=59, microsecond=0)
        tell_day(moment)
        for batch in batches(today, FILE_BATCH):
            new += stages.file_batch(desk, batch, moment)
        read += stages.read(desk, moment)
        findings += compare_claims(desk, moment) + collate(desk, moment)
        delivering.digest(desk, moment)
        delivered.append(delivering.deliver(desk, moment))
    if problems := delivering.problems_of(delivered):
        raise StepError("\n".join(problems), "they stay in the outbox; see `volteface deliveries`")
    return Imported(len(rows), new, read, findings, tuple(rejected))


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one page given by its address.

    `page` is what cleaning made of it and `article` what is stored (both None when it holds no article); `original`
    what it is a copy of; `known` whether it was stored before, under whatever revision.
    """

    counts: Imported
    page: CleanArticle | None = None
    article: Article | None = None
    original: Article | None = None
    claims: tuple[Claim, ...] = ()
    known: bool = False


def add_page(desk: Desk, given: str, now: datetime) -> Added:
    """Fetches, files, reads and compares one page now; an address without a scheme is tried with https, then http.

    Raises:
        FetchError: it is no web address.
        StepError: the page could not be fetched; says why.
    """
    fetched = _fetch(desk, given, now)
    cleaned = desk.cleaner.clean([fetched], now)[0]
    key = fetched.url if isinstance(cleaned, Reject) else cleaned.url
    with desk.warehouse.reading() as tx:
        known = articles.of_url(tx, key) is not None
    new = stages.file_batch(desk, [cleaned], now, [fetched])
    if isinstance(cleaned, Reject):
        return Added(Imported(1, 0, 0, 0, (cleaned,)), known=known)
    with desk.warehouse.reading() as tx:
        article = articles.of_url(tx, key)
    read = stages.read(desk, now)
    if article and not article.relevance.on_topic and not article.original_id and _is_read(article, desk):
        # Whoever adds a page by hand wants it read, on the topic or not; the other pages off it stay unread.
        read += stages.read_articles(desk, [article], now)
    counts = Imported(1, new, read, compare_claims(desk, now) + collate(desk, now))
    with desk.warehouse.reading() as tx:
        original = articles.get(tx, [article.original_id]) if article and article.original_id else []
        made = claims.of_article(tx, article.article_id) if article else []
    return Added(counts, cleaned, article, original[0] if original else None, tuple(made), known)


def _fetch(desk: Desk, given: str, now: datetime) -> FetchedPage:
    """The page at the first of the addresses that can be meant which can be reached; its fetch is written down."""
    tried = [_ask(desk, address, now) for address in complete(given)[:1]]
    if _is_unreachable(tried[0]):
        tried += [_ask(desk, address, now) for address in complete(given)[1:]]
    fetched = next((page for page in tried if not _is_unreachable(page)), tried[0])
    with desk.warehouse.transaction() as tx:
        pages.record(tx, [fetched])
    if fetched.outcome in {"failed", "gone"}:
        raise StepError(fetched.error or f"{fetched.url} was not fetched")
    return fetched


def _ask(desk: Desk, url: str, now: datetime) -> FetchedPage:
    page = PageToFetch(url=url, source_id=None, item=FeedItem(url=url))
    agent = desk.settings.user_agent
    return fetch_pages([page], desk.limits, desk.topic, now, lambda _: None, user_agent=agent, sleep=desk.sleep)[0]


def _is_unreachable(page: FetchedPage) -> bool:
    return page.outcome == "failed" and page.http_status is None and not page.permanent


def _is_read(article: Article, desk: Desk) -> bool:
    """Whether the article is in a language that the topic is read in, as far as is known."""
    return article.lang is None or article.lang in desk.topic.languages
