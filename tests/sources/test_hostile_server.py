"""Whatever a server does: nothing crashes, hangs, grows or reaches a forbidden address; one clear record is left."""

import ipaddress
import re
import socket
import ssl
import tracemalloc
from dataclasses import replace

import h2.config
import h2.connection
import h2.events
import pytest

from news.article import FeedItem, PageToFetch
from news.errors import RejectedInput
from news.topic import Topic
from sources import guard
from sources.cleaning import clean_page
from sources.fetcher import FetchLimits
from sources.pages import fetch_pages
from tests.sources import hostile
from tests.sources.hostile import RawServer, bad_answers, certificate, read_head, send, tls

LIMITS = FetchLimits(
    connect_s=1,
    read_s=1,
    deadline_s=1.5,
    wire_bytes=500_000,
    body_bytes=2_000_000,
    attempts=1,
    per_host=50,
    host_delay_s=0,
    concurrency=60,
)
ARTICLE = "<html><head><title>Dam</title></head><body><article>{}</article></body></html>".format(
    "".join(f"<p>The dam above the town held through night number {n}, engineers said.</p>" for n in range(12))
).encode()


def fetch(urls, now, resolve, **options):
    """Fetch pages of hosts that resolve to the given addresses; gives them by address."""
    topic = Topic("t", "T", "t.toml", resolve=tuple(resolve.items()))
    limits = options.pop("limits", LIMITS)
    pages = [PageToFetch(url, None, FeedItem(url)) for url in urls]
    return {page.url: page for page in fetch_pages(pages, limits, topic, now, lambda _: None, **options)}


@pytest.fixture(scope="module")
def forbidden():
    """A listener on loopback that nothing may reach."""
    listener = RawServer()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def records(forbidden):
    """What each bad answer left: the error of the fetch, or else of the cleaning, by name; and the words wanted."""
    from datetime import UTC, datetime  # noqa: PLC0415 - module scope: the `now` fixture is a test's

    now = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
    answers = bad_answers(forbidden.port)
    hosts = {name: f"h{number}.test" for number, name in enumerate(answers)}
    actions = {host: answers[name][0] for name, host in hosts.items()}

    def act(connection):
        head = read_head(connection)
        host = next(line.split(":")[1].strip() for line in head.split("\r\n") if line.lower().startswith("host:"))
        actions[host](connection)

    server = RawServer(act)
    resolve = dict.fromkeys(hosts.values(), server.address)
    pages = fetch([f"http://{host}/" for host in hosts.values()], now, resolve, robots=False)
    server.close()
    found = {}
    for name, host in hosts.items():
        page = pages[f"http://{host}/"]
        error = page.error
        if page.outcome == "page":
            try:
                clean_page(page, Topic("t", "T", "t.toml"), now)
            except RejectedInput as rejected:
                error = str(rejected)
        found[name] = (page, error, answers[name][1])
    return found


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", list(bad_answers(1)))
def test_each_bad_answer_leaves_one_clear_record(records, name):
    """One line that names the address, says what was wrong and what to do; no page, no crash, no hang."""
    page, error, wanted = records[name]
    assert error is not None
    assert re.search(wanted, error)
    assert page.url.split("/")[2] in error or "127.0.0.1" in error or "address" in error
    assert "\n" not in error
    assert ": " in error
    assert len(error) < 400


def test_nothing_reached_a_forbidden_address(records, forbidden):
    """Of all those redirects to our own machine, in every spelling, not one opened a connection."""
    assert len(records) > len(hostile.SPELLINGS)
    assert forbidden.reached == 0


@pytest.mark.parametrize("spelling", hostile.SPELLINGS.values(), ids=hostile.SPELLINGS)
def test_a_link_to_a_forbidden_address_is_not_followed(spelling, forbidden, now):
    """The same addresses, as links of a feed: refused for good before a connection is opened."""
    url = f"http://{spelling}:{forbidden.port}/"
    page = fetch([url], now, {}, robots=False)[url]
    assert page.outcome == "failed"
    # A resolver may know no `localhost.`: then there is nothing to forbid.
    assert page.permanent or "no host of that name" in page.error
    assert forbidden.reached == 0


@pytest.mark.parametrize(
    "answers",
    [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["fe80::1%1"]],
    ids=["inside", "inside among public ones", "IPv6", "mapped", "with a zone"],
)
def test_a_name_that_resolves_inside_is_refused(monkeypatch, answers, forbidden, now):
    """Every address a name has is looked at, not only the first; one inside refuses them all."""
    _resolve_to(monkeypatch, [answers])
    url = f"http://rebound.example:{forbidden.port}/"
    page = fetch([url], now, {}, robots=False)[url]
    assert "not a public address" in page.error
    assert (page.permanent, forbidden.reached) == (True, 0)


def test_a_name_that_changes_its_answer_gains_nothing(monkeypatch, forbidden, now):
    """The address that was checked is the one that is connected to: a second answer is never asked for."""
    # A second loopback address stands for a public one, so that the first answer is let through and really met.
    outside = ipaddress.ip_address("127.0.0.2")
    public = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == outside or public(address))
    asked = _resolve_to(monkeypatch, [[str(outside)], ["127.0.0.1"]])
    server = RawServer(answer, host=str(outside), port=forbidden.port)
    before = forbidden.reached
    url = f"http://rebound.example:{forbidden.port}/"
    page = fetch([url], now, {}, robots=False)[url]
    server.close()
    assert (page.outcome, page.body) == ("page", ARTICLE)
    assert asked == ["rebound.example"]
    assert (server.reached, forbidden.reached) == (1, before)


def test_a_name_that_moves_inside_between_two_pages_is_refused(monkeypatch, forbidden, now):
    """A name that was public a request ago is looked up and checked again for the next connection."""
    outside = ipaddress.ip_address("127.0.0.2")
    public = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == outside or public(address))
    _resolve_to(monkeypatch, [[str(outside)], ["127.0.0.1"]])
    closing = hostile.OK + b"Connection: close\r\n"

    def once(connection):
        read_head(connection)
        send(closing, f"Content-Length: {len(ARTICLE)}\r\n\r\n".encode(), ARTICLE)(connection)

    server = RawServer(once, host=str(outside), port=forbidden.port)
    before = forbidden.reached
    urls = [f"http://rebound.example:{forbidden.port}/{n}" for n in range(2)]
    pages = fetch(urls, now, {}, robots=False, limits=replace(LIMITS, per_host=1))
    server.close()
    assert sorted(pages[url].outcome for url in urls) == ["failed", "page"]
    assert [page.permanent for page in pages.values() if page.outcome == "failed"] == [True]
    assert (server.reached, forbidden.reached) == (1, before)


def _resolve_to(monkeypatch, answers):
    """Let names resolve to each of the lists in turn; gives the list of what was asked."""
    asked = []

    def getaddrinfo(host, port, *_, **__):
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """An authority that the fetcher is told to trust, and the folder of its certificates."""
    folder = tmp_path_factory.mktemp("tls")
    return certificate(folder, "authority.test"), folder


@pytest.fixture
def trusted(authority, monkeypatch):
    """A function that gives a server's context for a certificate of the trusted authority (or of its own)."""
    (issuer, key, path), folder = authority
    context = ssl.create_default_context(cafile=str(path))
    monkeypatch.setattr(guard, "_tls", lambda: context)

    def make(name, *, days=30, own=False, alpn=()):
        return tls(certificate(folder, name, days=days, issuer=None if own else (issuer, key))[2], alpn=alpn)

    return make


def answer(connection):
    read_head(connection)
    send(hostile.OK, f"Content-Length: {len(ARTICLE)}\r\n\r\n".encode(), ARTICLE)(connection)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "other.test"}, "certificate"),
        ({"name": "shop.test", "days": -1}, "certificate"),
        ({"name": "shop.test", "own": True}, "certificate"),
        (None, "cannot be reached"),
    ],
    ids=["another name", "expired", "signed by itself", "no TLS at all"],
)
def test_broken_tls_is_refused(trusted, given, words, now):
    """A certificate of another host, of yesterday or of nobody, and bytes that are no TLS, end in an error."""
    server = RawServer(answer if given else send(b"HTTP/1.1 200 OK\r\n\r\nhello"), trusted(**given) if given else None)
    page = fetch(["https://shop.test/"], now, {"shop.test": server.address}, robots=False)["https://shop.test/"]
    server.close()
    assert page.outcome == "failed"
    assert words in page.error


def test_sound_tls_is_read(trusted, now):
    """The same server with its own name's certificate gives the page: the refusals above are not for another reason."""
    server = RawServer(answer, trusted("shop.test"))
    page = fetch(["https://shop.test/"], now, {"shop.test": server.address}, robots=False)["https://shop.test/"]
    server.close()
    assert (page.outcome, page.body) == ("page", ARTICLE)


def answer_by_http2(connection):
    """Answers one request by HTTP/2, in pieces that fit its frames."""
    assert connection.selected_alpn_protocol() == "h2"
    talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    talk.initiate_connection()
    connection.sendall(talk.data_to_send())
    while data := connection.recv(65_536):
        for event in talk.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                talk.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/html")])
                talk.send_data(event.stream_id, ARTICLE, end_stream=True)
        connection.sendall(talk.data_to_send())


def test_http2_is_spoken_where_it_is_offered(trusted, now):
    """A server that speaks nothing but HTTP/2 is understood."""
    server = RawServer(answer_by_http2, trusted("shop.test", alpn=["h2"]))
    page = fetch(["https://shop.test/"], now, {"shop.test": server.address}, robots=False)["https://shop.test/"]
    server.close()
    assert (page.outcome, page.body) == ("page", ARTICLE)


@pytest.mark.parametrize(
    "act",
    [
        hostile.packed("gzip", hostile.GZIP_BOMB),
        hostile.packed("br", hostile.BROTLI_BOMB),
        hostile.flood(hostile.OK + b"\r\n", b"x" * 65_536),
        hostile.flood(b"HTTP/1.1 200 OK\r\n", b"X-Abc: " + b"d" * 9_000 + b"\r\n"),
    ],
    ids=["gzip bomb", "brotli bomb", "endless body", "endless headers"],
)
def test_memory_stays_within_the_limits(act, now):
    """Sixty megabytes behind a few kilobytes, or no end at all, cost a few times the limit of a body, and no more."""

    def talk(connection):
        read_head(connection)
        act(connection)

    server = RawServer(talk)
    tracemalloc.start()
    try:
        page = fetch(["http://big.test/"], now, {"big.test": server.address}, robots=False)["http://big.test/"]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        server.close()
    assert page.outcome == "failed"
    assert peak < 5 * LIMITS.body_bytes


def test_hostile_robots_close_the_host_and_nothing_else(now):
    """A robots.txt that never ends, or answers with an error, is one record for each page of that host alone."""

    def act(connection):
        head = read_head(connection)
        if "GET /robots.txt" not in head:
            answer_to = send(hostile.OK, f"Content-Length: {len(ARTICLE)}\r\n\r\n".encode(), ARTICLE)
        elif "endless.test" in head:
            answer_to = hostile.drip(hostile.OK + b"\r\n", b"x")
        else:
            answer_to = send(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
        answer_to(connection)

    server = RawServer(act)
    urls = ["http://endless.test/a", "http://endless.test/b", "http://sound.test/"]
    pages = fetch(urls, now, dict.fromkeys(("endless.test", "sound.test"), server.address))
    server.close()
    assert [pages[url].outcome for url in urls] == ["failed", "failed", "page"]
    assert "http://endless.test/robots.txt was not read to its end" in pages[urls[0]].error
