"""What is watched: a topic with its entities, propositions, outlets, sources and subscribers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from news.hosts import level_name, trim_host


class Stance(StrEnum):
    """The side a claim takes on a proposition; `neutral` addresses it and takes none."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """A person who held an office `since` (inclusive) `until` (exclusive); None is an open end."""

    name: str
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the office was this person's on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Office:
    """An office or body that speaks for an entity; rank 1 is the highest.

    `titles` are the words a text uses for it ("foreign minister", "government spokesman"); a body without a holder
    ("National Intelligence Service") has its names there and no holders.
    """

    id: str
    title: str
    rank: int
    kind: str = "office"  # office | organisation
    titles: tuple[str, ...] = ()
    holders: tuple[OfficeHolder, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A tracked actor or thing: its aliases, adjectives ("French") and metonyms ("Paris") all name it."""

    id: str
    name: str
    kind: str  # country | organisation | person | place
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that stands for the entity as a noun."""
        return (self.name, *self.aliases, *self.metonyms)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way a text can speak of a proposition: who does what to whom, and the stance of asserting it.

    Each field is a set of alternatives; an empty one asks for nothing. Words match whole words, without case (but
    names of up to four capitals, such as US, in capitals only); one ending in `*` matches as a prefix; `@id` stands
    for all names and adjectives of that entity. `never` rules the pattern out. `counts` are words beside the deed that
    count as the deed ("plan*" where planning is enough); `mutual`: who and whom do it together, in any order.
    """

    who: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    stance: Stance = Stance.AFFIRMS
    counts: tuple[str, ...] = ()
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the stance it takes on its proposition; None: it must not be linked at all."""

    text: str
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class Proposition:
    """A sentence the topic tracks, the patterns that speak of it, and example sentences that test them."""

    id: str
    statement: str
    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of thing whose number is followed on a proposition: one series, whichever of its nouns a text counts.

    All are terms as in Pattern. `words` are the nouns ("troop*", "soldiers"). `whose` must stand in the sentence, or in
    the text that says what is counted; a claim that takes no side on the proposition by itself belongs to it only by
    them. `where` must stand in the clause of the number: a part of the whole ("in Sarn"), declared before the whole.
    `never` rules it out.
    """

    name: str
    proposition: str
    words: tuple[str, ...]
    whose: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScopeGroup:
    """A set of terms (as in Pattern); a `required` group must be met by an article that is on the topic."""

    name: str
    terms: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """What is on the topic: every required group met, and a relevance of at least `threshold` (0 to 1)."""

    groups: tuple[ScopeGroup, ...]
    threshold: float = 0.3


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher. `voice` names the entity a state organ speaks for; `family` one owner's outlets."""

    id: str
    name: str
    kind: str = "general"  # wire | state | daily | specialist | aggregator | farm | blog | broadcaster | general
    hosts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str | None = None
    voice: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One address polled for an outlet (or for many: an aggregator).

    `every` is how often it is looked at as long as nothing is known of its rhythm; then the interval adapts, between
    `fastest` and `slowest` (None: a quarter of `every`, and eight times it). `select` is the CSS selector of a
    listing page's links.
    """

    id: str
    outlet: str  # Outlet.id
    kind: str  # feed | jsonfeed | sitemap | gdelt | search | listing | folder | mail | inbox | archive
    address: str
    every: timedelta = timedelta(hours=1)
    fastest: timedelta | None = None
    slowest: timedelta | None = None
    select: str | None = None
    found_in: str | None = None  # the public document that names the address
    unverified: bool = False
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who gets digests: by which channel, how often, about what.

    `address` is a mail address, a folder, or None where `address_env` names the environment variable that holds it
    (a webhook is a secret and never stands in a topic file). Empty `propositions` or `kinds` mean all.
    """

    id: str
    name: str
    channel: str  # file | email | slack
    address: str | None = None
    address_env: str | None = None
    every: timedelta = timedelta(days=1)
    propositions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    timezone: str = "UTC"


@dataclass(frozen=True)
class Topic:
    """One topic file, validated. `path` is where it was read from, for messages.

    `resolve` maps a host name to the address (`127.0.0.1:8080`) that stands for it, as `curl --resolve` does; only
    those hosts, and `allow_hosts`, may be on a loopback or private network.
    """

    id: str
    title: str
    path: str
    languages: tuple[str, ...] = ("en",)
    scope: Scope = field(default_factory=lambda: Scope(()))
    entities: tuple[Entity, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    counted: tuple[Counted, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    sources: tuple[Source, ...] = ()
    subscribers: tuple[Subscriber, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    resolve: tuple[tuple[str, str], ...] = ()

    @cached_property
    def outlets_by_name(self) -> dict[str, Outlet]:
        """Each outlet by its id, name and aliases as `level_name` makes them; of two with one name, the first."""
        named = [(name, one) for one in self.outlets for name in (one.id, one.name, *one.aliases)]
        return {level_name(name): one for name, one in reversed(named)}

    @cached_property
    def outlets_by_host(self) -> dict[str, Outlet]:
        """Each outlet by its hosts as `trim_host` makes them; of two with one host, the first."""
        return {trim_host(host): one for one in reversed(self.outlets) for host in one.hosts}

    @cached_property
    def named(self) -> dict[str, tuple[str, str | None]]:
        """Whom each name means, as it is written: the entity's id, and the full name of one who holds an office.

        A person's last name means that person too, unless it is another's as well.
        """
        found: dict[str, set[tuple[str, str | None]]] = {}
        for entity in self.entities:
            for person in (person for office in entity.offices for person in office.holders):
                for name in (person.name, *person.aliases, person.name.split()[-1]):
                    found.setdefault(name, set()).add((entity.id, person.name))
            offices = [title for office in entity.offices if not office.holders for title in office.titles]
            for name in (*entity.names, *entity.adjectives, *offices):
                found.setdefault(name, set()).add((entity.id, None))
        return {name: next(iter(meant)) for name, meant in found.items() if len(meant) == 1}

    def entity(self, entity_id: str) -> Entity | None:
        """The entity with that id, or None."""
        return next((entity for entity in self.entities if entity.id == entity_id), None)

    def outlet(self, outlet_id: str) -> Outlet | None:
        """The outlet with that id, or None."""
        return next((outlet for outlet in self.outlets if outlet.id == outlet_id), None)

    def proposition(self, proposition_id: str) -> Proposition | None:
        """The proposition with that id, or None."""
        return next((one for one in self.propositions if one.id == proposition_id), None)
