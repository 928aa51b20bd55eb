"""What was given and could not be filed."""

from __future__ import annotations

from collections.abc import Sequence

from news.article import Reject
from news.identity import stable_id
from warehouse.transaction import Transaction


def record(tx: Transaction, rejects: Sequence[Reject]) -> int:
    """Write down rejects; gives how many were new. The same row rejected again for the same reason is one."""
    return tx.insert(
        "rejects",
        [
            {
                "reject_id": stable_id("rej", one.given, one.reason, one.excerpt),
                "given": one.given,
                "reason": one.reason,
                "mend": one.mend,
                "excerpt": one.excerpt,
                "rejected_at": one.at,
            }
            for one in rejects
        ],
    )
