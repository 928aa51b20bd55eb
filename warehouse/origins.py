"""Whose word each claim is, as it was traced; a later report may show it to be another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from warehouse.encoding import packed
from warehouse.queries import query
from warehouse.transaction import Row, Transaction


def record(tx: Transaction, traced: Mapping[str, tuple[Sequence[str], bool]], now: datetime) -> int:
    """Write down the ways of these claims (outlets from the page's to the origin's, and whether it is a circle).

    Gives how many were new or are otherwise than before; the others change nothing.
    """
    rows: list[Row] = [
        {"claim_id": claim_id, "chain": packed(list(chain)), "circular": circular}
        for claim_id, (chain, circular) in sorted(traced.items())
    ]
    if not rows:
        return 0
    with tx.batch("traced", rows):
        return tx.run(query("insert_origins"), {"now": now})


def of_claims(tx: Transaction, claim_ids: Sequence[str]) -> list[Row]:
    """Rows of `v_origins` for these claims: chain, origin, whether circular, on how many pages it stands."""
    return tx.rows(
        "SELECT * FROM v_origins WHERE claim_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY claim_id",
        {"ids": list(claim_ids)},
    )
