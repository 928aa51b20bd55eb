"""What each claim is beside those before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from news.claim import Comparison
from warehouse.queries import query
from warehouse.transaction import Row, Transaction


def record(tx: Transaction, comparisons: Sequence[Comparison], now: datetime) -> int:
    """Write down comparisons; gives how many. The same one again at the same time changes nothing."""
    if not comparisons:
        return 0
    rows: list[Row] = [
        {
            "claim_id": one.claim_id,
            "novelty": one.novelty.value,
            "of_claim": one.of_claim,
            "line": one.line,
            "rule": one.rule,
        }
        for one in comparisons
    ]
    with tx.batch("compared", rows):
        return tx.run(query("insert_comparisons"), {"now": now})
