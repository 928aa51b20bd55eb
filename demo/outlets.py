"""The demo wire's outlets: where each lives and how it publishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from demo import feeds
from demo.feeds import Entry

Feed = Callable[[str, str, Sequence[Entry]], bytes]


@dataclass(frozen=True, slots=True)
class DemoOutlet:
    """An outlet's host, the path and format of its feed, and the template of its pages."""

    id: str
    name: str
    host: str
    feed_path: str
    feed_type: str
    feed: Feed
    shows_original: bool = False  # whether a copy's page names its original in <link rel="canonical">


RSS, ATOM, XML = "application/rss+xml", "application/atom+xml", "application/xml"

OUTLETS = (
    DemoOutlet("meridian", "Meridian Wire", "meridianwire.example", "/rss.xml", RSS, feeds.rss),
    DemoOutlet("taedong", "Taedong Dispatch", "taedongdispatch.example", "/en/rss.xml", "text/xml", feeds.rss),
    DemoOutlet("harbour", "The Harbour Ledger", "harbourledger.example", "/atom.xml", ATOM, feeds.atom),
    DemoOutlet(
        "sanctionsdesk",
        "Sanctions Desk",
        "sanctionsdesk.example",
        "/feed.json",
        "application/feed+json",
        feeds.json_feed,
    ),
    DemoOutlet("newsheap", "NewsHeap", "newsheap.example", "/feed", RSS, feeds.rss),
    DemoOutlet("flashbrief", "Flashbrief Daily", "flashbriefdaily.example", "/?feed=rss2", "text/xml", feeds.rss),
    DemoOutlet("northwatch", "Northwatch", "northwatch.example", "/feed.atom", ATOM, feeds.atom),
    DemoOutlet(
        "channelnine", "Channel Nine World", "channelnine.example", "/news-sitemap.xml", XML, feeds.news_sitemap
    ),
    DemoOutlet("volga", "Volga Courier", "volgacourier.example", "/export/rss2/archive.xml", XML, feeds.rss),
    DemoOutlet(
        "eastgate",
        "Eastgate Times",
        "eastgatetimes.example",
        "/sitemap-news.xml",
        XML,
        feeds.news_sitemap,
        shows_original=True,
    ),
    DemoOutlet("dockside", "Dockside Notes", "docksidenotes.example", "/rss.php", "text/html", feeds.malformed_rss),
)

BY_HOST = {outlet.host: outlet for outlet in OUTLETS}
BY_ID = {outlet.id: outlet for outlet in OUTLETS}
DEAD_HOST = "pacificsignal.example"
