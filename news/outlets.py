"""Whose page it is: hosts and names of outlets, as the topic knows them."""

from __future__ import annotations

from news.hosts import host_of, level_name, trim_host
from news.topic import Outlet, Topic

_SHORTEST_LABEL = 3  # the `co` of x.co.uk is shorter


def find_by_host(host: str | None, topic: Topic) -> Outlet | None:
    """The outlet that has this host, or the nearest one above it (`news.x.org` is `x.org`'s)."""
    while host and "." in host:
        if found := topic.outlets_by_host.get(host):
            return found
        host = host.partition(".")[2]
    return None


def find_by_name(name: str | None, topic: Topic) -> Outlet | None:
    """The outlet with that id, name, alias or host (also of a page's address there), whatever the case."""
    if not name:
        return None
    wanted = level_name(name)
    if found := topic.outlets_by_name.get(wanted):
        return found
    host = host_of(wanted) or trim_host(wanted.partition("/")[0])
    return find_by_host(host, topic) if " " not in host else None


def outlet_name(topic: Topic, outlet: str) -> str:
    """An outlet's name in the topic, else what it goes by."""
    known = topic.outlet(outlet)
    return known.name if known else outlet


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
    return trim_host(level_name(name))
