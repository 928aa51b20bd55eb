"""How news comes in and goes out: a topic's outlets, sources, subscribers and fetch rules, read from their tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from news.finding import FindingKind
from news.topic import Outlet, Source, Subscriber
from news.topic_content import Declared, check_language
from news.topic_table import Table
from news.topic_value import (
    ENVIRONMENT_NAME,
    Fault,
    check_endpoint,
    check_folder,
    check_host,
    check_mail,
    check_reference,
    check_timezone,
    check_web_address,
    is_secret,
)

OUTLET_KINDS = ("wire", "state", "daily", "specialist", "aggregator", "farm", "blog", "broadcaster", "general")
LOCAL_KINDS = ("folder", "mail", "inbox", "archive")
"""Kinds of source that are polled without a network: their address is a path."""
SOURCE_KINDS = ("feed", "jsonfeed", "sitemap", "gdelt", "search", "listing", *LOCAL_KINDS)
CHANNELS = ("file", "email", "slack")


def check_search(address: str) -> Fault | None:
    """A web address with a query to search for: GDELT's, https://api.gdeltproject.org/api/v2/doc/doc?query=…."""
    if fault := check_web_address(address):
        return fault
    asked = dict(parse_qsl(urlsplit(address).query))
    return None if asked.get("query", "").strip() else ("asks for nothing", "add what to search for: ?query=…")


_ADDRESS_CHECKS = {kind: check_folder if kind in LOCAL_KINDS else check_web_address for kind in SOURCE_KINDS}
_ADDRESS_CHECKS["gdelt"] = check_search


def read_outlets(tables: list[Table], declared: Declared) -> tuple[Outlet, ...]:
    """The publishers; a host belongs to one outlet only."""
    taken: set[str] = set()
    owners: dict[str, str] = {}
    found = []
    for table in tables:
        outlet = Outlet(
            id=table.identifier(taken) or "",
            name=table.text("name", required=True) or "",
            kind=table.choice("kind", OUTLET_KINDS, "general") or "",
            hosts=table.texts("hosts", check=check_host),
            aliases=table.texts("aliases"),
            country=table.text("country"),
            voice=table.text("voice", check=partial(check_reference, known=declared.entities, kind="entity")),
            family=table.text("family"),
        )
        for host in outlet.hosts:
            if owners.setdefault(host, outlet.id) != outlet.id:
                table.wrong("hosts", f"{host} already belongs to {owners[host]}", "leave it to one of the two")
        table.close()
        found.append(outlet)
    return tuple(found)


def read_sources(tables: list[Table], declared: Declared) -> tuple[Source, ...]:
    """The addresses polled; each says where it was found, or that nobody has verified it."""
    taken: set[str] = set()
    addresses: dict[str, str] = {}
    found = []
    for table in tables:
        kind = table.choice("kind", SOURCE_KINDS) or ""
        source = Source(
            id=table.identifier(taken) or "",
            outlet=table.text(
                "outlet", required=True, check=partial(check_reference, known=declared.outlets, kind="outlet")
            )
            or "",
            kind=kind,
            address=table.text("address", required=True, check=_ADDRESS_CHECKS.get(kind)) or "",
            every=table.span("every", timedelta(hours=1)),
            fastest=table.span("fastest", timedelta(hours=1)) if table.has("fastest") else None,
            slowest=table.span("slowest", timedelta(hours=1)) if table.has("slowest") else None,
            select=table.text("select", required=kind == "listing"),
            found_in=table.text("found_in", check=check_web_address),
            unverified=table.flag("unverified"),
            lang=table.text("lang", check=check_language),
        )
        _check_pace(table, source)
        if source.select and kind != "listing":
            table.wrong("select", f"means nothing for a {kind}", 'remove it, or make the source kind = "listing"')
        other = addresses.setdefault(source.address, source.id)
        if source.address and other != source.id:
            table.wrong("address", f"is that of {other}, too", "poll an address once")
        if not _is_traced(source, declared) and not table.has("found_in"):
            table.wrong(
                "",
                "says neither where its address was found nor that it is unverified",
                "add found_in, or unverified = true",
            )
        table.close()
        found.append(source)
    return tuple(found)


def _check_pace(table: Table, source: Source) -> None:
    """The bounds of the interval lie around it."""
    if source.fastest is not None and source.fastest > source.every:
        table.wrong("fastest", "is slower than every", "make it shorter than every, or leave it out")
    if source.slowest is not None and source.slowest < source.every:
        table.wrong("slowest", "is faster than every", "make it longer than every, or leave it out")


def _is_traced(source: Source, declared: Declared) -> bool:
    if source.unverified or source.kind in {"", *LOCAL_KINDS}:
        return True  # stated, local, or of no kind, which is reported already
    return urlsplit(source.address).hostname in declared.local_hosts


def read_subscribers(tables: list[Table], declared: Declared) -> tuple[Subscriber, ...]:
    """Who gets digests."""
    taken: set[str] = set()
    found = []
    for table in tables:
        channel = table.choice("channel", CHANNELS) or ""
        subscriber = Subscriber(
            id=table.identifier(taken) or "",
            name=table.text("name", required=True) or "",
            channel=channel,
            every=table.span("every", timedelta(days=1)),
            propositions=table.texts(
                "propositions", check=partial(check_reference, known=declared.propositions, kind="proposition")
            ),
            kinds=table.texts(
                "kinds", check=partial(check_reference, known=tuple(FindingKind), kind="kind of finding")
            ),
            timezone=table.text("timezone", check=check_timezone) or "UTC",
        )
        found.append(_read_address(table, subscriber))
        table.close()
    return tuple(found)


def _read_address(table: Table, subscriber: Subscriber) -> Subscriber:
    check = {"file": check_folder, "email": check_mail, "slack": _refuse_address}.get(subscriber.channel)
    address = table.text(
        "address", check=_check_secret if check is None else lambda text: _check_secret(text) or check(text)
    )
    name = table.text("address_env", check=_check_environment_name)
    if not table.has("address") and not table.has("address_env"):
        table.wrong("", "has no address", 'add address = "…", or address_env = "NAME" for one kept secret')
    elif table.has("address") and table.has("address_env"):
        table.wrong("address_env", "there is an address as well", "keep one of the two")
    return replace(subscriber, address=address, address_env=name)


def read_fetch(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The hosts allowed on a private network, and the addresses that stand for host names."""
    hosts = table.texts("allow_hosts", check=check_host)
    pairs: list[tuple[str, str]] = []
    resolve = table.table("resolve")
    for host in resolve.values if resolve else ():
        fault = check_host(host)
        if resolve and fault:
            resolve.wrong(host, *fault)
        endpoint = resolve.text(host, check=check_endpoint) if resolve else None
        if endpoint and not fault:
            pairs.append((host, endpoint))
    table.close()
    return hosts, tuple(pairs)


def _check_secret(address: str) -> Fault | None:
    return (
        ("seems to hold a secret", "keep it in the environment and name it: address_env")
        if is_secret(address)
        else None
    )


def _refuse_address(_address: str) -> Fault:
    return "a webhook is a secret and must not stand in the file", "keep it in the environment and name it: address_env"


def _check_environment_name(name: str) -> Fault | None:
    if ENVIRONMENT_NAME.fullmatch(name):
        return None
    # Not shown: whoever mistakes this key may have put the secret itself here.
    return "is no name of an environment variable", "write it in capitals, such as VOLTEFACE_SLACK"
