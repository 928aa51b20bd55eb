"""How far a round is, said through `logging`: a display listens with a handler, Prefect collects the same records."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

LOGGER = logging.getLogger("volteface.progress")
KEY = "volteface_count"


def tell(what: str, count: int = 1, note: str = "") -> None:
    """Adds `count` to the tally named `what` (polled, fetched, filed, folded, claims, …)."""
    if count or note:
        LOGGER.info("%s +%d %s", what, count, note, extra={KEY: (what, count, note)})


def tell_day(now: datetime) -> None:
    """Says which simulated moment a replay has reached."""
    LOGGER.info("day %s", now.date(), extra={KEY: ("day", 0, now.date().isoformat())})


class Listener(logging.Handler):
    """Hands every count to a callback: what, count, note."""

    def __init__(self, callback: Callable[[str, int, str], None]) -> None:
        super().__init__(logging.INFO)
        self._callback = callback

    def emit(self, record: logging.LogRecord) -> None:
        """Passes on records that carry a count; others are not ours."""
        told = getattr(record, KEY, None)
        if told is not None:
            self._callback(*told)
