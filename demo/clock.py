"""The simulated clock: a file with a moment in it, written by the replay and read by the demo wire's server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path


class FileClock:
    """Gives the moment that stands in the file; before anyone wrote one, the beginning of time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> datetime:
        """The simulated moment, in UTC."""
        try:
            return datetime.fromisoformat(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return datetime.min.replace(tzinfo=UTC)
