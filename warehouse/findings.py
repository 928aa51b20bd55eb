"""Findings: whatever a digest may carry, each kept from the day it was found, with its later versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from news.finding import Finding, FindingKind
from warehouse.encoding import evidence_json, evidence_of, packed
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

_VERSIONED = ("happened_on", "sentence", "confidence", "single_origin", "before", "after", "detail")


def record(tx: Transaction, findings: Sequence[Finding]) -> list[Finding]:
    """Write down findings; gives the ones whose id was not known, in the order given.

    The same id with other evidence or wording is a new version of the finding, not a new one.
    """
    rows = {finding.finding_id: _row(finding) for finding in findings}
    if not rows:
        return []
    known = {row["finding_id"]: row for row in tx.rows(query("latest_finding_versions"), {"ids": list(rows)})}
    changed: list[Row] = []
    for finding_id, row in rows.items():
        last = known.get(finding_id)
        if last is None or last["content_hash"] != row["content_hash"]:
            # What was told, or kept as history, stays so: a new version of it is not found anew.
            baseline = last["baseline"] if last else row["baseline"]
            changed.append({**row, "version": last["version"] + 1 if last else 1, "baseline": baseline})
    tx.insert("findings", changed)
    new = {finding_id for finding_id in rows if finding_id not in known}
    return [finding for finding in dict(zip(rows, _once(findings), strict=True)).values() if finding.finding_id in new]


def undigested(
    tx: Transaction, subscriber_id: str, since: datetime, until: datetime, *, everything: bool = False
) -> list[Finding]:
    """Findings first recorded after `since`, up to `until`, that no digest of this subscriber has told; no baseline.

    Nothing the analyst marked as noise or known. A correction only where they were told what it corrects; with
    `everything`, as if they had been told all there is.
    """
    params = {"subscriber": subscriber_id, "since": since, "until": until, "everything": everything}
    return [_finding(row) for row in tx.rows(query("undigested_findings"), params)]


def get(tx: Transaction, ids: Sequence[str]) -> list[Finding]:
    """These findings at their latest versions, in the order asked for; unknown ids are left out."""
    rows = tx.rows(query("findings_by_id"), {"ids": list(ids)})
    found = {row["finding_id"]: _finding(row) for row in rows}
    return [found[one] for one in ids if one in found]


def naming(tx: Transaction, kind: FindingKind, urls: Sequence[str]) -> list[Finding]:
    """The findings of a kind, at their latest versions, whose later side stands on one of these pages."""
    if not urls:
        return []
    rows = tx.rows(query("findings_naming_pages"), {"kind": kind.value, "urls": list(urls)})
    return [_finding(row) for row in rows]


def _once(findings: Sequence[Finding]) -> list[Finding]:
    return list({finding.finding_id: finding for finding in findings}.values())


def _row(finding: Finding) -> Row:
    row: Row = {
        "finding_id": finding.finding_id,
        "recorded_at": finding.recorded_at,
        "kind": finding.kind.value,
        "happened_on": finding.at,
        "sentence": finding.sentence,
        "proposition": finding.proposition,
        "actor": finding.actor,
        "holder": finding.holder,
        "confidence": float(finding.confidence),
        "single_origin": finding.single_origin,
        "baseline": finding.baseline,
        "before": evidence_json(finding.before),
        "after": evidence_json(finding.after),
        "detail": packed(finding.detail),
    }
    said = packed([row[column] for column in _VERSIONED])
    row["content_hash"] = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return row


def _finding(row: Row) -> Finding:
    return Finding(
        finding_id=row["finding_id"],
        kind=FindingKind(row["kind"]),
        at=row["at"],
        recorded_at=row["recorded_at"],
        sentence=row["sentence"],
        proposition=row["proposition"],
        actor=row["actor"],
        holder=row["holder"],
        confidence=row["confidence"],
        single_origin=row["single_origin"],
        baseline=row["baseline"],
        before=evidence_of(row["before"]),
        after=evidence_of(row["after"]),
        detail=json.loads(row["detail"]),
    )
