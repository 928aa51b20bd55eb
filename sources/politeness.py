"""Taking turns at a host: so many requests at once, and so long between two of them.

In process, because a scheduler's limits cost seconds a wait. Time is only ever spent through the given `sleep`, so a
simulated clock spends none.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Sleep = Callable[[float], Awaitable[None]]
"""Waits that many seconds."""

LONGEST_DELAY_S = 30.0
"""A crawl delay above this is cut to it: robots.txt is outside text and must not stop a round for hours."""


class HostTurns:
    """Who may ask a host next; `concurrency` bounds the requests to all hosts together."""

    def __init__(self, *, per_host: int, delay_s: float, concurrency: int, sleep: Sleep) -> None:
        self._delay_s = delay_s
        self._sleep = sleep
        self._all = asyncio.Semaphore(concurrency)
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))
        self._next_at: dict[str, float] = {}
        self._crawl_delay_s: dict[str, float] = {}
        self._least_s: dict[str, float] = {}

    def keep_apart(self, host: str, delay_s: float) -> None:
        """Leave at least so long between two requests to a host, whatever its robots.txt says."""
        self._least_s[host] = delay_s

    def slow_down(self, host: str, delay_s: float) -> None:
        """Take a host's own wish for a longer delay (crawl-delay) into account."""
        self._crawl_delay_s[host] = min(delay_s, LONGEST_DELAY_S)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host` and hold it."""
        async with self._hosts[host]:
            await self._keep_distance(host)
            async with self._all:
                yield

    async def _keep_distance(self, host: str) -> None:
        delay_s = max(self._delay_s, self._crawl_delay_s.get(host, 0.0), self._least_s.get(host, 0.0))
        at = max(time.monotonic(), self._next_at.get(host, 0.0))
        self._next_at[host] = at + delay_s
        wait_s = at - time.monotonic()
        if wait_s > 0:
            await self._sleep(wait_s)
