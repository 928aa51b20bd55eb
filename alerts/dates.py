"""Days and moments as a reader writes them: "24 October 2024", "24 October 2024, 06:00 UTC"."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Named here, not by strftime: a digest must not change with the machine's locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(when: date | None) -> str:
    """The day in words; "undated" where it is not known."""
    return "undated" if when is None else f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime, zone: tzinfo = UTC) -> str:
    """The day and the minute in that zone, with the zone's name."""
    local = when.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M} {local.tzname()}"


def zone_of(name: str) -> tzinfo:
    """The time zone of that name, or UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
