"""Times as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from news.errors import ConfigurationError

AGO = re.compile(r"(\d{1,4})([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(given: str, option: str, now: datetime | None = None) -> datetime:
    """The moment meant by `2024-10-10`, `2024-10-10T12:00Z` or `7d` (ago); UTC where no zone is given.

    A bare day is its beginning, or for an option that ends a span (`--until`, `--as-of`) its end.

    Raises:
        ConfigurationError: anything else, naming the option.
    """
    if ago := AGO.fullmatch(given):
        return (now or datetime.now(UTC)) - timedelta(**{UNITS[ago[2]]: int(ago[1])})
    try:
        read = datetime.fromisoformat(given)
    except ValueError:
        raise ConfigurationError(
            f"{option} {given!r} is no time", "write 2024-10-10, 2024-10-10T12:00Z or 7d"
        ) from None
    if read.tzinfo is None:
        read = read.replace(tzinfo=UTC)
    if len(given) <= len("2024-10-10") and option in {"--until", "--as-of"}:
        read += timedelta(days=1) - timedelta(microseconds=1)
    return read
