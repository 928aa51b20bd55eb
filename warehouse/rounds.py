"""Rounds: how far a run or replay came, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from news.digest import Tally
from news.identity import stable_id
from warehouse.encoding import packed
from warehouse.queries import query
from warehouse.transaction import Transaction


def begin(tx: Transaction, name: str, instant: datetime, now: datetime) -> str:
    """Write down that the round of that name for that moment of its clock has begun; gives its id.

    Begun again after a kill, it is the same round.
    """
    round_id = stable_id("rnd", name, instant.isoformat())
    tx.insert("rounds", [{"round_id": round_id, "name": name, "instant": instant, "began_at": now}])
    return round_id


def finish(tx: Transaction, round_id: str, now: datetime, counts: Mapping[str, object] | None = None) -> None:
    """Write down that a round came to its end."""
    tx.run(
        "UPDATE rounds SET finished_at = $now, counts = $counts WHERE round_id = $round_id AND finished_at IS NULL",
        {"round_id": round_id, "now": now, "counts": packed(dict(counts or {}))},
    )


def last(tx: Transaction, name: str) -> datetime | None:
    """The clock's moment of the last round of that name that came to its end; a replay goes on after it."""
    row = tx.row(
        "SELECT max(instant) AS instant FROM rounds WHERE name = $name AND finished_at IS NOT NULL", {"name": name}
    )
    instant: datetime | None = row["instant"] if row else None
    return instant


def tally(tx: Transaction, since: datetime, until: datetime) -> Tally:
    """What was seen and came of it after `since`, up to `until`."""
    row = tx.rows(query("tally"), {"since": since, "until": until})[0]
    return Tally(**{key: int(value or 0) for key, value in row.items()})
