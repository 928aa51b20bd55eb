"""What a process works with: the topic, the warehouse, the settings, and what is made of them once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cached_property

from analysis.reading import Reader
from flows.cleaning import Cleaner
from flows.setting import Settings
from news.topic import Topic
from sources.fetcher import FetchLimits
from warehouse.store import Warehouse


@dataclass
class Desk:
    """What the stages of a round work with; one a process, so that names are compiled and processes started once.

    `limits` bound every fetch. `patience` False spends no time on delays and backoff, for a simulated clock.
    """

    topic: Topic
    warehouse: Warehouse
    settings: Settings
    limits: FetchLimits = field(default_factory=FetchLimits)
    patience: bool = True
    read_all: bool = False
    prepared: bool = False  # whether what earlier versions filed has its marks

    async def sleep(self, seconds: float) -> None:
        """Waits between requests and before a retry, in real time or, without patience, not at all."""
        await asyncio.sleep(seconds if self.patience else 0)

    @cached_property
    def reader(self) -> Reader:
        """The reader of claims, its names compiled once."""
        return Reader(self.topic)

    @cached_property
    def cleaner(self) -> Cleaner:
        """What cleans pages, in as many processes as pay."""
        return Cleaner(self.topic)
