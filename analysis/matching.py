"""Where a text speaks of a proposition: its patterns' slots found in fitting roles, open ones filled from around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.patterns import Compiled, Slot, compile_pattern, near_names
from analysis.roles import acts_before, agent_fits, goal_fits, is_passive
from analysis.terms import openings_of
from news.claim import Span
from news.topic import Stance, Topic

_WE = re.compile(r"\b(?:we|our|us|ours|ourselves)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:it|its|itself|they|their|them|themselves|he|his)\b", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\b(?:it|they|them|these|those|this|that(?!\s+(?:the|an?|his|her|its|their|he|she|we|I|nobody|no|(?-i:[A-Z])))"
    r"|such|both|the (?:same|others|two|first|second|latter))\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(r"\b(?:the|these|those|this|that|such|its|their|any)\s+(?=(\w+\s+)?)", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:one|two|three|some|most|many|few|half|dozens|hundreds|thousands|several|part|portion|number|[\d,.]+) of"
    r" (?:them|these|those)\b",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"\W*(?:that )?it\b", re.IGNORECASE)
_CONJUNCT = re.compile(r",?\s(?:and|but|or)\s+(?:that|whether|if|would|will)\b|,\s(?:but|while)\s|\s[—–]\s")
_STOP = re.compile(r"[;.!?]['\"”’]?\s")
_ACROSS = 0.35  # a slot in another sentence than the deed
_FULL = 0.9
_BESIDE = 0.1  # a slot filled from the sentence around the content, or by its holder
_EARLIER = 0.2  # one filled from the sentences before, or from the headline and the lead
_UNSAID = 0.35  # a party named before, of a deed not spoken of before: linked, too weakly to move a position
_WIDEST = 140  # characters between neighbouring slots: further apart they are not one statement
_WEAKEST = 0.45
_FEW = 2  # propositions spoken of: of more nobody knows which one is meant
_OWN_WORDS = 2  # slots that must stand in the text itself or be its holder, of a pattern that has three or more


@dataclass(frozen=True, slots=True)
class Around:
    """What may fill a slot that the content leaves open.

    `actor` is the entity the holder speaks for; `quoted` says that "we" is that actor, else "it" and "they" are.
    `spoken` are the propositions the article addressed just before, or is about: only those may take a slot from
    earlier words (`before`: the sentences before, then headline and lead), two slots when they are few.
    """

    beside: str = ""
    before: str = ""
    actor: str | None = None
    quoted: bool = False
    spoken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a text speaks of a proposition: `first`..`last` bound the slots, the verb stands at `at`.

    `party`: the holder's side is one of the two that the statement is about; `doer`: it is who acts. `counts`: spans
    of words that the pattern counts as the deed.
    """

    proposition: str
    stance: Stance
    score: float
    at: int
    first: int
    last: int
    own: tuple[Span, ...]
    verbal: bool = True
    party: bool = False
    doer: bool = False
    counts: tuple[Span, ...] = ()


def _mentions(slot: Slot, text: str, around: Around, others: re.Pattern[str]) -> list[Span]:
    found = [hit.span() for hit in slot.expression.finditer(text)]
    if around.actor in slot.entities:
        found += [hit.span() for hit in _WE.finditer(text)]
        if not around.quoted:
            # "It" is the holder's side only as long as nobody else was named: "the United Kingdom … as it has".
            other = others.search(text)
            found += [hit.span() for hit in _THEY.finditer(text) if other is None or hit.start() < other.start()]
    return found


def _opened(patterns: Sequence[Compiled]) -> dict[str, list[int]]:
    """The places of the patterns whose core a word, or a beginning of one, may open."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(patterns):
        for word in one.core.openings:
            found.setdefault(word, []).append(place)
    return found


class Matcher:
    """The patterns of one topic, compiled once."""

    def __init__(self, topic: Topic) -> None:
        self._patterns = [
            compile_pattern(proposition, pattern, topic)
            for proposition in topic.propositions
            for pattern in proposition.patterns
        ]
        self._opened = _opened(self._patterns)
        self._telling = [one for one in self._patterns if one.stance is Stance.AFFIRMS and one.telling]
        self._telling_opened = _opened(self._telling)

    def find(self, text: str, around: Around) -> list[Hit]:
        """The best hit for each proposition the levelled text speaks of."""
        words, beside = openings_of(text), openings_of(around.beside)
        anywhere = words | beside | openings_of(around.before)
        pointed = bool(around.spoken) and bool(_ANAPHOR.search(text))

        def may_stand(slot: Slot) -> bool:
            return not slot.asked or around.actor in slot.entities or slot.may_stand(anywhere)

        def may_hit(pattern: Compiled) -> bool:
            core, does = pattern.core, pattern.does
            borrowed = core.may_stand(beside) or (pointed and pattern.proposition in around.spoken)
            here = (not does.asked or does.may_stand(words)) and (core.may_stand(words) or borrowed)
            return here and may_stand(pattern.who) and may_stand(pattern.whom)

        near = {place for word in words | beside for place in self._opened.get(word, ())}
        spoken = around.spoken if pointed else frozenset()
        likely = (one for place, one in enumerate(self._patterns) if place in near or one.proposition in spoken)
        return _best(_find(pattern, text, around) for pattern in likely if may_hit(pattern))

    def mention(self, text: str, around: Around) -> list[Hit]:
        """The propositions whose parties and object are named, whatever is done: for what points back at them.

        "Asked about the northern shells at the front": nobody says that anything was done, yet it is spoken of.
        """
        words = openings_of(text)
        near = sorted({place for word in words for place in self._telling_opened.get(word, ())})
        return _best(_mention(self._telling[place], text, around) for place in near)

    def touches(self, text: str, proposition: str) -> bool:
        """Whether the levelled text names the thing (or the deed) that the proposition is about."""
        cores = (one.core for one in self._patterns if one.proposition == proposition and not one.core.entities)
        return any(core.expression.search(text) for core in cores)

    def names_again(self, text: str, proposition: str) -> bool:
        """Whether the levelled text names the deed or its object as known already: "the transfers", "their shells"."""
        return _known_again(text, (slot for one in self._affirming(proposition) for slot in (one.does, one.what)))

    def is_party(self, proposition: str, actor: str | None) -> bool:
        """Whether the actor is one of those that the proposition is about."""
        return any(one.has_party(actor) for one in self._patterns if one.proposition == proposition)

    def has_things_again(self, text: str, proposition: str, actor: str | None) -> bool:
        """Whether a bystander's text goes on about what the deed was done with: "the shells", "one of them", "they"."""
        if self.is_party(proposition, actor):
            return False
        patterns = self._affirming(proposition)
        if any(one.never.asked and one.never.expression.search(text) for one in patterns):
            return False
        return bool(_PART.search(text)) or _known_again(text, (one.what for one in patterns))

    def _affirming(self, proposition: str) -> list[Compiled]:
        return [one for one in self._patterns if one.proposition == proposition and one.stance is Stance.AFFIRMS]


def _best(hits: Iterable[Hit | None]) -> list[Hit]:
    """The best hit of each proposition."""
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit and (hit.proposition not in best or hit.score > best[hit.proposition].score):
            best[hit.proposition] = hit
    return list(best.values())


@dataclass(slots=True)
class _Search:
    """One try at a pattern around one verb: the slots found so far, those filled from around, and the score."""

    pattern: Compiled
    text: str
    around: Around
    does: Span | None
    what: Span | None = None
    taken: list[Span] = field(default_factory=list)
    score: float = _FULL
    filled: int = 0
    borrowed: int = 0
    earlier: int = 0

    def run(self) -> Hit | None:
        """The hit, or None when a slot stays open, too few stand in the text, or they stand too far apart."""
        self.taken = [self.does] if self.does else []
        if not all(self._place(name) for name in ("what", "who", "whom")):
            return None
        if not self.taken or self.score < _WEAKEST or self._too_little_said():
            return None
        spread = sorted(self.taken)
        if any(right[0] - left[1] > _WIDEST for left, right in pairwise(spread)):
            return None
        return self._hit(spread)

    def _too_little_said(self) -> bool:
        slots = self.pattern.slots
        most = 2 if len(self.around.spoken) <= _FEW else 1
        # A verb alone says nothing of the thing: "it was rejected" may be said of anything.
        bare = self.what is None and self.pattern.what.asked and len(self.taken) < _OWN_WORDS
        few = self.does is not None and slots > _OWN_WORDS and (bare or slots - self.borrowed < _OWN_WORDS)
        return self.filled >= slots or self.earlier > most or few

    def _hit(self, spread: list[Span]) -> Hit:
        pattern = self.pattern
        return Hit(
            pattern.proposition,
            pattern.stance,
            round(self.score, 3),
            self.does[0] if self.does else spread[0][0],
            spread[0][0],
            spread[-1][1],
            tuple(spread),
            self.does is not None,
            pattern.has_party(self.around.actor),
            self.around.actor in pattern.who.entities,
            tuple(one.span() for one in pattern.counts.expression.finditer(self.text)),
        )

    def _place(self, name: str) -> bool:
        slot: Slot = getattr(self.pattern, name)
        if not slot.asked:
            return True
        best: tuple[float, Span] | None = None
        for span in self._free(slot):
            cost = self._cost(name, span)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, span)
        if best is None or (best[0] > _BESIDE and self.around.actor in slot.entities):
            return self._fill(name, slot)
        self.score -= best[0]
        self.taken.append(best[1])
        if name == "what":
            self.what = best[1]
        return True

    def _free(self, slot: Slot) -> list[Span]:
        """Mentions not yet taken, those nearest the verb first."""
        spans = _mentions(slot, self.text, self.around, self.pattern.others)
        free = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in self.taken)]
        anchor = self.does or self.what
        return sorted(free, key=lambda span: abs(span[0] - anchor[0])) if anchor else free

    def _cost(self, name: str, span: Span) -> float | None:
        first, last = sorted([span, self.does or self.what or span])
        across = _ACROSS if _STOP.search(self.text, first[1], max(first[1], last[0])) else 0.0
        if name == "what":
            return None if _CONJUNCT.search(self.text, first[1], max(first[1], last[0])) else across
        if self.pattern.mutual:
            return across
        if name == "who":
            cost = agent_fits(self.text, span, self.does, self.what)
        else:
            adjective = self.text[span[0] : span[1]].lower() in self.pattern.adjectives
            cost = goal_fits(self.text, span, self.does or self.what, self.what, adjective=adjective)
        return None if cost is None else cost + across

    def _acted_by_other(self, slot: Slot) -> bool:
        """The text names who acts: somebody else, or the one asked for in a role that forbids it."""
        if self.pattern.mutual:  # "the drills of Ostia and Sudria" are not the holder's
            return bool(self.pattern.strangers.search(self.text))
        if self.does and acts_before(self.text, self.pattern.others, self.does):
            return True
        return bool(slot.expression.search(self.text)) and self.around.actor not in slot.entities

    def _telling(self, name: str, *, pointed: bool) -> bool:
        """Whether the rest still tells something without a verb: "that is an alliance" does, "a treaty" does not."""
        told = self.pattern.whom.asked and not self.pattern.whom.entities
        return (pointed and told) if name == "what" else not (name == "whom" and told)

    def _lacks_only(self, name: str) -> bool:
        """Whether all but this party stands in the text or is the holder's side, and no stranger could be meant."""
        pattern = self.pattern
        other = pattern.whom if name == "who" else pattern.who
        here = bool(other.expression.search(self.text)) or self.around.actor in other.entities or not other.asked
        told = name != "what" and pattern.what.asked and self.what is not None and pattern.slots > _OWN_WORDS
        if name == "who" and self.does and self.what and self.does < self.what and is_passive(self.text, self.does):
            return False  # "the men were given shells": the subject is given to
        return told and here and not self.borrowed and not pattern.strangers.search(self.text)

    def _points(self) -> bool:
        """Whether a word of the text points back; an "it" that opens reported speech is the holder himself."""
        held = None if self.around.quoted else _HOLDER.match(self.text)
        return bool(_ANAPHOR.search(self.text, held.end() if held else 0))

    def _fill(self, name: str, slot: Slot) -> bool:
        """Fill an open slot from around; not the only thing said, nor one the text names in a role that forbids it."""
        if name == "who" and self._acted_by_other(slot):
            return False
        spoken = self.pattern.proposition in self.around.spoken
        pointed = spoken and (name != "what" or self._points())
        if self.does is None and self._telling(name, pointed=pointed) is False:
            return False
        if self.around.actor in slot.entities or slot.expression.search(self.around.beside):
            cost = _BESIDE
            self.borrowed += self.around.actor not in slot.entities
        elif pointed and slot.expression.search(self.around.before):
            cost = _EARLIER
            self.earlier += 1
            self.borrowed += 1
        elif self._lacks_only(name) and slot.expression.search(self.around.before):
            cost = _UNSAID
            self.borrowed += 1
        else:
            return False
        self.filled += 1
        self.score -= cost
        return True


def _known_again(text: str, slots: Iterable[Slot]) -> bool:
    places = [place for known in _KNOWN.finditer(text) for place in (known.end(), known.end(1)) if place > 0]
    return any(slot.expression.match(text, place) for slot in slots if not slot.entities for place in places)


def _find(pattern: Compiled, text: str, around: Around) -> Hit | None:
    named = not pattern.what.asked or pattern.what.expression.search(text)
    if not named and not pattern.does.asked and pattern.proposition not in around.spoken:
        return None
    verbs = [hit.span() for hit in pattern.does.expression.finditer(text)] if pattern.does.asked else [None]
    found = [hit for verb in verbs if (hit := _Search(pattern, text, around, verb).run())]
    if not found or (pattern.never.asked and pattern.never.expression.search(f"{text} {around.beside}")):
        return None
    return max(found, key=lambda hit: hit.score)


def _mention(pattern: Compiled, text: str, around: Around) -> Hit | None:
    if pattern.never.asked and pattern.never.expression.search(text):
        return None
    for one in pattern.core.expression.finditer(text):
        spans = [one.span()]
        for slot in (pattern.who, pattern.whom):
            named = near_names(slot, text, one.span(), _WIDEST)
            if named is None and around.actor not in slot.entities:
                break
            spans += [named] if named else []
        else:
            spread = sorted(spans)
            if len(spread) > 1 or pattern.what.asked:
                return Hit(
                    pattern.proposition,
                    pattern.stance,
                    _WEAKEST,
                    one.start(),
                    spread[0][0],
                    spread[-1][1],
                    tuple(spread),
                )
    return None
