"""One address fetched: politely, safely, within bounds.

check address ─▶ robots ─▶ turn at the host ─▶ request ─▶ redirect? back to the start ─▶ body, bounded ─▶ Response
                                                  └─ passing failure: wait, try again
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from news.article import RobotsFile, Validators
from news.errors import FetchError
from sources.decoding import ACCEPTED, BoundedBody
from sources.guard import GuardedBackend, GuardedTransport, check_url
from sources.politeness import HostTurns, Sleep
from sources.retries import find_wait, is_passing, read_retry_after
from sources.robots import HostClosed, RobotsRules

USER_AGENT = "Volteface/0.1 (news monitoring; keeps to robots.txt)"
ANYTHING = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"

NO_VALIDATORS = Validators()

_OK, _NOT_MODIFIED = 200, 304
_LOCATION = "volteface.location"
_PERMANENT_MOVES = frozenset({301, 308})
_MOVES = _PERMANENT_MOVES | {302, 303, 307}
_KEPT_HEADERS = (
    *("content-type", "content-language", "last-modified", "etag", "date", "link"),
    *("cache-control", "age", "expires", "retry-after"),
)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """The bounds of fetching; times in seconds, sizes in bytes.

    `deadline_s` bounds one try, from connecting to the last byte, redirects together, however slowly they drip; waiting
    for a turn at a host does not count. `wire_bytes` and
    `body_bytes` bound a body before and after unpacking. `per_host` and `concurrency` count requests at once,
    `host_delay_s` stands between the starts of two to one host.
    """

    connect_s: float = 10.0
    read_s: float = 20.0
    deadline_s: float = 60.0
    wire_bytes: int = 10_000_000
    body_bytes: int = 30_000_000
    redirects: int = 5
    attempts: int = 3
    per_host: int = 2
    host_delay_s: float = 1.0
    concurrency: int = 20
    backoff_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: 200 with the unpacked body, or 304 without one.

    `final_url` is the address after redirects, `permanent_redirect` the address a permanent redirect told us to use
    from now on (None without one). `headers` are lower-case and only those that matter here. `took_ms` covers all
    tries of this address, waiting included. `robots` is what the host's robots.txt says of it, as in `Poll`.
    """

    status: int
    final_url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    validators: Validators = NO_VALIDATORS
    permanent_redirect: str | None = None
    took_ms: int = 0
    attempts: int = 1
    robots: str = "not asked"

    @property
    def content_type(self) -> str | None:
        """The Content-Type header, or None."""
        return self.headers.get("content-type")


class Fetcher:
    """Fetches addresses, many at once; use it as an async context manager.

    Cookies, proxies and credentials of the environment are never used. `resolve` and `allow_hosts` are those of the
    topic (see `sources.guard`). `robots` off is for asking a host about which its owner has given leave; `known_robots`
    are files fetched earlier, used while they are good at `now`, and `on_robots` hears each one fetched anew.
    """

    def __init__(
        self,
        limits: FetchLimits,
        *,
        user_agent: str = USER_AGENT,
        allow_hosts: Iterable[str] = (),
        resolve: Mapping[str, str] | None = None,
        robots: bool = True,
        sleep: Sleep = asyncio.sleep,
        now: datetime | None = None,
        known_robots: Iterable[RobotsFile] = (),
        on_robots: Callable[[RobotsFile], None] | None = None,
    ) -> None:
        self.limits = limits
        self._sleep = sleep
        self._turns = HostTurns(
            per_host=limits.per_host, delay_s=limits.host_delay_s, concurrency=limits.concurrency, sleep=sleep
        )
        self._robots = (
            RobotsRules(user_agent, self._get_robots, known=known_robots, now=now, on_file=on_robots)
            if robots
            else None
        )
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(
                GuardedBackend(allow_hosts=allow_hosts, resolve=resolve), connections=limits.concurrency
            ),
            headers={"user-agent": user_agent, "accept-encoding": ACCEPTED},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s, pool=None),
            trust_env=False,
            follow_redirects=False,
            event_hooks={"response": [_keep_location]},
        )

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self._client.__aexit__(kind, error, trace)

    async def get(self, url: str, validators: Validators = NO_VALIDATORS, *, accept: str = ANYTHING) -> Response:
        """Fetch one address; with `validators`, ask only whether it has changed.

        Raises:
            FetchError: anything but a whole 200 or a 304, after the tries the limits allow.
        """
        return await self._retry(url, _ask_headers(validators, accept), validators, robots=True)

    def keep_apart(self, url: str, delay_s: float) -> None:
        """Leave at least so long between two requests to the address's host: what the service asks of everybody."""
        self._turns.keep_apart(_host(url), delay_s)

    async def list_sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of `url`'s host names; none where it is not asked."""
        return await self._robots.list_sitemaps(url) if self._robots is not None else ()

    async def _get_robots(self, url: str) -> bytes:
        return (await self._retry(url, {"accept": "text/plain,*/*;q=0.5"}, NO_VALIDATORS, robots=False)).body

    async def _retry(self, url: str, headers: dict[str, str], validators: Validators, *, robots: bool) -> Response:
        began = time.monotonic()
        attempt = 0
        while True:
            attempt += 1
            try:
                found = await self._follow(url, headers, robots=robots)
            except HostClosed:
                raise
            except FetchError as error:
                draw = random.random()  # noqa: S311 - spreads retries, guards nothing
                wait_s = find_wait(error, attempt, self.limits.attempts, self.limits.backoff_s, draw)
                if wait_s is None:
                    error.attempts = attempt
                    raise
                await self._sleep(wait_s)
            else:
                break
        return Response(
            status=found.status,
            final_url=found.url,
            body=found.body,
            headers={name: found.headers[name] for name in _KEPT_HEADERS if name in found.headers},
            validators=_new_validators(found.headers, validators if found.status == _NOT_MODIFIED else NO_VALIDATORS),
            permanent_redirect=found.moved_to,
            took_ms=round((time.monotonic() - began) * 1000),
            attempts=attempt,
            robots=found.robots,
        )

    async def _follow(self, url: str, headers: dict[str, str], *, robots: bool) -> _Exchange:
        at = check_url(url)
        moved_to, lasting, state, left_s = None, True, "not asked", self.limits.deadline_s
        for _ in range(self.limits.redirects + 1):
            if robots and self._robots is not None:
                leave = await self._robots.check(at)
                self._turns.slow_down(_host(at), leave.delay_s)
                state = leave.state
            got = await self._request(at, headers, left_s)
            left_s -= got.took_s
            if got.status not in _MOVES:
                got.moved_to, got.robots = moved_to, state
                return got
            at = check_url(_target(at, got.location))
            lasting = lasting and got.status in _PERMANENT_MOVES
            moved_to = at if lasting else moved_to
        raise FetchError(
            f"{url} redirects more than {self.limits.redirects} times",
            "check the address in a browser",
            permanent=True,
        )

    async def _request(self, url: str, headers: dict[str, str], within_s: float) -> _Exchange:
        async with self._turns.turn(_host(url)):
            began = time.monotonic()  # waiting for a turn is no fault of the server's
            try:
                async with asyncio.timeout(within_s), self._client.stream("GET", url, headers=headers) as answer:
                    got = await self._read(url, answer)
                    got.took_s = time.monotonic() - began
                    return got
            except TimeoutError as error:
                message = f"{url} was not read to its end in {self.limits.deadline_s:g} s"
                raise FetchError(message, "try again later") from error
            except httpx.ConnectError as error:
                message = f"{url} cannot be reached ({_reason(error)})"
                raise FetchError(message, "check the address and the network") from error
            except httpx.TimeoutException as error:
                raise FetchError(f"{url} did not answer in time", "try again later") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                message = f"{url} broke off ({_reason(error)})"
                raise FetchError(message, "try again later") from error

    async def _read(self, url: str, answer: httpx.Response) -> _Exchange:
        status, headers = answer.status_code, answer.headers
        if status in _MOVES or status == _NOT_MODIFIED:
            return _Exchange(status, url, headers, location=answer.extensions.get(_LOCATION))
        if status != _OK:
            raise FetchError(
                f"{url} answered {status}",
                "try again later" if is_passing(status) else "check the address",
                permanent=not is_passing(status),
                status=status,
                retry_after_s=read_retry_after(headers.get("retry-after"), headers.get("date")),
            )
        body = BoundedBody(
            url,
            headers.get("content-encoding"),
            wire_bytes=self.limits.wire_bytes,
            body_bytes=self.limits.body_bytes,
        )
        body.expect(headers.get("content-length"))
        async for chunk in answer.aiter_raw():
            body.take(chunk)
        return _Exchange(status, url, headers, body.whole())


@dataclass(slots=True)
class _Exchange:
    status: int
    url: str
    headers: httpx.Headers
    body: bytes = b""
    location: str | None = None
    moved_to: str | None = None
    robots: str = "not asked"
    took_s: float = 0.0  # from its turn at the host to the last byte


async def _keep_location(answer: httpx.Response) -> None:
    """Put a Location header aside: httpx reads it even where it follows none, and breaks off over a strange one."""
    if "location" in answer.headers:
        answer.extensions[_LOCATION] = answer.headers.pop("location")


def _ask_headers(validators: Validators, accept: str) -> dict[str, str]:
    headers = {"accept": accept}
    if validators.etag and _is_sendable(validators.etag):
        headers["if-none-match"] = validators.etag
    if validators.last_modified and _is_sendable(validators.last_modified):
        headers["if-modified-since"] = validators.last_modified
    return headers


def _is_sendable(value: str) -> bool:
    """Whether a value may stand in a header: it came from outside, and a line break would begin another header."""
    return value.isascii() and value.isprintable()


def _new_validators(headers: httpx.Headers, old: Validators) -> Validators:
    """A 304 may name new validators; those it leaves out stay (RFC 9110, 15.4.5)."""
    return Validators(
        etag=headers.get("etag") or old.etag, last_modified=headers.get("last-modified") or old.last_modified
    )


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _target(url: str, location: str | None) -> str:
    if not location:
        raise FetchError(f"{url} redirects to nowhere", "check the address in a browser", permanent=True)
    try:
        return urljoin(url, location.strip())
    except ValueError as error:
        raise FetchError(f"{url} redirects to no address", "check it in a browser", permanent=True) from error


def _reason(error: Exception) -> str:
    return " ".join((str(error) or type(error).__name__).split())[:200]
