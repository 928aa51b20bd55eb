"""Unchanged feeds polled a second, with all that is written down, beside a bare httpx loop of the same requests.

    .venv/bin/python bench/polling.py [FEEDS] [ROUNDS]

A server in a process of its own listens on as many loopback addresses as there are feeds (500), one host each, and
answers 304 to whoever has a feed's ETag. A round of ours is the real stage into one warehouse; a round of the bare loop
is one httpx client that sends as many conditional requests, as many at once, and looks at nothing but the status. They
alternate, and which comes first does too; the figure is the median of the rounds' ratios. A first round of ours, not
timed, fetches every feed and every robots.txt; robots.txt is good for a day, so the timed rounds ask for none. The
server counts: each timed round must be exactly one request a feed. Exit status 1 below 0.8 of the bare rate.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from rig.desk import temporary_desk
from rig.table import circumstances, markdown

from flows import stages
from flows.desk import Desk
from news.topic import Source
from news.topic_file import load_topic
from sources.fetcher import FetchLimits
from volteface.options import DEFAULT_TOPIC

FEEDS = 500
ROUNDS = 9
TARGET = 0.8
ETAG = '"one"'
_ITEM = "<item><title>Item {0}</title><link>http://paper.example/{0}</link></item>"
_FEED = f"<rss version='2.0'><channel><title>Feed</title>{''.join(map(_ITEM.format, range(10)))}</channel></rss>"


class Connection(asyncio.Protocol):
    """One connection, kept open; `counted` holds how many requests came, of all connections."""

    counted = [0]  # noqa: RUF012 - one count for the whole process is meant

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins."""
        self._transport: Any = transport
        self._got = b""

    def data_received(self, data: bytes) -> None:
        """Answers each request that is whole."""
        self._got += data
        while b"\r\n\r\n" in self._got:
            head, _, self._got = self._got.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1]
        if path == b"/count":
            return _response("200 OK", str(self.counted[0]))
        self.counted[0] += 1
        if path == b"/robots.txt":
            return _response("404 Not Found", "")
        if b'if-none-match: "one"' in head.lower():
            return f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\n\r\n".encode()
        return _response("200 OK", _FEED)


def _response(status: str, body: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\nETag: {ETAG}\r\nContent-Type: application/rss+xml\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


@contextmanager
def serving(feeds: int) -> Iterator[list[str]]:
    """The addresses of the feeds, each on a host of its own, while the server runs."""
    hosts = [f"127.9.{number // 250}.{number % 250 + 1}" for number in range(feeds)]
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(hosts, theirs), daemon=True)
    server.start()
    port = ours.recv()
    try:
        yield [f"http://{host}:{port}/feed" for host in hosts]
    finally:
        server.terminate()
        server.join()


def _serve(hosts: Sequence[str], pipe: Any) -> None:
    async def listen() -> None:
        loop = asyncio.get_running_loop()
        first = await loop.create_server(Connection, hosts[0], 0)
        port = first.sockets[0].getsockname()[1]
        if hosts[1:]:
            await loop.create_server(Connection, hosts[1:], port)
        pipe.send(port)
        await first.serve_forever()

    asyncio.run(listen())


async def ask_barely(urls: Sequence[str], at_once: int) -> int:
    """How many of the feeds answered 304 to a bare conditional request."""
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    turns = asyncio.Semaphore(at_once)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def one(url: str) -> bool:
            async with turns:
                return (await client.get(url, headers={"If-None-Match": ETAG})).status_code == 304

        return sum(await asyncio.gather(*map(one, urls)))


def count_unchanged(desk: Desk, now: datetime) -> int:
    """How many of the feeds the real stage wrote down as unchanged."""
    with desk.warehouse.reading() as tx:
        query = "SELECT count(*) AS n FROM polls WHERE polled_at = $now AND outcome = 'unchanged'"
        return int(tx.rows(query, {"now": now})[0]["n"])


def measure(feeds: int, rounds: int) -> Iterator[tuple[float, float]]:
    """Seconds of each round: the stage's, and the bare loop's.

    Raises:
        AssertionError: a round was not exactly one request, answered 304, for each feed.
    """
    limits = FetchLimits()
    with serving(feeds) as urls:
        second = timedelta(seconds=1)
        sources = tuple(Source(f"feed{n}", "paper", "feed", url, second, second, second) for n, url in enumerate(urls))
        hosts = tuple(httpx.URL(url).host for url in urls)
        topic = replace(load_topic(DEFAULT_TOPIC), sources=sources, allow_hosts=hosts)
        with temporary_desk(topic) as made:
            desk = replace(made, limits=limits)
            now = datetime.now(UTC).replace(microsecond=0)
            stages.poll(desk, now)

            def ours(at: datetime) -> float:
                seconds = _timed(urls, lambda: stages.poll(desk, at))
                assert count_unchanged(desk, at) == len(urls)
                return seconds

            def bare(_: datetime) -> float:
                found = []
                seconds = _timed(urls, lambda: found.append(asyncio.run(ask_barely(urls, limits.concurrency))))
                assert found == [len(urls)]
                return seconds

            for number in range(1, rounds + 1):
                at = now + timedelta(minutes=number)
                if number % 2:
                    yield ours(at), bare(at)
                else:
                    second_side = bare(at)
                    yield ours(at), second_side


def _timed(urls: Sequence[str], ask: Any) -> float:
    before = _count(urls)
    began = time.perf_counter()
    ask()
    seconds = time.perf_counter() - began
    asked = _count(urls) - before
    assert asked == len(urls), f"{asked} requests"
    return seconds


def _count(urls: Sequence[str]) -> int:
    return int(httpx.get(urls[0].replace("/feed", "/count"), trust_env=False).text)


def main(feeds: int = FEEDS, rounds: int = ROUNDS) -> int:
    """Measure and print; 1 when the stage is slower than the target."""
    print(circumstances() + "\n")
    found = list(measure(feeds, rounds))
    ratios = [bare / ours for ours, bare in found]
    rows = [
        (number, f"{feeds / ours:,.0f}", f"{feeds / bare:,.0f}", f"{bare / ours:.2f}")
        for number, (ours, bare) in enumerate(found, 1)
    ]
    print(markdown(["round", "the stage, feeds a second", "bare httpx, feeds a second", "ratio"], rows))
    middle = statistics.median(ratios)
    print(f"\nMedian ratio {middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f}); at least {TARGET} is asked for.")
    return 0 if middle >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
