"""Positions: who stands where, and for how long we have held that to be so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from news.finding import Position
from news.identity import stable_id
from warehouse.encoding import packed
from warehouse.queries import query
from warehouse.transaction import Row, Transaction


def replace(tx: Transaction, proposition_ids: Sequence[str], positions: Sequence[Position], now: datetime) -> None:
    """From `now` on, these are all the positions held on these propositions; what was held before stays as history.

    A position that is held already, with the same claims, is left as it is.
    """
    rows = [_row(position, now) for position in positions if position.proposition in set(proposition_ids)]
    kept = [row["position_id"] for row in rows]
    tx.run(query("end_positions"), {"propositions": list(proposition_ids), "kept": kept, "now": now})
    if rows:
        with tx.batch("held", rows):
            tx.run(query("hold_positions"))


def current(tx: Transaction, proposition_ids: Sequence[str]) -> list[Position]:
    """Every position held now on these propositions, earlier stances of the same holder included, by day."""
    rows = tx.rows(query("current_positions"), {"propositions": list(proposition_ids)})
    return [
        Position(
            proposition=row["proposition"],
            stance=row["stance"],
            since=row["since"],
            claims=tuple(json.loads(row["claims"])),
            actor=row["actor"],
            holder=row["holder"],
        )
        for row in rows
    ]


def _row(position: Position, now: datetime) -> Row:
    return {
        "position_id": stable_id(
            "pos",
            position.proposition,
            position.actor,
            position.holder,
            position.stance,
            position.since,
            *position.claims,
        ),
        "recorded_at": now,
        "proposition": position.proposition,
        "actor": position.actor,
        "holder": position.holder,
        "stance": str(position.stance),
        "since": position.since,
        "claims": packed(list(position.claims)),
    }
