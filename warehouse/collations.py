"""Copies beside their originals: which are left to compare word by word, and which have been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from news.article import Article, without
from warehouse import articles
from warehouse.encoding import exclusions_of
from warehouse.queries import query
from warehouse.revisions import first_seen
from warehouse.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Pair:
    """A copy and its original as both are now, and since when; all bodies of the original."""

    copy: Article
    original: Article
    versions: tuple[str, ...]
    since: datetime


def pending(tx: Transaction, limit: int) -> list[Pair]:
    """At most `limit` copies on the topic that were not compared with their originals as both are now, oldest first."""
    rows = tx.rows(query("uncollated_copies"), {"limit": limit})
    if not rows:
        return []
    ids = sorted({row[key] for row in rows for key in ("article_id", "original_id")})
    known = {one.article_id: one for one in articles.get(tx, ids)}
    versions: dict[str, list[str]] = defaultdict(list)
    originals = sorted({row["original_id"] for row in rows})
    for row in tx.rows(query("versions_of_articles"), {"ids": originals, "seen": first_seen(tx, originals)}):
        versions[row["article_id"]].append(without(row["text"], exclusions_of(row["excluded"])))
    return [
        Pair(
            known[row["article_id"]],
            known[row["original_id"]],
            tuple(versions[row["original_id"]]),
            row["since"],
        )
        for row in rows
    ]


def record(tx: Transaction, compared: Sequence[tuple[Pair, int]], now: datetime) -> None:
    """Write down that these were compared, and how many mutations each copy has."""
    tx.insert(
        "collations",
        [
            {
                "article_id": pair.copy.article_id,
                "revision": pair.copy.revision,
                "original_id": pair.original.article_id,
                "original_revision": pair.original.revision,
                "mutations": count,
                "recorded_at": now,
            }
            for pair, count in compared
        ],
    )
