"""What became of a page's claims in each new version of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from news.article import Article
from news.revised_claims import ClaimChange
from warehouse.transaction import Transaction


def record(tx: Transaction, article: Article, changes: Sequence[ClaimChange], engine: str, now: datetime) -> None:
    """Write down which claims this version of an article added, changed or withdrew, as that engine read it."""
    tx.insert(
        "revision_claims",
        [
            {
                "article_id": article.article_id,
                "revision": article.revision,
                "claim_id": one.claim_id,
                "change": one.change,
                "before_id": one.before.claim_id if one.before and one.after else None,
                "engine": engine,
                "recorded_at": now,
            }
            for one in changes
        ],
    )
