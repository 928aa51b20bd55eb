"""One round, step by step: poll → take in (fetch, clean and file: `flows.intake`) → read → compare → digest → deliver.

Every stage asks the warehouse what is pending, does slow work outside any transaction, and writes what it did in one
short transaction a batch. Killed anywhere and run again, a stage takes up what is still pending.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from analysis.engine import ENGINE
from analysis.relevance import relevance
from flows.comparing import rest_anew
from flows.desk import Desk
from flows.progress import tell
from flows.revising import claims_before, join_claims
from news.article import Article, CleanArticle, FetchedPage, Poll, Reject, RobotsFile
from news.blocks import without_furniture
from news.changed import UNTOLD, revision_finding
from news.claim import Claim
from news.filing import url_key
from news.finding import Finding
from news.health import SourceHealth, gap, troubles
from news.hosts import host_of
from news.outlets import outlet_name
from news.rhythm import judge_look
from news.yields import Yield, find_change
from sources.polling import poll_sources
from sources.robots import GOOD_FOR
from warehouse import (
    articles,
    blocks,
    claims,
    findings,
    folding,
    naming,
    pages,
    polls,
    rejects,
    robots,
    yields,
)
from warehouse.transaction import Transaction

log = logging.getLogger(__name__)

BATCH = 100
MARK_BATCH = 2000


def poll(desk: Desk, now: datetime) -> int:
    """Asks every source that is due; returns how many new pages they named."""
    with desk.warehouse.reading() as tx:
        due = polls.validators(tx, desk.topic.sources, now)
        if not due:
            return 0
        known = polls.histories(tx, [source.id for source, _ in due], now)
        kept = robots.known(tx, now - GOOD_FOR)

    def told(result: Poll) -> None:
        tell("polled", 1, result.source_id if result.outcome == "failed" else "")

    asked: list[RobotsFile] = []
    looks = poll_sources(
        due,
        desk.limits,
        desk.topic,
        now,
        told,
        user_agent=desk.settings.user_agent,
        sleep=desk.sleep,
        known_robots=kept,
        on_robots=asked.append,
    )
    sources = {source.id: source for source, _ in due}
    judged = [(look, judge_look(sources[look.source_id], look, known[look.source_id])) for look in looks]
    with desk.warehouse.transaction() as tx:
        new = polls.record_all(tx, judged)
        robots.record(tx, asked)
        missed = [
            gap(look, outlet_name(desk.topic, sources[look.source_id].outlet), verdict.gap_since)
            for look, verdict in judged
            if verdict.gap_since is not None
        ]
        findings.record(tx, [*missed, *troubles(health(desk, tx, now), now)])
    return new


def health(desk: Desk, tx: Transaction, now: datetime) -> list[SourceHealth]:
    """How the topic's own sources fare; one that was taken out of the topic file is no trouble any more."""
    outlets = {source.id: outlet_name(desk.topic, source.outlet) for source in desk.topic.sources}
    return [one for one in polls.health(tx, now, outlets) if one.source_id in outlets]


def file_batch(
    desk: Desk, cleaned: Sequence[CleanArticle | Reject], now: datetime, raw: Sequence[FetchedPage] = ()
) -> int:
    """Files one batch of cleaned articles and keeps its rejects; returns how many new articles that made.

    `raw` are the pages that were cleaned, in the same order, where there are any: they no longer wait then.
    """
    if not desk.prepared:
        mark_anew(desk)
        desk.prepared = True
    whole = [one for one in cleaned if isinstance(one, CleanArticle)]
    bad = [one for one in cleaned if isinstance(one, Reject)]
    # One transaction for all of it: a batch is there or it is not.
    with desk.warehouse.transaction() as tx:
        furniture = blocks.learn(tx, whole, now, lambda line: bool(relevance("", line, desk.topic).reasons))
        pieces = [without_furniture(one, furniture.get(host_of(one.url) or "", ())) for one in whole]
        good = [(one, relevance(one.title, one.body, desk.topic)) for one in pieces]
        filed = articles.file(tx, good, now, topic=desk.topic, furniture=furniture)
        rejects.record(tx, bad)
        pages.mark_cleaned(tx, raw, now)
        on_topic = {one.url: found.on_topic for one, found in good}
        pages.mark_topic(tx, [(page.url, on_topic[one.url]) for page, one in _pairs(raw, cleaned)])
        yielded = yields.record(tx, _yields(cleaned, raw, now))
        warnings = [find_change(host, found, now) for host, found in sorted(yielded.items())]
        findings.record(tx, [*_changes(desk, tx, filed.revised, now), *filter(None, warnings)])
        rest_anew(desk, tx, (*filed.turned, *filed.released), now)
    tell("filed", len(filed.new))
    tell("folded", len(filed.copies))
    tell("rejected", len(bad))
    return len(filed.new)


def mark_anew(desk: Desk) -> None:
    """Marks what an earlier version filed, so that copies of it are found; a batch a transaction, once."""
    while True:
        with desk.warehouse.transaction() as tx:
            done = folding.mark_anew(tx, desk.topic, MARK_BATCH)
        if not done:
            return
        log.info("%s articles of an earlier version were prepared for finding copies", done)


def _pairs(
    raw: Sequence[FetchedPage], cleaned: Sequence[CleanArticle | Reject]
) -> list[tuple[FetchedPage, CleanArticle]]:
    """The fetched pages that gave an article, each with it."""
    return [(page, one) for page, one in zip(raw, cleaned, strict=False) if isinstance(one, CleanArticle)]


def _yields(
    cleaned: Sequence[CleanArticle | Reject], raw: Sequence[FetchedPage], now: datetime
) -> list[tuple[str, Yield]]:
    """What each fetched page gave; files and rows that were handed to us tell nothing of a host."""
    found = []
    for page, one in zip(raw, cleaned, strict=False):
        if page.outcome == "page" and page.url.startswith(("http://", "https://")):
            if isinstance(one, Reject):
                outcome, letters = "rejected", 0
            else:
                outcome, letters = "partial" if one.partial else "whole", len(one.body)
            found.append((page.final_url or page.url, Yield(url_key(page.url), now, outcome, letters)))
    return found


def _changes(desk: Desk, tx: Transaction, revised: Sequence[str], now: datetime) -> list[Finding]:
    """What to tell of the pages that changed: those on the topic only."""
    changed = {one.article_id: one for one in articles.get(tx, revised) if one.relevance.on_topic}
    if not changed:
        return []
    # Not every new revision is a change of the page: some of them are us having got, or cleaned, it better.
    rows = {(row["article_id"], row["revision"]): row for row in articles.changes(tx, sorted(changed))}
    return [
        revision_finding(rows[key, one.revision], one, outlet_name(desk.topic, one.outlet), now)
        for key, one in changed.items()
        if (key, one.revision) in rows and rows[key, one.revision]["kind"] not in UNTOLD
    ]


def read(desk: Desk, now: datetime) -> int:
    """Reads every article that is on the topic and no copy; returns how many claims they make.

    One that the reader trips over is logged, written down as failed, and not read again by this engine.
    """
    found = 0
    while True:
        with desk.warehouse.transaction() as tx:
            batch = articles.unread(tx, ENGINE, BATCH, now=now, languages=desk.topic.languages, read_all=desk.read_all)
        if not batch:
            return found
        found += read_articles(desk, batch, now)


def read_articles(desk: Desk, batch: Sequence[Article], now: datetime) -> int:
    """Reads these articles and writes down their claims; returns how many of them were not known yet."""
    readings, failed = _read_batch(desk, batch)
    with desk.warehouse.transaction() as tx:
        revised = claims_before(tx, [article for article, _ in readings])
        count = sum(claims.record(tx, article, read_claims, ENGINE, now) for article, read_claims in readings)
        naming.meet(tx, {one.holder: None for _, read_claims in readings for one in read_claims}, now)
        join_claims(tx, revised, readings, ENGINE, now)
        claims.skip(tx, failed, ENGINE, "failed", now)
    tell("claims", count)
    return count


def _read_batch(desk: Desk, batch: Sequence[Article]) -> tuple[list[tuple[Article, list[Claim]]], list[str]]:
    """Each article with its claims, and the ids of those that could not be read."""
    readings, failed = [], []
    for article in batch:
        try:
            readings.append((article, list(desk.reader.read(article))))
        except Exception:
            # One article must not stop the others, in this round and in every later one.
            log.exception("%s (%s) could not be read: report it with the article", article.url, article.article_id)
            failed.append(article.article_id)
    return readings, failed
