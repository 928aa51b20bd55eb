"""A web server in a process of its own, as cheap as one can be in Python, so that it takes little from what is timed.

Pages are kept by host and path; `copies` serves each page under that many addresses (`?copy=7`), with a line of
its own in each, so that no two bodies are the same.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from pages import MAP_HOST, Sample, load

from news.topic import Source, Topic
from news.topic_file import load_topic
from volteface.options import DEFAULT_TOPIC

MARK = "copy="
LISTED = 5_000
"""Addresses in one sitemap; there is `/sitemap-0.xml` and so on, as many as it takes."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A server that runs: where it listens, and its process's id."""

    address: str
    pid: int


@contextmanager
def serving(folder: Path, copies: int = 1, most: int = 0) -> Iterator[Wire]:
    """The folder's pages, or one of each host `copies` times, `most` addresses at most (0: all), and their sitemap."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(folder, copies, most, theirs), daemon=True)
    server.start()
    yield Wire(ours.recv(), server.pid or 0)
    server.terminate()
    server.join()


def addresses(samples: Sequence[Sample], copies: int, most: int = 0) -> list[str]:
    """Every address served. With copies, one page of each host, so that the mix stays the same to the end."""
    once = one_a_host(samples) if copies > 1 else list(dict.fromkeys(one.url for one in samples))
    every = [_numbered(url, number) if copies > 1 else url for number in range(copies) for url in once]
    return every[:most] if most else every


def one_a_host(samples: Sequence[Sample]) -> list[str]:
    """The address of each host's first page."""
    return list({urlsplit(one.url).netloc: one.url for one in reversed(samples)}.values())


def topic_of(samples: Sequence[Sample], address: str, maps: int = 1) -> Topic:
    """The default topic with the sitemaps as its only sources, and every host at the local server."""
    hosts = {urlsplit(one.url).hostname or "" for one in samples} | {MAP_HOST}
    sources = tuple(
        Source(f"map-{number}", "map", "sitemap", f"http://{MAP_HOST}/sitemap-{number}.xml") for number in range(maps)
    )
    return replace(load_topic(DEFAULT_TOPIC), sources=sources, resolve=tuple((host, address) for host in sorted(hosts)))


def _numbered(url: str, number: int) -> str:
    return f"{url}{'&' if '?' in url else '?'}{MARK}{number}"


def _serve(folder: Path, copies: int, most: int, pipe: Any) -> None:
    samples = list(load(folder))
    pages = {(urlsplit(one.url).netloc, "/" + one.url.split("/", 3)[-1]): one.body for one in samples}
    every = addresses(samples, copies, most)
    for number, at in enumerate(range(0, len(every), LISTED)):
        listed = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in every[at : at + LISTED])
        pages[MAP_HOST, f"/sitemap-{number}.xml"] = f"<urlset>{listed}</urlset>".encode()
    asyncio.run(_listen(pages, pipe))


async def _listen(pages: Mapping[tuple[str, str], bytes], pipe: Any) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(pages), "127.0.0.1", 0)
    pipe.send(f"127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await server.serve_forever()


class _Connection(asyncio.Protocol):
    """One connection, kept open: a request's first line and its Host are all that is read of it."""

    def __init__(self, pages: Mapping[tuple[str, str], bytes]) -> None:
        self._pages = pages
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        while b"\r\n\r\n" in self._got:
            head, _, self._got = self._got.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            host = next(line[5:].strip() for line in lines[1:] if line.lower().startswith("host:"))
            self._answer(host, lines[0].split(" ")[1])

    def _answer(self, host: str, path: str) -> None:
        bare, _, number = path.partition(MARK)
        body = self._pages.get((host, bare.rstrip("?&") if number else path))
        if body is None:
            self._transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return
        if number:
            at = body.rfind(b"</p>")
            body = body[:at] + f" This is copy number {number} of it.".encode() + body[at:] if at > 0 else body
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)
