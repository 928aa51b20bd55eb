"""What tells a reader that something they were told does not hold: pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from news.finding import Finding, FindingKind
from news.identity import stable_id


def correction_of(finding: Finding, reason: str, turn: int, now: datetime) -> Finding:
    """The correction of a finding for a reason (a clause without its full stop); `turn` tells one from a later one.

    What was told stands on its earlier side; it has no later one. `detail` has the finding (`corrects`), its `kind` and
    the `reason`.
    """
    return replace(
        finding,
        finding_id=stable_id("fnd", "correction", finding.finding_id, turn),
        kind=FindingKind.CORRECTION,
        at=now.date(),
        recorded_at=now,
        # The reason first: a headline is cut at its end.
        sentence=f"{reason[:1].upper()}{reason[1:]}. So this no longer holds: {finding.sentence}",
        confidence=1.0,
        before=finding.after or finding.before,
        after=(),
        detail={"corrects": finding.finding_id, "kind": finding.kind.value, "reason": reason},
    )
