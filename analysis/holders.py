"""Whose word it is: from the noun phrase beside a cue to the holder, with the article's memory of who was named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc, Token

from analysis.descriptions import GROUPS, PEOPLE, kind_of, shorten
from analysis.memory import Memory
from analysis.names import OFFICIAL, ORGANISATION, OUTSIDER, ROLES, Named, find_names, strip_titles
from analysis.roster import DEPUTY_RANK, ENTITY_RANK, OFFICIAL_RANK, Holder, Roster
from analysis.terms import level
from news.claim import HolderKind, Span
from news.spelling import name_key
from news.topic import Entity, Office
from news.vocabulary import word_set

_ANAPHORIC = re.compile(r"^(?:the|this|that|its|their)\s+(?:[a-z'-]+\s+){0,2}?([a-z-]+)$")
_SINGULAR = frozenset(["he", "she", "him", "her", "his"])
_SHE = frozenset(["she", "her"])
_PLURAL = frozenset(["they", "them", "their", "both", "all"])
_NEUTER = frozenset(["it", "its"])
_NOBODY = word_set("you there what this that these those nothing nobody no one who which none my our")
_SPEAKERS = frozenset(["i", "we"])
_NEAR = 9  # words from a name to the pronoun that shows its sex
_NAMING = ("PROPN", "NOUN")
_BESIDE_NAME = ("flat", "appos")
_UNDER = frozenset(["advcl", "acl", "acl:relcl", "ccomp", "xcomp", "csubj"])
_TEAM = re.compile(r"((?:'s)?\s+(?:administration|government|regime|cabinet|team|campaign|office))\b", re.IGNORECASE)
_MOUTHPIECE = re.compile(
    r"^(its|his|her|their|.+'s)\s+((?:chief |deputy )?(?:spokes\w+|press secretary))$", re.IGNORECASE
)
_APPOSED = re.compile(r"\s*,\s*((?:[A-Z][\w'-]*\.?\s+){1,3}[A-Z][\w'-]*)\s*(?:,|$)")
_INITIALS = re.compile(r"\b[A-Z]\.$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_OWN = re.compile(r"^(?:[Hh]is|[Hh]er)\s+(?:[a-z-]+\s+){0,2}[a-z]+$")
_VERBED = re.compile(
    r"^(?!(?:An?|The|One|Some|Two)\s)((?:[A-Z][\w'.-]*\s)*[A-Z][\w'-]*)\s(?:[a-z]+ly\s)?[a-z]{3,}ed\s.+$"
)  # "X rebuked critics and"
_LINK = re.compile(r"\s(?:of|for|at|to|in|from|with)\s")
_RUN = re.compile(r"((?:[A-Z][\w'-]*\.?\s+(?:(?:de|van|von|al|bin|el)\s+)?)*[A-Z][\w'-]*)$")
# "Speaker of the House Rep. X", "Foreign Minister of Norland X": the holder of the office, not the office's master
_TITLE_OF = re.compile(
    r"^(?:the\s+)?(?:[\w-]+\s+){0,3}(?:minister|president|speaker|chairman|secretary|governor|chief|leader|director"
    r"|head|general|marshal|admiral)\s+of\s.*\s[A-Z][\w'-]+\s[A-Z][\w'-]+$",
    re.IGNORECASE,
)
_LAST_NAME = re.compile(
    r"\b(?:(?:Rep|Sen|Gov|Gen|Dr|Mr|Ms)\.\s|(?:Affairs|Defen[cs]e|State|Staff"
    r"|Trade|Army|Navy|Forces|Security|Intelligence|Interior)\s)((?:[A-Z][\w'.-]*\s){1,3}[A-Z][\w'-]+)$"
)
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
_COMMON = frozenset(["NN", "NNS", "JJ", "NNPS"])
_FAMILIAR = re.compile(r"\s(?:familiar|close|briefed|involved|knowledgeable|present|loyal|sympathetic|opposed)\s.*$")
_TWO = re.compile(r"^(?:the two|both|these two|the pair of) ([a-z]+)$", re.IGNORECASE)
_TWO_PEOPLE = re.compile(r"^(?:leaders|presidents|men|women|ministers|diplomats|officials|politicians)$", re.IGNORECASE)
_SPEAKS_FOR = re.compile(
    r"(?:[\w'-]+\s+){0,3}?(?:spokes\w+|aides?|advis[eo]rs?|assistants?|lawyers?|press secretary)\b", re.IGNORECASE
)
_HIS_OFFICE = re.compile(r"^(his|her|its|their)\s+([a-z][a-z '-]+)$", re.IGNORECASE)
_PAIR = 2
_ACRONYM = 4  # letters: a longer word in capitals is a name written large


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
        self._quotations = quotations
        self._barred: Sequence[Span] = ()
        leveled = doc.text
        self._doc = doc
        self._roster = roster
        self._day = day
        self._leveled = leveled
        self._names = [one for one in find_names(leveled) if self._is_person(one)]
        self._memory = Memory(roster)
        self._spelled: dict[str, str] = {}  # the spelling that comes first in an article stands for all
        self._entities: frozenset[str] | None = None
        self._posts: list[tuple[int, Holder, frozenset[str]]] | None = None
        entity = roster.entity_in(dateline)
        self._dateline = entity.id if entity else voice
        self.floor: Holder | None = None  # who says "I" and "we" outside quotation marks
        self._acting_people = self._subjects()
        self._learn_sexes()

    def presented(self, at: int) -> Holder | None:
        """The person a text presents before a place: who spoke there last, else who is named there first."""
        spoken = self._memory.person("he")
        if spoken is not None:
            return spoken
        return next((self._named(one) for one in self._names if one.start < at), None)

    def resolve(
        self, phrase: str, beside: str, at: int, sentence_start: int, content: Sequence[Span] = ()
    ) -> list[Holder]:
        """The holders a phrase names (two for "both X and Y"), none when it names nobody who can speak.

        `beside` is the phrase with its apposition, `at` its place in the text; nobody named in the `content` can be
        its "he".
        """
        self._barred = content
        phrase = re.sub(r"\s+", " ", level(phrase)).strip(" ,")
        phrase = _VERBED.sub(r"\1", phrase)
        phrase = phrase if _INITIALS.search(phrase) else phrase.rstrip(".")
        if "," in phrase and PEOPLE.search(phrase.split(",")[0]):
            phrase = phrase.split(",")[0]  # "the president of X, Y": the name is what is said beside
        both = self._pair(phrase, at) or self._pair(phrase.split(", ")[0], at) or self._the_two(phrase, at)
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

    def _the_two(self, phrase: str, at: int) -> list[Holder]:
        """“The two countries", "both leaders": the last two of their kind that were named before."""
        match = _TWO.match(phrase)
        if match is None:
            return []
        found: list[Holder] = []
        for holder in self._parties_before(at, people=bool(_TWO_PEOPLE.search(match.group(1)))):
            if holder not in found:
                found.append(holder)
        return found[:2][::-1] if len(found) > 1 else []

    def _parties_before(self, at: int, *, people: bool) -> list[Holder]:
        """The people, or the countries and bodies, named before a place, the latest first."""
        if people:
            return [self._named(one) for one in reversed(self._names) if one.start < at]
        return [
            Holder(entity.name, HolderKind.ORGANISATION, entity.id, ENTITY_RANK)
            for place, entity in reversed(self._roster.entities_in(self._leveled))
            if place < at
        ]

    def _known(self, part: str, at: int) -> Holder | None:
        return self._entity(part) or self._roster.person(strip_titles(part), self._day) or self._surname(part, at)

    def _entity(self, phrase: str) -> Holder | None:
        entity = self._roster.entity_called(phrase) or self._roster.people_called(phrase)
        if entity is None:
            return None
        office = self._roster.office_in(phrase, entity.id)
        if office and office[1].kind == "organisation":
            return Holder(office[1].title, HolderKind.ORGANISATION, entity.id, office[1].rank)
        return Holder(entity.name, HolderKind.ORGANISATION, entity.id, ENTITY_RANK)

    def _pronoun(self, word: str, at: int, sentence_start: int) -> Holder | None:
        if word in _SINGULAR:
            return (
                self._acting(word, at, sentence_start)
                or self._memory.person(word)
                or self._nearest(word, at)
                or self._memory.office(word)
            )
        return self._memory.body(word) if word in _PLURAL | _NEUTER else None

    def _is_person(self, one: Named) -> bool:
        """Whether capitalised words may be a person's name: no entity, and nothing the parser takes for another."""
        if self._roster.person(one.name, self._day):
            return True
        if self._roster.entity_in(one.name):
            return False
        at = self._leveled.find(one.name, one.start)
        span = self._doc.char_span(at, at + len(one.name), alignment_mode="expand") if at >= 0 else None
        return span is None or not any(token.ent_type_ in ("ORG", "PLACE") or token.tag_ in _COMMON for token in span)

    def _subjects(self) -> list[tuple[int, Holder]]:
        """The people who are the subject of a main clause, in order, each with the place where it stands."""
        found = []
        for token in self._doc:
            if token.head.dep_ in _UNDER:
                continue
            if token.dep_ in ("nsubj", "nsubj:pass") and token.pos_ in _NAMING and token.ent_type_ != "PLACE":
                holder = self._called_here(token)
                if holder is not None and holder.kind is HolderKind.PERSON and not _within(token.idx, self._quotations):
                    found.append((token.idx, holder))
        return found

    def _learn_sexes(self) -> None:
        """What pronouns show of the people named just before them, where all show the same."""
        shown: dict[str, set[str]] = {}
        for token in self._doc:
            if token.lower_ not in _SINGULAR or _within(token.idx, self._quotations):
                continue
            start = token.sent.start_char
            before = self._doc[token.sent.start - 1].sent.start_char if token.sent.start else start
            near = self._doc[max(token.sent.start, token.i - _NEAR)].idx
            named = [one for one in self._names if near <= one.start < token.idx]
            lately = [one for one in self._names if before <= one.start < start]
            named = named or (lately if len(lately) == 1 else [])
            if named:
                shown.setdefault(self._named(named[-1]).name, set()).add("f" if token.lower_ in _SHE else "m")
        for name, sexes in shown.items():
            if len(sexes) == 1:
                self._memory.learn(name, *sexes)

    def _called_here(self, token: Token) -> Holder | None:
        """The person whose name a token heads: a full name of the article, or a surname."""
        last = max([token.i, *(one.right_edge.i for one in token.children if one.dep_ in _BESIDE_NAME)])
        start, end = self._doc[token.left_edge.i].idx, self._doc[last].idx + len(self._doc[last])
        full = [one for one in self._names if start <= one.start < end]
        if full or token.pos_ != "PROPN":
            return self._named(full[-1]) if full else None
        return self._known(strip_titles(self._doc[token.i : last + 1].text), token.idx)

    def _acting(self, word: str, at: int, sentence_start: int) -> Holder | None:
        """Who "he" is by what was last told: the latest subject before the pronoun, unless somebody spoke since.

        The pronoun's own sentence, its paragraph and the one before are looked at.
        """
        begin = self._leveled.rfind("\n", 0, max(self._leveled.rfind("\n", 0, sentence_start) - 1, 0))
        near = [(place, one) for place, one in self._acting_people if max(begin, self._memory.at) < place < at]
        near = [
            (place, one) for place, one in near if self._memory.fits(one, word) and not _within(place, self._barred)
        ]
        return near[-1][1] if near else None

    def _nearest(self, word: str, at: int) -> Holder | None:
        named = (one for one in reversed(self._names) if one.start < at and not _within(one.start, self._barred))
        return next((one for one in map(self._named, named) if self._memory.fits(one, word)), None)

    def _named(self, named: Named) -> Holder:
        known = self._roster.person(named.name, self._day)
        return known or self._outside(named.name, named.around)

    def _outside(self, name: str, around: str) -> Holder:
        """A person the topic does not know: an official of an entity by the words beside the name, or nobody's."""
        actor, rank = self._standing(around)
        return Holder(self._spelled.setdefault(name_key(name), name), HolderKind.PERSON, actor, rank)

    def _standing(self, around: str) -> tuple[str | None, int | None]:
        if OUTSIDER.search(around) or not OFFICIAL.search(around):
            return None, None
        office = self._roster.office_in(around)
        if office and self._is_named(office[0]):
            return office[0].id, office[1].rank
        entity = self._roster.entity_in(around)
        if entity is None:
            return None, None
        deputy = re.search(r"\b(?:deputy|vice|assistant|spokes\w+|ambassador)\b", around, re.IGNORECASE)
        return entity.id, DEPUTY_RANK if deputy else OFFICIAL_RANK

    def _surname(self, phrase: str, at: int) -> Holder | None:
        """A single name: the last full name before it that holds it, else whoever of the topic is called so."""
        name = strip_titles(phrase)
        if not name or " " in name or not name[:1].isupper():
            return None
        if name.isupper() and len(name) > _ACRONYM:
            name = name.title()  # "LINDQVIST:" in a transcript
        spoken = self._memory.surname(name)
        own = [one for one in self._names if one.start <= at and name in (one.name.split()[0], one.name.split()[-1])]
        if own:
            return spoken or self._named(own[-1])
        known = self._roster.person(name, self._day)
        if known is None:
            later = [one for one in self._names if name in (one.name.split()[0], one.name.split()[-1])]
            return self._named(later[0]) if later else self._roster.surname(name, self._day)
        return known

    def _person_in(self, phrase: str, beside: str, at: int) -> Holder | None:
        """A person named in the phrase, not merely as the master of the one who speaks ("a spokesman for X")."""
        last = max(self._roster.people.finditer(phrase), key=re.Match.start, default=None)
        if last is not None and last.end() == len(phrase) and not self._namesake(phrase, last):
            return self._roster.person(last.group(), self._day)
        head = _ARTICLE.sub("", _LINK.split(phrase)[0])
        for match in self._roster.people.finditer(head):
            if team := _TEAM.match(head[match.end() :]):
                return self._team(match.group(), team.group(1))
            if head[match.end() : match.end() + 2] != "'s" and not self._namesake(head, match):
                return self._roster.person(match.group(), self._day)
        if _TITLE_OF.match(phrase) and (named := _LAST_NAME.search(phrase)):
            return self._called(strip_titles(named.group(1)), phrase, beside, at)
        run = _RUN.search(head.rpartition("'s ")[2])
        if run is None or head[-2:] == "'s":
            return None
        return self._called(strip_titles(run.group(1)), phrase, beside, at)

    def _namesake(self, head: str, match: re.Match[str]) -> bool:
        """Whether another first name stands before the name: a relative, not the one the topic knows."""
        before = re.search(r"((?:[A-Z][\w'-]*\.?\s+)+)$", head[: match.start()])
        first = strip_titles(before.group(1)) if before else ""
        return bool(first) and not first.endswith(".") and self._roster.entity_in(first) is None

    def _called(self, name: str, phrase: str, beside: str, at: int) -> Holder | None:
        """The person of that name at the end of a phrase, if it is a person's name."""
        if not name or ORGANISATION.search(name) or (name.isupper() and " " not in name and len(name) <= _ACRONYM):
            return None
        if " " not in name:
            return self._surname(name, at) or (self._lone(name, beside) if " " in phrase else None)
        taken = name.lower().split()[-1] in ROLES or self._roster.entity_called(name)
        return None if taken else self._outside(name, beside)

    def _apposed(self, phrase: str, beside: str) -> Holder | None:
        """“The head of the agency, X,”: the name set beside an office is who holds it."""
        match = _APPOSED.match(beside[len(phrase) :])
        if match is None or not PEOPLE.search(phrase):
            return None
        name = strip_titles(match.group(1))
        if " " not in name or ORGANISATION.search(name) or self._roster.entity_called(name):
            return None
        return self._roster.person(name, self._day) or self._outside(name, phrase)

    def _team(self, name: str, kind: str) -> Holder | None:
        """“The X administration”: the government of X, not X in person."""
        master = self._roster.person(name, self._day)
        if master is None or master.actor is None:
            return None
        return Holder(f"{name}{kind}", HolderKind.ORGANISATION, master.actor, ENTITY_RANK)

    def _lone(self, name: str, beside: str) -> Holder | None:
        if self._roster.entity_in(name):
            return None
        return self._outside(name, beside) if PEOPLE.search(beside) or re.match(r"(?:Mr|Ms|Mrs|Dr)\b", beside) else None

    def _anaphor(self, phrase: str, at: int) -> Holder | None:
        """“The ministry”, "the spokesman": the last one who was called that, or who was named as that, or is that."""
        match = _ANAPHORIC.match(phrase[:1].lower() + phrase[1:])
        if match is None:
            return None
        noun = "president" if phrase.lower().endswith("head of state") else match.group(1)
        return (
            self._memory.called(noun) or self._described(noun, at) or self._in_office(noun, at) or self._at_home(phrase)
        )

    def _at_home(self, phrase: str) -> Holder | None:
        """“The president" of a report from a capital or of a state's own outlet: who holds the office there."""
        if self._dateline is None:
            return None
        found = self._roster.office_of(self._dateline, _WORDS.findall(phrase.lower().replace("'s", "")))
        person = self._roster.incumbent(found, self._day) if found else None
        return Holder(person.name, HolderKind.PERSON, self._dateline, found.rank) if found and person else None

    def _described(self, noun: str, at: int) -> Holder | None:
        """The last person before that place beside whose name the noun stands: "Jon Abel, the ambassador in …"."""
        alike = _ALIKE.get(noun, frozenset([noun]))
        before = (one for one in reversed(self._names) if one.start < at and not self._is_next_to(one, at))
        found = next((one for one in before if alike & set(_WORDS.findall(one.around.lower()))), None)
        return self._named(found) if found is not None and PEOPLE.search(noun) else None

    def _is_next_to(self, one: Named, at: int) -> bool:
        """Whether only marks stand between a name and a place: the phrase there is not said of that name."""
        between = self._leveled[one.start : at].removeprefix(one.name)
        return not any(char.isalnum() for char in between)

    def _in_office(self, noun: str, at: int) -> Holder | None:
        """The last one named before that place whose office is called so; a body of the topic likewise.

        Whoever has spoken goes before those who were merely named.
        """
        alike = _ALIKE.get(noun, frozenset([noun]))
        found = [holder for place, holder, words in self._officers() if place < at and alike & words]
        return self._memory.latest(found) or (found[-1] if found else None)

    def _officers(self) -> list[tuple[int, Holder, frozenset[str]]]:
        """The topic's people and bodies named in the article, in order, with the words of their offices' titles."""
        if self._posts is None:
            self._posts = self._roster.named_in(self._leveled, self._day)
        return self._posts

    def _office_here(self, phrase: str) -> tuple[Entity, Office] | None:
        """“The foreign ministry” of nobody named: of the dateline's country, else of who spoke last."""
        if not phrase.lower().startswith("the "):
            return None
        near = [self._dateline] if self._dateline else self._memory.actors()[:1]
        return next((found for actor in near if (found := self._roster.office_in(phrase, actor))), None)

    def _office(self, phrase: str, beside: str) -> Holder | None:
        if OUTSIDER.search(phrase):
            return None
        if owned := self._owned(phrase):
            return owned
        found = self._roster.office_in(phrase) or self._roster.office_in(beside) or self._office_here(phrase)
        if found is None:
            return None
        proper = any(word[:1].isupper() for word in _ARTICLE.sub("", phrase).split())
        return self._held(found, phrase) if proper or self._is_named(found[0]) else None

    def _held(self, found: tuple[Entity, Office], phrase: str) -> Holder:
        """Who holds an office a phrase names: its one holder on the day, the body, or the office itself."""
        entity, office = found
        if _SPEAKS_FOR.match(phrase) and not _SPEAKS_FOR.search(" ".join((office.title, *office.titles))):
            return Holder(shorten(phrase), HolderKind.OFFICE, entity.id, DEPUTY_RANK)
        if office.kind == "organisation":
            return Holder(office.title, HolderKind.ORGANISATION, entity.id, office.rank)
        person = self._roster.incumbent(office, self._day)
        if person and not re.match(r"an?\b|one\b|another\b", phrase, re.IGNORECASE):
            return Holder(person.name, HolderKind.PERSON, entity.id, office.rank)
        name = office.title if self._roster.entity_in(office.title) else f"{entity.name} {office.title}"
        return Holder(name, HolderKind.OFFICE, entity.id, office.rank)

    def _is_named(self, entity: Entity) -> bool:
        """Whether the article names an entity at all, or comes from it: else an office of that name is another's."""
        if self._entities is None:
            self._entities = frozenset(one.id for _, one in self._roster.entities_in(self._leveled))
        return entity.id in self._entities or entity.id == self._dateline

    def _owned(self, phrase: str) -> Holder | None:
        """“His intelligence chief": the office of whoever "he" is, never another country's."""
        match = _HIS_OFFICE.match(phrase)
        if match is None or not (PEOPLE.search(match.group(2)) or OFFICIAL.search(match.group(2))):
            return None
        owner = self._memory.last() if match.group(1).lower() in _NEUTER | _PLURAL else self._memory.person("he")
        if owner is None:
            return None
        found = self._roster.office_in(match.group(2), owner.actor) if owner.actor else None
        person = self._roster.incumbent(found[1], self._day) if found else None
        if found and person:
            return Holder(person.name, HolderKind.PERSON, found[0].id, found[1].rank)
        return Holder(
            f"{owner.name}'s {match.group(2)}", HolderKind.OFFICE, owner.actor, DEPUTY_RANK if owner.actor else None
        )

    def _plain(self, phrase: str, beside: str) -> Holder | None:
        """A holder known only by a description: a group, a body, somebody in a role, an unknown name."""
        name = shorten(phrase)
        actor, rank = self._standing(phrase)
        kind = kind_of(phrase, name, official=actor is not None)
        if kind is None and _FAMILIAR.search(phrase):
            name = shorten(_FAMILIAR.sub("", phrase))
            kind = kind_of(phrase, name, official=actor is not None)
        if kind is None:
            return None
        if kind is HolderKind.PERSON and actor is None:
            actor, rank = self._standing(beside)
        return Holder(name, kind, actor, rank)

    def _mouthpiece(self, phrase: str, at: int, sentence_start: int) -> Holder | None:
        """“Its spokesman", "X's spokeswoman": whoever speaks for the one named."""
        match = _MOUTHPIECE.match(phrase)
        if match is None:
            return None
        owner = match.group(1)
        if owner.lower() in _SINGULAR | _PLURAL | _NEUTER:
            master = self._pronoun(owner.lower(), at, sentence_start)
        else:
            master = self._known(owner.removesuffix("'s").removeprefix("the "), at)
        if master is None or (owner.endswith("'s") and self._roster.office_in(phrase)):
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
        if low.split()[-1] in _SINGULAR | _PLURAL | _NEUTER:
            return self._pronoun(low.split()[-1], at, sentence_start)
        if _OWN.match(phrase) and not PEOPLE.search(phrase) and not GROUPS.search(phrase):
            return self._pronoun("his", at, sentence_start)  # "his research argues" is his word
        return (
            self._entity(phrase)
            or self._apposed(phrase, beside)
            or (None if self._roster.office_in(phrase) else self._roster.outlet_called(phrase))
            or self._mouthpiece(phrase, at, sentence_start)
            or self._anaphor(phrase, at)
            or self._person_in(phrase, beside, at)
            or self._office(_FAMILIAR.sub("", phrase), beside)
            or self._plain(phrase, beside)
        )


def _within(place: int, spans: Sequence[Span]) -> bool:
    """Whether a place of the text lies in one of the spans."""
    return any(start <= place < end for start, end in spans)
