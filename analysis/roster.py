"""The topic's names made ready for look-up: entities, offices and the people who held them on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.terms import NOTHING, compile_terms, entity_terms, level
from news.claim import HolderKind
from news.topic import Entity, Office, OfficeHolder, Topic

ENTITY_RANK = 2  # "the capital said": a government's word with nobody's name to it
OFFICIAL_RANK = 4  # "a defence official": whoever the topic does not rank
DEPUTY_RANK = 3
_SAME_LETTER = str.maketrans("İıſK", "iisk")  # what an expression without case takes for these letters
_SHORT = 2  # letters: "Un" and "Yi" are too common in other words
_WORD = re.compile(r"[\w-]+")
_DEPUTIES = re.compile(r"\b(?:deputy|vice|assistant|acting deputy|under)[\s-]+(?:\w+\s+)?$", re.IGNORECASE)
_GONE = re.compile(r"\b(?:former|ex|then|retired|late)[\s-]+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who claims: the fullest name known, what kind, for which entity and at which rank."""

    name: str
    kind: HolderKind
    actor: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class _Post:
    entity: Entity
    office: Office
    person: OfficeHolder


def _spoken_names(person: OfficeHolder) -> set[str]:
    return {_plain(name) for name in (person.name, *person.aliases)}


def _part_names(person: OfficeHolder) -> set[str]:
    """Surname first or last: nobody can tell which without knowing the language, so both may call the person."""
    words = level(person.name).lower().split()
    return {words[0], words[-1]} if len(words) > 1 else set()


def _plain(term: str) -> str:
    """A name as the look-up has it: lower case, hyphens and blanks alike, letters as case-blind search sees them."""
    return re.sub(r"[\s-]+", " ", level(term)).strip().translate(_SAME_LETTER).lower()


def _offices(topic: Topic) -> list[tuple[Entity, Office]]:
    return [(entity, office) for entity in topic.entities for office in entity.offices]


class Roster:
    """Look-ups over one topic's entities; built once, read often."""

    def __init__(self, topic: Topic) -> None:
        self.entities = topic.entities
        self._exact: dict[str, list[_Post]] = {}
        self._part: dict[str, list[_Post]] = {}
        for entity in topic.entities:
            for office in entity.offices:
                for person in office.holders:
                    post = _Post(entity, office, person)
                    for name in _spoken_names(person):
                        self._exact.setdefault(name, []).append(post)
                    for name in _part_names(person):
                        self._part.setdefault(name, []).append(post)
        self.name_words = frozenset(
            word
            for posts in self._exact.values()
            for one in posts
            for name in (one.person.name, *one.person.aliases)
            for word in _WORD.findall(level(name))
            if word[0].isupper() and len(word) > _SHORT
        )
        self.people = compile_terms(self._exact) if self._exact else NOTHING
        self._names = {level(name).lower(): entity for entity in topic.entities for name in entity.names}
        self._peoples = {
            level(name).lower(): entity
            for entity in topic.entities
            for name in entity.adjectives
            if not name.endswith(("'s", "’s"))
        }
        self._outlets = {
            level(name).lower().removeprefix("the "): outlet
            for outlet in topic.outlets
            for name in (outlet.name, *outlet.aliases)
        }
        self._called = {_plain(term): one for one in reversed(topic.entities) for term in entity_terms(one)}
        self._any = compile_terms([term for one in topic.entities for term in entity_terms(one)])
        self._any_title = compile_terms(
            [name for _, office in _offices(topic) for name in (office.title, *office.titles)]
        )
        self._titles = [
            (entity, office, compile_terms((office.title, *office.titles))) for entity, office in _offices(topic)
        ]

    def _best(self, posts: list[_Post], day: date | None) -> Holder | None:
        """The post held on the day (highest first), else the person without one."""
        held = [post for post in posts if day is None or post.person.held_on(day)]
        if held:
            top = min(held, key=lambda post: post.office.rank)
            return Holder(top.person.name, HolderKind.PERSON, top.entity.id, top.office.rank)
        return None

    def person(self, name: str, day: date | None) -> Holder | None:
        """The holder called by that full name or alias; one out of office speaks for nobody."""
        posts = self._exact.get(_plain(name))
        if not posts:
            return None
        return self._best(posts, day) or Holder(posts[0].person.name, HolderKind.PERSON)

    def named_in(self, text: str, day: date | None) -> list[tuple[int, Holder, frozenset[str]]]:
        """The topic's people and bodies that the text names, in order: place, holder, words of their titles."""
        found = []
        for match in self.people.finditer(text):
            posts = self._exact[_plain(match.group())]
            held = [one for one in posts if day is None or one.person.held_on(day)]
            holder = self._best(posts, day)
            if holder is not None and held:
                titles = " ".join(title for one in held for title in (one.office.title, *one.office.titles))
                found.append((match.start(), holder, frozenset(_WORD.findall(titles.lower()))))
        for entity, office, expression in self._titles:
            if office.kind == "organisation":
                words = frozenset(_WORD.findall(" ".join((office.title, *office.titles)).lower()))
                holder = Holder(office.title, HolderKind.ORGANISATION, entity.id, office.rank)
                found += [(match.start(), holder, words) for match in expression.finditer(text)]
        return sorted(found, key=lambda one: one[0])

    def surname(self, name: str, day: date | None) -> Holder | None:
        """The highest holder in office on the day whose first or last name that is."""
        return self._best(self._part.get(level(name).lower(), []), day)

    def entity_called(self, name: str) -> Entity | None:
        """The entity whose noun (name, alias or metonym) that is exactly."""
        return self._names.get(level(name).lower().removeprefix("the ")) or self._names.get(level(name).lower())

    def people_called(self, name: str) -> Entity | None:
        """The entity of "the Xish" or "Xans", said of those who speak for it."""
        low = level(name).lower()
        plain = low.removeprefix("the ")
        return self._peoples.get(plain) if plain != low or plain.endswith("s") else None

    def entities_in(self, text: str) -> list[tuple[int, Entity]]:
        """Every entity named in the text with its place, in order."""
        return [(match.start(), self._called[_plain(match.group())]) for match in self._any.finditer(text)]

    def outlet_called(self, name: str) -> Holder | None:
        """The outlet of that name as somebody others quote; a state organ speaks for its state."""
        outlet = self._outlets.get(level(name).lower().removeprefix("the "))
        if outlet is None:
            return None
        return Holder(outlet.name, HolderKind.ORGANISATION, outlet.voice, OFFICIAL_RANK if outlet.voice else None)

    def entity_in(self, text: str) -> Entity | None:
        """The entity named first in the text, by noun or adjective."""
        hit = self._any.search(text)
        return self._called[_plain(hit.group())] if hit else None

    def _offices_in(self, text: str) -> Iterator[tuple[Entity, Office, re.Match[str]]]:
        for entity, office, expression in self._titles:
            hit = expression.search(text)
            if hit:
                yield entity, office, hit

    def office_in(self, text: str, actor: str | None = None) -> tuple[Entity, Office] | None:
        """The office whose title the text holds (the longest one) for the entity it names; deputies are not it.

        Without an entity in the text a title that only one entity uses decides; `actor` narrows the look.
        """
        if not self._any_title.search(text):
            return None
        named = actor or (found.id if (found := self.entity_in(text)) else None)
        hits = [
            (entity, office, hit)
            for entity, office, hit in self._offices_in(text)
            if not _DEPUTIES.search(text[: hit.start()]) and not _GONE.search(text[: hit.start()])
        ]
        own = [one for one in hits if one[0].id == named] if named else hits
        if not own and len({entity.id for entity, _, _ in hits}) == 1 and not actor:
            longest = max(hits, key=lambda one: len(one[2].group()))
            # "The United States' ambassador to X" is not X's; an entity inside the title itself is no objection.
            foreign = named and self.entity_in(text[: longest[2].start()]) not in {None, longest[0]}
            own = [longest] if " " in longest[2].group() and not foreign else []
        if not own or (not named and len({entity.id for entity, _, _ in own}) > 1):
            return None
        entity, office, _ = max(own, key=lambda one: (len(one[2].group()), -one[1].rank))
        return entity, office

    def office_of(self, actor: str, words: Sequence[str]) -> Office | None:
        """The highest personal office of an entity with a title that has all these words ("the" aside)."""
        wanted = frozenset(words) - {"the"}
        own = [
            office
            for entity, office in ((one, each) for one in self.entities for each in one.offices)
            if entity.id == actor
        ]
        for office in sorted(own, key=lambda one: one.rank):
            titles = (frozenset(_WORD.findall(title.lower())) for title in (office.title, *office.titles))
            if office.holders and wanted and any(wanted <= title for title in titles):
                return office
        return None

    def incumbent(self, office: Office, day: date | None) -> OfficeHolder | None:
        """The one person in the office on the day; None when none or several."""
        if day is None:
            return office.holders[0] if len(office.holders) == 1 else None
        held = [person for person in office.holders if person.held_on(day)]
        return held[0] if len(held) == 1 else None
