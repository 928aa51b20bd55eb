"""Who has spoken in an article so far: what "he", "the agency" and "they" mean there."""

from __future__ import annotations

import re
from collections.abc import Collection

from analysis.roster import Holder, Roster
from news.claim import HolderKind

_MALE = re.compile(
    r"\b(?:mr|he|him|sir|lord|(?:spokes|chair|business|congress|gentle)?man|king|prince|father|brother|son|husband)\b",
    re.IGNORECASE,
)
_FEMALE = re.compile(
    r"\b(?:ms|mrs|she|dame|lady|(?:spokes|chair|business|congress)?woman|queen|princess|mother|sister|daughter|wife)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:ministry|agency|department|government|service|command|office|embassy|council|committee|administration"
    r"|company|party|group|army|military)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_MANY = frozenset([HolderKind.ORGANISATION, HolderKind.GROUP, HolderKind.OFFICE])


class Memory:
    """The speakers of one article, in the order they spoke, each with the words it was called by."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._spoken: list[tuple[str, Holder]] = []
        self._sex: dict[str, str] = {}
        self.at = -1

    def remember(self, phrase: str, beside: str, holder: Holder, at: int) -> None:
        """Take down who spoke, and where."""
        self._spoken.append((f"{phrase} {beside}".lower(), holder))
        self.at = at
        if holder.kind is HolderKind.PERSON:
            around = beside.replace(holder.name, "")  # "Son" and "King" are names too
            male, female = _MALE.search(around), _FEMALE.search(around)
            if bool(male) != bool(female):
                self._sex[holder.name] = "m" if male else "f"

    def last(self) -> Holder | None:
        """Who spoke last."""
        return self._spoken[-1][1] if self._spoken else None

    def latest(self, among: Collection[Holder]) -> Holder | None:
        """Of some holders the one who spoke last, None where none of them has spoken."""
        return next((one for _, one in reversed(self._spoken) if one in among), None)

    def learn(self, name: str, sex: str) -> None:
        """Take down what a pronoun has shown of a person ("m" or "f"), unless something surer is known."""
        self._sex.setdefault(name, sex)

    def surname(self, name: str) -> Holder | None:
        """The last person who spoke with that first or last name."""
        people = (one for _, one in reversed(self._spoken) if one.kind is HolderKind.PERSON)
        return next((one for one in people if name in (one.name.split()[0], one.name.split()[-1])), None)

    def actors(self) -> list[str]:
        """The entities spoken for, the latest first."""
        return [one.actor for _, one in reversed(self._spoken) if one.actor]

    def fits(self, holder: Holder, pronoun: str) -> bool:
        """Whether the pronoun may mean that holder, as far as the article has shown."""
        if holder.kind is not HolderKind.PERSON and not (holder.kind is HolderKind.OFFICE and holder.actor):
            return False
        sex = "f" if pronoun in {"she", "her"} else "m"
        return self._sex.get(holder.name, sex) == sex

    def person(self, pronoun: str) -> Holder | None:
        """The last person who can be meant by "he" or "she"."""
        people = (one for _, one in reversed(self._spoken) if self.fits(one, pronoun))
        return next((one for one in people if one.kind is HolderKind.PERSON), None)

    def office(self, pronoun: str) -> Holder | None:
        """The last office, held by nobody known, that "he" or "she" may mean."""
        return next((one for _, one in reversed(self._spoken) if self.fits(one, pronoun)), None)

    def body(self, pronoun: str) -> Holder | None:
        """The last body for "it", the last group or body for "they"."""
        wanted = {HolderKind.ORGANISATION} if pronoun in {"it", "its"} else _MANY
        found = next((one for _, one in reversed(self._spoken) if one.kind in wanted), None)
        return found or next((one for _, one in reversed(self._spoken) if one.kind in _MANY), None)

    def called(self, noun: str) -> Holder | None:
        """The last one who was called that: "the spokesman"; a body's noun never means a person."""
        for label, one in reversed(self._spoken):
            if noun not in _WORDS.findall(label):
                continue
            if not _BODY.search(noun) or one.kind in {HolderKind.ORGANISATION, HolderKind.GROUP}:
                return one
            office = self._roster.office_in(label, one.actor) if one.actor else None
            if office and office[1].kind == "organisation":
                return Holder(office[1].title, HolderKind.ORGANISATION, office[0].id, office[1].rank)
        return None
