"""Which new and corroborating claims are worth telling by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from analysis.comparison import MOVES_AT, is_named
from analysis.ledger import FIRM_AT
from analysis.shifts import VERBS
from analysis.wording import SILENT_DAYS, statement_of
from news.claim import Comparison, LedgerClaim, Novelty, PropositionStance
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id
from news.topic import Stance, Topic

_KINDS = {Novelty.NEW: FindingKind.NEW_CLAIM, Novelty.CORROBORATION: FindingKind.CORROBORATION}
_CIRCULAR = 0.5  # of that, where nobody is known to have it himself
_TOLD = 0.6  # of the confidence in the stance: a claim by itself says less than a move


def _evidence(one: LedgerClaim) -> Evidence:
    return Evidence(one.claim.claim_id, one.claim.holder, one.claim.evidence, one.url, one.outlet, one.on)


def _stance(one: LedgerClaim, line: str) -> PropositionStance | None:
    return next((each for each in one.claim.propositions if each.proposition == line and each.score >= MOVES_AT), None)


def _named(origin: str, topic: Topic) -> str:
    known = topic.outlet(origin)
    return known.name if known else origin


def _tell(
    comparison: Comparison, one: LedgerClaim, other: LedgerClaim | None, topic: Topic, now: datetime
) -> Finding | None:
    stance = _stance(one, comparison.line)
    proposition = topic.proposition(comparison.line)
    if (
        stance is None
        or stance.stance is Stance.NEUTRAL
        or proposition is None
        or one.is_copy
        or stance.score < FIRM_AT
        or not is_named(one)
    ):
        return None
    kind = _KINDS[comparison.novelty]
    sentence = f"{one.claim.holder} {VERBS[stance.stance]} {statement_of(proposition)}"
    if kind is FindingKind.CORROBORATION and other is not None:
        sentence += f", as {other.claim.holder} did, by the word of another origin ({_named(one.origin, topic)})"
    if one.circular:
        sentence += "; the outlets that report it have it from each other"
    return Finding(
        stable_id("fnd", kind.value, proposition.id, one.claim.actor, one.claim.holder, stance.stance.value, one.on),
        kind,
        one.on,
        now,
        f"{sentence}.",
        proposition.id,
        one.claim.actor,
        one.claim.holder,
        round(stance.score * _TOLD * (_CIRCULAR if one.circular else 1), 3),
        kind is FindingKind.NEW_CLAIM,
        one.on is None or (one.noticed.date() - one.on).days > SILENT_DAYS,
        (_evidence(other),) if other else (),
        (_evidence(one),),
        {
            "stance": stance.stance.value,
            "claim_id": one.claim.claim_id,
            "rule": comparison.rule,
            "circular": one.circular,
        },
    )


def tell_claims(
    comparisons: Sequence[Comparison], claims: Mapping[str, LedgerClaim], topic: Topic, now: datetime
) -> list[Finding]:
    """A finding for each new or corroborating claim on a proposition; `claims` are by id, those compared with included.

    Copies, repeats, disputes and changes give none here: the last two come with the positions. Neither do weak stances,
    holders without a name, and those who take no side: they claim nothing. Ids are stable.
    """
    found: dict[str, Finding] = {}
    for comparison in comparisons:
        one = claims.get(comparison.claim_id)
        if one is None or comparison.novelty not in _KINDS:
            continue
        other = claims.get(comparison.of_claim) if comparison.of_claim else None
        finding = _tell(comparison, one, other, topic, now)
        if finding is not None:
            found.setdefault(finding.finding_id, finding)
    return list(found.values())
