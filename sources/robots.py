"""What a host lets robots fetch (RFC 9309), asked once per host and day."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from news.article import RobotsFile
from news.errors import FetchError

GOOD_FOR = timedelta(hours=24)
"""How long a robots.txt may be kept (RFC 9309, 2.4)."""

_LARGEST_BYTES = 500 * 1024  # RFC 9309, 2.5: what a crawler must read at least, and we at most
_OK, _TOO_MANY = 200, 429
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class HostClosed(FetchError):
    """A host whose robots.txt could not be had: asked for with all tries already, so not worth another one now."""


class RobotsForbid(FetchError):
    """An address that the rules of its host forbid."""


@dataclass(frozen=True, slots=True)
class Leave:
    """That an address may be fetched: how the host says so (`Poll.robots`), and the seconds it wants in between."""

    state: str
    delay_s: float


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego
    there: bool


class RobotsRules:
    """The rules of the hosts met so far.

    `fetch` gives the body of a robots.txt, or raises FetchError. A missing file (4xx) allows all; one that cannot be
    had just now (5xx, too many requests) forbids all for now; a host that cannot be reached is reported as that.
    `known` are files of earlier rounds, used while they are good at `now`; `on_file` hears each one newly fetched.
    """

    def __init__(
        self,
        user_agent: str,
        fetch: Callable[[str], Awaitable[bytes]],
        *,
        known: Iterable[RobotsFile] = (),
        now: datetime | None = None,
        on_file: Callable[[RobotsFile], None] | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._fetch = fetch
        self._now = now
        self._on_file = on_file
        self._known = {one.place: one for one in known if now is not None and now - one.fetched_at < GOOD_FOR}
        self._rules: dict[str, _Rules | FetchError] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str) -> Leave:
        """The leave to fetch `url`.

        Raises:
            RobotsForbid: permanent; the rules forbid it.
            HostClosed: the rules could not be had.
        """
        place = _place(url)
        rules = await self._of(place)
        if isinstance(rules, FetchError):
            raise HostClosed(
                rules.message,
                rules.mend,
                permanent=rules.permanent,
                retry_after_s=rules.retry_after_s,
                attempts=rules.attempts,
            )
        if not rules.parsed.can_fetch(url, self._user_agent):
            raise RobotsForbid(f"{url} is closed to robots", f"{place} forbids it; remove it", permanent=True)
        delay_s = rules.parsed.crawl_delay(self._user_agent) or 0.0
        state = "open" if rules.there else "none"
        return Leave(f"{state}, every {delay_s:g} s" if delay_s else state, delay_s)

    async def list_sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the rules of `url`'s host name, as they stand there; none where the rules cannot be had."""
        rules = await self._of(_place(url))
        return () if isinstance(rules, FetchError) else tuple(map(str, rules.parsed.sitemaps))

    async def _of(self, place: str) -> _Rules | FetchError:
        if place not in self._rules:
            async with self._locks[place]:
                if place not in self._rules:
                    self._rules[place] = await self._ask(place)
        return self._rules[place]

    async def _ask(self, place: str) -> _Rules | FetchError:
        if kept := self._known.get(place):
            return _read(kept)
        try:
            found = RobotsFile(place, self._now or _NO_TIME, _OK, (await self._fetch(place))[:_LARGEST_BYTES])
        except FetchError as error:
            if error.status is None:
                # Not an answer of the server: unreachable, or something forbidden (an address, a size).
                return error
            if not 400 <= error.status <= 499 or error.status == _TOO_MANY:  # noqa: PLR2004 - RFC 9309, 2.3.1.3
                return FetchError(
                    f"{place} answered {error.status}, so nothing of that host may be fetched now",
                    "it is asked again in the next round",
                    retry_after_s=error.retry_after_s,
                )
            found = RobotsFile(place, self._now or _NO_TIME, error.status)
        if self._on_file is not None and self._now is not None:
            self._on_file(found)
        return _read(found)


def _place(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def _read(file: RobotsFile) -> _Rules:
    return _Rules(Protego.parse(file.body.decode("utf-8-sig", errors="replace")), there=file.status == _OK)
