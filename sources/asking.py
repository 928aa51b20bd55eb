"""How long a publisher asks us to wait before we look again: by the answer's headers, and by the feed itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

LONGEST_S = 31 * 86_400.0
"""More than a month is nobody's wish: it is cut to that."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,9})(?:\.\d*)?\s*", re.ASCII)
_PERIODS_S = {"hourly": 3_600.0, "daily": 86_400.0, "weekly": 604_800.0, "monthly": 2_629_800.0, "yearly": 31_557_600.0}


def read_freshness(headers: Mapping[str, str]) -> float | None:
    """Seconds for which an answer says it stays fresh (RFC 9111, 4.2.1), less its age; None when it does not say."""
    control = headers.get("cache-control", "")
    if "no-cache" in control.lower() or "no-store" in control.lower():
        return None
    if match := _MAX_AGE.search(control):
        fresh_s = float(match[1])
    elif (until := _seconds_between(headers.get("date"), headers.get("expires"))) is not None:
        fresh_s = until
    else:
        return None
    age = _number(headers.get("age")) or 0.0
    return _bounded(fresh_s - age)


def read_rhythm(feed: Mapping[str, Any]) -> float | None:
    """Seconds between two looks that a feed asks for by `ttl` (RSS 2.0: minutes) or `sy:updatePeriod` (RSS 1.0 module).

    `feed` is feedparser's mapping of the channel. The longer one counts; None when it asks for nothing.
    """
    asked = []
    if (minutes := _number(feed.get("ttl"))) is not None:
        asked.append(minutes * 60)
    if (period_s := _PERIODS_S.get(str(feed.get("sy_updateperiod", "")).strip().lower())) is not None:
        asked.append(period_s / max(1.0, _number(feed.get("sy_updatefrequency")) or 1.0))
    return _bounded(max(asked)) if asked else None


def longest(*asked: float | None) -> float | None:
    """The longest of several wishes; None when there is none."""
    return max((one for one in asked if one is not None), default=None)


def _seconds_between(start: str | None, end: str | None) -> float | None:
    try:
        return (parsedate_to_datetime(end or "") - parsedate_to_datetime(start or "")).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None


def _number(value: object) -> float | None:
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return float(match[1]) if match else None


def _bounded(seconds: float) -> float | None:
    return min(seconds, LONGEST_S) if seconds > 0 else None
