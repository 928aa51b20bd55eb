"""Corrections: what those who were told a finding are told when it turns out not to hold."""

from __future__ import annotations

from datetime import datetime

from news.finding import Finding, FindingKind
from news.identity import stable_id

REASONS = {
    "marked": "the analyst marked it wrong",
    "claim": "the claim it rests on was marked wrong",
    "parted": "its two sides are two holders' words, not one's",
    "joined": "its two sides are one holder's words, not two's",
}
"""Why a finding does not hold, by the name the warehouse has for it."""

RENAMED = "renamed"
"""That one is told of under another name now: it was not wrong, and nobody needs a correction."""


def correction_of(finding: Finding, why: str, because: str | None, mark: int, now: datetime) -> Finding:
    """The correction of a finding, by the mark of that number; `because` is the reason the mark was given."""
    reason = REASONS[why] + (f" ({because})" if because else "")
    return Finding(
        stable_id("fnd", "correction", finding.finding_id, mark),
        FindingKind.CORRECTION,
        finding.at,
        now,
        f"This does not hold, for {reason}: {finding.sentence}",
        finding.proposition,
        finding.actor,
        finding.holder,
        before=(*finding.before, *finding.after),
        detail={
            "corrects": finding.finding_id,
            "kind": finding.kind.value,
            "why": why,
            "because": because,
            "mark": mark,
        },
    )
