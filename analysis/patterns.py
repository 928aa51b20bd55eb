"""A topic's patterns made ready for matching: each slot an expression, with the entities that may stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.terms import NOTHING, compile_terms, expand, first_words, level
from news.claim import Span
from news.topic import Pattern, Proposition, Stance, Topic


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a pattern: what stands in it, the entities whose pronouns may, and the people who speak for them."""

    expression: re.Pattern[str]
    entities: frozenset[str]
    people: re.Pattern[str] = NOTHING
    openings: frozenset[str] = frozenset()

    @property
    def asked(self) -> bool:
        """Whether the pattern asks for it at all."""
        return self.expression is not NOTHING

    def may_stand(self, openings: frozenset[str]) -> bool:
        """Whether a text with these `openings_of` its words can hold it at all: quicker than looking."""
        return not self.openings.isdisjoint(openings)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern of one proposition.

    `others` are the names of entities that it does not ask for as who acts, `strangers` of those that the proposition
    names nowhere.
    """

    proposition: str
    stance: Stance
    who: Slot
    does: Slot
    what: Slot
    whom: Slot
    never: Slot
    counts: Slot
    mutual: bool
    adjectives: frozenset[str]
    others: re.Pattern[str]
    strangers: re.Pattern[str]

    @property
    def slots(self) -> int:
        """How many slots it asks for."""
        return sum(slot.asked for slot in (self.who, self.does, self.what, self.whom))

    @property
    def core(self) -> Slot:
        """What it is about: its object, else its deed."""
        return self.what if self.what.asked else self.does

    @property
    def telling(self) -> bool:
        """Whether its core tells it from other matters once its parties are named: no mere entity does."""
        named = self.who.asked or (self.whom.asked and not self.does.asked)
        return self.core.asked and not self.core.entities and named

    def has_party(self, actor: str | None) -> bool:
        """Whether the actor is one of the two that the pattern is about."""
        return actor is not None and actor in (self.who.entities | self.whom.entities)


def _slot(terms: tuple[str, ...], topic: Topic) -> Slot:
    entities = frozenset(term[1:] for term in terms if term.startswith("@"))
    people = (
        name
        for entity in topic.entities
        if entity.id in entities
        for office in entity.offices
        for holder in office.holders
        for name in (holder.name, *holder.aliases)
    )
    expanded = expand(terms, topic)
    words, stems = first_words(expanded)
    openings = words | {f"{stem}*" for stem in stems}
    return Slot(compile_terms(expanded), entities, compile_terms(people), openings)


def compile_pattern(proposition: Proposition, pattern: Pattern, topic: Topic) -> Compiled:
    """The pattern with its terms as expressions."""
    return Compiled(
        proposition.id,
        pattern.stance,
        _slot(pattern.who, topic),
        _slot(pattern.does, topic),
        _slot(pattern.what, topic),
        _slot(pattern.whom, topic),
        _slot(pattern.never, topic),
        _slot(pattern.counts, topic),
        pattern.mutual,
        frozenset(level(word).lower() for entity in topic.entities for word in entity.adjectives),
        _names_but(topic, pattern.who),
        _names_but(topic, tuple(term for one in proposition.patterns for term in (*one.who, *one.what, *one.whom))),
    )


def _names_but(topic: Topic, terms: tuple[str, ...]) -> re.Pattern[str]:
    """The names of all entities that are not among the terms."""
    return compile_terms(name for entity in topic.entities if f"@{entity.id}" not in terms for name in entity.names)


def near_names(slot: Slot, text: str, place: Span, reach: int) -> Span | None:
    """The nearest mention of the slot, or of who speaks for it, within `reach` characters of a place.

    The place itself for a slot that is not asked for.
    """
    if not slot.asked:
        return place
    start, end = max(0, place[0] - reach), place[1] + reach
    found = [one.span() for names in (slot.expression, slot.people) for one in names.finditer(text, start, end)]
    return min(found, key=lambda one: abs(one[0] - place[0]), default=None)
