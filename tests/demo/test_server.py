"""The demo wire's server behaves as real outlets do, difficulties included."""

import http.client
import json
from datetime import UTC, datetime

import feedparser
import pytest

from demo.outlets import BY_ID, DEAD_HOST
from demo.planted import blocks, load_planted
from demo.server import DemoWire
from demo.world import load_pages

LATER = datetime(2025, 5, 2, tzinfo=UTC)
PAGES = {page.id: page for page in load_pages()}
PLANTED = load_planted()


@pytest.fixture
def wire():
    """The demo wire, serving the end of its time; `clock` can be set."""
    clock = {"now": LATER}
    with DemoWire(lambda: clock["now"]) as server:
        server.set = lambda now: clock.update(now=now)
        yield server


def ask(wire, host, path, **headers):
    """Status, headers and body of one request."""
    name, port = wire.address.split(":")
    connection = http.client.HTTPConnection(name, int(port), timeout=10)
    connection.request("GET", path, headers={"Host": host} | headers)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_nothing_is_served_before_it_was_published(wire):
    """Before its publication a page is a 404 and in no feed; afterwards it is in both."""
    page = PAGES["p310"]
    outlet = BY_ID[page.outlet]
    wire.set(datetime(2024, 10, 9, tzinfo=UTC))
    assert ask(wire, outlet.host, page.path)[0] == 404
    assert page.path.encode() not in ask(wire, outlet.host, outlet.feed_path)[2]
    wire.set(datetime(2024, 10, 11, tzinfo=UTC))
    assert ask(wire, outlet.host, page.path)[0] == 200
    assert page.path.encode() in ask(wire, outlet.host, outlet.feed_path)[2]


def test_an_unchanged_feed_answers_304(wire):
    """A feed asked for with its validator costs no body."""
    host, path = BY_ID["meridian"].host, BY_ID["meridian"].feed_path
    status, headers, _ = ask(wire, host, path)
    assert status == 200
    status, _, body = ask(wire, host, path, **{"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")


def test_feeds_come_in_four_formats(wire):
    """RSS, Atom, JSON Feed and a news sitemap are what they say, and the malformed feed is not."""
    bodies = {name: ask(wire, outlet.host, outlet.feed_path)[2] for name, outlet in BY_ID.items()}
    assert feedparser.parse(bodies["meridian"]).version == "rss20"
    assert feedparser.parse(bodies["harbour"]).version == "atom10"
    assert json.loads(bodies["sanctionsdesk"])["version"].startswith("https://jsonfeed.org/")
    assert b"schemas/sitemap-news" in bodies["channelnine"]
    broken = feedparser.parse(bodies["dockside"])
    assert broken.bozo
    assert broken.entries


def test_planted_difficulties_of_fetching_are_served(wire):
    """The failing page answers 503 as often as planted, then the page; the moved one redirects; one feed is dead."""
    for row in PLANTED.fetch:
        page = PAGES[row["page"]]
        host = BY_ID[page.outlet].host
        if row["quirk"] == "fails_first":
            assert [ask(wire, host, page.path)[0] for _ in range(3)] == [503, 503, 200]
        else:
            status, headers, _ = ask(wire, host, page.moved_from)
            assert (status, headers["Location"]) == (301, page.path)
    assert ask(wire, DEAD_HOST, "/feed.xml")[0] == 404


def test_silent_changes_show_on_the_page_only(wire):
    """A page with a later version serves it from its moment on, and its feed never says so."""
    for row in PLANTED.revisions:
        page = PAGES[row["page"]]
        outlet = BY_ID[page.outlet]
        before, after = page.versions[0], page.versions[-1]
        wire.set(after.at)
        shown = set(blocks(ask(wire, outlet.host, page.path)[2].decode()))
        assert {after.title, *blocks(after.body_html)} - {before.title, *blocks(before.body_html)} <= shown
        assert {after.title, *blocks(after.body_html)} != {before.title, *blocks(before.body_html)}
        feed = feedparser.parse(ask(wire, outlet.host, outlet.feed_path)[2])
        if feed.entries:  # a sitemap or JSON Feed is not feedparser's
            assert [one.title for one in feed.entries if one.link.endswith(page.path)] == [before.title]


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_pages_carry_their_body_amid_furniture(wire, page):
    """Every page shows its whole body, and more than half again as much around it is furniture of its outlet."""
    for _ in range(page.fails_first + 1):
        status, _, body = ask(wire, BY_ID[page.outlet].host, page.path)
    assert status == 200
    shown = blocks(body.decode())
    wanted = blocks(page.versions[-1].body_html)
    assert all(any(part in one for one in shown) for part in wanted)
    assert len(shown) > len(wanted) + 3
