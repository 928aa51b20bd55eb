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
from warehouse.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Pair:
    """A copy and its original as both are now, and since when; all bodies of the original."""

    copy: Article
    original: Article
    versions: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison of a pair came to: the findings of what the copy alters; `failed`: the rules tripped."""

    pair: Pair
    found: tuple[str, ...] = ()
    failed: bool = False


def pending(tx: Transaction, rules: str, limit: int) -> list[Pair]:
    """At most `limit` copies on the topic that were not compared with their originals as both are now, oldest first.

    A comparison that failed is left to other rules than those it failed by.
    """
    rows = tx.rows(query("uncollated_copies"), {"rules": rules, "limit": limit})
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


def record(tx: Transaction, compared: Sequence[Compared], rules: str, now: datetime) -> None:
    """Write down that these were compared by those rules, and what each comparison found."""
    keys = [
        {
            "article_id": one.pair.copy.article_id,
            "revision": one.pair.copy.revision,
            "original_id": one.pair.original.article_id,
            "original_revision": one.pair.original.revision,
            "recorded_at": now,
        }
        for one in compared
    ]
    tx.insert(
        "collations",
        [
            key | {"rules": rules, "outcome": "failed" if one.failed else "compared", "mutations": len(one.found)}
            for key, one in zip(keys, compared, strict=True)
        ],
    )
    tx.insert(
        "collated_mutations",
        [
            key | {"finding_id": finding_id}
            for key, one in zip(keys, compared, strict=True)
            for finding_id in sorted({*one.found})
        ],
    )


def no_more(tx: Transaction) -> list[Row]:
    """Pages that findings of alterations name and that do not print them any more, by finding.

    Each with `finding_id`, `url`, `why` (no_copy, same_words, compared), and which of copy and original changed.
    """
    return tx.rows(query("mutations_no_more"))
