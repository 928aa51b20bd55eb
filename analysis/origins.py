"""Whose word each claim is, through every outlet that passed it on, and where that runs in a circle.

page ──cites──▶ outlet ──its own report of the same statement cites──▶ outlet … ──▶ origin

"The agency, via Coast Wire, via forty pages" is one origin. Two outlets that each have it only from the other have it
from nobody: their claims are one origin between them, and marked circular.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from news.claim import LedgerClaim
from news.outlets import find_by_name
from news.topic import Topic

NEAR = timedelta(days=14)
"""Reports of one statement that cite each other stand no further apart."""

_SOON = timedelta(days=3)  # … and those of one stance in other words hardly days
_LATE = timedelta(days=1)  # what is cited may come to our notice after what cites it
_LOOKED_AT = 5  # reports of one outlet, the nearest in time

_Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The way of one claim: outlets from its page's to the one whose word it is; `circular` where it comes back."""

    claim_id: str
    chain: tuple[str, ...]
    circular: bool = False

    @property
    def outlet(self) -> str:
        """Whose word it is; of a circle the one that comes first by name, so that it is one for all in it."""
        return min(self.chain[self.chain.index(self.chain[-1]) :]) if self.circular else self.chain[-1]


def trace(claims: Sequence[LedgerClaim], topic: Topic) -> dict[str, Origin]:
    """The origin of each claim, by its id; the claims given are all that is known of their lines."""
    lines: dict[_Line, list[LedgerClaim]] = defaultdict(list)
    for one in claims:
        for line in _lines(one):
            lines[line].append(one)
    return {one.claim.claim_id: _follow(one, lines, topic) for one in claims}


def with_origins(claims: Iterable[LedgerClaim], topic: Topic) -> list[LedgerClaim]:
    """The claims with their origins, and with the one owner behind an origin: outlets of one family are one voice."""
    claims = list(claims)
    found = trace(claims, topic)
    return [with_origin(one, found[one.claim.claim_id], topic) for one in claims]


def with_origin(one: LedgerClaim, origin: Origin, topic: Topic) -> LedgerClaim:
    """The claim with its origin, as it was traced, and the owner of that."""
    known = topic.outlet(origin.outlet)
    owner = f"family:{known.family}" if known and known.family else origin.outlet
    return replace(one, origin=origin.outlet, owner=owner, circular=origin.circular)


def _follow(one: LedgerClaim, lines: dict[_Line, list[LedgerClaim]], topic: Topic) -> Origin:
    chain, circular = _way(one, (_named(one.outlet, topic),), lines, topic)
    return Origin(one.claim.claim_id, chain, circular)


def _way(
    at: LedgerClaim, chain: tuple[str, ...], lines: dict[_Line, list[LedgerClaim]], topic: Topic
) -> tuple[tuple[str, ...], bool]:
    """The chain from a claim on, and whether it comes back: only when no way leads to somebody who has it himself."""
    cited = _cites(at, topic)
    if cited is None or cited == chain[-1]:
        return chain, False
    longer = (*chain, cited)
    if cited in chain:
        return longer, True
    own = _reports(cited, at, lines, topic)
    # One report of its own is enough: whatever else it prints, it has it from nobody.
    if not own or any(_cites(report, topic) is None for report in own):
        return longer, False
    nearest = sorted(own, key=lambda report: (abs(report.seen - at.seen), report.claim.claim_id))
    ways = [_way(report, longer, lines, topic) for report in nearest[:_LOOKED_AT]]
    return next((way for way in ways if not way[1]), ways[0])


def _cites(one: LedgerClaim, topic: Topic) -> str | None:
    """The outlet a claim is passed on from: by its sentence, else by its page's credit; None: its own word."""
    cited = one.claim.cited or one.credited
    named = _named(cited, topic) if cited else None
    return named if named != _named(one.outlet, topic) else None


def _reports(outlet: str, of: LedgerClaim, lines: dict[_Line, list[LedgerClaim]], topic: Topic) -> list[LedgerClaim]:
    """What that outlet had of the same statement before that, by about a day; the same words may be older."""
    found = {
        one.claim.claim_id: one
        for line in _lines(of)
        for one in lines[line]
        if -_LATE <= of.seen - one.seen <= (NEAR if len(line) == 1 else _SOON) and _named(one.outlet, topic) == outlet
    }
    return [found[key] for key in sorted(found)]


def _lines(one: LedgerClaim) -> list[_Line]:
    """What makes two claims the same statement: the same words, or the same holder's same stance on a proposition."""
    claim = one.claim
    stances = [
        (claim.holder, claim.actor or "", stance.proposition, stance.stance.value) for stance in claim.propositions
    ]
    return [*stances, (claim.content_key,)] if claim.content_key else list(stances)


def _named(outlet: str, topic: Topic) -> str:
    known = find_by_name(outlet, topic)
    return known.id if known else outlet
