"""Where a text speaks of a proposition: its patterns' slots found in roles that fit, missing ones filled from around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from analysis.terms import NOTHING, compile_terms, expand
from news.topic import Pattern, Proposition, Stance, Topic

_GOAL = re.compile(
    r"(?:\b(?:to|for|into|toward|towards|against|inside|aid|aiding|arm|arming|help|helping|assist|assisting|support"
    r"|supporting|give|gives|giving|gave|offer|offers|offered|offering|supply|supplying|supplied|send|sends|sending"
    r"|sent|alongside|with)\s+(?:the\s+|its\s+|neighbou?ring\s+)?)$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|by|between|of)\s+(?:the\s+)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|our|us|ours|ourselves)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:it|its|itself|they|their|them|themselves|he|his)\b", re.IGNORECASE)
_FULL = 0.9
_BESIDE = 0.1  # a slot filled from the sentence around the content, or by its holder
_EARLIER = 0.2  # one filled from the sentences before
_WRONG_ORDER = 0.15
_WIDEST = 320  # characters between the outermost slots: further apart they are not one statement
_WEAKEST = 0.45


@dataclass(frozen=True, slots=True)
class Around:
    """What may fill a slot that the content leaves open.

    `actor` is the entity the holder speaks for; `quoted` says that "we" is that actor, else "it" and "they" are.
    """

    beside: str = ""
    before: str = ""
    actor: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a text speaks of a proposition: `first`..`last` bound the slots, `at` is where the verb stands."""

    proposition: str
    stance: Stance
    score: float
    at: int
    first: int
    last: int
    own: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    expression: re.Pattern[str]
    entities: frozenset[str]

    @property
    def asked(self) -> bool:
        return self.expression is not NOTHING


@dataclass(frozen=True, slots=True)
class _Compiled:
    proposition: str
    stance: Stance
    who: _Slot
    does: _Slot
    what: _Slot
    whom: _Slot
    never: _Slot

    @property
    def slots(self) -> int:
        return sum(slot.asked for slot in (self.who, self.does, self.what, self.whom))


def _slot(terms: tuple[str, ...], topic: Topic) -> _Slot:
    return _Slot(compile_terms(expand(terms, topic)), frozenset(term[1:] for term in terms if term.startswith("@")))


def _compile(proposition: Proposition, pattern: Pattern, topic: Topic) -> _Compiled:
    fields = [_slot(terms, topic) for terms in (pattern.who, pattern.does, pattern.what, pattern.whom, pattern.never)]
    return _Compiled(proposition.id, pattern.stance, *fields)


def _mentions(slot: _Slot, text: str, around: Around) -> list[tuple[int, int]]:
    found = [hit.span() for hit in slot.expression.finditer(text)]
    if around.actor in slot.entities:
        pronoun = _WE if around.quoted else _THEY
        found += [hit.span() for hit in pronoun.finditer(text)]
    return found


def _agent_fits(
    text: str, span: tuple[int, int], does: tuple[int, int] | None, what: tuple[int, int] | None
) -> float | None:
    """The cost of taking the mention for the one who acts, None when its place forbids it."""
    before = text[: span[0]]
    possessive = text[span[1] : span[1] + 2] == "'s"
    if _GOAL.search(before) and not possessive:
        return None
    if does is None or span[0] < does[0]:
        passive = does is not None and _PASSIVE.search(text[: does[0]]) and not _FROM.search(before)
        whole = passive and what is not None and span[0] < what[0] < does[0] if passive else True
        return 0.0 if whole else _WRONG_ORDER
    if _FROM.search(before) or possessive or (what and 0 <= what[0] - span[1] <= 25):  # noqa: PLR2004 - "North … troops": a modifier stands close
        return 0.0
    return None


def _goal_fits(text: str, span: tuple[int, int], does: tuple[int, int] | None) -> float | None:
    before = text[: span[0]]
    if _GOAL.search(before) or re.search(r"\b(?:in|on|at|from|of|and|between)\s+(?:the\s+)?$", before):
        return 0.0
    if does is None or span[0] > does[0]:
        return 0.0
    if text[span[1] : span[1] + 2] == "'s" or re.match(r"\s*(?:-|and\b|,)", text[span[1] :]):
        return _WRONG_ORDER
    return None if not _PASSIVE.search(text[: does[0]]) else _WRONG_ORDER


class Matcher:
    """The patterns of one topic, compiled once."""

    def __init__(self, topic: Topic) -> None:
        self._patterns = [
            _compile(proposition, pattern, topic)
            for proposition in topic.propositions
            for pattern in proposition.patterns
        ]

    def find(self, text: str, around: Around) -> list[Hit]:
        """The best hit for each proposition the levelled text speaks of."""
        best: dict[str, Hit] = {}
        for pattern in self._patterns:
            hit = _find(pattern, text, around)
            if hit and (hit.proposition not in best or hit.score > best[hit.proposition].score):
                best[hit.proposition] = hit
        return list(best.values())


def _filled(slot: _Slot, around: Around) -> float | None:
    """The cost of filling an open slot from around the content, None when nothing there fits."""
    if around.actor in slot.entities or slot.expression.search(around.beside):
        return _BESIDE
    return _EARLIER if slot.expression.search(around.before) else None


def _nearest(
    spans: list[tuple[int, int]], taken: list[tuple[int, int]], anchor: tuple[int, int] | None
) -> list[tuple[int, int]]:
    free = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in taken)]
    return sorted(free, key=lambda span: abs(span[0] - anchor[0])) if anchor else free


def _around_verb(pattern: _Compiled, text: str, around: Around, does: tuple[int, int] | None) -> Hit | None:
    """The hit with that verb, or None: each slot found in a fitting role or filled, few enough of them."""
    taken = [does] if does else []
    score, missing, earlier = _FULL, 0, 0
    what: tuple[int, int] | None = None
    for name in ("what", "who", "whom"):
        slot: _Slot = getattr(pattern, name)
        if not slot.asked:
            continue
        chosen: tuple[float, tuple[int, int]] | None = None
        for span in _nearest(_mentions(slot, text, around), taken, does or what):
            cost = (
                0.0
                if name == "what"
                else _agent_fits(text, span, does, what)
                if name == "who"
                else _goal_fits(text, span, does or what)
            )
            if cost is not None and (chosen is None or cost < chosen[0]):
                chosen = (cost, span)
        if chosen:
            score -= chosen[0]
            taken.append(chosen[1])
            what = chosen[1] if name == "what" else what
            continue
        cost = _filled(slot, around) if not (name == "who" and _misplaced(slot, text, around)) else None
        if cost is None:
            return None
        missing += 1
        earlier += cost == _EARLIER
        score -= cost
    if missing >= pattern.slots or earlier > 1 or (earlier and missing > 1) or score < _WEAKEST or not taken:
        return None
    spread = sorted(taken)
    if spread[-1][1] - spread[0][0] > _WIDEST or any(b[0] - a[1] > _WIDEST for a, b in pairwise(spread)):
        return None
    at = does[0] if does else spread[0][0]
    return Hit(pattern.proposition, pattern.stance, round(score, 3), at, spread[0][0], spread[-1][1], tuple(spread))


def _misplaced(slot: _Slot, text: str, around: Around) -> bool:
    """The text names the one who acts, only in a role that forbids it: nothing from around may take its place."""
    return bool(slot.expression.search(text)) and around.actor not in slot.entities


def _find(pattern: _Compiled, text: str, around: Around) -> Hit | None:
    if pattern.never.asked and pattern.never.expression.search(f"{text} {around.beside}"):
        return None
    if not pattern.does.asked:
        return _around_verb(pattern, text, around, None)
    hits = [_around_verb(pattern, text, around, verb.span()) for verb in pattern.does.expression.finditer(text)]
    return max((hit for hit in hits if hit), key=lambda hit: hit.score, default=None)
