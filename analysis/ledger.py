"""Claims of the ledger as statements in time: a holder's firm stance on a day, with the claims that carry it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from analysis.comparison import is_named
from analysis.drafts import BACKGROUND
from news.claim import HolderKind, LedgerClaim, PropositionStance
from news.finding import Evidence
from news.topic import Stance

_PERFECT = re.compile(r"\b(?:has|have|had)\b|'ve\b", re.IGNORECASE)
FIRM_AT = 0.6
"""A stance below this score is told as a claim, but moves no position: a wrong alert costs more than a late one."""
_SILENCES = ("declined", "declined-to-comment", "did-not-say")  # no side taken, and no word of a change of mind
LOWEST = 9
"""The rank of a holder whom the topic gives none."""


@dataclass(frozen=True, slots=True)
class Said:
    """One holder's stance on one proposition on one day; `claims` carry it, the first is the best."""

    holder: str
    kind: HolderKind
    actor: str | None
    rank: int
    stance: Stance
    on: date
    score: float
    claims: tuple[LedgerClaim, ...]

    @property
    def recalled(self) -> bool:
        """Whether every report of it tells it as something that has been said, on no day in particular."""
        return all(_PERFECT.search(_cue(one)) for one in self.claims)

    @property
    def named(self) -> bool:
        """Whether it is one and the same mind's: a name, not "analysts" or "an official"."""
        return is_named(self.claims[0])

    @property
    def seen(self) -> datetime:
        """When it first came to our notice."""
        return min(one.seen for one in self.claims)

    @property
    def noticed(self) -> datetime:
        """When we first knew of it."""
        return min(one.noticed for one in self.claims)

    @property
    def ids(self) -> tuple[str, ...]:
        """The claims' ids."""
        return tuple(one.claim.claim_id for one in self.claims)

    @property
    def origins(self) -> frozenset[str]:
        """Whose word it is that it was said."""
        return frozenset(one.voice for one in self.claims)

    @property
    def evidence(self) -> Evidence:
        """The sentence a reader is shown for it."""
        best = self.claims[0]
        return Evidence(best.claim.claim_id, self.holder, best.claim.evidence, best.url, best.outlet, self.on)


def _cue(one: LedgerClaim) -> str:
    claim = one.claim
    return " ".join(claim.evidence[start - claim.start : end - claim.start] for start, end in claim.cue)


def _stance(one: LedgerClaim, proposition: str) -> PropositionStance | None:
    return next((stance for stance in one.claim.propositions if stance.proposition == proposition), None)


def may_carry(one: LedgerClaim, ids: Mapping[str, LedgerClaim]) -> bool:
    """Whether a claim may carry a position or a number: no copy, its day known, not an old quotation printed again."""
    claim = one.claim
    if one.is_copy or one.on is None or (claim.holder_kind is HolderKind.OUTLET and claim.actor is None):
        return False
    if claim.spoken_on is None and claim.rule.endswith(BACKGROUND):
        return False
    if one.repeat_of is None:
        return True
    first = ids.get(one.repeat_of)
    # The same stance taken again on a later day is a statement; the same words printed again are not.
    return first is not None and first.claim.content_key != claim.content_key


def _of_day(holder: str, claims: list[tuple[LedgerClaim, PropositionStance]]) -> Said:
    """One day's stance of a holder: what most of the weight says; taking a side goes before taking none."""
    weight: dict[Stance, float] = defaultdict(float)
    for one, stance in {(one.voice, stance.stance): (one, stance) for one, stance in claims}.values():
        weight[stance.stance] += stance.score if stance.stance is not Stance.NEUTRAL else stance.score / 2
        _ = one
    chosen = max(weight, key=lambda stance: (weight[stance], stance.value))
    carrying = sorted(
        (pair for pair in claims if pair[1].stance is chosen),
        key=lambda pair: (-pair[1].score, pair[0].seen, pair[0].claim.claim_id),
    )
    first = carrying[0][0].claim
    day = carrying[0][0].on
    ranks = [one.claim.rank for one, _ in carrying if one.claim.rank is not None]
    return Said(
        holder,
        first.holder_kind,
        first.actor,
        min(ranks, default=LOWEST),
        chosen,
        day or date.min,
        carrying[0][1].score,
        tuple(one for one, _ in carrying),
    )


def _moves(stance: PropositionStance) -> bool:
    return stance.score >= FIRM_AT and stance.rule.removeprefix("refers:") not in _SILENCES


def statements(ledger: Sequence[LedgerClaim], proposition: str) -> list[Said]:
    """Every holder's firm stances on a proposition, a day at a time, in the order of time."""
    ids = {one.claim.claim_id: one for one in ledger}
    days: dict[tuple[str, str, date], list[tuple[LedgerClaim, PropositionStance]]] = defaultdict(list)
    spelled: dict[str, str] = {}  # the spelling that came first stands for all
    for one in sorted(ledger, key=lambda each: (each.seen, each.claim.claim_id)):
        stance = _stance(one, proposition)
        if stance and _moves(stance) and one.on is not None and may_carry(one, ids):
            holder = spelled.setdefault(one.who, one.claim.holder)
            days[holder, one.claim.actor or "", one.on].append((one, stance))
    said = [_of_day(holder, claims) for (holder, _, _), claims in days.items()]
    return sorted(said, key=lambda one: (one.on, one.rank, one.seen, one.holder))
