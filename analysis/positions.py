"""Positions over time and what follows from them: shifts, divergences, first positions, line changes, disputes.

ledger ──▶ statements (a holder's day) ──▶ each holder's course ──▶ each actor's course ──▶ positions and findings
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from analysis.courses import DIVERGENCE, Course, follow_actor, follow_holder
from analysis.ledger import Said, statements
from analysis.numbers import figure_findings
from analysis.wording import dispute_finding
from news.claim import LedgerClaim
from news.finding import Finding, Position
from news.topic import Proposition, Stance, Topic

_OFFICE = 3  # the lowest rank of those who speak for their state by name


@dataclass(frozen=True, slots=True)
class Derived:
    """What a ledger comes to: the current positions, and every finding over its whole time."""

    positions: list[Position] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _position(course: Course, proposition: str) -> Position:
    current = course.current
    return Position(
        proposition,
        current.stance.value,
        course.since,
        course.claims,
        current.actor,
        None if course.whole else current.holder,
    )


def _opposed(one: Stance, other: Stance) -> bool:
    return {one, other} == {Stance.AFFIRMS, Stance.DENIES}


def _disputes(
    courses: dict[str, Course],
    said: dict[str, list[Said]],
    proposition: Proposition,
    topic: Topic,
    now: datetime,
) -> list[Finding]:
    """Each time two actors came to stand against each other: by their positions, or by an office's word and a position.

    An ambassador who denies what another country says is at odds with it, though his word does not move his own. One
    dispute lasts until the two positions agree, however often they say so.
    """
    moved = {id(move) for course in courses.values() for move in course.moves}
    latest: dict[str, Said] = {}
    words: dict[str, Said] = {}
    lasting: set[frozenset[str]] = set()
    found = []
    for one, actor in sorted(((one, actor) for actor, own in said.items() for one in own), key=_when):
        moves = id(one) in moved
        if not moves and (one.rank > _OFFICE or not one.named):
            continue
        for other in sorted(latest.keys() - {actor}):
            stands = [latest[other], *([words[other]] if moves and other in words else [])]
            against = [each for each in stands if _opposed(one.stance, each.stance) and _holds(each, one, latest)]
            pair = frozenset([actor, other])
            if against and pair not in lasting:
                lasting.add(pair)
                found.append(dispute_finding(proposition, topic, (other, against[-1]), (actor, one), now))
            elif moves and not against:
                lasting.discard(pair)
        if moves:
            words.pop(actor, None)  # what was said before the position moved is left behind
        (latest if moves else words)[actor] = one
    return found


def _holds(stand: Said, at: Said, latest: dict[str, Said]) -> bool:
    """Whether what was said before still stands: a position does, a mere word for a fortnight."""
    return any(stand is one for one in latest.values()) or at.on - stand.on <= DIVERGENCE


def _when(pair: tuple[Said, str]) -> tuple[object, ...]:
    return (pair[0].on, pair[0].seen, pair[1])


def _derive_one(ledger: Sequence[LedgerClaim], proposition: Proposition, topic: Topic, now: datetime) -> Derived:
    said = statements(ledger, proposition.id)
    derived = Derived()
    by_holder: dict[tuple[str, str | None], list[Said]] = {}
    by_actor: dict[str, list[Said]] = {}
    for one in said:
        by_holder.setdefault((one.holder, one.actor), []).append(one)
        if one.actor:
            by_actor.setdefault(one.actor, []).append(one)
    actors = {actor: follow_actor(own, proposition, topic, now) for actor, own in sorted(by_actor.items())}
    for (_, actor), own in by_holder.items():
        course = follow_holder(own, proposition, topic, now, actors.get(actor or ""))
        derived.positions.append(_position(course, proposition.id))
        derived.findings.extend(course.findings)
    for course in actors.values():
        derived.positions.append(_position(course, proposition.id))
        derived.findings.extend(course.findings)
    derived.findings.extend(_disputes(actors, by_actor, proposition, topic, now))
    derived.findings.extend(figure_findings(ledger, proposition, topic, now))
    return derived


def derive(ledger: Sequence[LedgerClaim], topic: Topic, now: datetime) -> Derived:
    """The positions and findings of every proposition the ledger's claims speak of.

    Holders' positions and, with `holder` None, actors' as a whole. Copies, old quotations printed again, claims of
    unknown day and stances taken in passing carry nothing. Findings have stable ids: the same ledger gives the same,
    a longer one the same and more. One whose day lies more than 14 days before it was seen is `baseline`.
    """
    met = {stance.proposition for one in ledger for stance in one.claim.propositions}
    whole = Derived()
    for proposition in topic.propositions:
        if proposition.id in met:
            derived = _derive_one(ledger, proposition, topic, now)
            whole.positions.extend(derived.positions)
            whole.findings.extend(derived.findings)
    return whole
