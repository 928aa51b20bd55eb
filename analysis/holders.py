"""Whose word it is: from the noun phrase beside a cue to the holder, with the article's memory of who was named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from analysis.descriptions import GROUPS, PEOPLE, kind_of, shorten
from analysis.memory import Memory
from analysis.offices import NEUTER, PLURAL, Offices
from analysis.people import People
from analysis.roster import DEPUTY_RANK, ENTITY_RANK, Holder, Roster
from analysis.scene import Scene
from analysis.terms import level
from news.claim import HolderKind, Span
from news.vocabulary import word_set

_SINGULAR = frozenset(["he", "she", "him", "her", "his"])
_NOBODY = word_set("you there what this that these those nothing nobody no one who which none my our")
_SPEAKERS = frozenset(["i", "we"])
_MOUTHPIECE = re.compile(
    r"^(its|his|her|their|.+'s)\s+((?:chief |deputy )?(?:spokes\w+|press secretary))$", re.IGNORECASE
)
_INITIALS = re.compile(r"\b[A-Z]\.$")
_OWN = re.compile(r"^(?:[Hh]is|[Hh]er)\s+(?:[a-z-]+\s+){0,2}[a-z]+$")
_VERBED = re.compile(
    r"^(?!(?:An?|The|One|Some|Two)\s)((?:[A-Z][\w'.-]*\s)*[A-Z][\w'-]*)\s(?:[a-z]+ly\s)?[a-z]{3,}ed\s.+$"
)  # "X rebuked critics and"
_FAMILIAR = re.compile(r"\s(?:familiar|close|briefed|involved|knowledgeable|present|loyal|sympathetic|opposed)\s.*$")
_TWO = re.compile(r"^(?:the two|both|these two|the pair of) ([a-z]+)$", re.IGNORECASE)
_TWO_PEOPLE = re.compile(r"^(?:leaders|presidents|men|women|ministers|diplomats|officials|politicians)$", re.IGNORECASE)
_TOLD_APART = re.compile(r"\s+(?:that|who|which|whose)\b")  # "the two that …" need not have been named
_PAIR = 2


class Holders:
    """The memory of one article: resolves phrases in reading order, on the day the article appeared."""

    def __init__(
        self,
        roster: Roster,
        doc: Doc,
        day: date | None,
        dateline: str = "",
        voice: str | None = None,
        *,
        quotations: Sequence[Span] = (),
    ) -> None:
        """Takes the parsed article, its day, its dateline, the entity its outlet speaks for, and its quotations."""
        entity = roster.entity_in(dateline)
        self._scene = Scene(roster, doc, day, entity.id if entity else voice, tuple(quotations))
        self._memory = Memory(roster)
        self._people = People(self._scene, self._memory)
        self._offices = Offices(self._scene, self._memory, self._people)
        self.floor: Holder | None = None  # who says "I" and "we" outside quotation marks

    def presented(self, at: int, title: str) -> Holder | None:
        """The person a text presents before a place: who spoke there last, is named there first, or in the title."""
        return self._people.presented(at) or self._people.titled(level(title))

    def resolve(
        self, phrase: str, beside: str, at: int, sentence_start: int, content: Sequence[Span] = ()
    ) -> list[Holder]:
        """The holders a phrase names (two for "both X and Y"), none when it names nobody who can speak.

        `beside` is the phrase with its apposition, `at` its place in the text; nobody named in the `content` can be
        its "he".
        """
        self._people.barred = content
        phrase = re.sub(r"\s+", " ", level(phrase)).strip(" ,")
        phrase = _VERBED.sub(r"\1", phrase)
        phrase = phrase if _INITIALS.search(phrase) else phrase.rstrip(".")
        if "," in phrase and PEOPLE.search(phrase.split(",")[0]):
            phrase = phrase.split(",")[0]  # "the president of X, Y": the name is what is said beside
        both = self._pair(phrase, at) or self._pair(phrase.split(", ")[0], at) or self._the_two(phrase, beside, at)
        found = both or [one for one in [self._one(phrase, level(beside), at, sentence_start)] if one]
        for holder in found:
            self._memory.remember(phrase, level(beside), holder, at)
        return found

    def _pair(self, phrase: str, at: int) -> list[Holder]:
        parts = re.split(
            r",?\s+and\s+|\s+nor\s+|,?\s+as well as\s+(?:by\s+)?",
            re.sub(r"^(?:both|neither)\s+", "", phrase, flags=re.IGNORECASE),
        )
        if len(parts) != _PAIR or not all(part[:1].isupper() or part.startswith("the ") for part in parts):
            return []
        found = [self._known(part, at) for part in parts]
        return [one for one in found if one] if all(found) else []

    def _the_two(self, phrase: str, beside: str, at: int) -> list[Holder]:
        """“The two countries", "both leaders": the last two of their kind that were named before."""
        match = _TWO.match(phrase)
        if match is None or _TOLD_APART.match(beside[len(phrase) :]):
            return []
        found: list[Holder] = []
        for holder in self._parties_before(at, people=bool(_TWO_PEOPLE.search(match.group(1)))):
            if holder not in found:
                found.append(holder)
        return found[:2][::-1] if len(found) > 1 else []

    def _parties_before(self, at: int, *, people: bool) -> list[Holder]:
        """The people, or the countries and bodies, named before a place, the latest first."""
        if people:
            return self._people.before(at)
        return [
            Holder(entity.name, HolderKind.ORGANISATION, entity.id, ENTITY_RANK)
            for place, entity in reversed(self._scene.roster.entities_in(self._scene.text))
            if place < at
        ]

    def _known(self, part: str, at: int) -> Holder | None:
        return self._entity(part) or self._people.known(part, at)

    def _entity(self, phrase: str) -> Holder | None:
        entity = self._scene.roster.entity_called(phrase) or self._scene.roster.people_called(phrase)
        if entity is None:
            return None
        office = self._scene.roster.office_in(phrase, entity.id)
        if office and office[1].kind == "organisation":
            return Holder(office[1].title, HolderKind.ORGANISATION, entity.id, office[1].rank)
        return Holder(entity.name, HolderKind.ORGANISATION, entity.id, ENTITY_RANK)

    def _pronoun(self, word: str, at: int, sentence_start: int) -> Holder | None:
        if word in _SINGULAR:
            return (
                self._people.acting(word, at, sentence_start)
                or self._memory.person(word)
                or self._people.nearest(word, at)
                or self._memory.office(word)
            )
        return self._memory.body(word) if word in PLURAL | NEUTER else None

    def _plain(self, phrase: str, beside: str) -> Holder | None:
        """A holder known only by a description: a group, a body, somebody in a role, an unknown name."""
        name = shorten(phrase)
        actor, rank = self._people.standing(phrase)
        kind = kind_of(phrase, name, official=actor is not None)
        if kind is None and _FAMILIAR.search(phrase):
            name = shorten(_FAMILIAR.sub("", phrase))
            kind = kind_of(phrase, name, official=actor is not None)
        if kind is None:
            return None
        if kind is HolderKind.PERSON and actor is None:
            actor, rank = self._people.standing(beside)
        return Holder(name, kind, actor, rank)

    def _mouthpiece(self, phrase: str, at: int, sentence_start: int) -> Holder | None:
        """“Its spokesman", "X's spokeswoman": whoever speaks for the one named."""
        match = _MOUTHPIECE.match(phrase)
        if match is None:
            return None
        owner = match.group(1)
        if owner.lower() in _SINGULAR | PLURAL | NEUTER:
            master = self._pronoun(owner.lower(), at, sentence_start)
        else:
            master = self._known(owner.removesuffix("'s").removeprefix("the "), at)
        if master is None or (owner.endswith("'s") and self._scene.roster.office_in(phrase)):
            return None
        return Holder(
            f"{master.name}'s {match.group(2)}", HolderKind.OFFICE, master.actor, DEPUTY_RANK if master.actor else None
        )

    def _one(self, phrase: str, beside: str, at: int, sentence_start: int) -> Holder | None:
        low = phrase.lower()
        if low in _SPEAKERS:
            return self.floor
        if not phrase or low in _NOBODY or low.split()[0] in {"there", "what", "nothing"}:
            return None
        if low.split()[-1] in _SINGULAR | PLURAL | NEUTER:
            return self._pronoun(low.split()[-1], at, sentence_start)
        if _OWN.match(phrase) and not PEOPLE.search(phrase) and not GROUPS.search(phrase):
            return self._pronoun("his", at, sentence_start)  # "his research argues" is his word
        return (
            self._entity(phrase)
            or self._people.apposed(phrase, beside)
            or (None if self._scene.roster.office_in(phrase) else self._scene.roster.outlet_called(phrase))
            or self._mouthpiece(phrase, at, sentence_start)
            or self._offices.anaphor(phrase, at)
            or self._people.person_in(phrase, beside, at)
            or self._offices.office(_FAMILIAR.sub("", phrase), beside)
            or self._plain(phrase, beside)
        )
