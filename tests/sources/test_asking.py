"""What a publisher asks of us between two looks is read, and bounded."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from news.article import RobotsFile, Validators
from news.topic import Source
from sources.asking import LONGEST_S, read_freshness, read_rhythm
from sources.fetcher import Fetcher
from sources.kinds import READERS, Document
from sources.polling import poll, poll_sources
from sources.robots import GOOD_FOR

DATE = "Thu, 24 Oct 2024 12:00:00 GMT"
FEED = "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel>{}<item><link>/a</link></item></channel></rss>"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "s-maxage=86400, max-age=600"}, 600),
        ({"cache-control": "s-maxage=86400"}, None),
        ({"cache-control": "max-age=600", "age": "700"}, None),
        ({"cache-control": "max-age=600, no-cache"}, None),
        ({"cache-control": "max-age=99999999999"}, LONGEST_S),
        ({"cache-control": "max-age=soon"}, None),
        ({"expires": "Thu, 24 Oct 2024 12:10:00 GMT", "date": DATE}, 600),
        ({"expires": "0", "date": DATE}, None),
        ({"expires": "Thu, 24 Oct 2024 12:10:00 GMT", "date": DATE, "cache-control": "max-age=60"}, 60),
        ({}, None),
    ],
)
def test_an_answer_says_how_long_it_stays_fresh(headers, seconds):
    """Max-age before Expires, less the age, nothing absurd, nothing where it is not said, or said to shared caches."""
    assert read_freshness(headers) == seconds


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ({"ttl": "90"}, 5400),
        ({"sy_updateperiod": " hourly ", "sy_updatefrequency": "2"}, 1800),
        ({"sy_updateperiod": "daily", "ttl": "60"}, 86_400),
        ({"sy_updateperiod": "always", "ttl": "-5"}, None),
        ({"ttl": "999999999"}, LONGEST_S),
        ({"sy_updateperiod": "daily", "sy_updatefrequency": "0"}, 86_400),
        ({}, None),
    ],
)
def test_a_feed_says_how_often_it_changes(channel, seconds):
    """The longer of ttl and the update period, and nothing for what is no number."""
    assert read_rhythm(channel) == seconds


@pytest.mark.parametrize(
    ("stated", "moved_to"),
    [
        ("<itunes:new-feed-url>http://new.test/f</itunes:new-feed-url>", "http://new.test/f"),
        ("<itunes:new-feed-url>http://gazette.test/feed</itunes:new-feed-url>", None),
        ("<itunes:new-feed-url>file:///etc/passwd</itunes:new-feed-url>", None),
        ("", None),
    ],
)
def test_a_feed_names_its_new_address(stated, moved_to, now):
    """An address of the web that is another one than the feed was found at."""
    document = Document("http://gazette.test/feed", FEED.format(stated).encode())
    assert READERS["feed"].read(document, now).moved_to == moved_to


def test_a_redirect_written_as_xml_names_the_address_and_is_no_feed(now):
    """A document that only says where the feed has gone fails as a feed, and the new address is told."""
    document = Document(
        "http://gazette.test/feed", b"<redirect><newLocation>http://new.test/f</newLocation></redirect>"
    )
    reading = READERS["feed"].read(document, now)
    assert (reading.understood, reading.moved_to) == (False, "http://new.test/f")


def look(site, topic, limits, sleep, now, **answer):
    site.page("/feed", FEED.format("<ttl>10</ttl>"), "application/rss+xml", **answer)
    source = Source("gazette", "gazette", "feed", "http://gazette.test/feed")

    async def run():
        async with Fetcher(limits, resolve=dict(topic.resolve), sleep=sleep) as fetcher:
            return await poll(source, Validators(), fetcher, now)

    return asyncio.run(run())


def test_a_poll_carries_what_was_asked(site, topic, limits, sleep, now):
    """The longest wish of feed and headers, Retry-After by itself, and what robots.txt says."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /x\nCrawl-delay: 4", "text/plain")
    found = look(site, topic, limits, sleep, now, Cache_Control="max-age=60", Retry_After="120")
    assert (found.asked_s, found.retry_after_s, found.robots) == (600, 120, "open, every 4 s")


def test_a_poll_says_what_robots_say(site, topic, limits, sleep, now):
    """No such file, and a file that forbids, are told apart."""
    assert look(site, topic, limits, sleep, now).robots == "none"
    site.page("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    found = look(site, topic, limits, sleep, now)
    assert (found.outcome, found.robots) == ("failed", "closed")


def test_a_refusal_says_when_to_come_back(site, topic, limits, sleep, now):
    """A server that is overloaded is a failed poll that carries how long it asks us to stay away."""
    found = look(site, topic, limits, sleep, now, status=503, Retry_After="7200")
    assert (found.outcome, found.http_status, found.retry_after_s) == ("failed", 503, 7200)


def test_robots_are_asked_for_once_a_day(site, topic, limits, sleep):
    """A robots.txt fetched in an earlier round is used for a day, then asked for again."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /feed", "text/plain")
    source = Source("gazette", "gazette", "feed", "http://gazette.test/feed")
    kept: dict[str, RobotsFile] = {}
    first = datetime(2024, 10, 24, 12, tzinfo=UTC)
    for when, asked in ((first, 1), (first + GOOD_FOR / 2, 1), (first + GOOD_FOR + timedelta(seconds=1), 2)):
        (found,) = poll_sources(
            [(source, Validators())],
            limits,
            topic,
            when,
            lambda _: None,
            sleep=sleep,
            known_robots=tuple(kept.values()),
            on_robots=lambda file: kept.update({file.place: file}),
        )
        assert (found.robots, site.count["/robots.txt"]) == ("closed", asked)
