"""Whose page it is: hosts and names of outlets, as the topic knows them."""

from __future__ import annotations

from urllib.parse import urlsplit

from news.topic import Outlet, Topic

_SHORTEST_LABEL = 3  # the `co` of x.co.uk is shorter
_IDLE_PREFIXES = ("www.", "m.", "amp.", "mobile.")


def host_of(url: str | None) -> str | None:
    """The host of a web address in lower case, without `www.` and the like; None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return trim_host(host) if host and parts.scheme in {"http", "https"} else None


def trim_host(host: str) -> str:
    """A host without the prefixes that do not tell outlets apart."""
    host = host.lower().rstrip(".")
    for prefix in _IDLE_PREFIXES:
        host = host.removeprefix(prefix)
    return host


def find_by_host(host: str | None, topic: Topic) -> Outlet | None:
    """The outlet that has this host, or the nearest one above it (`news.x.org` is `x.org`'s)."""
    while host and "." in host:
        for outlet in topic.outlets:
            if any(trim_host(own) == host for own in outlet.hosts):
                return outlet
        host = host.partition(".")[2]
    return None


def find_by_name(name: str | None, topic: Topic) -> Outlet | None:
    """The outlet with that id, name, alias or host, whatever the case."""
    if not name:
        return None
    wanted = name.strip().casefold().removeprefix("the ")
    for outlet in topic.outlets:
        names = (outlet.id, outlet.name, *outlet.aliases)
        if any(one.casefold().removeprefix("the ") == wanted for one in names):
            return outlet
    return find_by_host(trim_host(wanted), topic) if "." in wanted and " " not in wanted else None


def same_publisher(one: str, other: str, topic: Topic) -> bool:
    """Whether two names or hosts mean one publisher: one outlet of the topic, one host, or one name."""
    known, known_other = find_by_name(one, topic), find_by_name(other, topic)
    if known is not None or known_other is not None:
        return known is not None and known_other is not None and known.id == known_other.id
    first, second = _bare(one), _bare(other)
    if first.endswith("." + second) or second.endswith("." + first):
        return True
    return _label(first) == _label(second)


def _label(name: str) -> str:
    """The part of a name or host that tells it apart: `ap` of AP, apnews.com and AP News."""
    if "." in name and " " not in name:
        parts = name.split(".")
        name = parts[-2] if len(parts[-2]) > _SHORTEST_LABEL or len(parts) == 2 else parts[-3]  # noqa: PLR2004 - x.org
    letters = "".join(filter(str.isalnum, name))
    return letters.removesuffix("online").removesuffix("news") or letters


def _bare(name: str) -> str:
    return trim_host(name.strip().casefold().removeprefix("the "))
