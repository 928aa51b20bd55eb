"""A digest as JSON: ids, evidence to the character, and the wording the reader saw."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from alerts.page import Page
from alerts.wording import headline, statement
from news.digest import Digest
from news.finding import Evidence, Finding
from news.topic import Topic


def export(digest: Digest, topic: Topic, page: Page, subject: str) -> dict[str, Any]:
    """The digest as plain JSON types; nothing is cleaned or cut here but what we worded ourselves."""
    made = {
        "digest_id": digest.digest_id,
        "topic": digest.topic_id,
        "topic_title": digest.topic_title,
        "subscriber": digest.subscriber,
        "since": digest.since.isoformat(),
        "until": digest.until.isoformat(),
        "subject": subject,
        "lead": page.lead,
        "findings": [_finding(finding, topic) for finding in digest.findings],
        "left_out": digest.left_out,
        "unseen": list(digest.unseen),
        "notices": list(digest.notices),
        "tally": asdict(digest.tally),
    }
    # `detail` is the finder's own: what is no JSON type in it is written as text, and NaN as null.
    return cast("dict[str, Any]", json.loads(json.dumps(made, default=str), parse_constant=lambda _: None))


def _finding(finding: Finding, topic: Topic) -> dict[str, Any]:
    return {
        "finding_id": finding.finding_id,
        "kind": finding.kind.value,
        "proposition": finding.proposition,
        "statement": statement(finding.proposition, topic) if finding.proposition else None,
        "actor": finding.actor,
        "holder": finding.holder,
        "at": _iso(finding.at),
        "recorded_at": finding.recorded_at.isoformat(),
        "headline": headline(finding, topic),
        "sentence": finding.sentence,
        "confidence": finding.confidence,
        "single_origin": finding.single_origin,
        "before": [_evidence(one) for one in finding.before],
        "after": [_evidence(one) for one in finding.after],
        "detail": finding.detail,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "claim_id": evidence.claim_id,
        "holder": evidence.holder,
        "evidence": evidence.evidence,
        "url": evidence.url,
        "outlet": evidence.outlet,
        "on": _iso(evidence.on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
