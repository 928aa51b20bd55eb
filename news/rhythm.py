"""When a source is looked at again, and whether something slipped by between two looks. Pure rules.

The interval between two looks follows what the source does:

1. With fewer than `FEWEST` arrivals known, it is the source's own `every`.
2. Else it is half the usual time between two arrivals: the mean over the last weeks, counted up to now, so that a
   source that falls quiet is asked less and less.
3. A source that shows only its newest items is asked at least twice in the time in which, at its busiest, everything it
   shows is replaced by newer items.
4. That lies between `fastest` and `slowest` (a quarter of `every`, and eight times it, where the topic states none).
5. What the publisher asks for (`ttl`, `sy:updatePeriod`, `Cache-Control`) makes it longer, up to `slowest`.
6. After failures it is `every`, doubled with each further one, up to `slowest`; an address closed to robots is asked
   for at `slowest`.
7. A Retry-After is never undercut, up to a week.
8. A tenth more or less, drawn from the source and the moment, keeps sources from being asked all at once; it is the
   same whenever it is worked out.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from news.article import Poll
from news.filing import url_key
from news.topic import Source

FEWEST = 5
"""Arrivals from which on a rhythm can be told."""

LOOKED_BACK = timedelta(days=21)
"""How far back arrivals count for the rhythm."""

_LONGEST_WISH = timedelta(days=7)
_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a source before a look.

    `arrivals` are the items it listed lately, by key: when each was published, or else first seen. `last_good` is the
    last look that was answered, `last_listed` how many items that or an earlier look listed last; None and 0 when there
    has been none. `failures` are those in a row up to now.
    """

    arrivals: Mapping[str, datetime] = field(default_factory=dict)
    last_good: datetime | None = None
    last_listed: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """When a source is due again, and the look since which something may have slipped by (None: nothing has)."""

    next_at: datetime
    gap_since: datetime | None = None


def judge_look(source: Source, look: Poll, history: History) -> Verdict:
    """What one look means for the source's next one, and whether its window had moved on too far."""
    return Verdict(look.at + find_interval(source, look, history), find_gap(look, history))


def find_interval(source: Source, look: Poll, history: History) -> timedelta:
    """How long to wait after a look, by the rules above."""
    fastest, slowest = bounds_of(source)
    if look.robots == "closed":
        interval = slowest
    elif look.outcome == "failed":
        interval = min(source.every * 2 ** min(history.failures, 20), slowest)
    else:
        interval = min(max(_find_rhythm(source, look, history), fastest), slowest)
        interval = max(interval, min(timedelta(seconds=look.asked_s or 0.0), slowest))
    spread = interval * (1 - _SPREAD + 2 * _SPREAD * _draw(source.id, look.at))
    spread = min(max(spread, fastest), slowest)
    return max(spread, min(timedelta(seconds=look.retry_after_s or 0.0), _LONGEST_WISH))


def bounds_of(source: Source) -> tuple[timedelta, timedelta]:
    """The shortest and the longest interval of a source."""
    fastest = source.fastest if source.fastest is not None else source.every / 4
    return fastest, source.slowest if source.slowest is not None else source.every * 8


def find_gap(look: Poll, history: History) -> datetime | None:
    """The last answered look, when items may have come and gone between it and this one; None when none can have.

    A window that still shows the newest items of the look before has shown everything since. It is a gap when nothing
    that is listed was known; or when, beside older ones that stay on top for good, most of what was known is gone. Of a
    few that are gone, their page was taken down.
    """
    if not look.windowed or look.outcome != "items" or not look.items or history.last_good is None:
        return None
    listed = {url_key(item.url) for item in look.items}
    known = listed & history.arrivals.keys()
    before = sorted(history.arrivals, key=lambda key: history.arrivals[key])[-history.last_listed :]
    if not before or not history.last_listed:
        return None
    if not known:
        return history.last_good
    newest = max(history.arrivals[key] for key in known)
    gone = [key for key in before if key not in listed and history.arrivals[key] > newest]
    return history.last_good if len(gone) > 1 and len(gone) >= len(before) / 2 else None


def _find_rhythm(source: Source, look: Poll, history: History) -> timedelta:
    moments = _arrivals(look, history)
    if len(moments) < FEWEST or moments[0] >= look.at:
        return source.every
    usual = (look.at - moments[0]) / len(moments) / 2
    shown = len(look.items) or history.last_listed
    if look.windowed and 0 < shown < len(moments):
        rolled = min(later - earlier for earlier, later in zip(moments, moments[shown:], strict=False))
        usual = min(usual, max(rolled / 2, timedelta(seconds=1)))
    return usual


def _arrivals(look: Poll, history: History) -> list[datetime]:
    """The moments at which the source's items of the last weeks came, those of this look among them, in order."""
    moments = dict(history.arrivals)
    for item in look.items:
        moments.setdefault(url_key(item.url), item.published or look.at)
    return sorted(moment for moment in moments.values() if look.at - LOOKED_BACK <= moment <= look.at)


def _draw(source_id: str, at: datetime) -> float:
    """A number of 0 to 1 that looks random and is the same for the same source and moment."""
    return zlib.crc32(f"{source_id} {at.isoformat()}".encode()) / 0xFFFFFFFF
