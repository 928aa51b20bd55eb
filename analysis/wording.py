"""Findings put into records and plain sentences: ids, evidence of both sides, confidence, detail for the contract."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from analysis.ledger import Said
from analysis.shifts import SIDES, VERBS, shift_kind
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id
from news.topic import Proposition, Topic

SILENT_DAYS = 14
"""What was said longer than this before it was seen is history: kept as a baseline, never alerted."""
_ONE_ORIGIN = 0.8  # the confidence left when all rests on one origin's word


def actor_name(topic: Topic, actor: str | None) -> str:
    """The entity's name, else the id itself."""
    entity = topic.entity(actor) if actor else None
    return entity.name if entity else actor or "nobody"


def statement_of(proposition: Proposition) -> str:
    """The proposition as the tail of a sentence."""
    return f"“{proposition.statement.rstrip('.')}”"


def as_json(evidence: Evidence) -> dict[str, Any]:
    """One side of a shift as the contract has it."""
    return {
        "claim_id": evidence.claim_id,
        "evidence": evidence.evidence,
        "url": evidence.url,
        "on": evidence.on.isoformat() if evidence.on else None,
    }


def is_silent(said: Said) -> bool:
    """Whether the statement was history when it came to notice."""
    return (said.noticed.date() - said.on).days > SILENT_DAYS


def _day(said: Said) -> str:
    return f"{said.on.day} {said.on:%B %Y}"


def _confidence(*sides: Said) -> float:
    score = min(side.score for side in sides)
    return round(score * (_ONE_ORIGIN if len(sides[-1].origins) == 1 else 1.0), 3)


def shift_finding(
    proposition: Proposition, topic: Topic, before: Said, after: Said, now: datetime, *, whole: bool, late: bool = False
) -> Finding:
    """A shift of a holder, or of an actor as a whole (`whole`), with both sentences; a `late` one is a baseline."""
    holder = None if whole else after.holder
    kind = shift_kind(before.stance, after.stance)
    single = len(after.origins) == 1
    confidence = _confidence(before, after)
    who = actor_name(topic, after.actor) if whole else after.holder
    said_by = f", in the words of {after.holder}" if whole and after.holder != who else ""
    sides = f"from {SIDES[before.stance]} to {SIDES[after.stance]}"
    sentence = f"{who} moves {sides} {statement_of(proposition)}{said_by} on {_day(after)}: a {kind}."
    detail = {
        "kind": kind,
        "from": before.stance.value,
        "to": after.stance.value,
        "at": after.on.isoformat(),
        "confidence": confidence,
        "single_origin": single,
        "before": as_json(before.evidence),
        "after": as_json(after.evidence),
        "by": after.holder,
    }
    return Finding(
        stable_id(
            "fnd", "shift", proposition.id, after.actor, holder, before.stance.value, after.stance.value, after.on
        ),
        FindingKind.SHIFT,
        after.on,
        now,
        sentence,
        proposition.id,
        after.actor,
        holder,
        confidence,
        single,
        late or is_silent(after),
        (before.evidence,),
        (after.evidence,),
        detail,
    )


def first_finding(proposition: Proposition, topic: Topic, said: Said, now: datetime) -> Finding:
    """An actor's first position on a proposition."""
    name = actor_name(topic, said.actor)
    by = f", in the words of {said.holder}" if said.holder != name else ""
    return Finding(
        stable_id("fnd", "first_position", proposition.id, said.actor, said.stance.value, said.on),
        FindingKind.FIRST_POSITION,
        said.on,
        now,
        f"{name} {VERBS[said.stance]} {statement_of(proposition)}{by}: its first position on it.",
        proposition.id,
        said.actor,
        None,
        _confidence(said),
        len(said.origins) == 1,
        is_silent(said),
        (),
        (said.evidence,),
        {"stance": said.stance.value, "by": said.holder, "at": said.on.isoformat()},
    )


def line_finding(proposition: Proposition, topic: Topic, before: Said, after: Said, now: datetime) -> Finding:
    """The same stance in a new formula."""
    side = SIDES[after.stance]
    name = actor_name(topic, after.actor)
    of = f" ({name})" if name != after.holder else ""
    return Finding(
        stable_id("fnd", "line_change", proposition.id, after.actor, after.holder, after.stance.value, after.on),
        FindingKind.LINE_CHANGE,
        after.on,
        now,
        f"{after.holder}{of} is still {side} {statement_of(proposition)}, in new words.",
        proposition.id,
        after.actor,
        after.holder,
        round(_confidence(before, after) / 2, 3),
        len(after.origins) == 1,
        is_silent(after),
        (before.evidence,),
        (after.evidence,),
        {"stance": after.stance.value, "at": after.on.isoformat()},
    )


def divergence_finding(proposition: Proposition, topic: Topic, before: Said, after: Said, now: datetime) -> Finding:
    """Two holders of one actor and equal rank at odds; the actor's position stays."""
    sentence = (
        f"{actor_name(topic, after.actor)} speaks with two voices on {statement_of(proposition)}: "
        f"{before.holder} is {SIDES[before.stance]} it, {after.holder} is {SIDES[after.stance]} it."
    )
    pair = sorted([before.holder, after.holder])
    return Finding(
        stable_id("fnd", "divergence", proposition.id, after.actor, *pair, after.on),
        FindingKind.DIVERGENCE,
        after.on,
        now,
        sentence,
        proposition.id,
        after.actor,
        None,
        _confidence(before, after),
        len(after.origins) == 1,
        is_silent(after),
        (before.evidence,),
        (after.evidence,),
        {"between": pair, "from": before.stance.value, "to": after.stance.value, "at": after.on.isoformat()},
    )


def _voice(topic: Topic, actor: str, said: Said) -> str:
    name = actor_name(topic, actor)
    return name if said.holder == name else f"{name} ({said.holder})"


def dispute_finding(
    proposition: Proposition, topic: Topic, one: tuple[str, Said], other: tuple[str, Said], now: datetime
) -> Finding:
    """Two actors at odds since the later of their words."""
    between = sorted([one[0], other[0]])
    since = max(one[1].on, other[1].on)
    first, second = one[1], other[1]
    sentence = (
        f"{_voice(topic, *one)} {VERBS[first.stance]} {statement_of(proposition)}; "
        f"{_voice(topic, *other)} {VERBS[second.stance]} it."
    )
    return Finding(
        stable_id("fnd", "dispute", proposition.id, *between, since),
        FindingKind.DISPUTE,
        since,
        now,
        sentence,
        proposition.id,
        None,
        None,
        _confidence(first, second),
        len(first.origins) == 1 and len(second.origins) == 1,
        is_silent(second),
        (first.evidence,),
        (second.evidence,),
        {"between": between, "since": since.isoformat(), "claims": [*first.ids, *second.ids]},
    )
