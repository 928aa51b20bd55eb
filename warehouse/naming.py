"""Whom each name means by the analyst's marks, written down so that every list and every past moment can ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from news.namesakes import NameMark, Naming, lend_voices, settle
from warehouse import marks
from warehouse.transaction import Row, Transaction


def names(tx: Transaction) -> list[str]:
    """Every name that a holder was ever read by, the one read first first."""
    sql = "SELECT holder FROM claims GROUP BY holder ORDER BY min(recorded_at), min(claim_id)"
    return [row["holder"] for row in tx.rows(sql)]


def known(tx: Transaction) -> dict[str, Naming]:
    """Whom the names mean that any mark has touched."""
    rows = tx.rows(
        "SELECT name, holder, apart, actor, rank FROM holder_names_at('infinity'::TIMESTAMPTZ) ORDER BY name"
    )
    return {row["name"]: Naming(row["holder"], row["apart"], row["actor"], row["rank"]) for row in rows}


def rename(tx: Transaction, now: datetime) -> None:
    """After a new mark: writes down whom the names mean now, as far as that has changed."""
    _settle(tx, names(tx), known(tx), now)


def meet(tx: Transaction, fresh: Iterable[str], now: datetime) -> None:
    """After a reading: names of which some are new are met with those that marks have touched."""
    before = known(tx)
    if before:
        # Whoever stands for a holder goes on standing for him.
        standing = dict.fromkeys(naming.holder for naming in before.values())
        _settle(tx, [*standing, *before, *fresh], before, now)


def _settle(tx: Transaction, given: list[str], before: dict[str, Naming], now: datetime) -> None:
    holding, marked = marks.on_holders(tx)
    said = [NameMark(one.subject.id, one.word, one.subject.other or "") for one in holding]
    settled = settle(said, marked, given)
    after = lend_voices(settled, _voices(tx, settled))
    changed = {name: naming for name, naming in after.items() if before.get(name) != naming}
    if not changed:
        return
    last = {row["name"]: row["version"] for row in tx.rows(_LAST, {"names": sorted(changed)})}
    rows: list[Row] = [
        {
            "name": name,
            "version": last.get(name, 0) + 1,
            "recorded_at": now,
            "holder": naming.holder,
            "apart": naming.apart,
            "actor": naming.actor,
            "rank": naming.rank,
        }
        for name, naming in sorted(changed.items())
    ]
    tx.insert("holder_names", rows)


def _voices(tx: Transaction, of_names: Iterable[str]) -> dict[str, dict[str, int | None]]:
    """The actors that each name was read as speaking for, with the rank it had last."""
    found: dict[str, dict[str, int | None]] = {}
    for row in tx.rows(_VOICES, {"names": sorted(of_names)}):
        found.setdefault(row["name"], {})[row["actor"]] = row["rank"]
    return found


_VOICES = (
    "SELECT holder AS name, actor, max_by(rank, recorded_at) AS rank FROM claims"
    " WHERE actor IS NOT NULL AND holder IN (SELECT unnest($names::VARCHAR[])) GROUP BY holder, actor ORDER BY ALL"
)
_LAST = (
    "SELECT name, max(version) AS version FROM holder_names WHERE name IN (SELECT unnest($names::VARCHAR[]))"
    " GROUP BY name"
)
