"""What a topic is about: its scope, entities and propositions, read from their tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from news.topic import (
    Counted,
    Entity,
    Example,
    Office,
    OfficeHolder,
    Pattern,
    Proposition,
    Scope,
    ScopeGroup,
    Stance,
)
from news.topic_table import Table
from news.topic_value import (
    LANGUAGE,
    Fault,
    check_reference,
    check_term,
)

ENTITY_KINDS = ("country", "organisation", "person", "place")
OFFICE_KINDS = ("office", "organisation")
LOWEST_RANK = 9


@dataclass(frozen=True, slots=True)
class Declared:
    """The ids that references may name."""

    entities: frozenset[str] = frozenset()
    propositions: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    local_hosts: frozenset[str] = frozenset()  # hosts of [fetch]: no public document names their addresses


def read_languages(root: Table) -> tuple[str, ...]:
    """The languages of the topic, as two- or three-letter codes (ISO 639); English when none are given."""
    return root.texts("languages", check=check_language) or ("en",)


def read_scope(table: Table, declared: Declared) -> Scope:
    """What is on the topic."""
    term = partial(check_term, entities=declared.entities)
    threshold = table.share("threshold", Scope(()).threshold)
    groups = []
    for one in table.tables("groups", required=True):
        required = one.flag("required") if one.has("required") else True
        groups.append(
            ScopeGroup(one.text("name", required=True) or "", one.texts("terms", required=True, check=term), required)
        )
        one.close()
    table.close()
    return Scope(tuple(groups), threshold)


def read_entities(tables: list[Table]) -> tuple[Entity, ...]:
    """The tracked actors and things; a name stands for one entity only."""
    taken: set[str] = set()
    owners: dict[str, str] = {}
    found = []
    for table in tables:
        entity = Entity(
            id=table.identifier(taken) or "",
            name=table.text("name", required=True) or "",
            kind=table.choice("kind", ENTITY_KINDS) or "",
            aliases=table.texts("aliases"),
            adjectives=table.texts("adjectives"),
            metonyms=table.texts("metonyms"),
            offices=_read_offices(table),
        )
        for key in ("name", "aliases", "adjectives", "metonyms"):
            names = (entity.name,) if key == "name" else getattr(entity, key)
            for name in filter(None, names):
                owner = owners.setdefault(name.casefold(), entity.id)
                if owner != entity.id:
                    table.wrong(key, f"{name!r} already stands for {owner}", "leave it to one of the two")
        table.close()
        found.append(entity)
    return tuple(found)


def _read_offices(entity: Table) -> tuple[Office, ...]:
    taken: set[str] = set()
    offices = []
    for table in entity.tables("offices"):
        office = Office(
            id=table.identifier(taken) or "",
            title=table.text("title", required=True) or "",
            rank=table.whole("rank", 1, LOWEST_RANK),
            kind=table.choice("kind", OFFICE_KINDS, "office") or "office",
            titles=table.texts("titles"),
            holders=_read_holders(table),
        )
        if not table.has("titles") and not table.has("holders"):
            table.wrong("", "has neither titles nor holders", "add the words a text uses for it, or who held it")
        table.close()
        offices.append(office)
    return tuple(offices)


def _read_holders(office: Table) -> tuple[OfficeHolder, ...]:
    read: list[tuple[Table, OfficeHolder]] = []
    for table in office.tables("holders"):
        holder = OfficeHolder(
            name=table.text("name", required=True) or "",
            aliases=table.texts("aliases"),
            since=table.day("since"),
            until=table.day("until"),
        )
        table.close()
        misread = (table.has("since") and not holder.since) or (table.has("until") and not holder.until)
        if holder.since and holder.until and holder.since >= holder.until:
            message = f"{holder.until} is not after since, {holder.since}"
            table.wrong("until", message, "until is the first day out of office")
        elif not misread:  # a term without its true dates would overlap with everybody's
            read.append((table, holder))
    _report_overlaps(read)
    return tuple(holder for _, holder in read)


def _report_overlaps(read: list[tuple[Table, OfficeHolder]]) -> None:
    """Two people cannot hold one office on one day: a quotation of that day would have two speakers."""
    latest: OfficeHolder | None = None
    for table, holder in sorted(read, key=lambda one: one[1].since or date.min):
        if latest is not None and (latest.until or date.max) > (holder.since or date.min):
            table.wrong(
                "since" if table.has("since") else "",
                f"{holder.name} holds the office while {latest.name} still does",
                "end the earlier term on the day the later one begins, or make it another office",
            )
        if latest is None or (holder.until or date.max) > (latest.until or date.max):
            latest = holder


def read_propositions(tables: list[Table], declared: Declared) -> tuple[Proposition, ...]:
    """The sentences tracked, with their patterns and examples."""
    taken: set[str] = set()
    found = []
    for table in tables:
        proposition = Proposition(
            id=table.identifier(taken) or "",
            statement=table.text("statement", required=True) or "",
            patterns=tuple(_read_pattern(one, declared) for one in table.tables("patterns", required=True)),
            examples=tuple(_read_example(one) for one in table.tables("examples")),
        )
        table.close()
        found.append(proposition)
    return tuple(found)


def _read_pattern(table: Table, declared: Declared) -> Pattern:
    term = partial(check_term, entities=declared.entities)
    fields = {name: table.texts(name, check=term) for name in ("who", "does", "what", "whom", "never", "counts")}
    if not any(table.has(name) and table.values[name] for name in ("who", "does", "what", "whom")):
        table.wrong("", "asks for nothing, so it would match every sentence", "give who, does, what or whom")
    if table.has("counts") and not table.has("does"):
        table.wrong("counts", "has no deed to stand beside", "give does, or remove counts")
    mutual = table.flag("mutual")
    if mutual and not (table.has("who") and table.has("whom")):
        table.wrong("mutual", "needs two parties", "give who and whom, or remove mutual")
    stance = table.choice("stance", tuple(Stance), Stance.AFFIRMS) or Stance.AFFIRMS
    table.close()
    return Pattern(**fields, stance=Stance(stance), mutual=mutual)


def _read_example(table: Table) -> Example:
    text = table.text("text", required=True) or ""
    stance = table.choice("stance", tuple(Stance)) if table.has("stance") else None
    table.close()
    return Example(text, Stance(stance) if stance else None)


def read_counted(tables: list[Table], declared: Declared) -> tuple[Counted, ...]:
    """The kinds of things whose numbers are followed; a name stands once on a proposition."""
    known = partial(check_reference, known=declared.propositions, kind="proposition")
    term = partial(check_term, entities=declared.entities)
    taken: set[tuple[str, str]] = set()
    wholes: dict[tuple[str, str], str] = {}
    found = []
    for table in tables:
        name = table.text("name", required=True) or ""
        proposition = table.text("proposition", required=True, check=known) or ""
        words = table.texts("words", required=True, check=term)
        whose, where, never = (table.texts(key, check=term) for key in ("whose", "where", "never"))
        if name and (proposition, name.casefold()) in taken:
            table.wrong("name", f"{name!r} is counted on {proposition} already", "give each kind a name of its own")
        taken.add((proposition, name.casefold()))
        for word in words:
            owner = wholes.get((proposition, word.casefold()))
            if owner is not None:
                message = f"{word!r} counts {owner} already, which is declared before"
                table.wrong("words", message, "leave it to one of the two, or declare the one with where first")
            elif not where:
                wholes[proposition, word.casefold()] = name
        table.close()
        found.append(Counted(name, proposition, words, whose, where, never))
    return tuple(found)


def list_ids(tables: list[Table]) -> frozenset[str]:
    """The ids that tables declare, right or wrong elsewhere: a reference to them is no second problem."""
    ids = (one.values.get("id") for one in tables)
    return frozenset(one.strip() for one in ids if isinstance(one, str))


def check_language(code: str) -> Fault | None:
    """A two- or three-letter language code (ISO 639)."""
    return None if LANGUAGE.fullmatch(code) else (f"{code!r} is no language code", "write en, ko, ru, … (ISO 639)")
