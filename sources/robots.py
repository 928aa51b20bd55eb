"""What a host lets robots fetch (RFC 9309), asked once per host."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from news.errors import FetchError

_LARGEST_BYTES = 500 * 1024  # RFC 9309, 2.5: what a crawler must read at least, and we at most
_TOO_MANY = 429


class HostClosed(FetchError):
    """A host whose robots.txt could not be had: asked for with all tries already, so not worth another one now."""


class RobotsRules:
    """The rules of the hosts met so far.

    `fetch` gives the body of a robots.txt, or raises FetchError. A missing file (4xx) allows all; one that cannot be
    had just now (5xx, too many requests) forbids all for now; a host that cannot be reached is reported as that.
    """

    def __init__(self, user_agent: str, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        self._user_agent = user_agent
        self._fetch = fetch
        self._rules: dict[str, Protego | FetchError] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str) -> float:
        """Seconds the host wants between requests (0.0 when it says nothing), if `url` may be fetched.

        Raises:
            FetchError: permanent; the rules forbid it.
            HostClosed: the rules could not be had.
        """
        parts = urlsplit(url)
        place = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        async with self._locks[place]:
            if place not in self._rules:
                self._rules[place] = await self._ask(place)
        rules = self._rules[place]
        if isinstance(rules, FetchError):
            raise HostClosed(
                rules.message,
                rules.mend,
                permanent=rules.permanent,
                retry_after_s=rules.retry_after_s,
                attempts=rules.attempts,
            )
        if not rules.can_fetch(url, self._user_agent):
            raise FetchError(f"{url} is closed to robots", f"{place} forbids it; remove it", permanent=True)
        return rules.crawl_delay(self._user_agent) or 0.0

    async def _ask(self, place: str) -> Protego | FetchError:
        try:
            body = await self._fetch(place)
        except FetchError as error:
            if error.status is None:
                # Not an answer of the server: unreachable, or something forbidden (an address, a size).
                return error
            if 400 <= error.status <= 499 and error.status != _TOO_MANY:  # noqa: PLR2004 - RFC 9309, 2.3.1.3
                return _parse(b"")
            return FetchError(
                f"{place} answered {error.status}, so nothing of that host may be fetched now",
                "it is asked again in the next round",
                retry_after_s=error.retry_after_s,
            )
        return _parse(body[:_LARGEST_BYTES])


def _parse(body: bytes) -> Protego:
    return Protego.parse(body.decode("utf-8-sig", errors="replace"))
