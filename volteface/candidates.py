"""Sources behind home pages, shown to a user: what works and what does not, the tables to paste, the best one added.

All that is shown came from outside: it goes through `plain` on its way to the terminal, and is escaped in TOML.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from news.errors import ConfigurationError, FetchError, StepError
from news.filing import url_key
from news.topic import Source, Topic
from news.topic_entry import append_entry, write_entry
from sources.discovery import Candidate, Discovery, complete, discover
from sources.fetcher import FetchLimits
from sources.politeness import Sleep
from sources.proposal import propose
from volteface.terminal import plain, print_json, say

PATIENT = replace(FetchLimits(), attempts=2)  # somebody is waiting in front of it
SHOWN = 8
TITLES = 3


def find_sources(
    topic: Topic,
    addresses: Sequence[str],
    now: datetime,
    user_agent: str,
    *,
    add: bool = False,
    as_json: bool = False,
    limits: FetchLimits = PATIENT,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Looks behind each address, shows what was found, prints the best one's tables on stdout or adds them.

    Raises:
        ConfigurationError: an address is none; with `add`, the source is there already, or the file cannot take it.
        StepError: some address could not be fetched, or nothing to poll was found behind it; the others were done.
    """
    for given in addresses:
        check_address(given)
    troubles = []
    for given in addresses:
        try:
            found = discover(given, limits, topic, now, user_agent=user_agent, sleep=sleep)
        except FetchError as error:
            troubles.append(str(error))
            continue
        working = [one for one in found.candidates if one.works]
        added = None
        if not as_json:
            _show(found, topic)
        if not working:
            troubles.append(_say_nothing_found(found))
        elif add:
            topic, added = _add(found, working[0], topic)
        elif not as_json:
            _print_tables(found, working[0], topic)
        if as_json:
            print_json(_row(found, one, place, topic, added) for place, one in enumerate(found.candidates, 1))
    if troubles:
        raise StepError("\n".join(troubles))


def check_address(given: str) -> None:
    """Refuses what is no web address.

    Raises:
        ConfigurationError: it is none, and why.
    """
    try:
        complete(given)
    except FetchError as error:
        raise ConfigurationError(error.message, error.mend) from error


def known_as(candidate: Candidate, topic: Topic) -> Source | None:
    """The topic's own source of that address, under any spelling."""
    keys = {url_key(candidate.address), url_key(candidate.hint.address)}
    return next((one for one in topic.sources if url_key(one.address) in keys), None)


def _add(found: Discovery, best: Candidate, topic: Topic) -> tuple[Topic, Source]:
    if known := known_as(best, topic):
        raise ConfigurationError(
            f"{plain(best.address)} is in {topic.path} already, as {known.id}", "nothing was changed: there is no need"
        )
    outlet, source = propose(found, best, topic)
    changed = append_entry(Path(topic.path), outlet, source)
    new = f"outlet {outlet.id} and " if outlet else ""
    say(plain(f"added {new}source {source.id} to {topic.path}: {source.address}"))
    return changed, source


def _print_tables(found: Discovery, best: Candidate, topic: Topic) -> None:
    if known := known_as(best, topic):
        say(plain(f"The best of them is in the topic already, as {known.id}."))
        return
    say(f"To poll the best of them, put this into {plain(topic.path)}, or run the command again with --add:")
    click.echo(write_entry(*propose(found, best, topic)), nl=False)


def _show(found: Discovery, topic: Topic) -> None:
    name = f" ({found.home.name})" if found.home.name else ""
    working = sum(one.works for one in found.candidates)
    say(plain(f"{found.home.address}{name}: {working} of {len(found.candidates)} addresses found there work"))
    for place, one in enumerate(found.candidates[:SHOWN], 1):
        say(plain(f"{place}. {one.hint.kind} {one.hint.address} ({_named_by(one)}): {describe(one)}"))
        if known := known_as(one, topic):
            say(plain(f"   in the topic already, as {known.id}"))
        for title in titles(one):
            say("   - " + plain(title)[:100])
    if len(found.candidates) > SHOWN:
        say(f"… and {len(found.candidates) - SHOWN} more: --json shows them all")


def _named_by(one: Candidate) -> str:
    by = {"link": "named by the page", "anchor": "linked from the page", "itself": "the address itself"}
    return by.get(one.hint.named_by, f"from the {one.hint.named_by}")


def describe(one: Candidate) -> str:
    """What a look at an address gave, in a few words."""
    if not one.works:
        return f"does not work: {one.poll.error or 'nothing in it'}"
    newest = f", the newest of {one.newest:%Y-%m-%d}" if one.newest else ", without dates"
    moved = f"; moved to {one.poll.moved_to}" if one.poll.moved_to else ""
    return f"{len(one.poll.items):,} items{newest}{moved}"


def titles(one: Candidate) -> list[str]:
    """The first titles of what it lists."""
    return [item.title for item in one.poll.items if item.title][:TITLES]


def _say_nothing_found(found: Discovery) -> str:
    """Why there is nothing to poll, and what to do: a listing, with a guess at its selector."""
    home = found.home
    message = f"no feed or sitemap that works was found behind {home.address}"
    if home.listing is None:
        return f'{message}: give the address of a page that lists its articles, and poll that as kind = "listing"'
    one = home.listing
    firsts = "; ".join(one.headlines)
    return (
        f'{message}: poll the page itself, as kind = "listing" with select = "{one.select}", which selects '
        f"{one.links} links there ({firsts[:200]})"
    )


def _row(found: Discovery, one: Candidate, place: int, topic: Topic, added: Source | None) -> Mapping[str, Any]:
    known = known_as(one, topic)
    outlet, source = propose(found, one, topic)
    return {
        "home": found.home.address,
        "place": place,
        "address": one.hint.address,
        "kind": one.hint.kind,
        "named_by": one.hint.named_by,
        "works": one.works,
        "items": len(one.poll.items),
        "newest": one.newest,
        "titles": titles(one),
        "moved_to": one.poll.moved_to,
        "error": one.poll.error,
        "known_as": known.id if known else None,
        "added": bool(added and known and known.id == added.id),
        "toml": None if known or not one.works else write_entry(outlet, source),
    }
