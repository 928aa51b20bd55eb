"""Findings that turned out wrong: taken back with the reason, and told to those who had been told of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from news.correction import correction_of
from news.finding import Finding
from warehouse import findings
from warehouse.transaction import Row, Transaction


def correct(tx: Transaction, finding_id: str, reason: str, now: datetime) -> Finding | None:
    """Take a finding back, for a reason given as a clause of one plain sentence; gives the correction that tells it.

    None where there is no such finding, or it was taken back before. The correction goes into the next digest of those
    whom a digest told of the finding; a finding that nobody was told of yet is told to nobody.
    """
    found = findings.get(tx, [finding_id])
    last = _last(tx, finding_id)
    if not found or last["status"] == "corrected":
        return None
    tx.insert("corrections", [_turned(last, now) | {"status": "corrected", "reason": reason}])
    made = correction_of(found[0], reason, last["version"] + 1, now)
    findings.record(tx, [made])
    return made


def restore(tx: Transaction, finding_ids: Collection[str], now: datetime) -> None:
    """Let these findings stand again, where any of them was taken back; they are told to nobody twice."""
    for finding_id in sorted(finding_ids):
        last = _last(tx, finding_id)
        if last["status"] == "corrected":
            tx.insert("corrections", [_turned(last, now) | {"status": "stands"}])


def reason_of(tx: Transaction, finding_id: str) -> str | None:
    """Why a finding was taken back; None: it stands."""
    reason: str | None = _last(tx, finding_id)["reason"]
    return reason


def _last(tx: Transaction, finding_id: str) -> Row:
    sql = "SELECT * FROM corrections WHERE finding_id = $id ORDER BY version DESC LIMIT 1"
    stands: Row = {"finding_id": finding_id, "version": 0, "status": "stands", "reason": None}
    return tx.row(sql, {"id": finding_id}) or stands


def _turned(last: Row, now: datetime) -> Row:
    return {"finding_id": last["finding_id"], "version": last["version"] + 1, "recorded_at": now}
