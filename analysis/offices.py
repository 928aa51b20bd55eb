"""Holders known by an office: "the foreign ministry", "its spokesman", "the agency", as of the article's day."""

from __future__ import annotations

import re

from analysis.descriptions import PEOPLE, shorten
from analysis.memory import Memory
from analysis.names import OFFICIAL, OUTSIDER
from analysis.people import People
from analysis.roster import DEPUTY_RANK, Holder
from analysis.scene import Scene
from news.claim import HolderKind
from news.topic import Entity, Office

_SHORT = 2  # words
_ANAPHORIC = re.compile(r"^(?:the|this|that|its|their)\s+(?:[a-z'-]+\s+){0,2}?([a-z-]+)$")
PLURAL = frozenset(["they", "them", "their", "both", "all"])
NEUTER = frozenset(["it", "its"])
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_WORDS = re.compile(r"[\w-]+")
_SPOKESPEOPLE = frozenset(["spokesman", "spokeswoman", "spokesperson", "secretary", "representative"])
_BODIES = frozenset(["agency", "service", "directorate", "bureau"])
# Nouns that are used of one another's bearers.
_ALIKE = dict.fromkeys(_SPOKESPEOPLE, _SPOKESPEOPLE) | dict.fromkeys(_BODIES, _BODIES)
_ALIKE |= {
    "envoy": frozenset(["envoy", "ambassador", "representative"]),
    "diplomat": frozenset(["ambassador", "envoy"]),
}
_ALIKE |= {"treasury": frozenset(["treasury"]), "department": frozenset(["department", "treasury"])}
_SPEAKS_FOR = re.compile(
    r"(?:[\w'-]+\s+){0,3}?(?:spokes\w+|aides?|advis[eo]rs?|assistants?|lawyers?|press secretary)\b", re.IGNORECASE
)
_HIS_OFFICE = re.compile(r"^(his|her|its|their)\s+([a-z][a-z '-]+)$", re.IGNORECASE)


class Offices:
    """The offices one article speaks of, and who holds them."""

    def __init__(self, scene: Scene, memory: Memory, people: People) -> None:
        """Takes the article, who has spoken in it, and the people it names."""
        self._scene = scene
        self._memory = memory
        self._people = people
        self._posts: list[tuple[int, Holder, frozenset[str]]] | None = None

    def anaphor(self, phrase: str, at: int) -> Holder | None:
        """“The ministry”, "the spokesman": the last one who was called that, or who was named as that, or is that."""
        short = len(phrase.split()) == _SHORT and phrase.lower().startswith("the ")  # "the Commission"
        match = _ANAPHORIC.match(phrase.lower() if short else phrase[:1].lower() + phrase[1:])
        if match is None:
            return None
        noun = "president" if phrase.lower().endswith("head of state") else match.group(1)
        alike = _ALIKE.get(noun, frozenset([noun]))
        return (
            self._memory.called(noun)
            or self._people.described(noun, alike, at)
            or self._in_office(alike, at)
            or self._at_home(phrase)
        )

    def _at_home(self, phrase: str) -> Holder | None:
        """“The president" of a report from a capital or of a state's own outlet: who holds the office there."""
        if self._scene.home is None:
            return None
        found = self._scene.roster.office_of(self._scene.home, _WORDS.findall(phrase.lower().replace("'s", "")))
        person = self._scene.roster.incumbent(found, self._scene.day) if found else None
        return Holder(person.name, HolderKind.PERSON, self._scene.home, found.rank) if found and person else None

    def _in_office(self, alike: frozenset[str], at: int) -> Holder | None:
        """The last one named before that place whose office is called so; a body of the topic likewise.

        Whoever has spoken goes before those who were merely named.
        """
        found = [holder for place, holder, words in self._officers() if place < at and alike & words]
        return self._memory.latest(found) or (found[-1] if found else None)

    def _officers(self) -> list[tuple[int, Holder, frozenset[str]]]:
        """The topic's people and bodies named in the article, in order, with the words of their offices' titles."""
        if self._posts is None:
            self._posts = self._scene.roster.named_in(self._scene.text, self._scene.day)
        return self._posts

    def _office_here(self, phrase: str) -> tuple[Entity, Office] | None:
        """“The foreign ministry” of nobody named: of the dateline's country, else of who spoke last."""
        if not phrase.lower().startswith("the "):
            return None
        near = [self._scene.home] if self._scene.home else self._memory.actors()[:1]
        return next((found for actor in near if (found := self._scene.roster.office_in(phrase, actor))), None)

    def office(self, phrase: str, beside: str) -> Holder | None:
        """The holder of an office that a phrase names, None where it names none, or another's."""
        if OUTSIDER.search(phrase):
            return None
        if owned := self._owned(phrase):
            return owned
        found = (
            self._scene.roster.office_in(phrase) or self._scene.roster.office_in(beside) or self._office_here(phrase)
        )
        if found is None:
            return None
        proper = any(word[:1].isupper() for word in _ARTICLE.sub("", phrase).split())
        return self._held(found, phrase) if proper or self._scene.names(found[0]) else None

    def _held(self, found: tuple[Entity, Office], phrase: str) -> Holder:
        """Who holds an office a phrase names: its one holder on the day, the body, or the office itself."""
        entity, office = found
        if _SPEAKS_FOR.match(phrase) and not _SPEAKS_FOR.search(" ".join((office.title, *office.titles))):
            return Holder(shorten(phrase), HolderKind.OFFICE, entity.id, DEPUTY_RANK)
        if office.kind == "organisation":
            return Holder(office.title, HolderKind.ORGANISATION, entity.id, office.rank)
        person = self._scene.roster.incumbent(office, self._scene.day)
        if person and not re.match(r"an?\b|one\b|another\b", phrase, re.IGNORECASE):
            return Holder(person.name, HolderKind.PERSON, entity.id, office.rank)
        name = office.title if self._scene.roster.entity_in(office.title) else f"{entity.name} {office.title}"
        return Holder(name, HolderKind.OFFICE, entity.id, office.rank)

    def _owned(self, phrase: str) -> Holder | None:
        """“His intelligence chief": the office of whoever "he" is, never another country's."""
        match = _HIS_OFFICE.match(phrase)
        if match is None or not (PEOPLE.search(match.group(2)) or OFFICIAL.search(match.group(2))):
            return None
        owner = self._memory.last() if match.group(1).lower() in NEUTER | PLURAL else self._memory.person("he")
        if owner is None:
            return None
        found = self._scene.roster.office_in(match.group(2), owner.actor) if owner.actor else None
        person = self._scene.roster.incumbent(found[1], self._scene.day) if found else None
        if found and person:
            return Holder(person.name, HolderKind.PERSON, found[0].id, found[1].rank)
        return Holder(
            f"{owner.name}'s {match.group(2)}", HolderKind.OFFICE, owner.actor, DEPUTY_RANK if owner.actor else None
        )
