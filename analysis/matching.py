"""Where a text speaks of a proposition: its patterns' slots found in fitting roles, open ones filled from around."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.roles import acts_before, agent_fits, goal_fits
from analysis.terms import NOTHING, compile_terms, expand, level
from news.claim import Span
from news.topic import Pattern, Proposition, Stance, Topic

_WE = re.compile(r"\b(?:we|our|us|ours|ourselves)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:it|its|itself|they|their|them|themselves|he|his)\b", re.IGNORECASE)
_FULL = 0.9
_BESIDE = 0.1  # a slot filled from the sentence around the content, or by its holder
_EARLIER = 0.2  # one filled from the sentences before
_WIDEST = 140  # characters between neighbouring slots: further apart they are not one statement
_WEAKEST = 0.45


@dataclass(frozen=True, slots=True)
class Around:
    """What may fill a slot that the content leaves open.

    `actor` is the entity the holder speaks for; `quoted` says that "we" is that actor, else "it" and "they" are.
    `spoken` are the propositions the article addressed just before: only those may take a slot from earlier words.
    """

    beside: str = ""
    before: str = ""
    actor: str | None = None
    quoted: bool = False
    spoken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a text speaks of a proposition: `first`..`last` bound the slots, the verb stands at `at`."""

    proposition: str
    stance: Stance
    score: float
    at: int
    first: int
    last: int
    own: tuple[Span, ...]
    verbal: bool = True


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
    adjectives: frozenset[str]
    others: re.Pattern[str]

    @property
    def slots(self) -> int:
        return sum(slot.asked for slot in (self.who, self.does, self.what, self.whom))


def _slot(terms: tuple[str, ...], topic: Topic) -> _Slot:
    return _Slot(compile_terms(expand(terms, topic)), frozenset(term[1:] for term in terms if term.startswith("@")))


def _compile(proposition: Proposition, pattern: Pattern, topic: Topic) -> _Compiled:
    return _Compiled(
        proposition.id,
        pattern.stance,
        _slot(pattern.who, topic),
        _slot(pattern.does, topic),
        _slot(pattern.what, topic),
        _slot(pattern.whom, topic),
        _slot(pattern.never, topic),
        frozenset(level(word).lower() for entity in topic.entities for word in entity.adjectives),
        compile_terms(name for entity in topic.entities if f"@{entity.id}" not in pattern.who for name in entity.names),
    )


def _mentions(slot: _Slot, text: str, around: Around, others: re.Pattern[str]) -> list[Span]:
    found = [hit.span() for hit in slot.expression.finditer(text)]
    if around.actor in slot.entities:
        pronoun = _WE if around.quoted else _THEY
        # "It" is the holder's side only as long as nobody else was named: "the United Kingdom … as it has".
        other = None if around.quoted else others.search(text)
        found += [hit.span() for hit in pronoun.finditer(text) if other is None or hit.start() < other.start()]
    return found


class Matcher:
    """The patterns of one topic, compiled once."""

    def __init__(self, topic: Topic) -> None:
        self._patterns = [
            _compile(proposition, pattern, topic)
            for proposition in topic.propositions
            for pattern in proposition.patterns
        ]
        anchors = [
            term
            for proposition in topic.propositions
            for pattern in proposition.patterns
            for term in pattern.what or pattern.does or pattern.whom or pattern.who
        ]
        self._anchors = compile_terms(expand(anchors, topic))

    def find(self, text: str, around: Around) -> list[Hit]:
        """The best hit for each proposition the levelled text speaks of."""
        best: dict[str, Hit] = {}
        if not self._anchors.search(text) and not self._anchors.search(around.beside):
            return []  # most sentences: no pattern can be met without its object
        for pattern in self._patterns:
            hit = _find(pattern, text, around)
            if hit and (hit.proposition not in best or hit.score > best[hit.proposition].score):
                best[hit.proposition] = hit
        return list(best.values())


@dataclass(slots=True)
class _Search:
    """One try at a pattern around one verb: the slots found so far, those filled from around, and the score."""

    pattern: _Compiled
    text: str
    around: Around
    does: Span | None
    what: Span | None = None
    taken: list[Span] = field(default_factory=list)
    score: float = _FULL
    filled: int = 0
    earlier: int = 0

    def run(self) -> Hit | None:
        """The hit, or None when a slot stays open, too few stand in the text, or they stand too far apart."""
        self.taken = [self.does] if self.does else []
        if not all(self._place(name) for name in ("what", "who", "whom")):
            return None
        if not self.taken or self.filled >= self.pattern.slots or self.earlier > 1 or self.score < _WEAKEST:
            return None
        spread = sorted(self.taken)
        if any(right[0] - left[1] > _WIDEST for left, right in pairwise(spread)):
            return None
        at = self.does[0] if self.does else spread[0][0]
        pattern = self.pattern
        return Hit(
            pattern.proposition,
            pattern.stance,
            round(self.score, 3),
            at,
            spread[0][0],
            spread[-1][1],
            tuple(spread),
            self.does is not None,
        )

    def _place(self, name: str) -> bool:
        slot: _Slot = getattr(self.pattern, name)
        if not slot.asked:
            return True
        best: tuple[float, Span] | None = None
        for span in self._free(slot):
            cost = self._cost(name, span)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, span)
        if best is None:
            return self._fill(name, slot)
        self.score -= best[0]
        self.taken.append(best[1])
        if name == "what":
            self.what = best[1]
        return True

    def _free(self, slot: _Slot) -> list[Span]:
        """Mentions not yet taken, those nearest the verb first."""
        spans = _mentions(slot, self.text, self.around, self.pattern.others)
        free = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in self.taken)]
        anchor = self.does or self.what
        return sorted(free, key=lambda span: abs(span[0] - anchor[0])) if anchor else free

    def _cost(self, name: str, span: Span) -> float | None:
        if name == "who":
            return agent_fits(self.text, span, self.does, self.what)
        if name == "what":
            return 0.0
        adjective = self.text[span[0] : span[1]].lower() in self.pattern.adjectives
        return goal_fits(self.text, span, self.does or self.what, self.what, adjective=adjective)

    def _acted_by_other(self, slot: _Slot) -> bool:
        """The text names who acts: somebody else, or the one asked for in a role that forbids it."""
        if self.does and acts_before(self.text, self.pattern.others, self.does):
            return True
        return bool(slot.expression.search(self.text)) and self.around.actor not in slot.entities

    def _fill(self, name: str, slot: _Slot) -> bool:
        """Fill an open slot from around; not the only thing said, nor one the text names in a role that forbids it."""
        if name == "what" and self.does is None:
            return False
        if name == "who" and self._acted_by_other(slot):
            return False
        if self.around.actor in slot.entities or slot.expression.search(self.around.beside):
            cost = _BESIDE
        elif self.pattern.proposition in self.around.spoken and slot.expression.search(self.around.before):
            cost = _EARLIER
            self.earlier += 1
        else:
            return False
        self.filled += 1
        self.score -= cost
        return True


def _find(pattern: _Compiled, text: str, around: Around) -> Hit | None:
    if pattern.what.asked and not pattern.does.asked and not pattern.what.expression.search(text):
        return None
    verbs = [hit.span() for hit in pattern.does.expression.finditer(text)] if pattern.does.asked else [None]
    found = [hit for verb in verbs if (hit := _Search(pattern, text, around, verb).run())]
    if not found or (pattern.never.asked and pattern.never.expression.search(f"{text} {around.beside}")):
        return None
    return max(found, key=lambda hit: hit.score)
