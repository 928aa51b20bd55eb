"""A discovered source as the tables of a topic file: the source, and its outlet where the host is new."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from news.hosts import host_of
from news.outlets import find_by_host
from news.topic import Outlet, Source, Topic
from sources.discovery import Candidate, Discovery

_NO_ID = re.compile(r"[^a-z0-9]+")
_SECOND_LEVEL = 3  # letters of the `co` in x.co.uk, at most


def propose(found: Discovery, candidate: Candidate, topic: Topic) -> tuple[Outlet | None, Source]:
    """The outlet to declare (None when the topic knows the host) and the source, with ids that are still free."""
    home = found.home
    host = host_of(home.address) or home.address
    known = find_by_host(host, topic)
    outlet = None
    if known is None:
        outlet_id = _free(_name_host(host), {one.id for one in topic.outlets})
        outlet = Outlet(outlet_id, home.name or host, hosts=(host,))
    publisher = known or outlet
    owner = publisher.id if publisher else host
    taken = {one.id for one in topic.sources}
    source = Source(
        id=_free(owner if owner not in taken else f"{owner}-{candidate.hint.kind}", taken),
        outlet=owner,
        kind=candidate.hint.kind,
        address=candidate.address,
        found_in=home.address,
        lang=home.lang,
    )
    return outlet, source


def _name_host(host: str) -> str:
    """An id from the part of a host that tells it apart: `hill` of hill.example and of hill.co.uk."""
    parts = host.split(".")
    while len(parts) > 1 and (parts[-1] == host.rsplit(".", 1)[-1] or len(parts[-1]) <= _SECOND_LEVEL):
        parts.pop()
    return _NO_ID.sub("-", "-".join(parts).lower()).strip("-") or "outlet"


def _free(wanted: str, taken: Collection[str]) -> str:
    return next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken)
