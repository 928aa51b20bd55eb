"""Findings: whatever a digest may carry, each with a stable id."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class FindingKind(StrEnum):
    """The kinds of finding, in the order a reader wants them."""

    SHIFT = "shift"
    DIVERGENCE = "divergence"
    DISPUTE = "dispute"
    FIGURE = "figure"
    FIRST_POSITION = "first_position"
    LINE_CHANGE = "line_change"
    NEW_CLAIM = "new_claim"
    CORROBORATION = "corroboration"
    MUTATION = "mutation"
    REVISION = "revision"
    SOURCE_TROUBLE = "source_trouble"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that a finding rests on, as a reader sees it: the words, whose, when, where."""

    claim_id: str | None
    holder: str
    evidence: str
    url: str
    outlet: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a digest may tell.

    `at` is the day the world changed (the date spoken), `recorded_at` when we knew. `baseline` findings are history
    read silently: kept, never alerted. `before` and `after` hold the evidence (`before` is empty where there is no
    earlier side). `detail` carries the kind's own keys of the design's contract (`from`, `to`, `kind`, `between`,
    `values`, …) as JSON types. `sentence` is the reasoning in one plain sentence.
    """

    finding_id: str
    kind: FindingKind
    at: date | None
    recorded_at: datetime
    sentence: str
    proposition: str | None = None
    actor: str | None = None
    holder: str | None = None
    confidence: float = 1.0
    single_origin: bool = False
    baseline: bool = False
    before: tuple[Evidence, ...] = ()
    after: tuple[Evidence, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """The stance of a holder (or, with `holder` None, of an actor as a whole) on a proposition since a day."""

    proposition: str
    stance: str
    since: date
    claims: tuple[str, ...]
    actor: str | None = None
    holder: str | None = None
