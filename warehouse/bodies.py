"""The raw bytes of pages: kept by content hash, compressed, as long and as many as the settings allow."""

from __future__ import annotations

from datetime import datetime, timedelta

from warehouse.queries import query
from warehouse.transaction import Transaction


def trim(tx: Transaction, now: datetime, keep: timedelta, most_bytes: int) -> int:
    """Let go of the bodies fetched last longer ago than `keep`, then of the oldest beyond `most_bytes` as compressed.

    Never of one that still waits to be cleaned. What was let go of is written down. Gives how many that were.
    """
    # One that was fetched again since is there again.
    tx.run("DELETE FROM dropped_bodies WHERE sha256 IN (SELECT sha256 FROM bodies)")
    params = {"now": now, "before": now - keep, "most": most_bytes}
    dropped = tx.run(query("drop_bodies"), params)
    if dropped:
        tx.run("DELETE FROM bodies WHERE sha256 IN (SELECT sha256 FROM dropped_bodies)")
    return dropped
