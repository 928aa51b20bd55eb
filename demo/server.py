"""The demo wire's web server: eleven outlets under their own host names on one loopback port.

It shows the world as of the moment in its clock, so a replay moves through years without waiting. Nothing it serves
depends on anything but the pages, the clock and how often a page was asked for.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

import jinja2

from demo.outlets import BY_HOST, BY_ID, DEAD_HOST, OUTLETS, DemoOutlet
from demo.world import Page, Version, load_pages

WINDOW = 15
ROBOTS = b"User-agent: *\nDisallow: /account/\nCrawl-delay: 1\n"
Reply = tuple[int, str, bytes, dict[str, str]]


class DemoWire:
    """The server; `clock` gives the simulated moment. Use it as a context manager; `address` is `127.0.0.1:port`."""

    def __init__(self, clock: Callable[[], datetime], pages: tuple[Page, ...] | None = None) -> None:
        self.clock = clock
        self.pages = load_pages() if pages is None else pages
        self._asked: Counter[str] = Counter()
        self._by_address = {(page.outlet, page.path): page for page in self.pages}
        self._moved = {(page.outlet, page.moved_from): page for page in self.pages if page.moved_from}
        self._by_id = {page.id: page for page in self.pages}
        loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
        self._templates = jinja2.Environment(loader=loader, autoescape=True)
        self._server = _Server(("127.0.0.1", 0), _handler(self))

    @property
    def address(self) -> str:
        """Where it listens, as `127.0.0.1:port`."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def resolve(self) -> dict[str, str]:
        """Every host name of the demo world, and the address that stands for it."""
        return dict.fromkeys([*BY_HOST, DEAD_HOST], self.address)

    def __enter__(self) -> Self:
        """Starts to serve, in a thread of its own."""
        Thread(target=self._server.serve_forever, name="demo-wire", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stops serving and closes the port."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, host: str, path: str) -> Reply:
        """Status, content type, body and further headers for one request."""
        outlet = BY_HOST.get(host)
        if path == "/robots.txt":
            return 200, "text/plain", ROBOTS, {}
        if outlet is None:
            return 404, "text/html", b"<h1>Nothing here any more</h1>", {}
        if path == outlet.feed_path:
            return 200, outlet.feed_type, self._feed(outlet), {}
        return self._answer_page(outlet, path)

    def _answer_page(self, outlet: DemoOutlet, path: str) -> Reply:
        if moved := self._moved.get((outlet.id, path)):
            return 301, "text/html", b"", {"Location": moved.path}
        page = self._by_address.get((outlet.id, path))
        version = page.version_at(self.clock()) if page else None
        if page is None or version is None:
            return 404, "text/html", b"<h1>Page not found</h1>", {}
        self._asked[page.id] += 1
        if self._asked[page.id] <= page.fails_first:
            return 503, "text/html", b"<h1>Back in a moment</h1>", {"Retry-After": "1"}
        return 200, "text/html; charset=utf-8", self._page(outlet, page, version), {}

    def _feed(self, outlet: DemoOutlet) -> bytes:
        now = self.clock()
        entries = [
            (page, version) for page in self.pages if page.outlet == outlet.id and (version := page.version_at(now))
        ]
        # What a feed titles an item is its first headline: these outlets change pages without a word.
        first = [(page, page.versions[0]) for page, _ in entries]
        return outlet.feed(outlet.name, outlet.host, first[::-1][:WINDOW])

    def _page(self, outlet: DemoOutlet, page: Page, version: Version) -> bytes:
        canonical = f"http://{outlet.host}{page.path}"
        if outlet.shows_original and page.original and page.copy_kind in {"identical", "syndicated"}:
            original = self._by_id[page.original]
            canonical = f"http://{BY_ID[original.outlet].host}{original.path}"
        # A counter that changes from visit to visit, as real furniture does; it must never look like a revision.
        shares = 3 + (self._asked[page.id] * 7 + len(page.id) * 5) % 90
        template = self._templates.get_template(f"{outlet.id}.html")
        return template.render(
            outlet=outlet, page=page, version=version, canonical=canonical, shares=shares, outlets=OUTLETS
        ).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64  # else a dozen connections at once overflow it, and the client waits a second to try again


def _handler(wire: DemoWire) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One request: the answer of the wire, with validators and 304 as RFC 9110 has it."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each small answer waits 40 ms for the client's acknowledgement
        wbufsize = -1  # headers and body go out together

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").split(":")[0]
            status, kind, body, headers = wire.answer(host, self.path)
            etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:  # noqa: PLR2004 - HTTP's own number
                status, body = 304, b""
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", etag)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Says nothing: the progress display tells what is fetched."""

    return Handler
