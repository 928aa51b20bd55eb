"""Finding the sources behind a home page: what it names, what robots.txt names, and the usual places at last.

open the page ─▶ hints ─▶ poll the feeds ─▶ poll the sitemaps ─▶ nothing? the usual places ─▶ best first

Every request goes through the guarded fetcher, keeps to robots.txt, and counts: a host is not searched through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from news.article import Poll, Validators
from news.errors import FetchError
from news.filing import url_key
from news.hosts import host_of
from news.topic import Source, Topic
from sources.fetcher import ANYTHING, NO_VALIDATORS, USER_AGENT, Fetcher, FetchLimits, Response
from sources.guard import check_url
from sources.homepage import Hint, Home, read_home, sniff
from sources.politeness import Sleep
from sources.polling import poll

MOST_REQUESTS = 30
"""Requests to find out about one home page, robots.txt aside."""

_MOST_FEEDS = 10
_MOST_SITEMAPS = 3
_MOST_FURTHER = 2  # pages that list feeds, looked into
_USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
_USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap.xml")
_STALE = timedelta(days=60)
_OK = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """One address that was polled: what named it, what the poll gave, and the share of items on the page's own host."""

    hint: Hint
    poll: Poll
    own: float = 0.0

    @property
    def works(self) -> bool:
        """Whether it gave anything to read."""
        return self.poll.outcome == "items" and bool(self.poll.items)

    @property
    def address(self) -> str:
        """Where to poll it from now on: where it has moved to, when it has."""
        return self.poll.moved_to or self.hint.address

    @property
    def newest(self) -> datetime | None:
        """When its newest item was published or changed, as far as it says."""
        return max((when for item in self.poll.items if (when := item.published or item.updated)), default=None)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found behind one home page, the best candidate first, those that do not work last."""

    home: Home
    candidates: tuple[Candidate, ...] = ()


def complete(given: str) -> tuple[str, ...]:
    """The addresses that what a user typed can mean, the likeliest first: without a scheme, https and then http.

    Raises:
        FetchError: permanent; it is no web address at all.
    """
    given = given.strip()
    if "://" in given:
        return (check_url(given),)
    return tuple(check_url(f"{scheme}://{given}") for scheme in ("https", "http"))


def discover(
    given: str,
    limits: FetchLimits,
    topic: Topic,
    now: datetime,
    *,
    user_agent: str = USER_AGENT,
    sleep: Sleep = asyncio.sleep,
) -> Discovery:
    """The sources behind a home page (or the one that the address itself is).

    Must not be called from a running event loop.

    Raises:
        FetchError: the address is none, or cannot be fetched.
    """
    addresses = complete(given)

    async def run() -> Discovery:
        fetcher = _Sparing(
            limits,
            user_agent=user_agent,
            allow_hosts=topic.allow_hosts,
            resolve=dict(topic.resolve),
            sleep=sleep,
        )
        async with fetcher:
            return await _Search(fetcher, now).behind(await open_first(addresses, fetcher))

    return asyncio.run(run())


async def open_first(addresses: Sequence[str], fetcher: Fetcher, *, accept: str = ANYTHING) -> Response:
    """The answer of the first address that can be reached.

    Raises:
        FetchError: none can; of the first one, or of the first that answered.
    """
    first: FetchError | None = None
    for address in addresses:
        try:
            return await fetcher.get(address, accept=accept)
        except FetchError as error:
            if error.status is not None or error.permanent:
                raise
            first = first or error
    raise first or FetchError("no address was given", "give one")


def rank(candidate: Candidate, now: datetime) -> int:
    """How far down a candidate belongs: the page's own running feed first, comments and what does not work last."""
    if not candidate.works:
        return 100
    if candidate.hint.kind != "sitemap":
        place = 40 if _is_side(candidate.hint) else 0 if candidate.own >= 0.5 else 30  # noqa: PLR2004 - a half
    else:
        place = 10 if any(item.title for item in candidate.poll.items) else 20
    newest = candidate.newest
    return place + (50 if newest is not None and newest < now - _STALE else 0)


def _is_side(hint: Hint) -> bool:
    """Whether a feed is one of comments, of a tag, a section, an author or a search: a part, or no articles at all."""
    path = urlsplit(hint.address).path.lower()
    named = (hint.title or "").lower()
    parts = ("/comments", "/tag/", "/tags/", "/category/", "/author/", "/search", "/topic/")
    return "comment" in named or any(part in path for part in parts) or "?s=" in hint.address


class _Sparing(Fetcher):
    """A fetcher that stops after so many requests."""

    _left = MOST_REQUESTS

    async def get(self, url: str, validators: Validators = NO_VALIDATORS, *, accept: str = ANYTHING) -> Response:
        self._left -= 1
        if self._left < 0:
            raise FetchError(f"{url} was not asked for", f"{MOST_REQUESTS} requests were made already", permanent=True)
        return await super().get(url, validators, accept=accept)


class _Search:
    """One search: what was tried already, so that nothing is asked for twice."""

    def __init__(self, fetcher: Fetcher, now: datetime) -> None:
        self._fetcher = fetcher
        self._now = now
        self._tried: set[str] = set()
        self._further = _MOST_FURTHER
        self._host: str | None = None

    async def behind(self, answer: Response) -> Discovery:
        """Everything behind the page that was opened."""
        self._host = host_of(answer.final_url)
        if kind := sniff(answer.body):
            home = Home(answer.final_url)
            return self._finish(home, await self._poll([Hint(answer.final_url, kind, "itself")]))
        home = read_home(answer.final_url, answer.body, answer.content_type)
        found = await self._poll([hint for hint in home.hints if hint.kind != "sitemap"][:_MOST_FEEDS])
        found += await self._poll(await self._sitemaps(home))
        if not any(one.works for one in found):
            found += await self._usual_places(home)
        return self._finish(home, found)

    async def _sitemaps(self, home: Home) -> list[Hint]:
        """The sitemaps that robots.txt or the page names, those of news first; else where they usually are."""
        stated = await self._fetcher.list_sitemaps(home.address)
        named = [Hint(address, "sitemap", "robots.txt") for address in _whole(stated, home.address)]
        named += [hint for hint in home.hints if hint.kind == "sitemap"]
        named.sort(key=lambda hint: "news" not in hint.address)
        usual = [Hint(urljoin(home.address, path), "sitemap", "usual place") for path in _USUAL_SITEMAPS]
        return (named or usual)[:_MOST_SITEMAPS]

    async def _usual_places(self, home: Home) -> list[Candidate]:
        """One after the other, until one works."""
        for path in _USUAL_FEEDS:
            found = await self._poll([Hint(urljoin(home.address, path), "feed", "usual place")])
            if any(one.works for one in found):
                return found
        return []  # that a guess was wrong is worth no word

    async def _poll(self, hints: Iterable[Hint]) -> list[Candidate]:
        new = []
        for hint in hints:
            if url_key(hint.address) not in self._tried:
                self._tried.add(url_key(hint.address))
                new.append(hint)
        polled = await asyncio.gather(*(self._poll_one(hint) for hint in new))
        return [one for found in polled for one in found]

    async def _poll_one(self, hint: Hint) -> list[Candidate]:
        source = Source("found", "found", hint.kind, hint.address)
        candidate = Candidate(hint, await poll(source, Validators(), self._fetcher, self._now))
        if not candidate.works and hint.named_by == "anchor" and candidate.poll.http_status == _OK and self._further:
            self._further -= 1
            return await self._look_into(hint)
        own = sum(host_of(item.url) == self._host for item in candidate.poll.items)
        return [replace(candidate, own=own / max(1, len(candidate.poll.items)))]

    async def _look_into(self, hint: Hint) -> list[Candidate]:
        """What a page that lists feeds lists, such as the one behind a link that says RSS."""
        try:
            answer = await self._fetcher.get(hint.address, accept=ANYTHING)
        except FetchError:
            return []
        listed = read_home(answer.final_url, answer.body, answer.content_type).hints
        return await self._poll([one for one in listed if one.kind != "sitemap"][:_MOST_FEEDS])

    def _finish(self, home: Home, found: Sequence[Candidate]) -> Discovery:
        """The candidates in order, each document once."""
        ordered = sorted(found, key=lambda one: rank(one, self._now))
        kept: dict[object, Candidate] = {}
        for one in ordered:
            key = (one.hint.kind, frozenset(item.url for item in one.poll.items)) if one.works else one.address
            kept.setdefault(key, one)
        return Discovery(home, tuple(kept.values()))


def _whole(addresses: Iterable[str], base: str) -> list[str]:
    """The addresses that are some, made absolute, at most a few."""
    kept = []
    for address in addresses:
        try:
            kept.append(check_url(urljoin(base, str(address).strip())))
        except (FetchError, ValueError):
            continue
        if len(kept) == 2 * MOST_REQUESTS:
            break
    return kept
