"""What a claim is beside those before it: new, a repeat, a corroboration, a dispute or a change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from analysis.counted import has_moved
from news.claim import Comparison, HolderKind, LedgerClaim, Novelty, PropositionStance
from news.topic import Stance

MOVES_AT = 0.5
"""A stance below this score is addressed in passing: it starts no line and disputes nothing."""
_QUOTED_WORDS = 6  # so many quoted words in a row are the same quotation
_OPPOSED = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}
_NAMELESS = re.compile(
    r"\b(?:officials?|sources?|analysts?|experts?|diplomats?|lawmakers?|researchers?|observers?|people|others"
    r"|reports?)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def content_of(one: LedgerClaim) -> str:
    """The words of a claim's content, cut from its evidence."""
    claim = one.claim
    return " ".join(claim.evidence[start - claim.start : end - claim.start] for start, end in claim.content)


def is_named(one: LedgerClaim) -> bool:
    """Whether the holder has a name of his own: "analysts", "an official" and "the spokesman" have none."""
    claim = one.claim
    if claim.holder_kind is HolderKind.GROUP or _NAMELESS.search(claim.holder):
        return False
    return any(word[:1].isupper() for word in claim.holder.split())


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _when(one: LedgerClaim) -> tuple[date, str, str]:
    return (one.on or one.seen.date(), one.seen.isoformat(), one.claim.claim_id)


def _same_holder(one: LedgerClaim, other: LedgerClaim) -> bool:
    return one.who == other.who and one.claim.actor == other.claim.actor


def _firm(one: LedgerClaim) -> list[PropositionStance]:
    return [stance for stance in one.claim.propositions if stance.score >= MOVES_AT]


class _Ledger:
    """The claims known so far, by what they can be compared by."""

    def __init__(self, known: Iterable[LedgerClaim]) -> None:
        self._by_key: dict[str, list[LedgerClaim]] = {}
        self._by_proposition: dict[str, list[LedgerClaim]] = {}
        self._ids: set[str] = set()
        for one in sorted(known, key=_when):
            self.add(one)

    def add(self, one: LedgerClaim) -> None:
        if one.claim.claim_id in self._ids:
            return
        self._ids.add(one.claim.claim_id)
        if one.claim.content_key:
            self._by_key.setdefault(one.claim.content_key, []).append(one)
        for stance in one.claim.propositions:
            self._by_proposition.setdefault(stance.proposition, []).append(one)

    def same_words(self, one: LedgerClaim) -> LedgerClaim | None:
        """An earlier claim of the holder with the same content, or one that holds the same quotation."""
        for other in self._by_key.get(one.claim.content_key, []) if one.claim.content_key else []:
            if _same_holder(one, other) and other.claim.claim_id != one.claim.claim_id:
                return other
        if not one.claim.quoted:
            return None
        words = _words(content_of(one))
        if len(words.split()) < _QUOTED_WORDS:
            return None
        for stance in one.claim.propositions:
            for other in self._by_proposition.get(stance.proposition, []):
                if _same_holder(one, other) and other.claim.quoted and words in _words(other.claim.evidence):
                    return other
        return None

    def on(self, stance: PropositionStance, one: LedgerClaim) -> list[LedgerClaim]:
        """The other claims on that proposition, as far as they are firm, oldest first."""
        return [
            other
            for other in self._by_proposition.get(stance.proposition, [])
            if other.claim.claim_id != one.claim.claim_id and _stance_on(other, stance.proposition) is not None
        ]


def _stance_on(one: LedgerClaim, proposition: str) -> Stance | None:
    return next((stance.stance for stance in _firm(one) if stance.proposition == proposition), None)


def _verdict(one: LedgerClaim, novelty: Novelty, other: LedgerClaim | None, line: str, rule: str) -> Comparison:
    return Comparison(one.claim.claim_id, novelty, other.claim.claim_id if other else None, line, rule)


def _on_proposition(one: LedgerClaim, stance: PropositionStance, others: Sequence[LedgerClaim]) -> Comparison:
    line = stance.proposition
    own = [other for other in others if _same_holder(one, other)]
    if own:
        latest = own[-1]
        if _stance_on(latest, line) is stance.stance:
            if has_moved(one, latest):
                return _verdict(one, Novelty.CHANGE, latest, line, "same-holder-other-figure")
            return _verdict(one, Novelty.REPEAT, latest, line, "same-holder-same-stance")
        return _verdict(one, Novelty.CHANGE, latest, line, "same-holder-other-stance")
    agreeing = [other for other in others if _stance_on(other, line) is stance.stance]
    opposed = [
        other
        for other in others
        if _stance_on(other, line) is _OPPOSED.get(stance.stance)
        and other.claim.actor is not None
        and other.claim.actor != one.claim.actor
    ]
    if opposed and one.claim.actor is not None and not any(other.claim.actor == one.claim.actor for other in agreeing):
        return _verdict(one, Novelty.DISPUTE, opposed[-1], line, "other-actor-opposed")
    return _among_agreeing(one, stance, agreeing)


def _among_agreeing(one: LedgerClaim, stance: PropositionStance, agreeing: Sequence[LedgerClaim]) -> Comparison:
    line = stance.proposition
    elsewhere = [other for other in agreeing if other.voice != one.voice]
    if agreeing and one.claim.actor is not None and agreeing[0].claim.actor == one.claim.actor:
        return _verdict(one, Novelty.REPEAT, agreeing[0], line, "same-actor-same-stance")
    if elsewhere and stance.stance in _OPPOSED:
        return _verdict(one, Novelty.CORROBORATION, elsewhere[0], line, "other-holder-other-origin")
    if agreeing and one.claim.holder_kind is HolderKind.OUTLET:
        return _verdict(one, Novelty.REPEAT, agreeing[0], line, "same-origin-own-voice")
    return _verdict(one, Novelty.NEW, None, line, "first-of-holder")


def _compare_one(one: LedgerClaim, ledger: _Ledger) -> Comparison:
    firm = _firm(one)
    line = firm[0].proposition if firm else one.claim.content_key
    same = ledger.same_words(one)
    if same is not None:
        return _verdict(one, Novelty.REPEAT, same, line, "same-words")
    verdicts = [_on_proposition(one, stance, ledger.on(stance, one)) for stance in firm]
    order = [Novelty.CHANGE, Novelty.DISPUTE, Novelty.NEW, Novelty.CORROBORATION, Novelty.REPEAT]
    if not verdicts:
        return _verdict(one, Novelty.NEW, None, line, "first-words")
    return min(verdicts, key=lambda verdict: order.index(verdict.novelty))


def compare(new: Sequence[LedgerClaim], known: Sequence[LedgerClaim]) -> list[Comparison]:
    """The novelty of each new claim beside the known ones and the new ones before it, in the order given.

    A repeat is the holder's own words again, or his stance (or his actor's) as it stood; a change is his stance
    otherwise than it stood, or another number of the same things; a dispute opposes another actor; a corroboration is
    another actor's agreement from another origin (pages of one origin, or of one family's outlets, never corroborate
    each other). Order of time decides what was before: day spoken, then day seen.
    """
    ledger = _Ledger(known)
    found: dict[str, Comparison] = {}
    for one in sorted(new, key=_when):
        found[one.claim.claim_id] = _compare_one(one, ledger)
        ledger.add(one)
    return [found[one.claim.claim_id] for one in new]


def compare_again(again: Collection[str], ledger: Iterable[LedgerClaim]) -> list[Comparison]:
    """The novelty of some claims of the ledger, by id, each beside those that were written down before it.

    For claims that have been compared, when it has changed since whose they are or what else counts.
    """
    known, found = _Ledger(()), []
    for one in sorted(ledger, key=lambda each: (each.recorded_at, _when(each))):
        if one.claim.claim_id in again:
            found.append(_compare_one(one, known))
        known.add(one)
    return found
