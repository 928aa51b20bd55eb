"""New versions of pages joined to the claims they add, change or withdraw, and told with them; pages that vanish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from news.article import Article, FetchedPage
from news.changed import vanished_finding, with_claims
from news.claim import Claim
from news.identity import stable_id
from news.outlets import outlet_name
from news.revised_claims import compare_claims
from news.topic import Topic
from warehouse import articles, claims, findings, pages, revised_claims
from warehouse.transaction import Transaction


def claims_before(tx: Transaction, read: Sequence[Article]) -> dict[str, list[Claim]]:
    """The claims of the version before, of each article whose page changed since it was read; by article id."""
    later = [one for one in read if one.revision > 1]
    changed = {(row["article_id"], row["revision"]) for row in articles.changes(tx, [one.article_id for one in later])}
    known = {
        one.article_id: claims.of_article(tx, one.article_id)
        for one in later
        if (one.article_id, one.revision) in changed
    }
    # Read again at the same version, by a better engine: the page did not change.
    return {key: said for key, said in known.items() if all(one.revision < _revision(later, key) for one in said)}


def _revision(read: Sequence[Article], article_id: str) -> int:
    return next(one.revision for one in read if one.article_id == article_id)


def join_claims(
    tx: Transaction,
    before: Mapping[str, Sequence[Claim]],
    readings: Sequence[tuple[Article, Sequence[Claim]]],
    engine: str,
    now: datetime,
) -> None:
    """Writes down what the new versions did to the claims, and adds it to what is told of them."""
    told = []
    for article, after in readings:
        if article.article_id not in before:
            continue
        changes = compare_claims(before[article.article_id], after)
        revised_claims.record(tx, article, changes, engine, now)
        known = findings.get(tx, [stable_id("fnd", "revision", article.article_id, article.revision)])
        told += [with_claims(one, changes, article.url) for one in known if changes]
    findings.record(tx, told)


def tell_vanished(tx: Transaction, fetched: Sequence[FetchedPage], topic: Topic, now: datetime) -> None:
    """Writes down and tells which articles' pages, among those just fetched, are gone."""
    gone = {row["article_id"]: row for row in pages.note_vanished(tx, fetched, now)}
    found = articles.get(tx, list(gone))
    findings.record(
        tx,
        [
            vanished_finding(
                one,
                outlet_name(topic, one.outlet),
                gone[one.article_id]["http_status"],
                gone[one.article_id]["gone_at"],
                now,
            )
            for one in found
        ],
    )
