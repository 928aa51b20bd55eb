"""One round, step by step: poll → fetch → file → read → compare → digest → deliver.

Every stage asks the warehouse what is pending, does slow work outside any transaction, and writes what it did in one
short transaction a batch. Killed anywhere and run again, a stage takes up what is still pending.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from analysis.comparison import compare
from analysis.positions import derive

from analysis.engine import ENGINE
from analysis.reading import Reader
from analysis.relevance import relevance
from flows.cleaning import Cleaner
from flows.progress import tell
from flows.setting import Settings
from news.article import CleanArticle, FetchedPage, Poll, Reject
from news.claim import LedgerClaim
from news.finding import Finding, Position
from news.topic import Topic
from sources.fetcher import FetchLimits
from sources.pages import fetch_pages
from sources.polling import poll_sources
from warehouse import articles, claims, comparisons, findings, pages, polls, positions, rejects
from warehouse.store import Warehouse
from warehouse.transaction import Transaction

BATCH = 100
FETCH_BATCH = 40  # what a kill can cost: a batch's fetches are written down together
COMPARE_BATCH = 1000
REVISITS = (timedelta(days=1), timedelta(days=3), timedelta(days=7))


@dataclass
class Desk:
    """What the stages of a round work with; one a process, so that names are compiled and processes started once.

    `limits` bound every fetch. `patience` False spends no time on delays and backoff, for a simulated clock.
    """

    topic: Topic
    warehouse: Warehouse
    settings: Settings
    limits: FetchLimits = field(default_factory=FetchLimits)
    patience: bool = True
    read_all: bool = False

    async def sleep(self, seconds: float) -> None:
        """Waits between requests and before a retry, in real time or, without patience, not at all."""
        await asyncio.sleep(seconds if self.patience else 0)

    @cached_property
    def reader(self) -> Reader:
        """The reader of claims, its names compiled once."""
        return Reader(self.topic)

    @cached_property
    def cleaner(self) -> Cleaner:
        """What cleans pages, in as many processes as pay."""
        return Cleaner(self.topic)


def poll(desk: Desk, now: datetime) -> int:
    """Asks every source that is due; returns how many new pages they named."""
    with desk.warehouse.reading() as tx:
        due = polls.validators(tx, desk.topic.sources, now)
    if not due:
        return 0

    def told(result: Poll) -> None:
        tell("polled", 1, result.source_id if result.outcome == "failed" else "")

    looks = poll_sources(due, desk.limits, desk.topic, now, told, user_agent=desk.settings.user_agent, sleep=desk.sleep)
    every = {source.id: source.every for source in desk.topic.sources}
    with desk.warehouse.transaction() as tx:
        return sum(polls.record(tx, look, now + every[look.source_id]) for look in looks)


def fetch(desk: Desk, now: datetime) -> int:
    """Fetches every page that is pending, a batch at a time; returns how many answered with a page."""
    got = 0
    while True:
        with desk.warehouse.reading() as tx:
            pending = pages.pending(tx, now, FETCH_BATCH, REVISITS)
        if not pending:
            return got
        fetched = fetch_pages(
            pending,
            desk.limits,
            desk.topic,
            now,
            lambda page: tell("fetched", int(page.outcome == "page")),
            user_agent=desk.settings.user_agent,
            sleep=desk.sleep,
        )
        with desk.warehouse.transaction() as tx:
            pages.record(tx, fetched)
        got += sum(page.outcome == "page" for page in fetched)


def file(desk: Desk, now: datetime) -> int:
    """Cleans every fetched page and files it; returns how many new articles that made."""
    new = 0
    while True:
        with desk.warehouse.reading() as tx:
            raw = pages.uncleaned(tx, BATCH)
        if not raw:
            return new
        cleaned = desk.cleaner.clean(raw, now)
        new += file_batch(desk, cleaned, now, raw)


def file_batch(
    desk: Desk, cleaned: Sequence[CleanArticle | Reject], now: datetime, raw: Sequence[FetchedPage] = ()
) -> int:
    """Files one batch of cleaned articles and keeps its rejects; returns how many new articles that made."""
    good = [(one, relevance(one.title, one.body, desk.topic)) for one in cleaned if isinstance(one, CleanArticle)]
    bad = [one for one in cleaned if isinstance(one, Reject)]
    with desk.warehouse.transaction() as tx:
        filed = articles.file(tx, good, now, topic=desk.topic)
        rejects.record(tx, bad)
        pages.mark_cleaned(tx, raw, now)
    tell("filed", len(filed.new))
    tell("folded", len(filed.copies))
    tell("rejected", len(bad))
    return len(filed.new)


def read(desk: Desk, now: datetime) -> int:
    """Reads every article that is on the topic and no copy; returns how many claims they make."""
    found = 0
    while True:
        with desk.warehouse.transaction() as tx:
            batch = articles.unread(tx, ENGINE, BATCH, now=now, languages=desk.topic.languages, read_all=desk.read_all)
        if not batch:
            return found
        readings = [(article, desk.reader.read(article)) for article in batch]
        with desk.warehouse.transaction() as tx:
            for article, read_claims in readings:
                claims.record(tx, article, read_claims, ENGINE, now)
        count = sum(len(read_claims) for _, read_claims in readings)
        tell("claims", count)
        found += count


def compare_claims(desk: Desk, now: datetime) -> int:
    """Compares every new claim with those before it and derives positions; returns how many findings are new."""
    made = 0
    while True:
        with desk.warehouse.transaction() as tx:
            new = claims.uncompared(tx, COMPARE_BATCH)
            if not new:
                return made
            recorded = _compare_batch(desk, tx, new, now)
        for one in recorded:
            tell(one.kind.value)
        made += len(recorded)


def _compare_batch(desk: Desk, tx: Transaction, new: Sequence[LedgerClaim], now: datetime) -> list[Finding]:
    touched = sorted({link.proposition for one in new for link in one.claim.propositions})
    ledger = claims.ledger(tx, touched)
    known = [*ledger, *claims.by_content(tx, sorted({one.claim.content_key for one in new}))]
    comparisons.record(tx, compare(new, known), now)
    found: list[Finding] = []
    standing: list[Position] = []
    # Read again: the comparisons just written say which claims repeat older ones, and a repeat moves nobody.
    after = claims.ledger(tx, touched)
    for proposition in touched:
        derived = derive(after, desk.topic, now, proposition)
        found += derived.findings
        standing += derived.positions
    positions.replace(tx, touched, standing, now)
    return findings.record(tx, found)
