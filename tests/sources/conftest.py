"""A real HTTP server on loopback whose pages each test writes, and a network of stable names that leads to it."""

import gzip
import threading
from collections import Counter
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from news.topic import Outlet, Topic
from sources.fetcher import FetchLimits

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)


class Site:
    """Answers by path: `pages[path]` is (status, headers, body), or a function of the handler that gives one."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.headers = []
        self.count = Counter()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                site.asked.append(self.path)
                site.headers.append(self.headers)
                site.count[self.path] += 1
                answer = site.pages.get(self.path, (404, {}, b"no"))
                if callable(answer):
                    answer = answer(self)
                if answer is None:
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers and status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client that breaks off is what some tests are about
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def page(self, path, body, content_type="text/html; charset=utf-8", status=200, **headers):
        """Put a page there; headers by name with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": content_type, **named}, data)

    def zipped(self, path, body, content_type="text/html"):
        """Put a page there, gzip-coded."""
        packed = gzip.compress(body)
        self.pages[path] = (200, {"Content-Type": content_type, "Content-Encoding": "gzip"}, packed)


@pytest.fixture
def site():
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def slept():
    """The seconds a fetcher would have waited."""
    return []


@pytest.fixture
def sleep(slept):
    async def wait(seconds):
        slept.append(seconds)

    return wait


@pytest.fixture
def limits():
    return FetchLimits(connect_s=2, read_s=2, deadline_s=3, host_delay_s=0, backoff_s=1)


@pytest.fixture
def topic(site):
    """A topic of nothing in particular, whose hosts `*.test` are the local server."""
    return Topic(
        id="t",
        title="T",
        path="t.toml",
        outlets=(
            Outlet("gazette", "The Hill Gazette", hosts=("gazette.test",), aliases=("Gazette",)),
            Outlet("wire", "Valley Wire", kind="wire", hosts=("wire.test",), aliases=("VW",)),
            Outlet("heap", "Story Heap", kind="aggregator", hosts=("heap.test",)),
        ),
        resolve=tuple((f"{name}.test", site.address) for name in ("gazette", "wire", "heap", "other")),
    )
