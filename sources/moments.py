"""Dates as outside text writes them, read into moments that know how exact they are. Nothing here looks at a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import SupportsIndex

from news.article import Precision

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
"""Nothing published before this is taken for a date of publication."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
            *("september sept sep", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
"""A pattern for an English month's name or abbreviation, to be used without regard to case."""

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DAY_PATTERN = rf"(?:{MONTH}\s+{_DAY},?\s+\d{{4}}|{_DAY}\s+{MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)"
"""A pattern for a full day, as English or ISO 8601 writes it, to be used without regard to case."""

_ISO = re.compile(
    r"(\d{4})-(\d\d?)(?:-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?)?",
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", re.ASCII)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
_MONTH_FIRST = re.compile(rf"\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE | re.ASCII)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH}),?\s+(\d{{4}})\b", re.IGNORECASE | re.ASCII)
_RELATIVE = re.compile(
    r"\b(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s+(minute|min|hour|hr|day|week|month|year)s?\s+ago\b",
    re.IGNORECASE | re.ASCII,
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/_.-]|$)", re.ASCII)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)(?=/|$)", re.ASCII)
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_SPANS = {
    "min": (timedelta(minutes=1), Precision.DAY),
    "hou": (timedelta(hours=1), Precision.DAY),
    "hr": (timedelta(hours=1), Precision.DAY),
    "day": (timedelta(days=1), Precision.DAY),
    "wee": (timedelta(weeks=1), Precision.WEEK),
    "mon": (timedelta(days=30.4375), Precision.MONTH),
    "yea": (timedelta(days=365.25), Precision.YEAR),
}
_LONGEST = 200
_MILLISECONDS = 100_000_000_000  # an epoch number above this counts milliseconds (in seconds it were the year 5138)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time and how exactly it is known; coarser than a second, `when` is the start of the day, month or year."""

    when: datetime
    precision: Precision


def read_moment(text: str) -> Moment | None:
    """The moment a text states: ISO 8601 (or a part), RFC 5322, seconds or milliseconds since 1970, English dates.

    A time without a zone is taken as UTC; midnight to the second is taken as a mere day.
    """
    text = text.strip()[:_LONGEST]
    if _EPOCH.fullmatch(text):
        return read_epoch(float(text))
    if match := _ISO.match(text):
        return _from_iso(match)
    if match := _COMPACT.fullmatch(text):
        return _on_day(*match.groups())
    try:
        return _exact(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return find_day(text)


def read_epoch(number: float) -> Moment | None:
    """The moment that many seconds, or (when that large) milliseconds, after 1970."""
    seconds = number / 1000 if abs(number) >= _MILLISECONDS else number
    try:
        return _exact(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def find_day(text: str) -> Moment | None:
    """The first full English date in a text ("Oct. 18, 2024", "18 October 2024")."""
    if match := _MONTH_FIRST.search(text):
        return _on_day(match[3], month_number(match[1]), match[2])
    if match := _DAY_FIRST.search(text):
        return _on_day(match[3], month_number(match[2]), match[1])
    return None


def find_relative(text: str, seen: datetime) -> Moment | None:
    """The moment of the first "2 weeks ago" or "yesterday", counted back from `seen`."""
    if match := _RELATIVE.search(text):
        count = _WORDS.get(match[1].lower()) or (int(match[1]) if match[1].isdecimal() else 1)
        span, precision = _SPANS[match[2].lower()[:3]]
        return _floor(seen - count * span, precision)
    if re.search(r"\byesterday\b", text, re.IGNORECASE):
        return _floor(seen - timedelta(days=1), Precision.DAY)
    return None


def find_url_day(url: str) -> Moment | None:
    """The day or month that an address carries in its path (/2024/10/18/, /20241018-…, /2024/oct/18/)."""
    path = url.partition("?")[0][:2000].lower()
    if match := _URL_DAY.search(path):
        month = match[2] if match[2].isdecimal() else MONTHS.get(match[2], 0)
        if moment := _on_day(match[1], month, match[3]):
            return moment
    if (match := _COMPACT.search(path)) and (moment := _on_day(*match.groups())):
        return moment
    if (match := _URL_MONTH.search(path)) and 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - months
        return Moment(datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC), Precision.MONTH)
    return None


def month_number(name: str) -> int:
    """1 to 12 for an English month's name or abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def start_of(day: date) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _from_iso(match: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        if day is None:
            return Moment(datetime(int(year), int(month), 1, tzinfo=UTC), Precision.MONTH)
        if hour is None:
            return _on_day(year, month, day)
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
        return _exact(local - _offset(zone), local)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if zone[0] == "-" else size


def _exact(when: datetime, local: datetime | None = None) -> Moment | None:
    local = local or when
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return _on_day(local.year, local.month, local.day)
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return Moment(when.replace(microsecond=0), Precision.SECOND) if when >= EARLIEST else None


def _on_day(year: str | SupportsIndex, month: str | SupportsIndex, day: str | SupportsIndex) -> Moment | None:
    try:
        when = datetime(int(year), int(month), int(day), tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(when, Precision.DAY) if when >= EARLIEST else None


def _floor(when: datetime, precision: Precision) -> Moment:
    day = start_of(when.astimezone(UTC).date())
    if precision is Precision.YEAR:
        day = day.replace(month=1, day=1)
    elif precision is Precision.MONTH:
        day = day.replace(day=1)
    return Moment(day, precision)
