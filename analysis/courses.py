"""How a position moves: a holder's by each new word, an actor's by words of equal or higher rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from analysis.comparison import content_of
from analysis.ledger import Said
from analysis.wording import divergence_finding, first_finding, line_finding, shift_finding
from news.claim import HolderKind
from news.finding import Finding
from news.topic import Proposition, Stance, Topic

DIVERGENCE = timedelta(days=14)
"""Two holders of one actor this near in time are at odds; further apart the later word is the actor's."""
_WEEK = timedelta(days=7)
"""A position back as soon as this was moved by a stray sentence, unless more origins say so than moved it."""
_OWN_MIND = 2  # the lowest rank of those whose following their own leader is told
_LATE = timedelta(days=1)  # pages come in by rounds, and in no order within one
_NEW_WORDS = 0.15  # shared words over all words: below, the formula is another one
_WORD = re.compile(r"\w{4,}")
_OPPOSED = frozenset([Stance.AFFIRMS, Stance.DENIES])


@dataclass(slots=True)
class Course:
    """The course of one position: what it is now and since when, its moves, and the findings on the way."""

    current: Said
    since: date
    claims: tuple[str, ...]
    whole: bool
    moves: list[Said] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def extend(self, said: Said) -> None:
        """The same stance again."""
        self.claims = (*self.claims, *said.ids)

    def flickers(self, said: Said) -> bool:
        """Whether a statement only takes back what a stray sentence has just moved."""
        if len(self.moves) < 2 or said.stance is not self.moves[-2].stance:  # noqa: PLR2004 - the last two
            return False
        stray = self.moves[-1]
        return said.on - stray.on <= _WEEK and len(said.origins) <= len(stray.origins)

    def take_back(self, said: Said) -> None:
        """The stance before the last move again, as if it had not been left."""
        self.moves.pop()
        self.current, self.since = self.moves[-1], self.moves[-1].on
        self.claims = (*self.current.ids, *said.ids)

    def recalls(self, said: Said) -> bool:
        """Whether a statement only recalls a stance that was left since: "has denied it", after the denial ended."""
        return said.recalled and any(one.stance is said.stance for one in self.moves)

    def move(self, said: Said) -> None:
        """Another stance from now on."""
        self.current, self.since, self.claims = said, said.on, said.ids
        self.moves.append(said)


def _begin(said: Said, *, whole: bool) -> Course:
    return Course(said, said.on, said.ids, whole, [said])


def _new_formula(before: Said, after: Said) -> bool:
    """Whether the same stance is put in quite other words, both quoted, some time apart."""
    first, second = before.claims[0], after.claims[0]
    if not (first.claim.quoted and second.claim.quoted) or after.on - before.on < DIVERGENCE:
        return False
    one, other = (set(_WORD.findall(content_of(claim).lower())) for claim in (first, second))
    return bool(one and other) and len(one & other) / len(one | other) < _NEW_WORDS


def _is_late(said: Sequence[Said], place: int, before: Said) -> bool:
    """Whether something said after the statement at that place was known before it, or what it moves from was not."""
    known = min((one.noticed for one in said[place + 1 :]), default=None)
    noticed = said[place].noticed
    return (known is not None and noticed - known > _LATE) or before.noticed - noticed > _LATE


def _follows(said: Said, before: Said, actor: Course | None) -> bool:
    """Whether a holder of lower rank takes over what somebody above has said for both since the holder spoke last."""
    return (
        actor is not None
        and said.rank > _OWN_MIND
        and any(
            move.stance is said.stance and before.on <= move.on <= said.on and move.rank < said.rank
            for move in actor.moves
        )
    )


def follow_holder(
    said: Sequence[Said], proposition: Proposition, topic: Topic, now: datetime, actor: Course | None = None
) -> Course:
    """The course of one holder's position; `actor` is that of the actor spoken for.

    One who speaks for no actor is told of only when he reverses, one of lower rank not when he follows his leader.
    Nothing is told of holders without a name: two officials of one day and the next are not one mind.
    """
    course = _begin(said[0], whole=False)
    for place, one in enumerate(said[1:], 1):
        before = course.current
        if one.stance is before.stance:
            if one.actor and _new_formula(before, one):
                course.findings.append(line_finding(proposition, topic, before, one, now))
                course.current = one
            course.extend(one)
            continue
        if course.recalls(one):
            continue
        if course.flickers(one):
            course.take_back(one)
            continue
        reversed_side = {before.stance, one.stance} == _OPPOSED
        if one.named and (one.actor or reversed_side) and not _follows(one, before, actor):
            late = _is_late(said, place, before)
            course.findings.append(shift_finding(proposition, topic, before, one, now, whole=False, late=late))
        course.move(one)
    return course


def _at_odds(said: Said, latest: dict[str, Said], topic: Topic) -> Said | None:
    """Another named holder of equal rank who lately said the opposite.

    An actor's own name ("the capital said") is the same mouth as its spokesman's, and an outlet's voice is nobody's:
    neither can be at odds with a holder.
    """
    entity = topic.entity(said.actor) if said.actor else None
    nobody = {entity.name} if entity else set()
    if said.holder in nobody or said.kind is HolderKind.OUTLET:
        return None
    for other in sorted(latest.values(), key=lambda one: (one.on, one.holder), reverse=True):
        opposed = {other.stance, said.stance} == _OPPOSED and said.on - other.on <= DIVERGENCE
        named = other.holder not in nobody and other.kind is not HolderKind.OUTLET
        if opposed and named and other.holder != said.holder and other.rank == said.rank:
            return other
    return None


def follow_actor(said: Sequence[Said], proposition: Proposition, topic: Topic, now: datetime) -> Course:
    """The course of an actor's position: a later word of equal or higher rank moves it, unless two are at odds."""
    course = _begin(said[0], whole=True)
    course.findings.append(first_finding(proposition, topic, said[0], now))
    latest = {said[0].holder: said[0]}
    rank = said[0].rank
    told: set[frozenset[tuple[str, Stance]]] = set()
    for place, one in enumerate(said[1:], 1):
        if course.recalls(one):
            continue
        odds = _at_odds(one, latest, topic)
        latest[one.holder] = one
        if one.stance is course.current.stance:
            course.extend(one)
            rank = min(rank, one.rank)
        elif odds is not None:
            pair = frozenset([(odds.holder, odds.stance), (one.holder, one.stance)])
            if pair not in told:
                course.findings.append(divergence_finding(proposition, topic, odds, one, now))
            told.add(pair)
        elif one.rank <= rank and course.flickers(one):
            course.take_back(one)
            rank = min(rank, one.rank)
        elif one.rank <= rank:
            late = _is_late(said, place, course.current)
            course.findings.append(shift_finding(proposition, topic, course.current, one, now, whole=True, late=late))
            course.move(one)
            rank = one.rank
            told.clear()
    return course
