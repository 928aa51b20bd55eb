"""Listing pages, read by a CSS selector."""

from datetime import UTC, datetime

import pytest

from news.article import FeedItem
from news.topic import Source
from sources.fetcher import NO_VALIDATORS
from sources.kinds import READERS, Document
from sources.polling import poll_sources

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
PAGE = """<!doctype html><html><head><base href="/news/"></head><body>
<nav><a href="/">Home</a></nav>
<ul class="list">
<li><a class="pic" href="a"><img src="a.jpg" alt=""></a><h3><a href="a"><!-- old --> Dam <b>row</b></a></h3>
 <p>Long teaser of the dam row.</p><time datetime="2024-10-18T09:30:00Z">18 Oct</time></li>
<li><a href="b#top"><h3>Second</h3><p>Its teaser</p></a><span><time datetime="2024-10-17">17 Oct</time></span></li>
<li><h3><a href="http://other.test/c">Third</a></h3></li>
<li><a href="#x">On this page</a><a href="photo.JPG">A picture</a><a href="mailto:x@y.org">Write</a><a>None</a></li>
</ul></body></html>"""


def read(select, page=PAGE):
    return READERS["listing"].read(Document("http://gazette.test/list", page.encode(), "text/html", select=select), NOW)


@pytest.mark.parametrize("select", [".list a", ".list li", ".list h3, .list a", "ul.list > li"])
def test_links_are_found_with_title_and_date(select):
    """Whether the selector means the links, what holds them or what is in them: each page once, with title and date."""
    first, second, third = read(select).items
    assert first == FeedItem("http://gazette.test/news/a", "Dam row", datetime(2024, 10, 18, 9, 30, tzinfo=UTC))
    assert second == FeedItem("http://gazette.test/news/b", "Second", datetime(2024, 10, 17, tzinfo=UTC))
    assert third == FeedItem("http://other.test/c", "Third")


def test_one_date_around_many_links_is_nobodys():
    """A date beside a whole list belongs to none of its links."""
    page = '<div><time datetime="2024-10-18"></time><p><a href="/a">A</a><a href="/b">B</a></p></div>'
    assert [item.published for item in read("a", page).items] == [None, None]


@pytest.mark.parametrize(
    ("select", "page", "error"),
    [
        (".stories a", PAGE, "select = '.stories a' finds nothing there: the page may have changed"),
        ("nav a[", PAGE, "select = 'nav a[' is no CSS selector"),
        ("a:nth-fruit(2)", PAGE, "is no CSS selector"),
        ("li:last-child", PAGE.replace('href="photo.JPG"', ""), "none of the 1 elements that select finds leads to a"),
        ("a", "", "no page there"),
        ("a", "\x00\x01\x02", "no page there"),
    ],
)
def test_a_selector_that_gives_nothing_is_a_failure(select, page, error):
    """What is wrong is told: a page that changed, a selector that is none, links that lead nowhere, no page."""
    reading = read(select, page)
    assert not reading.understood
    assert error in reading.error


def test_a_listing_is_polled(site, topic, limits, now, sleep):
    """The selector of the source is the one that counts, and a page that lost its list fails by name."""
    site.page("/list", PAGE)
    sources = [
        Source(select, "gazette", "listing", "http://gazette.test/list", select=select) for select in ("h3", "u")
    ]
    good, bad = poll_sources([(one, NO_VALIDATORS) for one in sources], limits, topic, now, lambda _: None, sleep=sleep)
    assert (good.outcome, len(good.items), good.windowed) == ("items", 3, True)
    assert (bad.outcome, bad.error) == (
        "failed",
        "http://gazette.test/list: select = 'u' finds nothing there: the page may have changed",
    )
