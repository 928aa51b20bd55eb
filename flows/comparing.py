"""Claims beside those before them: what is new, who has changed their mind, and what rests on what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from analysis.comparison import compare, compare_again
from analysis.novelty import tell_claims
from analysis.origins import trace, with_origin, with_origins
from analysis.positions import derive
from flows.desk import Desk
from flows.progress import tell
from news.claim import LedgerClaim
from news.finding import Finding
from warehouse import claims, comparisons, findings, origins, positions
from warehouse.transaction import Transaction

COMPARE_BATCH = 1000


def compare_claims(desk: Desk, now: datetime, *, silent: bool = False) -> int:
    """Compares every new claim with those before it and derives positions; returns how many findings are new.

    `silent` ones are kept as a baseline: history read again, which no digest tells.
    """
    made = 0
    while True:
        with desk.warehouse.transaction() as tx:
            new = claims.uncompared(tx, COMPARE_BATCH)
            if not new:
                return made
            recorded = _compare_batch(desk, tx, new, now, silent=silent)
        for one in recorded:
            tell(one.kind.value)
        made += len(recorded)


def _compare_batch(
    desk: Desk, tx: Transaction, new: Sequence[LedgerClaim], now: datetime, *, silent: bool
) -> list[Finding]:
    touched = sorted({link.proposition for one in new for link in one.claim.propositions})
    fresh = {one.claim.claim_id for one in new}
    same_content = claims.by_content(tx, sorted({one.claim.content_key for one in new}))
    # The ledger holds the new claims too, and those of batches to come: nothing repeats itself, or what comes later.
    known = [
        one for one in (*claims.ledger(tx, touched), *same_content) if one.compared and one.claim.claim_id not in fresh
    ]
    ways = trace((*known, *new), desk.topic)
    origins.record(tx, {key: (way.chain, way.circular) for key, way in ways.items()}, now)
    known, new = ([with_origin(one, ways[one.claim.claim_id], desk.topic) for one in side] for side in (known, new))
    compared = compare(new, known)
    # A clock that was set back must not leave claims that are younger than their comparison: they would come again.
    comparisons.record(tx, compared, max(now, *(one.recorded_at for one in new)))
    # Read again: the comparisons just written say which claims repeat older ones, and a repeat moves nobody.
    derived = _derive(desk, tx, claims.ledger(tx, touched), touched, now)
    by_id = {one.claim.claim_id: one for one in (*known, *new)}
    found = [*derived, *tell_claims(compared, by_id, desk.topic, now)]
    return findings.record(tx, [replace(one, baseline=True) for one in found] if silent else found)


def _derive(
    desk: Desk, tx: Transaction, ledger: Sequence[LedgerClaim], touched: Sequence[str], now: datetime
) -> list[Finding]:
    """Derives and keeps the positions on these propositions anew; gives every finding that follows from them."""
    # Only what was touched: of the other propositions that these claims speak of, this is not the whole ledger.
    topic = replace(desk.topic, propositions=tuple(one for one in desk.topic.propositions if one.id in touched))
    derived = derive(with_origins(ledger, desk.topic), topic, now)
    positions.replace(tx, touched, derived.positions, now)
    return derived.findings


def rest_anew(desk: Desk, tx: Transaction, turned: Sequence[str], now: datetime) -> None:
    """Derives anew the positions that rest on originals which turned out to be copies, and on copies that are none.

    The claims of the former count no more, those of the latter again if they were ever read. Findings come when the
    page that took their place, or was none of its own before, is read and compared.
    """
    touched = claims.propositions_of(tx, turned)
    if touched:
        _derive(desk, tx, claims.ledger(tx, touched), touched, now)


def derive_anew(
    desk: Desk, tx: Transaction, again: Sequence[LedgerClaim], touched: Collection[str], now: datetime
) -> None:
    """Compares these claims anew, and derives anew what follows from all claims on the touched propositions.

    For when it has changed whose claims they are, or which count. Silently: what is found is kept as history.
    """
    moved = sorted({*touched, *(link.proposition for one in again for link in one.claim.propositions)})
    same_content = claims.by_content(tx, sorted({one.claim.content_key for one in again} - {""}))
    met = {one.claim.claim_id: one for one in (*claims.ledger(tx, moved), *same_content, *again)}
    # What was not compared yet is news still, and is told when it is.
    known = [one for one in met.values() if one.compared]
    ways = trace(known, desk.topic)
    voiced = {one.claim.claim_id: with_origin(one, ways[one.claim.claim_id], desk.topic) for one in known}
    ids = {one.claim.claim_id for one in again}
    origins.record(tx, {key: (way.chain, way.circular) for key, way in ways.items() if key in ids}, now)
    compared = compare_again(ids, voiced.values())
    comparisons.record(tx, compared, max(now, *(one.recorded_at for one in known)) if known else now)
    ledger = [one for one in claims.ledger(tx, moved) if one.compared]
    found = [*_derive(desk, tx, ledger, moved, now), *tell_claims(compared, voiced, desk.topic, now)]
    findings.record(tx, [replace(one, baseline=True) for one in found])
