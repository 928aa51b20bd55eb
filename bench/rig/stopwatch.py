"""Seconds by stage, and the most memory a process ever held."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up the wall seconds of each stage, in the order in which stages were first timed."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Counts the block's seconds as the stage's."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.monotonic() - began

    def rows(self) -> list[tuple[str, str, str]]:
        """One row a stage and one for all: its name, its seconds, its share of the whole."""
        whole = sum(self.seconds.values())
        rows = [(stage, f"{spent:.1f}", f"{spent / whole:.0%}") for stage, spent in self.seconds.items()]
        return [*rows, ("all", f"{whole:.1f}", "")]


def peak_memory_mb() -> float:
    """The most memory this process has held so far, in MB (ru_maxrss is in KiB on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
