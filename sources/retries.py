"""Whether to ask again, and when: pure rules over one failed try."""

from __future__ import annotations

import math
from email.utils import parsedate_to_datetime

from news.errors import FetchError

LONGEST_WAIT_S = 60.0
"""A server that asks for a longer wait is asked again in a later round, not in this one."""

_PASSING = frozenset({408, 425, 429})
_LASTING_5XX = frozenset({501, 505})


def is_passing(status: int) -> bool:
    """Whether an answer of this HTTP status may be another one a little later."""
    return status in _PASSING or (500 <= status <= 599 and status not in _LASTING_5XX)  # noqa: PLR2004 - RFC 9110, 15.6


def read_retry_after(value: str | None, date: str | None) -> float | None:
    """Seconds a server asks us to wait (RFC 9110, 10.2.3); a moment counts from the server's own Date header."""
    if value is None:
        return None
    if value.strip().isdecimal() and value.isascii():
        return float(min(int(value.strip()[:10]), 10**9))
    try:
        if date is None:
            return None
        seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, seconds)


def find_wait(error: FetchError, attempt: int, attempts: int, backoff_s: float, draw: float) -> float | None:
    """Seconds until the next try after the `attempt`th (from 1) of `attempts` failed, or None to give up.

    The wait doubles each time and is drawn from half to one and a half of that (`draw` is 0 to 1), so that many
    clients do not come back at once; a server's Retry-After is never undercut.
    """
    if error.permanent or attempt >= attempts:
        return None
    asked_s = error.retry_after_s or 0.0
    if asked_s > LONGEST_WAIT_S:
        return None
    wait_s = min(backoff_s * math.pow(2, attempt - 1) * (0.5 + draw), LONGEST_WAIT_S)
    return max(wait_s, asked_s)
