import asyncio
import gzip
import time
import zlib

import brotli
import pytest

from news.article import Validators
from news.errors import FetchError
from sources.fetcher import NO_VALIDATORS, Fetcher, FetchLimits


@pytest.fixture
def fetch(site, sleep, limits):
    """Fetch addresses one after the other with one fetcher; gives the last response."""

    def run(*urls, validators=NO_VALIDATORS, limits=limits, **options):
        async def go():
            names = {f"{name}.test": site.address for name in ("gazette", "wire")}
            options.setdefault("robots", False)
            options.setdefault("sleep", sleep)
            async with Fetcher(limits, resolve=names, **options) as fetcher:
                for url in urls:
                    answer = await fetcher.get(url, validators)
                return answer

        return asyncio.run(go())

    return run


def failure(fetch, *urls, **options):
    with pytest.raises(FetchError) as caught:
        fetch(*urls, **options)
    return caught.value


def test_a_page_comes_with_its_validators(site, fetch):
    """A page's body, type and validators are handed on."""
    site.page("/a", "hello", ETag='"1"', Last_Modified="Thu, 17 Oct 2024 10:00:00 GMT")
    answer = fetch("http://gazette.test/a#part")
    assert (answer.status, answer.body, answer.final_url) == (200, b"hello", "http://gazette.test/a")
    assert answer.validators == Validators('"1"', "Thu, 17 Oct 2024 10:00:00 GMT")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "Cookie" not in site.headers[0]


def test_an_unchanged_page_is_not_sent_again(site, fetch):
    """Validators are sent back, and a 304 keeps the old ones."""
    site.pages["/a"] = lambda handler: (304, {}, b"") if handler.headers["If-None-Match"] == '"1"' else (200, {}, b"x")
    answer = fetch("http://gazette.test/a", validators=Validators('"1"', "then"))
    assert (answer.status, answer.body, answer.validators) == (304, b"", Validators('"1"', "then"))
    assert site.headers[0]["If-Modified-Since"] == "then"


def test_a_validator_cannot_smuggle_a_header(site, fetch):
    """A validator with a line break in it is not sent at all."""
    site.page("/a", "x")
    fetch("http://gazette.test/a", validators=Validators("a\r\nX-Evil: 1"))
    assert "If-None-Match" not in site.headers[0]
    assert "X-Evil" not in site.headers[0]


def test_permanent_redirects_are_reported(site, fetch):
    """Only moves that are permanent from the first hop on say where the page is now."""
    site.pages["/old"] = (301, {"Location": "/new"}, b"")
    site.pages["/new"] = (302, {"Location": "http://wire.test/final"}, b"")
    site.page("/final", "here")
    answer = fetch("http://gazette.test/old")
    assert answer.final_url == "http://wire.test/final"
    assert answer.permanent_redirect == "http://gazette.test/new"
    assert fetch("http://gazette.test/new").permanent_redirect is None


def test_a_redirect_loop_ends(site, fetch):
    """A loop is left after the redirects that are allowed, for good."""
    site.pages["/a"] = (302, {"Location": "/a"}, b"")
    error = failure(fetch, "http://gazette.test/a")
    assert error.permanent
    assert "redirects more than 5 times" in error.message
    assert site.count["/a"] == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost:22/",
        "file:///etc/passwd",
        "http://user:pw@gazette.test/",
        "gopher://gazette.test/",
    ],
)
def test_a_redirect_cannot_lead_inside(site, fetch, slept, target):
    """A redirect to a private address in any spelling, or to another scheme, is refused for good."""
    site.pages["/a"] = (302, {"Location": target}, b"")
    error = failure(fetch, "http://gazette.test/a")
    assert error.permanent
    assert slept == []
    assert site.count.total() == 1


def test_an_allowed_host_may_be_local(site, fetch):
    """A host that the topic allows by name may be on loopback; the same address by another name may not."""
    site.page("/a", "x")
    port = site.server.server_port
    assert fetch(f"http://127.0.0.1:{port}/a", allow_hosts=["127.0.0.1"]).body == b"x"
    assert failure(fetch, f"http://localhost:{port}/a", allow_hosts=["127.0.0.1"]).permanent


def test_two_refusals_then_an_answer(site, fetch, slept):
    """A page that fails twice with 503 and then answers is had, after waits that grow."""
    site.pages["/a"] = lambda _: (503, {}, b"") if site.count["/a"] < 3 else (200, {}, b"well")
    answer = fetch("http://gazette.test/a")
    assert (answer.body, answer.attempts) == (b"well", 3)
    assert 0.5 <= slept[0] <= 1.5
    assert 1 <= slept[1] <= 3


def test_retry_after_is_honoured_within_bounds(site, fetch, slept):
    """A server that asks for ten seconds gets them; one that asks for an hour is left for a later round."""
    site.pages["/a"] = lambda _: (429, {"Retry-After": "10"}, b"") if site.count["/a"] < 2 else (200, {}, b"ok")
    site.pages["/b"] = (429, {"Retry-After": "3600"}, b"")
    fetch("http://gazette.test/a")
    assert slept == [10]
    error = failure(fetch, "http://gazette.test/b")
    assert (error.permanent, error.retry_after_s, error.attempts) == (False, 3600, 1)
    assert site.count["/b"] == 1


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_client_error_is_asked_once(site, fetch, status):
    """What is gone or forbidden is not asked for again."""
    site.page("/a", "", status=status)
    error = failure(fetch, "http://gazette.test/a")
    assert (error.status, error.permanent, site.count["/a"]) == (status, True, 1)
    assert f"http://gazette.test/a answered {status}" in str(error)


def test_a_gzip_bomb_is_stopped(site, fetch, limits):
    """A few kilobytes that unpack to more than the limit are refused for good, and memory stays small."""
    bomb = zlib.compressobj(9, wbits=31)
    packed = b"".join(bomb.compress(bytes(1_000_000)) for _ in range(200)) + bomb.flush()
    site.pages["/a"] = (200, {"Content-Encoding": "gzip"}, packed)
    error = failure(fetch, "http://gazette.test/a")
    assert error.permanent
    assert "larger than 30 MB unpacked" in error.message
    assert site.count["/a"] == 1


def test_a_huge_page_is_not_read(site, fetch):
    """A page that announces 100 MB, or sends it without saying so, is refused at the limit."""

    def endless(handler):
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(bytes(1_000_000))
        except OSError:
            site.count["broke off"] += 1
        handler.close_connection = True

    site.pages["/a"] = (200, {"Content-Length": "100000000"}, b"")
    site.pages["/b"] = endless
    assert "larger than 10 MB on the wire" in failure(fetch, "http://gazette.test/a").message
    assert "larger than 10 MB on the wire" in failure(fetch, "http://gazette.test/b").message


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("gzip", lambda body: gzip.compress(body[:3]) + gzip.compress(body[3:])),
        ("br", brotli.compress),
    ],
)
def test_packed_bodies_are_unpacked(site, fetch, coding, pack):
    """Every coding that was offered is understood: gzip, also in members, deflate with and without its wrapper."""
    site.pages["/a"] = (200, {"Content-Encoding": coding}, pack(b"hello hello hello"))
    assert fetch("http://gazette.test/a").body == b"hello hello hello"
    assert site.headers[0]["Accept-Encoding"] == "gzip, deflate, br"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(b"hello" * 99, mtime=0)[:-12]),
        ("br", b"no brotli at all"),
        ("br", brotli.compress(bytes(range(256)) * 99)[:-3]),
    ],
)
def test_a_broken_coding_is_told(site, fetch, coding, body):
    """A body that is not packed as it says, or breaks off, gives an error and not half a page."""
    site.pages["/a"] = (200, {"Content-Encoding": coding}, body)
    assert not failure(fetch, "http://gazette.test/a").permanent


def test_an_unasked_coding_is_refused(site, fetch):
    """A coding that was not offered is an error, not gibberish."""
    site.pages["/a"] = (200, {"Content-Encoding": "zstd"}, b"xx")
    assert "coded as 'zstd'" in failure(fetch, "http://gazette.test/a").message


def test_a_drip_meets_the_deadline(site, fetch):
    """A body that drips forever ends at the deadline, although every single read is in time."""

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass
        handler.close_connection = True

    site.pages["/a"] = drip
    began = time.monotonic()
    error = failure(fetch, "http://gazette.test/a", limits=FetchLimits(deadline_s=0.5, attempts=1, host_delay_s=0))
    assert "not read to its end in 0.5 s" in error.message
    assert time.monotonic() - began < 2


def test_redirects_share_one_deadline(site, fetch):
    """Slow redirects, each of them in time, end at the deadline of the whole, not at one deadline after another."""

    def slow(handler):
        time.sleep(0.4)
        return 302, {"Location": f"{handler.path}x"}, b""

    for length in range(6):
        site.pages["/" + "x" * length] = slow
    error = failure(fetch, "http://gazette.test/", limits=FetchLimits(deadline_s=1, attempts=1, host_delay_s=0))
    assert "not read to its end" in error.message
    assert max(map(len, site.asked)) <= 4


def test_a_dead_host_is_named(sleep):
    """A port where nothing listens gives one line with the address, after the tries."""

    async def go():
        async with Fetcher(FetchLimits(), resolve={"dead.test": "127.0.0.1:9"}, sleep=sleep) as one:
            await one.get("http://dead.test/a")

    with pytest.raises(FetchError, match=r"http://dead.test/robots.txt cannot be reached") as caught:
        asyncio.run(go())
    assert not caught.value.permanent
    assert "\n" not in str(caught.value)


def test_robots_rules_are_kept(site, fetch):
    """What robots.txt forbids us is not fetched, what it allows is, and it is asked for once."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    site.page("/a", "x")
    site.page("/private/b", "x")
    assert fetch("http://gazette.test/a", "http://gazette.test/a", robots=True).body == b"x"
    assert site.asked == ["/robots.txt", "/a", "/a"]
    error = failure(fetch, "http://gazette.test/private/b", robots=True)
    assert error.permanent
    assert "/private/b" not in site.asked


def test_missing_robots_allow_all_and_broken_ones_nothing(site, fetch):
    """RFC 9309: a robots.txt that is missing allows all, one that answers 500 forbids all for now."""
    site.page("/a", "x")
    assert fetch("http://gazette.test/a", robots=True).body == b"x"
    site.page("/robots.txt", "", status=500)
    error = failure(fetch, "http://gazette.test/a", robots=True)
    assert not error.permanent
    assert "robots.txt answered 500" in error.message
    assert site.count["/robots.txt"] == 1 + 3


def test_a_redirect_is_checked_against_the_robots_of_its_target(site, fetch):
    """A page that may be fetched cannot lead us to one that may not."""
    site.page("/robots.txt", "User-agent: Volteface\nDisallow: /b", "text/plain")
    site.pages["/a"] = (302, {"Location": "http://wire.test/b"}, b"")
    site.page("/b", "x")
    assert failure(fetch, "http://gazette.test/a", robots=True).permanent
    assert site.count["/b"] == 0


def test_a_crawl_delay_is_kept(site, fetch, slept):
    """A host's own crawl-delay stands between two requests, cut to half a minute."""
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 9999", "text/plain")
    site.page("/a", "x")
    fetch("http://gazette.test/a", "http://gazette.test/a", robots=True)
    assert 29 < max(slept) <= 30


def test_a_host_is_asked_in_turns(site, sleep, slept):
    """Requests to one host start a delay apart and two at most at once, those to another host need not wait."""
    running, most = [0], [0]

    def slow(_):
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.05)
        running[0] -= 1
        return 200, {}, b"x"

    site.pages["/a"] = slow

    async def go():
        limits = FetchLimits(per_host=2, host_delay_s=5)
        async with Fetcher(limits, resolve={"gazette.test": site.address}, robots=False, sleep=sleep) as fetcher:
            await asyncio.gather(*(fetcher.get("http://gazette.test/a") for _ in range(6)))

    asyncio.run(go())
    assert most[0] <= 2
    assert [round(wait / 5) for wait in slept] == [1, 2, 3, 4, 5]


def test_cookies_are_not_kept(site, fetch):
    """A cookie that was set is not sent back."""
    site.page("/a", "x", Set_Cookie="id=1")
    fetch("http://gazette.test/a", "http://gazette.test/a")
    assert "Cookie" not in site.headers[1]
