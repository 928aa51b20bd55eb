"""The raw bytes of pages: kept by content hash, compressed, as long and as many as the settings allow."""

from __future__ import annotations

from datetime import datetime, timedelta

from warehouse.queries import query
from warehouse.transaction import Transaction

WORTH_IT = 0.01
"""Of the space that raw bytes take, what has to be due before any are let go of: the file is rewritten for it."""

_DROPPED = "sha256 IN (SELECT sha256 FROM dropped_bodies)"


def trim(tx: Transaction, now: datetime, keep: timedelta, most_bytes: int) -> int:
    """Let go of the bodies fetched last longer ago than `keep`, then of the oldest beyond `most_bytes` as compressed.

    Never of one that still waits to be cleaned, and of none before `WORTH_IT` of all of them is due. What was let go of
    is written down. Gives how many that were.
    """
    # One that was fetched again since is there again.
    tx.run("DELETE FROM dropped_bodies WHERE sha256 IN (SELECT sha256 FROM bodies)")
    params = {"now": now, "before": now - keep, "most": most_bytes, "worth": WORTH_IT}
    dropped = tx.run(query("drop_bodies"), params)
    if dropped:
        # DuckDB never takes deleted rows out of a table with a key, so their bytes would stay in the file for good;
        # a column that was changed is written anew, and the space of the old one used again.
        tx.run("UPDATE bodies SET gzipped = ''::BLOB WHERE " + _DROPPED)
        tx.run("DELETE FROM bodies WHERE " + _DROPPED)
    return dropped
