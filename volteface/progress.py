"""The live display of a round: counts by step on a terminal, a line now and then where there is none."""

from __future__ import annotations

import logging
import time
from collections import Counter
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from flows.progress import LOGGER, Listener
from volteface.terminal import plain

STEPS = (
    ("polled", "sources polled"),
    ("fetched", "pages fetched"),
    ("filed", "articles filed"),
    ("folded", "copies folded"),
    ("claims", "claims read"),
    ("shift", "shifts"),
    ("digests", "digests"),
)
LINE_EVERY_S = 5.0


class Display:
    """Shows the counts while the block runs, on stderr. `total` is the number of simulated moments of a replay."""

    def __init__(self, title: str, total: int | None = None) -> None:
        self._title = title
        self._total = total
        self._counts: Counter[str] = Counter()
        self._day = ""
        self._days = 0
        self._listener = Listener(self._told)
        self._console = Console(stderr=True)
        self._live = Live(self._table(), console=self._console, refresh_per_second=8, transient=False)
        self._last_line = time.monotonic()

    def __enter__(self) -> Self:
        """Begins to listen."""
        LOGGER.addHandler(self._listener)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
        if self._console.is_terminal:
            self._live.start()
        else:
            self._console.print(f"{self._title} ...")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Shows the last counts and stops listening."""
        LOGGER.removeHandler(self._listener)
        if self._console.is_terminal:
            self._live.update(self._table())
            self._live.stop()
        else:
            self._console.print(self._line(), soft_wrap=True)

    def _told(self, what: str, count: int, note: str) -> None:
        if what == "day":
            self._day = note
            self._days += 1
        self._counts[what] += count
        if self._console.is_terminal:
            self._live.update(self._table())
        elif time.monotonic() - self._last_line > LINE_EVERY_S:
            self._last_line = time.monotonic()
            self._console.print(self._line(), soft_wrap=True)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        share = f"{self._days / self._total:4.0%}" if self._total else ""
        table.add_row(Text(self._title, style="bold"), Text(self._day), Text(share))
        for key, label in STEPS:
            table.add_row(Text(f"  {label}"), Text(f"{self._counts[key]:>7,}"))
        return table

    def _line(self) -> str:
        counts = " · ".join(f"{self._counts[key]:,} {label}" for key, label in STEPS)
        return plain(f"{self._day} {counts}".strip())
