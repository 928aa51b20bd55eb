"""The people an article names: by full name, surname, the words beside a name, and as "he" and "she"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from analysis.clauses import sentence_start
from analysis.descriptions import PEOPLE
from analysis.memory import Memory
from analysis.names import OFFICIAL, ORGANISATION, OUTSIDER, ROLES, Named, find_names, strip_titles
from analysis.roster import DEPUTY_RANK, ENTITY_RANK, OFFICIAL_RANK, Holder
from analysis.scene import Scene, within
from news.claim import HolderKind, Span
from news.spelling import name_key

_SINGULAR = frozenset(["he", "she", "him", "her", "his"])
_SHE = frozenset(["she", "her"])
_NEAR = 9  # words from a name to the pronoun that shows its sex
_NAMING = ("PROPN", "NOUN")
_BESIDE_NAME = ("flat", "appos")
_UNDER = frozenset(["advcl", "acl", "acl:relcl", "ccomp", "xcomp", "csubj"])
_TEAM = re.compile(r"((?:'s)?\s+(?:administration|government|regime|cabinet|team|campaign|office))\b", re.IGNORECASE)
_APPOSED = re.compile(r"\s*,\s*((?:[A-Z][\w'-]*\.?\s+){1,3}[A-Z][\w'-]*)\s*(?:,|$)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
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
# "An envoy in a capital" is posted there: whose envoy it is stands elsewhere.
_POST = re.compile(
    r"\b((?:envoy|ambassador|diplomat|delegate|emissary|consul|embassy|mission)s?)\s+(?:in|to|at)\s+(?:the\s+)?"
    r"[A-Z][\w.' -]*"
)
_COMMON = frozenset(["NN", "NNS", "JJ", "NNPS"])
_ACRONYM = 4  # letters: a longer word in capitals is a name written large


class People:
    """The people of one article, and which of them a word means at a place in it."""

    def __init__(self, scene: Scene, memory: Memory) -> None:
        """Looks the article's names over once, and tells the memory what pronouns show of them."""
        self._scene = scene
        self._memory = memory
        self._spelled: dict[str, str] = {}  # the spelling that comes first in an article stands for all
        self.barred: Sequence[Span] = ()  # what is being said: nobody named in it is its "he"
        self._all = [one for one in find_names(scene.text) if self._is_person(one)]
        self._acting_people = self._subjects()
        self._learn_sexes()

    def before(self, at: int) -> list[Holder]:
        """The people named before a place, the latest first."""
        return [self.named(one) for one in reversed(self._all) if one.start < at]

    def known(self, part: str, at: int) -> Holder | None:
        """The person called so: whom the topic knows, else by a surname."""
        return self._scene.roster.person(strip_titles(part), self._scene.day) or self.surname(part, at)

    def presented(self, at: int) -> Holder | None:
        """The person a text presents before a place: who spoke there last, else who is named there first."""
        spoken = self._memory.person("he")
        if spoken is not None:
            return spoken
        return next((self.named(one) for one in self._all if one.start < at), None)

    def titled(self, title: str) -> Holder | None:
        """The first person a title names: "Interview with X"."""
        names = (one for one in find_names(title) if not ORGANISATION.search(one.name))
        return next((self.named(one) for one in names if self._scene.roster.entity_in(one.name) is None), None)

    def _is_person(self, one: Named) -> bool:
        """Whether capitalised words may be a person's name: no entity, and nothing the parser takes for another."""
        if self._scene.roster.person(one.name, self._scene.day):
            return True
        if self._scene.roster.entity_in(one.name):
            return False
        at = self._scene.text.find(one.name, one.start)
        span = self._scene.doc.char_span(at, at + len(one.name), alignment_mode="expand") if at >= 0 else None
        return span is None or not any(token.ent_type_ in ("ORG", "PLACE") or token.tag_ in _COMMON for token in span)

    def _subjects(self) -> list[tuple[int, Holder]]:
        """The people who are the subject of a main clause, in order, each with the place where it stands."""
        found = []
        numbers = {self._scene.doc.vocab.strings[label] for label in ("nsubj", "nsubj:pass")}
        for token in self._scene.doc:
            if token.dep not in numbers or token.pos_ not in _NAMING or token.ent_type_ == "PLACE":
                continue
            if token.head.dep_ not in _UNDER:
                holder = self._called_here(token)
                if (
                    holder is not None
                    and holder.kind is HolderKind.PERSON
                    and not within(token.idx, self._scene.quotations)
                ):
                    found.append((token.idx, holder))
        return found

    def _learn_sexes(self) -> None:
        """What pronouns show of the people named just before them, where all show the same."""
        shown: dict[str, set[str]] = {}
        numbers = {self._scene.doc.vocab.strings[word] for word in _SINGULAR}
        for token in self._scene.doc:
            if token.lower not in numbers or within(token.idx, self._scene.quotations):
                continue
            first = sentence_start(token)
            start = self._scene.doc[first].idx
            before = self._scene.doc[sentence_start(self._scene.doc[first - 1])].idx if first else start
            near = self._scene.doc[max(first, token.i - _NEAR)].idx
            named = [one for one in self._all if near <= one.start < token.idx]
            lately = [one for one in self._all if before <= one.start < start]
            named = named or (lately if len(lately) == 1 else [])
            if named:
                shown.setdefault(self.named(named[-1]).name, set()).add("f" if token.lower_ in _SHE else "m")
        for name, sexes in shown.items():
            if len(sexes) == 1:
                self._memory.learn(name, *sexes)

    def _called_here(self, token: Token) -> Holder | None:
        """The person whose name a token heads: a full name of the article, or a surname."""
        last = max([token.i, *(one.right_edge.i for one in token.children if one.dep_ in _BESIDE_NAME)])
        start, end = self._scene.doc[token.left_edge.i].idx, self._scene.doc[last].idx + len(self._scene.doc[last])
        full = [one for one in self._all if start <= one.start < end]
        if full or token.pos_ != "PROPN":
            return self.named(full[-1]) if full else None
        return self.known(strip_titles(self._scene.doc[token.i : last + 1].text), token.idx)

    def acting(self, word: str, at: int, sentence_start: int) -> Holder | None:
        """Who "he" is by what was last told: the latest subject before the pronoun, unless somebody spoke since.

        The pronoun's own sentence, its paragraph and the one before are looked at.
        """
        begin = self._scene.text.rfind("\n", 0, max(self._scene.text.rfind("\n", 0, sentence_start) - 1, 0))
        near = [(place, one) for place, one in self._acting_people if max(begin, self._memory.at) < place < at]
        near = [(place, one) for place, one in near if self._memory.fits(one, word) and not within(place, self.barred)]
        return near[-1][1] if near else None

    def nearest(self, word: str, at: int) -> Holder | None:
        """The last person named before a place whom a pronoun fits."""
        named = (one for one in reversed(self._all) if one.start < at and not within(one.start, self.barred))
        return next((one for one in map(self.named, named) if self._memory.fits(one, word)), None)

    def named(self, named: Named) -> Holder:
        """The holder of a name that stands in the text."""
        known = self._scene.roster.person(named.name, self._scene.day)
        return known or self.outside(named.name, named.around)

    def outside(self, name: str, around: str) -> Holder:
        """A person the topic does not know: an official of an entity by the words beside the name, or nobody's."""
        actor, rank = self.standing(around)
        return Holder(self._spelled.setdefault(name_key(name), name), HolderKind.PERSON, actor, rank)

    def standing(self, around: str) -> tuple[str | None, int | None]:
        """For whom and at which rank somebody speaks, by the words beside a name; None and None for nobody."""
        if OUTSIDER.search(around) or not OFFICIAL.search(around):
            return None, None
        around = _POST.sub(r"\1", around)
        office = self._scene.roster.office_in(around)
        if office and self._scene.names(office[0]):
            return office[0].id, office[1].rank
        entity = self._scene.roster.entity_in(around)
        if entity is None:
            return None, None
        deputy = re.search(r"\b(?:deputy|vice|assistant|spokes\w+|ambassador)\b", around, re.IGNORECASE)
        return entity.id, DEPUTY_RANK if deputy else OFFICIAL_RANK

    def surname(self, phrase: str, at: int) -> Holder | None:
        """A single name: the last full name before it that holds it, else whoever of the topic is called so."""
        name = strip_titles(phrase)
        if not name or " " in name or not name[:1].isupper():
            return None
        if name.isupper() and len(name) > _ACRONYM:
            name = name.title()  # "LINDQVIST:" in a transcript
        spoken = self._memory.surname(name)
        own = [one for one in self._all if one.start <= at and name in (one.name.split()[0], one.name.split()[-1])]
        if own:
            return spoken or self.named(own[-1])
        known = self._scene.roster.person(name, self._scene.day)
        if known is None:
            later = [one for one in self._all if name in (one.name.split()[0], one.name.split()[-1])]
            return self.named(later[0]) if later else self._scene.roster.surname(name, self._scene.day)
        return known

    def person_in(self, phrase: str, beside: str, at: int) -> Holder | None:
        """A person named in the phrase, not merely as the master of the one who speaks ("a spokesman for X")."""
        last = max(self._scene.roster.people.finditer(phrase), key=re.Match.start, default=None)
        if last is not None and last.end() == len(phrase) and not self._namesake(phrase, last):
            return self._scene.roster.person(last.group(), self._scene.day)
        head = _ARTICLE.sub("", _LINK.split(phrase)[0])
        for match in self._scene.roster.people.finditer(head):
            if team := _TEAM.match(head[match.end() :]):
                return self._team(match.group(), team.group(1))
            if head[match.end() : match.end() + 2] != "'s" and not self._namesake(head, match):
                return self._scene.roster.person(match.group(), self._scene.day)
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
        return bool(first) and not first.endswith(".") and self._scene.roster.entity_in(first) is None

    def _called(self, name: str, phrase: str, beside: str, at: int) -> Holder | None:
        """The person of that name at the end of a phrase, if it is a person's name."""
        if not name or ORGANISATION.search(name) or (name.isupper() and " " not in name and len(name) <= _ACRONYM):
            return None
        if " " not in name:
            return self.surname(name, at) or (self._lone(name, beside) if " " in phrase else None)
        taken = name.lower().split()[-1] in ROLES or self._scene.roster.entity_called(name)
        return None if taken else self.outside(name, beside)

    def apposed(self, phrase: str, beside: str) -> Holder | None:
        """“The head of the agency, X,”: the name set beside an office is who holds it."""
        match = _APPOSED.match(beside[len(phrase) :])
        if match is None or not PEOPLE.search(phrase):
            return None
        name = strip_titles(match.group(1))
        if " " not in name or ORGANISATION.search(name) or self._scene.roster.entity_called(name):
            return None
        return self._scene.roster.person(name, self._scene.day) or self.outside(name, phrase)

    def _team(self, name: str, kind: str) -> Holder | None:
        """“The X administration”: the government of X, not X in person."""
        master = self._scene.roster.person(name, self._scene.day)
        if master is None or master.actor is None:
            return None
        return Holder(f"{name}{kind}", HolderKind.ORGANISATION, master.actor, ENTITY_RANK)

    def _lone(self, name: str, beside: str) -> Holder | None:
        if self._scene.roster.entity_in(name):
            return None
        return self.outside(name, beside) if PEOPLE.search(beside) or re.match(r"(?:Mr|Ms|Mrs|Dr)\b", beside) else None

    def described(self, noun: str, alike: frozenset[str], at: int) -> Holder | None:
        """The last person before that place beside whose name the noun stands: "Jon Abel, the ambassador in …"."""
        before = (one for one in reversed(self._all) if one.start < at and not self._is_next_to(one, at))
        found = next((one for one in before if alike & set(_WORDS.findall(one.around.lower()))), None)
        return self.named(found) if found is not None and PEOPLE.search(noun) else None

    def _is_next_to(self, one: Named, at: int) -> bool:
        """Whether only marks stand between a name and a place: the phrase there is not said of that name."""
        between = self._scene.text[one.start : at].removeprefix(one.name)
        return not any(char.isalnum() for char in between)
