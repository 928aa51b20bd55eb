"""Pages whose raw bytes are kept, cleaned once more: which are left to do, and what became of each."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from news.article import CleanArticle, FetchedPage, Relevance
from news.topic import Topic
from warehouse.articles import revision_row
from warehouse.encoding import item_of
from warehouse.folding import Folded, fold
from warehouse.pages import mark_topic
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

_COMPARED = (
    *("title", "text", "excluded", "lang", "byline", "outlet", "published", "published_precision", "published_from"),
    *("credit", "canonical", "partial", "on_topic"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An article's latest revision with the page it was made from."""

    article_id: str
    last: Row
    page: FetchedPage


@dataclass(frozen=True, slots=True)
class Recleaned:
    """One page cleaned again: its new text and relevance, or None when the cleaner gives nothing any more."""

    kept: Kept
    article: CleanArticle | None = None
    relevance: Relevance | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What cleaning a page again came to: `revised` with the row of its new revision, `same`, or `rejected`."""

    recleaned: Recleaned
    outcome: str
    revision: Row | None = None


def pending(
    tx: Transaction,
    cleaner: str,
    limit: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    match: str | None = None,
) -> list[Kept]:
    """At most `limit` pages that this cleaner has not been over, oldest first: fetched in a span, of some address."""
    params = {"cleaner": cleaner, "limit": limit, "since": since, "until": until, "match": match}
    return [_kept(row) for row in tx.rows(query("recleanable_pages"), params)]


def judge(done: Sequence[Recleaned], now: datetime, topic: Topic) -> list[Judged]:
    """What cleaning each page again came to.

    A page that comes out otherwise is a new revision of kind `recleaned`, seen when the one before it was: the page did
    not change, we did.
    """
    judged = []
    for one in done:
        row = None if one.article is None else _revision(one, one.article, now, topic)
        outcome = "rejected" if one.article is None else "same" if row is None else "revised"
        judged.append(Judged(one, outcome, row))
    return judged


def record(tx: Transaction, judged: Sequence[Judged], now: datetime, topic: Topic) -> Folded:
    """Write down what cleaning again came to, and file what is revised; and whether that is on the topic.

    What was revised is judged anew as a copy; gives what that came to.
    """
    tx.insert("revisions", [one.revision for one in judged if one.revision is not None])
    revised = {one.recleaned.kept.article_id for one in judged if one.revision is not None}
    folded = fold(tx, (), now, topic, revised=revised)
    tx.insert("recleanings", [_row(one.recleaned, one.outcome, now) for one in judged])
    found = [(one.recleaned.kept.page.url, one.revision["on_topic"]) for one in judged if one.revision is not None]
    mark_topic(tx, found)
    return folded


def count_missing(tx: Transaction) -> int:
    """How many articles cannot be cleaned again, because the bytes they were made from were let go of."""
    sql = "SELECT count(*) AS missing FROM v_provenance WHERE raw_sha256 IN (SELECT sha256 FROM dropped_bodies)"
    row = tx.row(sql)
    return int(row["missing"]) if row else 0


def _kept(row: Row) -> Kept:
    page = FetchedPage(
        url=row["page_url"],
        source_id=row["source_id"],
        item=item_of(row["item"]),
        at=row["fetched_at"],
        outcome="page",
        final_url=row["final_url"],
        http_status=row["http_status"],
        content_type=row["content_type"],
        body=gzip.decompress(row["gzipped"]),
    )
    return Kept(row["article_id"], row, page)


def _revision(one: Recleaned, article: CleanArticle, now: datetime, topic: Topic) -> Row | None:
    last = one.kept.last
    row = revision_row(one.kept.article_id, article, one.relevance or Relevance(0.0, on_topic=False), topic)
    if all(row[name] == last[name] for name in _COMPARED):
        return None
    return row | {
        "revision": last["revision"] + 1,
        "kind": "recleaned",
        "diff": None,
        "seen": last["seen"],
        "recorded_at": now,
    }


def _row(one: Recleaned, outcome: str, now: datetime) -> Row:
    return {
        "article_id": one.kept.article_id,
        "raw_sha256": one.kept.last["raw_sha256"],
        "cleaner": one.kept.last["cleaner"],
        "outcome": outcome,
        "recleaned_at": now,
    }
